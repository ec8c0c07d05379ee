/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.rest;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import javax.servlet.RequestDispatcher;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import javax.ws.rs.core.MediaType;
import org.overlane.config.Problem;

/**
 * Gives what the servlet container refuses by itself the form of all refusals: requests without a
 * user, above all. It is the error page of web.xml.
 */
public final class RefusalServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Object status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
    int code = status instanceof Integer ? (Integer) status : HttpServletResponse.SC_NOT_FOUND;
    Object failure = request.getAttribute(RequestDispatcher.ERROR_EXCEPTION);
    if (code == HttpServletResponse.SC_INTERNAL_SERVER_ERROR
        && failure instanceof IllegalArgumentException) {
      // Jetty's authenticator throws it for an Authorization that is no Base64.
      code = HttpServletResponse.SC_BAD_REQUEST;
    }
    Object path = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
    ProtocolFailures known = ProtocolFailures.of(code);
    String text =
        Answers.refusalText(
            code,
            "HTTP " + code,
            ImmutableList.of(
                Problem.quoting(
                    "", path == null ? "" : path.toString(), known.message(), known.remedy())));
    response.setStatus(code);
    response.setContentType(MediaType.APPLICATION_JSON);
    response.setCharacterEncoding(StandardCharsets.UTF_8.name());
    response.getWriter().write(text);
  }
}
