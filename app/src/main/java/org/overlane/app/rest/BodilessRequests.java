/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.rest;

import javax.ws.rs.container.ContainerRequestContext;
import javax.ws.rs.container.ContainerRequestFilter;
import javax.ws.rs.container.PreMatching;
import javax.ws.rs.core.HttpHeaders;
import javax.ws.rs.ext.Provider;

/**
 * Ignores a Content-Type where there is no content. Jersey answers 415 to a GET or DELETE with one,
 * but many clients send it with every request.
 */
@Provider
@PreMatching
public final class BodilessRequests implements ContainerRequestFilter {
  @Override
  public void filter(ContainerRequestContext request) {
    if (request.getMethod().equals("GET") || request.getMethod().equals("DELETE")) {
      request.getHeaders().remove(HttpHeaders.CONTENT_TYPE);
    }
  }
}
