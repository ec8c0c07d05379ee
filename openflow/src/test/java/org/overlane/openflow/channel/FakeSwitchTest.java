/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.openflow.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.overlane.openflow.channel.RecordingListener.await;
import static org.overlane.openflow.channel.RecordingListener.get;
import static org.overlane.openflow.channel.RecordingListener.next;

import com.google.common.collect.ImmutableList;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.overlane.openflow.codec.Bytes;
import org.projectfloodlight.openflow.protocol.OFFlowAdd;
import org.projectfloodlight.openflow.protocol.OFFlowMod;
import org.projectfloodlight.openflow.protocol.OFType;
import org.projectfloodlight.openflow.types.OFPort;
import org.projectfloodlight.openflow.types.U64;

/** The server and switches that behave as no real one does. */
class FakeSwitchTest {

  private static final int ERROR = 1;
  private static final int FLOW_MOD = 14;

  private final RecordingListener listener = new RecordingListener();
  private final List<Closeable> open = new ArrayList<>();
  private OpenFlowServer server;

  private static ServerSettings.Builder settings() {
    return ServerSettings.builder().ports(ImmutableList.of(0));
  }

  private void start(ServerSettings.Builder settings) throws IOException {
    server = OpenFlowServer.create(settings.build(), listener);
    server.start();
  }

  private FakeSwitch fake(long datapathId, FakeSwitch.Script script) throws IOException {
    FakeSwitch fake = new FakeSwitch(server, datapathId, script);
    open.add(fake);
    return fake;
  }

  private FakeSwitch fake(long datapathId) throws IOException {
    return fake(datapathId, (me, message) -> false);
  }

  @AfterEach
  void stop() throws IOException {
    for (Closeable closeable : open) {
      closeable.close();
    }
    if (server != null) {
      server.stop();
    }
  }

  private static List<OFFlowMod> entries(int count) {
    List<OFFlowMod> mods = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      mods.add(
          SampleEntries.entry(
                  i,
                  SampleEntries.OF
                      .buildMatch()
                      .setExact(
                          org.projectfloodlight.openflow.protocol.match.MatchField.TUNNEL_ID,
                          U64.of(i))
                      .build(),
                  SampleEntries.apply(SampleEntries.output(1)))
              .build());
    }
    return mods;
  }

  @Test
  void aSwitchThatKnowsOnlyOpenFlow10IsRefusedWithAReason() throws Exception {
    start(settings());
    FakeSwitch old =
        fake(
            1,
            (me, message) -> {
              if (FakeSwitch.type(message) == 0) {
                me.send(Bytes.ofHex("0100000800000009"));
              }
              return true;
            });
    Bytes error = old.next(ERROR).orElseThrow(AssertionError::new);
    assertThat(error.at(0)).as("a version that it can read").isEqualTo(1);
    assertThat(FakeSwitch.xid(error)).isEqualTo(9);
    assertThat(error.u16(8)).as("HELLO_FAILED").isZero();
    assertThat(error.u16(10)).as("INCOMPATIBLE").isZero();
    old.awaitEnd();
    assertThat(listener.connected).isEmpty();
  }

  @Test
  void aBitmapWithoutOpenFlow13IsRefusedAndOneWithItIsNot() throws Exception {
    start(settings());
    FakeSwitch without = fake(1, hello("06000010000000010001000800000062"));
    assertThat(without.next(ERROR)).isPresent();
    without.awaitEnd();
    fake(2, hello("06000010000000010001000800000072"));
    assertThat(next(listener.connected).datapathId()).isEqualTo(2);
    fake(3, hello("0600000800000001"));
    assertThat(next(listener.connected).datapathId()).isEqualTo(3);
  }

  private static FakeSwitch.Script hello(String hex) {
    return (me, message) -> {
      if (FakeSwitch.type(message) == 0) {
        me.send(Bytes.ofHex(hex));
        return true;
      }
      return false;
    };
  }

  @Test
  void garbageIsAnsweredAndClosedAndOthersDoNotNotice() throws Exception {
    start(settings());
    fake(1);
    SwitchConnection good = next(listener.connected);
    FakeSwitch http = fake(2, (me, message) -> true);
    http.send(
        Bytes.of("GET / HTTP/1.1\r\n\r\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII)));
    assertThat(http.next(ERROR)).isPresent();
    http.awaitEnd();
    FakeSwitch shortLength = fake(3, hello("0400000700000001"));
    Bytes error = shortLength.next(ERROR).orElseThrow(AssertionError::new);
    assertThat(error.u16(8)).as("BAD_REQUEST").isEqualTo(1);
    assertThat(error.u16(10)).as("BAD_LEN").isEqualTo(6);
    shortLength.awaitEnd();
    assertThat(get(good.readFlows())).isEmpty();
    assertThat(listener.disconnected).isEmpty();
  }

  @Test
  void aWrongVersionAfterTheHandshakeEndsTheConnection() throws Exception {
    start(settings());
    FakeSwitch fake = fake(1);
    next(listener.connected);
    fake.send(Bytes.ofHex("0502000800000001"));
    Bytes error = fake.next(ERROR).orElseThrow(AssertionError::new);
    assertThat(error.u16(8)).as("BAD_REQUEST").isEqualTo(1);
    assertThat(error.u16(10)).as("BAD_VERSION").isZero();
    assertThat(next(listener.disconnected)).contains("OpenFlow version 5");
  }

  @Test
  void anUnknownMessageTypeAndAnUndecodableMessageAreCountedAndTheConnectionGoesOn()
      throws Exception {
    start(settings());
    FakeSwitch fake = fake(1);
    SwitchConnection connection = next(listener.connected);
    fake.send(Bytes.ofHex("0463000800000001"));
    Bytes error = fake.next(ERROR).orElseThrow(AssertionError::new);
    assertThat(error.u16(10)).as("BAD_TYPE").isEqualTo(1);
    fake.send(Bytes.ofHex("040a001200000002ffffffffffffffffffff")); // packet-in, cut off
    fake.send(Bytes.ofHex("040c000800000003")); // port status without a port
    await("three counted", () -> connection.counters().undecodable() == 3);
    assertThat(get(connection.readFlows())).isEmpty();
    assertThat(connection.isConnected()).isTrue();
  }

  @Test
  void anUndecodableReplyFailsItsRequestOnly() throws Exception {
    start(settings());
    fake(
        1,
        (me, message) -> {
          if (isFlowStats(message)) {
            me.send(FakeSwitch.part(message, false, new byte[] {0, 99, 1, 2, 3, 4, 5, 6}));
            return true;
          }
          return false;
        });
    SwitchConnection connection = next(listener.connected);
    assertThatThrownBy(() -> get(connection.readFlows()))
        .hasRootCauseInstanceOf(org.overlane.openflow.codec.MalformedMessageException.class)
        .hasMessageContaining("flow entry of 99 bytes");
    assertThat(get(connection.readGroups())).isEmpty();
    // A switch that cannot be read is written all the same.
    assertThat(get(connection.sendFlowMods(entries(1)))).containsExactly(ModOutcome.done());
  }

  private static boolean isFlowStats(Bytes message) {
    return FakeSwitch.type(message) == FakeSwitch.MULTIPART_REQUEST && message.u16(8) == 1;
  }

  @Test
  void aHandshakeThatStallsIsCutOff() throws Exception {
    start(settings().handshakeTimeout(Duration.ofMillis(200)));
    FakeSwitch silent = fake(1, (me, message) -> true);
    silent.awaitEnd();
    FakeSwitch halfway = fake(2, (me, message) -> FakeSwitch.type(message) == 5);
    halfway.awaitEnd();
    assertThat(listener.connected).isEmpty();
    assertThat(server.connections()).isEmpty();
  }

  @Test
  void refusedRequestsCarryTheError() throws Exception {
    start(settings());
    fake(
        1,
        (me, message) -> {
          boolean meterFeatures =
              FakeSwitch.type(message) == FakeSwitch.MULTIPART_REQUEST && message.u16(8) == 11;
          boolean groups =
              FakeSwitch.type(message) == FakeSwitch.MULTIPART_REQUEST && message.u16(8) == 7;
          if (meterFeatures || groups) {
            me.send(FakeSwitch.error(message, 1, 2));
          }
          return meterFeatures || groups;
        });
    SwitchConnection connection = next(listener.connected);
    assertThat(connection.info().meterFeatures()).isEmpty();
    assertThatThrownBy(() -> get(connection.readGroups()))
        .hasCauseInstanceOf(OpenFlowErrorException.class)
        .hasMessageContaining("BAD_REQUEST/BAD_STAT");
  }

  @Test
  void errorsEvenUnknownOnesAreMappedToTheirMod() throws Exception {
    start(settings().modsPerBarrier(4));
    AtomicInteger count = new AtomicInteger();
    fake(
        1,
        (me, message) -> {
          if (FakeSwitch.type(message) == FLOW_MOD) {
            int index = count.getAndIncrement();
            if (index == 2) {
              me.send(FakeSwitch.error(message, 5, 1));
            } else if (index == 9) {
              me.send(FakeSwitch.error(message, 0xffff, 0x1234));
            }
          }
          return false;
        });
    SwitchConnection connection = next(listener.connected);
    List<ModOutcome> outcomes = get(connection.sendFlowMods(entries(11)));
    List<ModOutcome.Kind> kinds =
        outcomes.stream().map(ModOutcome::kind).collect(Collectors.toList());
    List<ModOutcome.Kind> expected = new ArrayList<>(Collections.nCopies(11, ModOutcome.Kind.DONE));
    expected.set(2, ModOutcome.Kind.REFUSED);
    expected.set(9, ModOutcome.Kind.REFUSED);
    assertThat(kinds).isEqualTo(expected);
    assertThat(outcomes.get(2).reason()).contains("FLOW_MOD_FAILED/TABLE_FULL");
    assertThat(outcomes.get(9).reason()).contains("type 65535").contains("code 4660");
    assertThat(outcomes.get(9).errorType()).hasValue(0xffff);
    assertThat(outcomes.get(9).errorCode()).hasValue(0x1234);
    assertThat(outcomes.get(2).errorType()).hasValue(5);
    assertThat(outcomes.get(3).errorType()).isEmpty();
    assertThat(connection.counters().sent(OFType.BARRIER_REQUEST)).isEqualTo(3);
    // What was done is not sent again, what was refused is.
    get(connection.sendFlowMods(entries(11)));
    assertThat(connection.counters().flowModsSent()).isEqualTo(13);
    assertThat(listener.errors).isEmpty();
  }

  @Test
  void anUnansweredBarrierTimesOutAndNothingIsTakenForGranted() throws Exception {
    start(settings().requestTimeout(Duration.ofMillis(200)));
    AtomicInteger barriers = new AtomicInteger();
    AtomicInteger reads = new AtomicInteger();
    fake(
        1,
        (me, message) -> {
          if (isFlowStats(message)) {
            reads.incrementAndGet();
          }
          return FakeSwitch.type(message) == FakeSwitch.BARRIER_REQUEST
              && barriers.getAndIncrement() == 0;
        });
    SwitchConnection connection = next(listener.connected);
    assertThat(get(connection.sendFlowMods(entries(2))))
        .allMatch(outcome -> outcome.kind() == ModOutcome.Kind.TIMED_OUT);
    assertThat(get(connection.sendFlowMods(entries(2)))).containsOnly(ModOutcome.done());
    assertThat(reads).as("read again before deciding").hasValue(2);
  }

  @Test
  void aSilentSwitchIsDead() throws Exception {
    start(settings().echoInterval(Duration.ofMillis(100)).deadAfter(Duration.ofMillis(300)));
    fake(1, (me, message) -> FakeSwitch.type(message) == 2);
    next(listener.connected);
    assertThat(next(listener.disconnected)).contains("echo not answered");
  }

  @Test
  void aSwitchThatAnswersEchoesStays() throws Exception {
    start(settings().echoInterval(Duration.ofMillis(50)).deadAfter(Duration.ofMillis(2_000)));
    fake(1);
    SwitchConnection connection = next(listener.connected);
    await("echoes", () -> connection.counters().received(OFType.ECHO_REPLY) >= 5);
    assertThat(connection.isConnected()).isTrue();
  }

  @Test
  void aSwitchThatDoesNotReadIsDisconnectedBeforeMemoryGrows() throws Exception {
    start(settings().maxQueuedBytes(1 << 20));
    CountDownLatch stuck = new CountDownLatch(1);
    fake(
        1,
        (me, message) -> {
          if (FakeSwitch.type(message) == 13) {
            awaitQuietly(stuck);
          }
          return false;
        });
    SwitchConnection connection = next(listener.connected);
    byte[] payload = new byte[60_000];
    for (int i = 0; i < 2_000 && connection.isConnected(); i++) {
      connection.send(
          SampleEntries.OF
              .buildPacketOut()
              .setInPort(OFPort.CONTROLLER)
              .setActions(ImmutableList.of(SampleEntries.output(1)))
              .setData(payload)
              .build());
    }
    assertThat(next(listener.disconnected)).contains("does not read").contains("1048576");
    stuck.countDown();
  }

  @Test
  void tooManyModificationsForASlowSwitchDisconnectIt() throws Exception {
    start(settings().maxQueuedMods(5_000).modsPerBarrier(100));
    fake(1, (me, message) -> FakeSwitch.type(message) == FakeSwitch.BARRIER_REQUEST);
    SwitchConnection connection = next(listener.connected);
    CompletableFuture<List<ModOutcome>> first = connection.sendFlowMods(entries(4_000));
    CompletableFuture<List<ModOutcome>> second = connection.sendFlowMods(entries(2_000));
    assertThat(next(listener.disconnected)).contains("too slow").contains("5000");
    assertThat(get(first)).allMatch(o -> o.kind() == ModOutcome.Kind.DISCONNECTED);
    assertThat(get(second)).allMatch(o -> o.kind() == ModOutcome.Kind.DISCONNECTED);
    assertThat(connection.counters().flowModsSent())
        .as("windows under way")
        .isLessThanOrEqualTo(800);
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await(30, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void anEndlessMultipartIsCutOff() throws Exception {
    start(settings().maxMultipartBytes(1 << 20));
    fake(
        1,
        (me, message) -> {
          if (isFlowStats(message)) {
            while (true) {
              me.send(FakeSwitch.part(message, true, new byte[0]));
            }
          }
          return false;
        });
    SwitchConnection connection = next(listener.connected);
    assertThatThrownBy(() -> get(connection.readFlows()))
        .hasMessageContaining("1048576 bytes cut off");
    assertThat(next(listener.disconnected)).contains("multipart reply of more than");
  }

  @Test
  void tensOfMegabytesOfStatisticsInMessagesOf64KilobytesSurvive() throws Exception {
    start(settings());
    byte[] entry = new byte[56];
    entry[1] = 56;
    entry[49] = 1;
    entry[51] = 4;
    byte[] body = new byte[65_519 / 56 * 56];
    for (int at = 0; at < body.length; at += 56) {
      System.arraycopy(entry, 0, body, at, 56);
    }
    fake(
        1,
        (me, message) -> {
          for (int i = 0; isFlowStats(message) && i < 400; i++) {
            me.send(FakeSwitch.part(message, i < 399, body));
          }
          return isFlowStats(message);
        });
    SwitchConnection connection = next(listener.connected);
    assertThat(get(connection.readFlows())).hasSize(400 * body.length / 56);
  }

  @Test
  void aSecondConnectionOfALivingSwitchIsRefused() throws Exception {
    start(settings());
    fake(7);
    SwitchConnection first = next(listener.connected);
    FakeSwitch second = fake(7);
    second.awaitEnd();
    assertThat(server.connection(7)).contains(first);
    assertThat(listener.disconnected).isEmpty();
    assertThat(listener.connected).isEmpty();
  }

  @Test
  void aSecondConnectionReplacesADeadOne() throws Exception {
    start(settings());
    fake(7, (me, message) -> FakeSwitch.type(message) == 2);
    SwitchConnection first = next(listener.connected);
    fake(7);
    SwitchConnection second = next(listener.connected);
    assertThat(listener.disconnected).as("told before").hasSize(1);
    assertThat(next(listener.disconnected)).contains("superseded");
    assertThat(second).isNotSameAs(first);
    assertThat(server.connections()).containsExactly(second);
  }

  @Test
  void concurrentReadsAreShared() throws Exception {
    start(settings());
    BlockingQueue<Bytes> requests = new LinkedBlockingQueue<>();
    FakeSwitch fake = fake(1, (me, message) -> isFlowStats(message) && requests.add(message));
    SwitchConnection connection = next(listener.connected);
    CompletableFuture<List<ModOutcome>> mods = connection.sendFlowMods(entries(1));
    CompletableFuture<List<ObservedFlow>> one = connection.readFlows();
    CompletableFuture<List<ObservedFlow>> two = connection.readFlows();
    // Once this is answered, the three above have been taken up.
    get(connection.request(SampleEntries.OF.buildEchoRequest().build()));
    Bytes request = next(requests);
    assertThat(requests).isEmpty();
    fake.send(FakeSwitch.usualAnswer(request, 1).get());
    assertThat(get(one)).isEmpty();
    assertThat(get(two)).isEmpty();
    assertThat(get(mods)).containsExactly(ModOutcome.done());
  }

  @Test
  void aModThatCannotBeEncodedIsInvalidAndTheRestGoesOn() throws Exception {
    start(settings());
    fake(1);
    SwitchConnection connection = next(listener.connected);
    OFFlowAdd huge =
        SampleEntries.entry(
                0,
                SampleEntries.OF.buildMatch().build(),
                SampleEntries.apply(
                    Collections.nCopies(5_000, SampleEntries.output(1))
                        .toArray(new org.projectfloodlight.openflow.protocol.action.OFAction[0])))
            .build();
    List<OFFlowMod> mods = ImmutableList.of(entries(2).get(0), huge, entries(2).get(1));
    List<ModOutcome> outcomes = get(connection.sendFlowMods(mods));
    assertThat(outcomes.get(0)).isEqualTo(ModOutcome.done());
    assertThat(outcomes.get(1).kind()).isEqualTo(ModOutcome.Kind.INVALID);
    assertThat(outcomes.get(1).reason()).contains("65535");
    assertThat(outcomes.get(2)).isEqualTo(ModOutcome.done());
  }

  @Test
  void aPortInUseIsNamedAndNothingStaysBound() throws Exception {
    start(settings());
    int taken = server.boundAddresses().get(0).getPort();
    OpenFlowServer other =
        OpenFlowServer.create(settings().ports(ImmutableList.of(0, taken)).build(), listener);
    assertThatThrownBy(other::start)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("127.0.0.1 port " + taken);
    assertThat(other.boundAddresses()).isEmpty();
    other.stop();
  }

  @Test
  void stoppingDisconnectsEverySwitchAndFreesThePort() throws Exception {
    start(settings());
    FakeSwitch fake = fake(1);
    SwitchConnection connection = next(listener.connected);
    InetSocketAddress address = server.boundAddresses().get(0);
    server.stop();
    server.stop();
    fake.awaitEnd();
    assertThat(next(listener.disconnected)).contains("the controller stops");
    assertThat(connection.isConnected()).isFalse();
    assertThatThrownBy(() -> get(connection.readFlows()))
        .hasCauseInstanceOf(RequestFailedException.class);
    OpenFlowServer again =
        OpenFlowServer.create(
            settings().ports(ImmutableList.of(address.getPort())).build(), listener);
    again.start();
    again.stop();
  }
}
