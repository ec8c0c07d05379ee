/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.bench;

import com.google.common.collect.ImmutableList;
import com.google.common.io.BaseEncoding;
import com.google.common.primitives.Bytes;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.overlane.slowpath.Reason;
import org.overlane.slowpath.SlowPath;
import org.overlane.slowpath.TokenBuckets;
import org.overlane.slowpath.TunnelLimits;
import org.overlane.slowpath.Verdict;

/** Verdicts of one thread, over an underlay of 1500 bytes. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(value = 1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class SlowPathBenchmark {
  private static final TunnelLimits LIMITS = TunnelLimits.of(1464, false, ImmutableList.of());
  private static final String MACS = "020000000002020000000001";
  private static final int PAIRS = 100_000;

  /** 1,500 bytes of UDP from 10.0.0.1 to 10.0.0.2. */
  private static final String IPV4_DF = MACS + "0800450005dc123440003f110fdb0a0000010a000002";

  private static final String IPV4 = MACS + "0800450005dc123400003f114fdb0a0000010a000002";

  /** The same from fd00::1 to fd00::2. */
  private static final String IPV6 =
      MACS
          + "86dd6000000005b4113f"
          + "fd000000000000000000000000000001fd000000000000000000000000000002";

  /** 60 bytes, with the options of Linux: MSS 1460, SACK, timestamps, window scale 7. */
  private static final String SYN =
      MACS
          + "08004500003c123440003f0615860a0000010a000002"
          + "c00100500000000100000000a002faf012340000"
          + "020405b40402080a000000010000000001030307";

  private final Pair[] pairs = new Pair[PAIRS];
  private byte[] answeredIpv4;
  private byte[] answeredIpv6;
  private byte[] fragmented;
  private byte[] clamped;
  private TokenBuckets<Pair> roomy;
  private TokenBuckets<Pair> full;
  private int next;
  private long now;

  /**
   * Makes the frames.
   *
   * @throws IllegalStateException if one of them does not take the way that is to be measured
   */
  @Setup
  public void make() {
    answeredIpv4 = frame(IPV4_DF, 1514);
    answeredIpv6 = frame(IPV6, 1514);
    fragmented = frame(IPV4, 1514);
    clamped = frame(SYN, 74);
    require(answerIpv4(), Reason.ANSWERED_IPV4);
    require(answerIpv6(), Reason.ANSWERED_IPV6);
    require(fragment(), Reason.FRAGMENTED);
    require(clamp(), Reason.CLAMPED);
    Arrays.setAll(pairs, Pair::of);
    roomy = new TokenBuckets<>(1, 1, PAIRS);
    full = new TokenBuckets<>(1, 1, PAIRS / 2);
    for (Pair pair : pairs) {
      roomy.tryTake(pair, 0);
      full.tryTake(pair, 0);
    }
  }

  private static byte[] frame(String start, int length) {
    byte[] bytes = BaseEncoding.base16().lowerCase().decode(start);
    return Bytes.concat(bytes, new byte[length - bytes.length]);
  }

  private static void require(Verdict verdict, Reason reason) {
    if (verdict.reason() != reason) {
      throw new IllegalStateException("to be " + reason + ", but " + verdict);
    }
  }

  @Benchmark
  public Verdict answerIpv4() {
    return SlowPath.oversize(answeredIpv4, LIMITS);
  }

  @Benchmark
  public Verdict answerIpv6() {
    return SlowPath.oversize(answeredIpv6, LIMITS);
  }

  /** Two fragments. */
  @Benchmark
  public Verdict fragment() {
    return SlowPath.oversize(fragmented, LIMITS);
  }

  @Benchmark
  public Verdict clamp() {
    return SlowPath.syn(clamped, LIMITS);
  }

  /** Each of 100,000 pairs in turn, all remembered. */
  @Benchmark
  public boolean takeOfKnownPair() {
    return roomy.tryTake(pair(), now);
  }

  /** The same with room for half of them: each asks after it was forgotten. */
  @Benchmark
  public boolean takeOfForgottenPair() {
    return full.tryTake(pair(), now);
  }

  private Pair pair() {
    now += 1000;
    next = next + 1 == PAIRS ? 0 : next + 1;
    return pairs[next];
  }
}
