/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.bench;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * Switches of many hosts, in this process, that connect to a controller over OpenFlow 1.3. They
 * forward nothing, but remember the entries and meters that they are given and tell about them.
 */
final class SimulatedSwitches implements AutoCloseable {
  /** Types of messages have numbers below. */
  private static final int TYPES = 32;

  private static final int LONGEST = 0xffff;

  private final EventLoopGroup loop = new NioEventLoopGroup(1);
  private final List<SimulatedSwitch> switches = new ArrayList<>();
  private final List<Channel> channels = new ArrayList<>();
  private final LongAdder[] received = adders();
  private final LongAdder[] sent = adders();
  private final LongAdder receivedBytes = new LongAdder();
  private final LongAdder sentBytes = new LongAdder();
  private volatile long lastFlowMod;

  /** So many switches that are not connected yet, each with so many ports for VMs. */
  SimulatedSwitches(int count, int ports) {
    for (int i = 0; i < count; i++) {
      switches.add(new SimulatedSwitch(i + 1L, ports));
    }
  }

  private static LongAdder[] adders() {
    LongAdder[] adders = new LongAdder[TYPES];
    for (int i = 0; i < TYPES; i++) {
      adders[i] = new LongAdder();
    }
    return adders;
  }

  /** Connects all of them. */
  void connect(InetSocketAddress controller) {
    for (SimulatedSwitch one : switches) {
      Bootstrap bootstrap =
          new Bootstrap()
              .group(loop)
              .channel(NioSocketChannel.class)
              .handler(
                  new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel opened) {
                      // The length is in bytes 2 and 3, and counts the header (OpenFlow 1.3, A.1).
                      opened
                          .pipeline()
                          .addLast(
                              new LengthFieldBasedFrameDecoder(LONGEST, 2, 2, -4, 0),
                              new SwitchHandler(one, SimulatedSwitches.this));
                    }
                  });
      channels.add(bootstrap.connect(controller).syncUninterruptibly().channel());
    }
  }

  /** Closes all connections; what the switches have been given stays. */
  void disconnect() {
    channels.forEach(channel -> channel.close().syncUninterruptibly());
    channels.clear();
  }

  void countReceived(int type, int bytes) {
    if (type == SimulatedSwitch.FLOW_MOD) {
      lastFlowMod = System.nanoTime();
    }
    received[type % TYPES].increment();
    receivedBytes.add(bytes);
  }

  void countSent(int type, int bytes) {
    sent[type % TYPES].increment();
    sentBytes.add(bytes);
  }

  /** Messages of a type that the controller has sent; without echoes if the type is -1. */
  long received(int type) {
    return count(received, type);
  }

  /** Messages of a type that the switches have sent; without echoes if the type is -1. */
  long sent(int type) {
    return count(sent, type);
  }

  private static long count(LongAdder[] adders, int type) {
    if (type >= 0) {
      return adders[type].sum();
    }
    long sum = 0;
    for (int i = 0; i < TYPES; i++) {
      boolean echo = i == SimulatedSwitch.ECHO_REQUEST || i == SimulatedSwitch.ECHO_REPLY;
      sum += echo ? 0 : adders[i].sum();
    }
    return sum;
  }

  long receivedBytes() {
    return receivedBytes.sum();
  }

  long sentBytes() {
    return sentBytes.sum();
  }

  /** When the last flow-mod came, in the time of {@link System#nanoTime}. */
  long lastFlowMod() {
    return lastFlowMod;
  }

  /** Entries of all switches. */
  long entries() {
    return switches.stream().mapToLong(SimulatedSwitch::entries).sum();
  }

  long meters() {
    return switches.stream().mapToLong(SimulatedSwitch::meters).sum();
  }

  @Override
  public void close() {
    loop.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
  }
}
