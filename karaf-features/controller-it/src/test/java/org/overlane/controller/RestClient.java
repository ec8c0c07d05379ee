/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.controller;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Sends requests as they are asked for, right or wrong, and counts them. Thread-safe. */
final class RestClient {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** What came back; the status is 0 if the connection was closed without an answer. */
  record Answer(String request, int status, Optional<String> tag, String body) {}

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final int port;
  private final String authorization;
  private final AtomicInteger sent = new AtomicInteger();

  RestClient(Controller controller) throws IOException {
    this.port = controller.httpPort();
    this.authorization = controller.authorization();
  }

  int sent() {
    return sent.get();
  }

  Answer get(String path) throws IOException, InterruptedException {
    return send(request(path));
  }

  Answer delete(String path) throws IOException, InterruptedException {
    return send(request(path).DELETE());
  }

  Answer post(String path, String json) throws IOException, InterruptedException {
    return send(json(path).POST(BodyPublishers.ofString(json)));
  }

  Answer put(String path, String json) throws IOException, InterruptedException {
    return send(json(path).PUT(BodyPublishers.ofString(json)));
  }

  Answer put(String path, String json, String tag) throws IOException, InterruptedException {
    return send(json(path).header("If-Match", tag).PUT(BodyPublishers.ofString(json)));
  }

  /** With the right user. */
  HttpRequest.Builder request(String path) {
    return anonymous(path).header("Authorization", authorization);
  }

  HttpRequest.Builder anonymous(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).timeout(PATIENCE);
  }

  private HttpRequest.Builder json(String path) {
    return request(path).header("Content-Type", "application/json");
  }

  Answer send(HttpRequest.Builder builder) throws IOException, InterruptedException {
    sent.incrementAndGet();
    HttpRequest request = builder.build();
    HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
    return new Answer(
        request.method() + " " + request.uri(),
        response.statusCode(),
        response.headers().firstValue("ETag"),
        response.body());
  }

  /** The head of a request with the right user, as a line of text and headers. */
  String head(String line, String... headers) {
    return line
        + " HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: "
        + authorization
        + "\r\n"
        + String.join("", java.util.Arrays.stream(headers).map(h -> h + "\r\n").toList());
  }

  /** Sends any bytes and reads what comes back, up to the end of the connection. */
  Answer raw(String what, byte[] bytes) throws IOException {
    sent.incrementAndGet();
    try (Socket socket = connect()) {
      try {
        socket.getOutputStream().write(bytes);
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        socket.getInputStream().transferTo(read);
        String text = read.toString(StandardCharsets.ISO_8859_1);
        String[] parts = text.split("\r\n\r\n", 2);
        int status = text.startsWith("HTTP/1.1 ") ? Integer.parseInt(text.substring(9, 12)) : 0;
        return new Answer(what, status, Optional.empty(), parts.length > 1 ? parts[1] : "");
      } catch (java.net.SocketTimeoutException e) {
        throw new IOException("no answer to " + what, e);
      } catch (java.net.SocketException e) {
        return new Answer(what, 0, Optional.empty(), String.valueOf(e.getMessage()));
      }
    }
  }

  /** Sends the beginning of a request, and leaves the rest to its imagination. */
  Closeable begin(byte[] bytes) throws IOException {
    sent.incrementAndGet();
    Socket socket = connect();
    socket.getOutputStream().write(bytes);
    return socket;
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout((int) PATIENCE.toMillis());
    return socket;
  }
}
