/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.tunnels.ovsdb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * A server that behaves as a test wants: each connection after the list, the last of the list for
 * ever.
 */
final class FakeServer implements AutoCloseable {
  /** What is done with a connection, which is closed afterwards. */
  interface Behaviour {
    void serve(Connection connection) throws IOException;
  }

  static final String SCHEMA =
      "{\"name\":\"Open_vSwitch\",\"tables\":{\"Bridge\":{\"columns\":{"
          + "\"name\":{\"type\":\"string\"},"
          + "\"ports\":{\"type\":{\"key\":\"uuid\",\"min\":0,\"max\":\"unlimited\"}},"
          + "\"fail_mode\":{\"type\":{\"key\":\"string\",\"min\":0,\"max\":1}},"
          + "\"external_ids\":{\"type\":{\"key\":\"string\",\"value\":\"string\",\"min\":0,"
          + "\"max\":\"unlimited\"}}}}}}";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final ServerSocket server;
  private final List<Behaviour> behaviours;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private volatile int accepted;

  FakeServer(Behaviour... behaviours) throws IOException {
    this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    this.behaviours = List.of(behaviours);
    start(this::accept);
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "fake-server");
    thread.setDaemon(true);
    thread.start();
  }

  InetSocketAddress address() {
    return (InetSocketAddress) server.getLocalSocketAddress();
  }

  int accepted() {
    return accepted;
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = server.accept();
        sockets.add(socket);
        Behaviour behaviour = behaviours.get(Math.min(accepted, behaviours.size() - 1));
        accepted = accepted + 1;
        start(() -> serve(behaviour, socket));
      }
    } catch (IOException e) {
      // The test has ended.
    }
  }

  private static void serve(Behaviour behaviour, Socket socket) {
    try (socket) {
      behaviour.serve(new Connection(socket));
    } catch (IOException e) {
      // The client has closed, as it should.
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  /** One connection, seen from the server. */
  static final class Connection {
    private final Socket socket;
    private final MappingIterator<JsonNode> messages;

    Connection(Socket socket) throws IOException {
      this.socket = socket;
      this.messages =
          JSON.readerFor(JsonNode.class)
              .readValues(JSON.getFactory().createParser(socket.getInputStream()));
    }

    JsonNode read() throws IOException {
      if (!messages.hasNextValue()) {
        throw new EOFException();
      }
      return messages.nextValue();
    }

    void write(String text) throws IOException {
      write(text.getBytes(StandardCharsets.UTF_8));
    }

    void write(byte[] bytes) throws IOException {
      socket.getOutputStream().write(bytes);
      socket.getOutputStream().flush();
    }

    void answer(JsonNode request, String result) throws IOException {
      write("{\"id\":" + request.get("id") + ",\"error\":null,\"result\":" + result + "}");
    }

    void refuse(JsonNode request, String error) throws IOException {
      write("{\"id\":" + request.get("id") + ",\"error\":" + error + ",\"result\":null}");
    }

    /** Answers as a server with this method would, until the monitor is asked for and answered. */
    void synchronize(String method, String result) throws IOException {
      answer(awaitMonitor(method, SCHEMA), result);
    }

    /** The same up to the request for the monitor, which is returned. */
    JsonNode awaitMonitor(String method, String schema) throws IOException {
      while (true) {
        JsonNode request = read();
        switch (request.get("method").asText()) {
          case "list_dbs":
            answer(request, "[\"_Server\",\"Open_vSwitch\"]");
            break;
          case "get_schema":
            answer(request, schema);
            break;
          case "echo":
            answer(request, "[]");
            break;
          default:
            if (request.get("method").asText().equals(method)) {
              return request;
            }
            refuse(request, "\"unknown method\"");
            break;
        }
      }
    }

    /** Answers echoes until the client closes. */
    void stay() throws IOException {
      stay(answer -> {});
    }

    void stay(Consumer<JsonNode> answers) throws IOException {
      while (true) {
        JsonNode message = read();
        if (message.path("method").asText().equals("echo")) {
          answer(message, "[]");
        } else {
          answers.accept(message);
        }
      }
    }
  }
}
