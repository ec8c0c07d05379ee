/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.rest;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.lang.reflect.Field;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.time.Duration;
import javax.annotation.Priority;
import javax.ws.rs.Priorities;
import javax.ws.rs.container.ContainerRequestContext;
import javax.ws.rs.container.ContainerRequestFilter;
import javax.ws.rs.container.PreMatching;
import javax.ws.rs.core.SecurityContext;
import org.glassfish.jersey.jdkhttp.JdkHttpServerFactory;
import org.glassfish.jersey.server.ResourceConfig;
import org.onlab.osgi.ServiceDirectory;
import org.onlab.osgi.ServiceNotFoundException;
import org.onlab.rest.BaseResource;
import org.overlane.app.api.OverlaneService;
import org.overlane.app.metrics.OverlayMetrics;
import org.overlane.app.metrics.SampleMetrics;

/**
 * The application as ONOS runs it, with another HTTP server in front: who is let in is up to that
 * server, so the header {@code Role} says which role the user has; without it, it is {@code admin}.
 */
final class RestServer implements AutoCloseable {
  static {
    // Else each answer waits 40 ms for the acknowledgement of its head.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final HttpServer server;
  private final URI base;
  private final ServiceDirectory replaced;
  private final HttpClient client = HttpClient.newHttpClient();
  private OverlaneService overlane;

  private RestServer(HttpServer server, URI base, ServiceDirectory replaced) {
    this.server = server;
    this.base = base;
    this.replaced = replaced;
  }

  static RestServer start() throws Exception {
    URI base = URI.create("http://127.0.0.1:" + freePort() + "/");
    ResourceConfig config =
        ResourceConfig.forApplication(new OverlaneApplication()).register(Roles.class);
    HttpServer http = JdkHttpServerFactory.createHttpServer(base, config);
    RestServer server = new RestServer(http, base, (ServiceDirectory) services().get(null));
    services().set(null, (ServiceDirectory) server::service);
    return server;
  }

  private static Field services() throws ReflectiveOperationException {
    Field services = BaseResource.class.getDeclaredField("services");
    services.setAccessible(true);
    return services;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private <T> T service(Class<T> type) {
    if (overlane == null) {
      throw new ServiceNotFoundException("no " + type);
    }
    return type.cast(type == OverlayMetrics.class ? SampleMetrics.of(overlane) : overlane);
  }

  /** What is asked from now on; null if it is not running. */
  void serve(OverlaneService service) {
    overlane = service;
  }

  /** A request for a path with its query, both encoded. */
  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(base.resolve(path)).timeout(Duration.ofSeconds(60));
  }

  HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
    return client.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
  }

  @Override
  public void close() throws Exception {
    services().set(null, replaced);
    server.stop(0);
  }

  /** Stands in for the users of ONOS. */
  @PreMatching
  @Priority(Priorities.AUTHENTICATION)
  public static final class Roles implements ContainerRequestFilter {
    @Override
    public void filter(ContainerRequestContext request) {
      String role = request.getHeaderString("Role");
      request.setSecurityContext(new User(role == null ? "admin" : role));
    }
  }

  private static final class User implements SecurityContext {
    private final String role;

    User(String role) {
      this.role = role;
    }

    @Override
    public Principal getUserPrincipal() {
      return () -> "somebody";
    }

    @Override
    public boolean isUserInRole(String wanted) {
      return role.equals(wanted) || role.equals("admin") && wanted.equals("viewer");
    }

    @Override
    public boolean isSecure() {
      return false;
    }

    @Override
    public String getAuthenticationScheme() {
      return SecurityContext.BASIC_AUTH;
    }
  }
}
