/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufInputStream;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.json.JsonObjectDecoder;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.overlane.flowrules.model.NodeId;
import org.overlane.tunnels.discovery.Discovery;

/**
 * Databases of many hosts, in this process and on the loopback interface: each with one bridge, an
 * uplink, and ports that announce endpoints. They speak as much of OVSDB as a client needs that
 * only reads.
 */
final class SimulatedHosts implements AutoCloseable {
  private static final String ECHO = "echo";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final EventLoopGroup loop = new NioEventLoopGroup(1);
  private final List<Channel> servers = new ArrayList<>();
  private final ConcurrentMap<Integer, Channel> clients = new ConcurrentHashMap<>();
  private final LongAdder received = new LongAdder();
  private final LongAdder sent = new LongAdder();
  private final LongAdder sentBytes = new LongAdder();
  private final int ports;

  private SimulatedHosts(int ports) {
    this.ports = ports;
  }

  /**
   * Starts them.
   *
   * @param ports of each, besides the uplink
   */
  static SimulatedHosts start(int hosts, int ports) {
    SimulatedHosts all = new SimulatedHosts(ports);
    for (int i = 1; i <= hosts; i++) {
      all.servers.add(all.listen(i));
    }
    return all;
  }

  private Channel listen(int host) {
    return new ServerBootstrap()
        .group(loop)
        .channel(NioServerSocketChannel.class)
        .childHandler(
            new ChannelInitializer<Channel>() {
              @Override
              protected void initChannel(Channel opened) {
                opened.pipeline().addLast(new JsonObjectDecoder(), new Host(host));
              }
            })
        .bind(InetAddress.getLoopbackAddress(), 0)
        .syncUninterruptibly()
        .channel();
  }

  /** Where the hosts listen, the first one first. */
  List<InetSocketAddress> addresses() {
    return servers.stream().map(channel -> (InetSocketAddress) channel.localAddress()).toList();
  }

  /** The bridge of a host, counted from one. */
  static NodeId device(int host) {
    return NodeId.of("of:" + datapath(host));
  }

  private static String datapath(int host) {
    return String.format("%016x", host);
  }

  /** Messages that clients have sent so far, without echoes, which depend on how long it takes. */
  long received() {
    return received.sum();
  }

  /** Messages that they were sent, without the answers to echoes. */
  long sent() {
    return sent.sum();
  }

  long sentBytes() {
    return sentBytes.sum();
  }

  /** Gives the uplink of a host another MTU, and tells whoever monitors it. */
  void uplinkMtu(int host, int mtu) {
    send(
        clients.get(host),
        "{\"method\":\"update2\",\"id\":null,\"params\":[\"overlane\",{\"Interface\":{\""
            + row(3, 0)
            + "\":{\"modify\":{\"mtu\":"
            + mtu
            + "}}}}]}");
  }

  private void send(Channel client, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    sent.increment();
    sentBytes.add(bytes.length);
    write(client, bytes);
  }

  private static void write(Channel client, byte[] bytes) {
    client.writeAndFlush(Unpooled.wrappedBuffer(bytes));
  }

  @Override
  public void close() {
    loop.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
  }

  private final class Host extends SimpleChannelInboundHandler<ByteBuf> {
    private final int number;

    Host(int number) {
      this.number = number;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, ByteBuf bytes) throws IOException {
      try (InputStream input = new ByteBufInputStream(bytes)) {
        JsonNode request = JSON.readTree(input);
        String method = request.path("method").asText();
        if (!method.isEmpty()) {
          clients.put(number, context.channel());
          String text = "{\"id\":" + request.get("id") + "," + answer(method) + "}";
          if (method.equals(ECHO)) {
            write(context.channel(), text.getBytes(StandardCharsets.UTF_8));
          } else {
            received.increment();
            send(context.channel(), text);
          }
        }
      }
    }

    private String answer(String method) {
      switch (method) {
        case "list_dbs":
          return "\"error\":null,\"result\":[\"Open_vSwitch\"]";
        case "get_schema":
          return "\"error\":null,\"result\":" + schema();
        case "monitor_cond":
          return "\"error\":null,\"result\":" + rows(number);
        case ECHO:
          return "\"error\":null,\"result\":[]";
        default:
          return "\"result\":null,\"error\":\"unknown method\"";
      }
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

  private static String row(int table, int number) {
    return String.format("%08x-0000-4000-8000-%012x", table, number);
  }

  /** The answer to monitor_cond. Port 0 is the uplink. */
  private String rows(int host) {
    StringBuilder references = new StringBuilder();
    StringBuilder portRows = new StringBuilder();
    StringBuilder interfaces = new StringBuilder();
    for (int i = 0; i <= ports; i++) {
      String comma = i == 0 ? "" : ",";
      references.append(comma).append("['uuid','").append(row(2, i)).append("']");
      portRows.append(
          String.format(
              "%s'%s':{'initial':{'name':'p%d','interfaces':['uuid','%s']}}",
              comma, row(2, i), i, row(3, i)));
      interfaces.append(
          String.format(
              "%s'%s':{'initial':{'name':'p%d','ofport':%d,'mtu':1500,'mac_in_use':"
                  + "'0e:00:00:00:00:01','link_state':'up','type':''%s}}",
              comma, row(3, i), i, i + 1, i == 0 ? "" : announcement(host, i)));
    }
    return String.format(
            "{'Bridge':{'%s':{'initial':{'name':'br-int','datapath_id':'%s','fail_mode':'secure',"
                + "'ports':['set',[%s]]}}},'Port':{%s},'Interface':{%s}}",
            row(1, 0), datapath(host), references, portRows, interfaces)
        .replace('\'', '"');
  }

  private static String announcement(int host, int port) {
    return String.format(
        ",'external_ids':['map',[['attached-mac','02:%02x:%02x:00:%02x:%02x'],"
            + "['overlane-network','blue']]]",
        host >> 8, host & 0xff, port >> 8, port & 0xff);
  }
}
