/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.tunnels;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.overlane.config.OvsdbAddress;
import org.overlane.tunnels.discovery.Discovery;

/** The database of a host with bridge of:1, whose uplink ext is port 1, and a VM at port 5. */
final class FakeDatabase implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ROW = "00000000-0000-0000-0000-00000000000";

  private final ServerSocket server;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();

  private final List<JsonNode> transactions = new CopyOnWriteArrayList<>();

  private FakeDatabase(ServerSocket server) {
    this.server = server;
  }

  static FakeDatabase start() throws IOException {
    FakeDatabase database =
        new FakeDatabase(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
    database.inBackground(database::accept);
    return database;
  }

  /** Connects by itself, as an Open vSwitch with a manager does; closing the socket ends it. */
  Socket connectTo(InetSocketAddress controller) throws IOException {
    Socket socket = new Socket(controller.getAddress(), controller.getPort());
    sockets.add(socket);
    inBackground(() -> serve(socket));
    return socket;
  }

  OvsdbAddress address() {
    return OvsdbAddress.parse("tcp:127.0.0.1:" + server.getLocalPort());
  }

  /** What it was asked to change; it refuses all of it, as if somebody had been faster. */
  List<JsonNode> transactions() {
    return transactions;
  }

  /** How often a client has connected. */
  int connections() {
    return sockets.size();
  }

  private interface Work {
    void run() throws IOException;
  }

  private void inBackground(Work work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (IOException e) {
                // One of both ends has closed the connection.
              }
            });
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() throws IOException {
    while (true) {
      Socket socket = server.accept();
      sockets.add(socket);
      inBackground(() -> serve(socket));
    }
  }

  /** How many connections are open. */
  long open() {
    return sockets.stream().filter(socket -> !socket.isClosed()).count();
  }

  private void serve(Socket socket) throws IOException {
    try (socket) {
      answer(socket);
    }
  }

  private void answer(Socket socket) throws IOException {
    MappingIterator<JsonNode> requests =
        JSON.readerFor(JsonNode.class)
            .readValues(JSON.getFactory().createParser(socket.getInputStream()));
    while (requests.hasNextValue()) {
      JsonNode request = requests.nextValue();
      if (request.get("method").asText().equals("transact")) {
        transactions.add(request.get("params"));
      }
      String answer =
          "{\"id\":" + request.get("id") + "," + answer(request.get("method").asText()) + "}";
      socket.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
    }
  }

  private static String answer(String method) {
    switch (method) {
      case "list_dbs":
        return "\"result\":[\"Open_vSwitch\"]";
      case "get_schema":
        return "\"result\":" + schema();
      case "monitor":
        return "\"result\":" + rows();
      case "transact":
        return "\"result\":[{},{\"error\":\"timed out\",\"details\":\"\"},null]";
      case "echo":
        return "\"result\":[]";
      default:
        return "\"error\":\"unknown method\"";
    }
  }

  private static String schema() {
    ObjectNode schema = JSON.createObjectNode();
    ObjectNode tables = schema.putObject("tables");
    Discovery.COLUMNS
        .asMap()
        .forEach(
            (table, columns) -> {
              ObjectNode all = tables.putObject(table).putObject("columns");
              columns.forEach(column -> all.putObject(column).put("type", "string"));
            });
    return schema.toString();
  }

  private static String rows() {
    return ("{'Bridge':{'#1':{'new':{'name':'br-int','datapath_id':'0000000000000001',"
            + "'fail_mode':'standalone','ports':['set',[['uuid','#2'],['uuid','#3'],['uuid','#4']]]}}},"
            + "'Port':{'#2':{'new':{'interfaces':['uuid','#5']}},"
            + "'#3':{'new':{'interfaces':['uuid','#6']}},"
            + "'#4':{'new':{'interfaces':['uuid','#7']}}},"
            + "'Interface':{'#5':{'new':{'name':'ext','ofport':1,'mtu':9000}},"
            + "'#6':{'new':{'name':'tap','ofport':5,'external_ids':['map',["
            + "['attached-mac','02:00:00:00:01:01'],['overlane-network','blue']]]}},"
            + "'#7':{'new':{'name':'vx','ofport':10,'type':'vxlan','options':['map',["
            + "['remote_ip','flow'],['key','flow'],['df_default','false']]]}}}}")
        .replace("#", ROW)
        .replace('\'', '"');
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }
}
