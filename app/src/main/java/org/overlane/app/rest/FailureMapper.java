/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.rest;

import com.google.common.collect.ImmutableList;
import javax.ws.rs.WebApplicationException;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.HttpHeaders;
import javax.ws.rs.core.Response;
import javax.ws.rs.core.UriInfo;
import javax.ws.rs.ext.ExceptionMapper;
import javax.ws.rs.ext.Provider;
import org.onlab.osgi.ServiceNotFoundException;
import org.overlane.app.api.ConflictException;
import org.overlane.app.api.StaleException;
import org.overlane.config.ConfigException;
import org.overlane.config.Problem;
import org.overlane.monitoring.LimitedLog;
import org.slf4j.LoggerFactory;

/** Gives every failure the form of a refusal. */
@Provider
public final class FailureMapper implements ExceptionMapper<Throwable> {
  private static final LimitedLog LOG =
      new LimitedLog(LoggerFactory.getLogger(FailureMapper.class));
  private static final Problem STALE =
      Problem.of("If-Match", "", "names another state", "Read it again and repeat the change");
  private static final Problem NOT_YET =
      Problem.of("", "", "the application is being started", "Try again in a moment");
  private static final Problem BROKEN =
      Problem.of("", "", "the controller has failed", "Look at its log, which has the details");

  @Context private UriInfo uri;

  @Override
  public Response toResponse(Throwable failure) {
    if (failure instanceof ConfigException) {
      ImmutableList<Problem> problems = ((ConfigException) failure).problems();
      return Answers.refusal(400, "Refused, nothing was changed: " + summary(problems), problems);
    }
    if (failure instanceof ConflictException) {
      ImmutableList<Problem> problems = ((ConflictException) failure).problems();
      return Answers.refusal(
          409, "Contradicts what is there, nothing was changed: " + summary(problems), problems);
    }
    if (failure instanceof StaleException) {
      return Answers.refusal(412, failure.getMessage(), STALE);
    }
    if (failure instanceof NotThere) {
      return Answers.refusal(404, failure.getMessage(), ((NotThere) failure).problem());
    }
    if (failure instanceof WebApplicationException) {
      return ofProtocol((WebApplicationException) failure);
    }
    if (failure instanceof ServiceNotFoundException) {
      return Answers.refusal(503, "Overlane is not running yet", NOT_YET);
    }
    LOG.error(failure.getClass(), "A REST request failed", failure);
    return Answers.refusal(500, "Internal error", BROKEN);
  }

  private Response ofProtocol(WebApplicationException failure) {
    Response response = failure.getResponse();
    if (response.getStatus() < 400) {
      return response;
    }
    int code = response.getStatus();
    ProtocolFailures known = ProtocolFailures.of(code);
    String asked = uri == null ? "" : uri.getPath(false);
    Response refusal =
        Answers.refusal(
            code,
            String.valueOf(failure.getMessage()),
            Problem.quoting("", asked, known.message(), known.remedy()));
    Object methods = response.getHeaders().getFirst(HttpHeaders.ALLOW);
    if (methods != null) {
      refusal.getHeaders().putSingle(HttpHeaders.ALLOW, methods);
    }
    return refusal;
  }

  private static String summary(ImmutableList<Problem> problems) {
    String first = problems.get(0).toString();
    return problems.size() == 1 ? first : first + " (and " + (problems.size() - 1) + " more)";
  }
}
