/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.tracing;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import java.util.Arrays;
import java.util.Optional;

/**
 * What a question about a packet may say: {@code --size 1500} on a command line, {@code size=1500}
 * in a request.
 */
public enum TraceOption {
  FROM(false),
  TO(false),
  TCP(true),
  UDP(true),
  ICMP(true),
  ARP(true),
  ETHERTYPE(false),
  IPV6(true),
  SIZE(false),
  DF(true),
  SYN(true),
  MSS(false),
  FRAGMENT(false),
  VLAN(false),
  MULTICAST(true),
  SRC_IP(false),
  DST_IP(false),
  SRC_PORT(false),
  DST_PORT(false),
  SRC_MAC(false),
  DST_MAC(false),
  FRAG_MODE(false);

  private static final ImmutableMap<String, TraceOption> BY_TEXT =
      Maps.uniqueIndex(Arrays.asList(values()), TraceOption::text);

  private final String text = Ascii.toLowerCase(name()).replace('_', '-');
  private final boolean flag;

  TraceOption(boolean flag) {
    this.flag = flag;
  }

  /** {@code src-ip}. */
  public String text() {
    return text;
  }

  /** Whether it is there or not, rather than having a value. */
  public boolean isFlag() {
    return flag;
  }

  public static Optional<TraceOption> named(String text) {
    return Optional.ofNullable(BY_TEXT.get(text));
  }
}
