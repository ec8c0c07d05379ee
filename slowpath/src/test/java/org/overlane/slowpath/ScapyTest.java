/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.slowpath;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.io.Resources;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.overlane.flowrules.model.IpAddress;

/**
 * Thousands of random verdicts, checked by scapy: packets that nobody here has written the reader
 * of. Needs Debian's python3-scapy; without it the test is skipped, but fails under CI.
 */
class ScapyTest {
  private static final String PYTHON = "/usr/bin/python3";
  private static final String GATEWAY4 = "10.0.0.254";
  private static final String GATEWAY6 = "fe80::fe";

  private static final ImmutableMap<Reason, Integer> WANTED =
      ImmutableMap.<Reason, Integer>builder()
          .put(Reason.ANSWERED_IPV4, 1500)
          .put(Reason.ANSWERED_IPV6, 1500)
          .put(Reason.FRAGMENTED, 1000)
          .put(Reason.CLAMPED, 3000)
          .put(Reason.CLAMP_NOT_NEEDED, 1000)
          .put(Reason.FITS, 300)
          .put(Reason.DELIVERED_BY_EXCEPTION, 300)
          .build();

  private static final ImmutableList<IpAddress> NOBODY = ImmutableList.of();

  private final RandomFrames random = new RandomFrames(20_260_302);
  @TempDir private Path directory;

  @BeforeAll
  static void scapyIsThere() throws IOException, InterruptedException {
    boolean there =
        Files.isExecutable(Path.of(PYTHON)) && run("-c", "import scapy.layers.inet6").status == 0;
    if (!there && "true".equals(System.getenv("CI"))) {
      throw new AssertionError("scapy is missing (Debian: apt-get install python3-scapy)");
    }
    assumeTrue(there, "skipped: scapy is missing (Debian: apt-get install python3-scapy)");
  }

  @Test
  void scapyReadsWhatWasMeant() throws Exception {
    List<String> cases = cases();
    Result result = check(cases);
    System.out.println("scapy: " + cases.size() + " verdicts: " + result.output);
    assertThat(result.status).as(result.output).isZero();
    WANTED.forEach(
        (reason, count) -> assertThat(result.output).contains(reason.text() + " " + count));
  }

  /** And what tells VMs their MTU: nothing is changed but that, and every checksum is right. */
  @Test
  void scapyReadsTheMtu() throws Exception {
    RandomMessages messages = new RandomMessages(random);
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 3000; i++) {
      boolean dhcp = random.once(2);
      int mtu = random.once(2) ? 1450 : 500 + random.below(9000);
      byte[] frame = dhcp ? messages.dhcp() : messages.ra();
      Verdict verdict =
          dhcp ? SlowPath.dhcpReply(frame, mtu) : SlowPath.routerAdvertisement(frame, mtu);
      lines.add(line(dhcp ? "dhcp" : "ra", frame, TunnelLimits.of(mtu, false, NOBODY), verdict));
    }
    Result result = check(lines);
    System.out.println("scapy: " + result.output);
    assertThat(result.status).as(result.output).isZero();
    assertThat(result.output).containsPattern("advertised by DHCP [1-9][0-9]{2}");
    assertThat(result.output).containsPattern("advertised by RA [1-9][0-9]{2}");
  }

  /** The check can fail: every single byte of a message that was amended matters to it. */
  @Test
  void scapyNoticesAChangedByteOfAMessage() throws Exception {
    byte[] dhcp = new Messages.Dhcp().frame();
    byte[] ra = new Messages.Ra().options("0101020000000001").frame();
    for (int at : new int[] {3, 17, 25, 39, 41, 70, 283, 285, 287, 288, 289}) {
      assertThat(checkChanged("dhcp", dhcp, SlowPath.dhcpReply(dhcp, 1464), at))
          .as("byte %s of a DHCP reply", at)
          .isNotZero();
    }
    for (int at : new int[] {3, 19, 56, 57, 60, 75, 79, 85}) {
      assertThat(checkChanged("ra", ra, SlowPath.routerAdvertisement(ra, 1464), at))
          .as("byte %s of a router advertisement", at)
          .isNotZero();
    }
  }

  /** The check can fail: every single byte of an answer and of a clamped SYN matters to it. */
  @Test
  void scapyNoticesAChangedByte() throws Exception {
    byte[] large = new Packets.Frame().of(new Packets.V4().df(true).of(Packets.pattern(1480)));
    byte[] syn = Packets.tcp(2, Packets.hex("020405b4"), new byte[0]);
    byte[] small = new Packets.Frame().of(new Packets.V6().ofTcp(syn));
    TunnelLimits limits = TunnelLimits.of(1464, false, ImmutableList.of());
    for (int at : new int[] {3, 9, 15, 24, 35, 37, 41, 44, 589}) {
      assertThat(checkChanged("oversize", large, SlowPath.oversize(large, limits), at))
          .as("byte %s of an answer", at)
          .isNotZero();
    }
    for (int at : new int[] {3, 20, 55, 71, 77}) {
      assertThat(checkChanged("syn", small, SlowPath.syn(small, limits), at))
          .as("byte %s of a SYN", at)
          .isNotZero();
    }
  }

  private int checkChanged(String op, byte[] input, Verdict verdict, int at) throws Exception {
    verdict.frames().get(0)[at] ^= 4;
    TunnelLimits limits = TunnelLimits.of(1464, false, ImmutableList.of());
    return check(ImmutableList.of(line(op, input, limits, verdict))).status;
  }

  private List<String> cases() {
    Map<Reason, Integer> count = new EnumMap<>(Reason.class);
    List<String> lines = new ArrayList<>();
    int wanted = WANTED.values().stream().mapToInt(Integer::intValue).sum();
    for (int tried = 0; lines.size() < wanted; tried++) {
      assertThat(tried).as("tried, having %s", count).isLessThan(500_000);
      boolean syn = random.once(2);
      TunnelLimits limits = limits(syn);
      byte[] frame = syn ? random.syn(1500) : random.frame(1200 + random.below(2000));
      Verdict verdict = syn ? SlowPath.syn(frame, limits) : SlowPath.oversize(frame, limits);
      Reason reason = verdict.reason();
      boolean changedTwice =
          syn && (reason == Reason.FRAGMENTED || reason == Reason.DELIVERED_BY_EXCEPTION);
      boolean ip = frame[0] % 2 == 0 && !changedTwice;
      if (ip && count.getOrDefault(reason, 0) < WANTED.getOrDefault(reason, 0)) {
        count.merge(reason, 1, Integer::sum);
        lines.add(line(syn ? "syn" : "oversize", frame, limits, verdict));
      }
    }
    return lines;
  }

  private TunnelLimits limits(boolean syn) {
    int limit = random.once(2) ? 1464 : (syn ? 90 : 400) + random.below(1200);
    List<IpAddress> gateways =
        random.once(2)
            ? ImmutableList.of()
            : ImmutableList.of(IpAddress.parse(GATEWAY4), IpAddress.parse(GATEWAY6));
    return TunnelLimits.of(limit, random.once(4), gateways);
  }

  private static String line(String op, byte[] input, TunnelLimits limits, Verdict verdict) {
    String frames =
        verdict.frames().stream()
            .map(frame -> '"' + Packets.hex(frame) + '"')
            .collect(joining(",", "[", "]"));
    return String.format(
        "{\"op\":\"%s\",\"limit\":%d,\"gateway4\":\"%s\",\"gateway6\":\"%s\",\"input\":\"%s\","
            + "\"reason\":\"%s\",\"frames\":%s}",
        op,
        limits.frameLimit(),
        limits.ipv4Gateway().map(IpAddress::toString).orElse(""),
        limits.ipv6Gateway().map(IpAddress::toString).orElse(""),
        Packets.hex(input),
        verdict.reason().text(),
        frames);
  }

  private Result check(List<String> lines)
      throws IOException, InterruptedException, URISyntaxException {
    Path script = Path.of(Resources.getResource("check_verdicts.py").toURI());
    Path file = Files.write(directory.resolve("verdicts"), lines, StandardCharsets.US_ASCII);
    return run(script.toString(), file.toString());
  }

  private record Result(int status, String output) {}

  private static Result run(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(PYTHON));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    return new Result(process.exitValue(), output.trim());
  }
}
