/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.openflow.channel;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Ordering;
import java.time.Duration;
import java.util.List;

/** How an {@link OpenFlowServer} listens and what it tolerates. Immutable. */
public final class ServerSettings {

  final ImmutableList<String> addresses;
  final ImmutableList<Integer> ports;
  final String threadName;
  final int ioThreads;
  final Duration handshakeTimeout;
  final Duration requestTimeout;
  final Duration echoInterval;
  final Duration deadAfter;
  final long maxQueuedBytes;
  final int maxQueuedMods;
  final long maxMultipartBytes;
  final int modsPerBarrier;
  final int missSendLength;

  private ServerSettings(Builder builder) {
    this.addresses = builder.addresses;
    this.ports = builder.ports;
    this.threadName = builder.threadName;
    this.ioThreads = builder.ioThreads;
    this.handshakeTimeout = builder.handshakeTimeout;
    this.requestTimeout = builder.requestTimeout;
    this.echoInterval = builder.echoInterval;
    this.deadAfter = builder.deadAfter;
    this.maxQueuedBytes = builder.maxQueuedBytes;
    this.maxQueuedMods = builder.maxQueuedMods;
    this.maxMultipartBytes = builder.maxMultipartBytes;
    this.modsPerBarrier = builder.modsPerBarrier;
    this.missSendLength = builder.missSendLength;
  }

  /** How often time limits are looked at: a fraction of the shortest. */
  Duration tick() {
    Duration shortest = Ordering.natural().min(handshakeTimeout, requestTimeout, echoInterval);
    return Ordering.natural().min(shortest.dividedBy(4), Duration.ofSeconds(1));
  }

  /** Loopback, ports 6653 and 6633, and the defaults named at each setter. */
  public static Builder builder() {
    return new Builder();
  }

  /** Builds {@link ServerSettings}; setters check their argument. */
  public static final class Builder {
    private ImmutableList<String> addresses = ImmutableList.of("127.0.0.1");
    private ImmutableList<Integer> ports = ImmutableList.of(6653, 6633);
    private String threadName = "overlane-openflow";
    private int ioThreads = Math.max(2, Runtime.getRuntime().availableProcessors());
    private Duration handshakeTimeout = Duration.ofSeconds(10);
    private Duration requestTimeout = Duration.ofSeconds(30);
    private Duration echoInterval = Duration.ofSeconds(5);
    private Duration deadAfter = Duration.ofSeconds(15);
    private long maxQueuedBytes = 64L << 20;
    private int maxQueuedMods = 1_000_000;
    private long maxMultipartBytes = 512L << 20;
    private int modsPerBarrier = 1000;
    private int missSendLength = 128;

    private Builder() {}

    /**
     * Addresses to bind, IPv4, IPv6 or names; default 127.0.0.1. Every address is bound with every
     * port.
     */
    public Builder addresses(List<String> value) {
      checkArgument(!value.isEmpty(), "addresses: name at least one address to listen on");
      this.addresses = ImmutableList.copyOf(value);
      return this;
    }

    /**
     * TCP ports, 0..65535; 0 takes a free one (see {@link OpenFlowServer#boundAddresses}). Default
     * 6653, 6633.
     */
    public Builder ports(List<Integer> value) {
      checkArgument(!value.isEmpty(), "ports: name at least one port to listen on");
      value.forEach(port -> checkArgument(port >= 0 && port <= 65535, "port %s: 0..65535", port));
      this.ports = ImmutableList.copyOf(value);
      return this;
    }

    /** Prefix of the names of all threads of the server; default "overlane-openflow". */
    public Builder threadName(String value) {
      this.threadName = checkNotNull(value);
      return this;
    }

    /**
     * Threads that serve the switches, at least 1; default the number of processors, at least 2.
     */
    public Builder ioThreads(int value) {
      checkArgument(value >= 1, "ioThreads %s: at least 1", value);
      this.ioThreads = value;
      return this;
    }

    /** Time from accepting a connection to the end of its handshake; default 10 s. */
    public Builder handshakeTimeout(Duration value) {
      this.handshakeTimeout = positive("handshakeTimeout", value);
      return this;
    }

    /** Time without any progress of a request, a multipart or a barrier; default 30 s. */
    public Builder requestTimeout(Duration value) {
      this.requestTimeout = positive("requestTimeout", value);
      return this;
    }

    /** A switch that was silent for so long is sent an echo request; default 5 s. */
    public Builder echoInterval(Duration value) {
      this.echoInterval = positive("echoInterval", value);
      return this;
    }

    /** A switch that was silent for so long is dead; default 15 s. */
    public Builder deadAfter(Duration value) {
      this.deadAfter = positive("deadAfter", value);
      return this;
    }

    /** Bytes queued for one switch beyond which it is disconnected; default 64 MiB. */
    public Builder maxQueuedBytes(long value) {
      checkArgument(value >= 1 << 16, "maxQueuedBytes %s: at least 65536", value);
      this.maxQueuedBytes = value;
      return this;
    }

    /**
     * Modifications not yet settled by one switch beyond which it is disconnected; default
     * 1,000,000.
     */
    public Builder maxQueuedMods(int value) {
      checkArgument(value >= 1, "maxQueuedMods %s: at least 1", value);
      this.maxQueuedMods = value;
      return this;
    }

    /** Bytes of all parts of one multipart reply beyond which it is cut off; default 512 MiB. */
    public Builder maxMultipartBytes(long value) {
      checkArgument(value >= 1 << 16, "maxMultipartBytes %s: at least 65536", value);
      this.maxMultipartBytes = value;
      return this;
    }

    /** Modifications between two barriers, at least 1; default 1000. */
    public Builder modsPerBarrier(int value) {
      checkArgument(value >= 1, "modsPerBarrier %s: at least 1", value);
      this.modsPerBarrier = value;
      return this;
    }

    /**
     * Bytes of a table-miss packet that a switch sends along, 0..65535; 65535 is all. Default 128.
     */
    public Builder missSendLength(int value) {
      checkArgument(value >= 0 && value <= 65535, "missSendLength %s: 0..65535", value);
      this.missSendLength = value;
      return this;
    }

    private static Duration positive(String name, Duration value) {
      checkArgument(!value.isNegative() && !value.isZero(), "%s %s: more than 0", name, value);
      return value;
    }

    public ServerSettings build() {
      return new ServerSettings(this);
    }
  }
}
