/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.rest;

import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** For the document only: what a request may be refused for that changes something. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@Parameter(
    name = "If-Match",
    in = ParameterIn.HEADER,
    description = "ETag of the state that is to be changed; * is any",
    schema = @Schema(type = "string"))
@ApiResponse(responseCode = "403", ref = "Forbidden")
@ApiResponse(responseCode = "412", ref = "Stale")
@interface Changes {}
