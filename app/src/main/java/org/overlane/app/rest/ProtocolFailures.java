/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.rest;

import com.google.common.collect.ImmutableMap;

/** What can be said of each refusal of HTTP itself, whoever sends it. */
final class ProtocolFailures {
  private static final ImmutableMap<Integer, ProtocolFailures> BY_CODE =
      ImmutableMap.<Integer, ProtocolFailures>builder()
          .put(400, of("is no request that can be read", "Look at path, query and headers"))
          .put(401, of("needs a user of ONOS and the password", "Send them as HTTP Basic"))
          .put(403, of("takes the role admin", "Use an account that has it"))
          .put(404, of("there is no such resource", "GET v1/openapi.json lists all"))
          .put(405, of("has no such method", "Use one that the header Allow names"))
          .put(406, of("has no form that Accept names", "Accept application/json"))
          .put(413, of("is too long", "Send it in several parts"))
          .put(415, of("must be JSON", "Send Content-Type: application/json"))
          .build();
  private static final ProtocolFailures OTHER =
      of("cannot be answered", "Look at the controller's log");

  private final String message;
  private final String remedy;

  private ProtocolFailures(String message, String remedy) {
    this.message = message;
    this.remedy = remedy;
  }

  private static ProtocolFailures of(String message, String remedy) {
    return new ProtocolFailures(message, remedy);
  }

  static ProtocolFailures of(int code) {
    return BY_CODE.getOrDefault(code, OTHER);
  }

  String message() {
    return message;
  }

  String remedy() {
    return remedy;
  }
}
