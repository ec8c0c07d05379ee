/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.overlane.e2e.lab.Capture;
import org.overlane.e2e.lab.Capture.Frame;
import org.overlane.e2e.lab.Datagrams;
import org.overlane.e2e.lab.Datagrams.Datagram;
import org.overlane.e2e.lab.Decoded;
import org.overlane.e2e.lab.Decoded.IcmpError;
import org.overlane.e2e.lab.Decoded.Syn;
import org.overlane.e2e.lab.Packets;
import org.overlane.e2e.lab.Place;
import org.overlane.e2e.lab.Switch;
import org.overlane.e2e.lab.Transfer;
import org.overlane.e2e.lab.Transfer.Direction;
import org.overlane.e2e.lab.Vlan;
import org.overlane.e2e.lab.Vm;
import org.overlane.e2e.lab.Vm.DontFragment;

/**
 * What becomes of packets that are too large, whoever encapsulates and whatever the underlay.
 * Nothing is configured in the VMs.
 */
abstract class OversizeContract extends OversizeLab {
  private static final int MEGABYTES = 3_000_000;
  private static final int TAG = 5;

  /** Packets that TCP may send before it has heard of an error, several times over. */
  private static final long FEW = 60;

  @ParameterizedTest
  @CsvSource({"IPV4, SEND", "IPV4, RECEIVE", "IPV6, SEND", "IPV6, RECEIVE"})
  void transfersAreWhole(Family family, Direction direction) {
    Transfer.Result result = from.transfer(to, family.address(to), direction, MEGABYTES);
    assertThat(result.whole()).as(result.error()).isTrue();
    assertThat(result.bytes()).isEqualTo(MEGABYTES);
    Vm sender = direction == Direction.SEND ? from : to;
    Vm receiver = direction == Direction.SEND ? to : from;
    assertThat(sender.learnedMtu(family.address(receiver))).hasValue(mtu());
    assertThat(packetIns()).isBetween(1L, FEW);
  }

  @Test
  void clampedTransfersAreWholeAndNeedNoError() {
    clampMss();
    try {
      for (Family family : Family.values()) {
        relay.reset();
        List<Syn> syns = synsOfTransfers(family);
        // A SYN and a SYN-ACK of each.
        assertThat(packetIns()).isEqualTo(4);
        assertThat(from.learnedMtu(family.address(to))).isEmpty();
        assertThat(to.learnedMtu(family.address(from))).isEmpty();
        assertThat(syns)
            .hasSize(4)
            .allSatisfy(
                syn -> {
                  assertThat(syn.problems()).isEmpty();
                  assertThat(syn.mss()).hasValue(family.mss(mtu()));
                });
      }
    } finally {
      plainNetwork();
    }
  }

  /** Transfers bytes both ways; the SYNs and SYN-ACKs as they arrive. */
  private List<Syn> synsOfTransfers(Family family) {
    try (Decoded<Syn> far = to.place().syns();
        Decoded<Syn> near = from.place().syns()) {
      for (Direction direction : Direction.values()) {
        Transfer.Result result = from.transfer(to, family.address(to), direction, MEGABYTES);
        assertThat(result.whole()).as(result.error()).isTrue();
      }
      return Stream.concat(far.stop().stream(), near.stop().stream())
          .filter(Syn::incoming)
          .toList();
    }
  }

  @Test
  void clampingNeverRaisesAnMss() {
    clampMss();
    from.mtu(1300);
    long untouched = counted("clamp-not-needed");
    try (Decoded<Syn> atReceiver = to.place().syns()) {
      for (Family family : Family.values()) {
        Transfer.Result result = from.transfer(to, family.address(to), Direction.SEND, 1000);
        assertThat(result.whole()).as(result.error()).isTrue();
      }
      assertThat(atReceiver.stop())
          .filteredOn(Syn::incoming)
          .extracting(Syn::mss)
          .containsExactly(
              OptionalInt.of(Family.IPV4.mss(1300)), OptionalInt.of(Family.IPV6.mss(1300)));
      assertThat(counted("clamp-not-needed") - untouched).isEqualTo(2);
    } finally {
      plainNetwork();
    }
  }

  @Test
  void theMssOfATaggedSynLeavesRoomForTheTag() {
    clampMss();
    try (Vlan near = from.vlan(TAG, "10.5.1.1/16");
        Vlan far = to.vlan(TAG, "10.5.2.1/16");
        Decoded<Syn> atReceiver = to.place().syns()) {
      Transfer.Result result = from.transfer(to, "10.5.2.1", Direction.SEND, MEGABYTES);
      assertThat(result.whole()).as(result.error()).isTrue();
      assertThat(atReceiver.stop())
          .filteredOn(Syn::incoming)
          .extracting(Syn::mss)
          .containsExactly(OptionalInt.of(Family.IPV4.mss(mtu() - 4)));
    } finally {
      plainNetwork();
    }
  }

  @ParameterizedTest
  @EnumSource(Family.class)
  void theExactLimitPassesAndOneByteMoreIsAnsweredOnce(Family family) {
    String address = family.address(to);
    assertThat(assertLimit(family, address, mtu(), address).tag()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Family.class)
  void aTagTakesFourBytesAndComesBack(Family family) {
    String destination = family == Family.IPV4 ? "10.5.2.1" : "fd05::2";
    try (Vlan near = from.vlan(TAG, "10.5.1.1/16", "fd05::1/64");
        Vlan far = to.vlan(TAG, "10.5.2.1/16", "fd05::2/64")) {
      assertThat(assertLimit(family, destination, mtu() - 4, destination).tag()).hasValue(TAG);
    }
  }

  @Test
  void aGatewayAnswersInPlaceOfTheDestination() {
    network("\"gateways\": [\"10.1.0.1\", \"fd00:1::ffff\"]");
    try {
      assertLimit(Family.IPV4, to.ipv4(), mtu(), "10.1.0.1");
      assertLimit(Family.IPV6, to.ipv6(), mtu(), "fd00:1::ffff");
    } finally {
      plainNetwork();
    }
  }

  @Test
  void packetsWithoutDfArriveWhole() {
    long fragmented = counted("fragmented");
    try (Decoded<IcmpError> errors = from.place().errors();
        Datagrams datagrams = to.receiveDatagrams(4)) {
      Vm.Probe probe = from.probe(to.ipv4(), DontFragment.DONT, 5, Family.IPV4.echoData(VM_MTU));
      assertThat(probe.received()).as(probe.text()).isEqualTo(5);
      from.sendDatagrams(to.ipv4(), 2, 1472);
      from.sendDatagrams(to.ipv4(), 2, 4000);
      assertThat(datagrams.arrived())
          .containsExactlyInAnyOrder(whole(1472), whole(1472), whole(4000), whole(4000));
      assertThat(errors.stop()).isEmpty();
    }
    assertThat(to.learnedMtu(from.ipv4())).isEmpty();
    if (!endpointFragments()) {
      // Five requests and five answers, two datagrams, and two fragments of either large one.
      assertThat(counted("fragmented") - fragmented).isEqualTo(16);
      assertThat(packetIns()).isEqualTo(16);
    }
  }

  @Test
  void fragmentsOfIpv6ArriveOnceTheirSenderKnowsTheMtu() {
    // Where the endpoint does not fragment, requests and answers are lost until an error is back.
    Vm.Probe probe = from.probe(to.ipv6(), DontFragment.DONT, 5, 4000);
    if (endpointFragments()) {
      assertThat(probe.received()).as(probe.text()).isEqualTo(5);
      assertThat(packetIns()).isZero();
    } else {
      assertThat(probe.mtus()).as(probe.text()).containsOnly(mtu());
      assertThat(from.learnedMtu(to.ipv6())).hasValue(mtu());
      Await.until(
          "a request and its answer",
          Duration.ofSeconds(10),
          () -> from.probe(to.ipv6(), DontFragment.DONT, 1, 4000).received() == 1);
      assertThat(from.probe(to.ipv6(), DontFragment.DONT, 5, 4000).received()).isEqualTo(5);
    }
  }

  private Datagram whole(int length) {
    return new Datagram(from.ipv4(), length, true);
  }

  @Test
  void neitherGroupsNorOtherProtocolsAreAnswered() {
    String marker = Packets.newMarker();
    String ipv6Group = "33:33:00:00:01:23";
    Switch bridge = lab.overlaySwitch(1);
    long metered = bridge.meteredPackets();
    try (Decoded<IcmpError> errors = from.place().errors();
        Capture remote = to.place().capture(marker);
        Capture local = neighbour.place().capture(marker)) {
      Place sender = from.place();
      Packets unicast = Packets.frame(marker, from.mac(), to.mac());
      Packets broadcast = Packets.frame(marker, from.mac(), OverlayContract.BROADCAST);
      sender.send(unicast.payload(VM_MTU));
      sender.send(broadcast.payload(VM_MTU));
      sender.send(broadcast.ip(from.ipv4(), "10.1.255.255").payload(1472));
      sender.send(
          Packets.frame(marker, from.mac(), OverlayContract.MULTICAST)
              .ip(from.ipv4(), "239.1.2.3")
              .payload(1472));
      sender.send(
          Packets.frame(marker, from.mac(), ipv6Group).ip(from.ipv6(), "ff15::123").payload(1452));
      fence();
      assertThat(packetIns()).isEqualTo(1);
      assertThat(errors.stop()).hasSize(1);
      assertThat(local.stop()).filteredOn(Frame::incoming).hasSize(4);
      List<Frame> arrived = remote.stop();
      assertThat(arrived).hasSize(endpointFragments() ? 5 : 0);
    }
    // The packet of the fence, and where they are dropped the five.
    assertThat(bridge.meteredPackets() - metered).isEqualTo(endpointFragments() ? 1 : 6);
    if (!endpointFragments()) {
      Await.until(
          "REST tells of the five", TWO_ROUNDS, () -> meter("drop").path("seen").asLong() >= 5);
    }
  }

  @Test
  void packetsThatStayOnTheHypervisorAreUntouched() {
    for (Family family : Family.values()) {
      Vm.Probe probe =
          from.probe(family.address(neighbour), DontFragment.DO, 5, family.echoData(VM_MTU));
      assertThat(probe.received()).as(probe.text()).isEqualTo(5);
    }
    from.mtu(JUMBO_MTU);
    neighbour.mtu(JUMBO_MTU);
    Vm.Probe jumbo =
        from.probe(neighbour.ipv4(), DontFragment.DO, 5, Family.IPV4.echoData(JUMBO_MTU));
    assertThat(jumbo.received()).as(jumbo.text()).isEqualTo(5);
    assertThat(neighbour.learnedMtu(from.ipv4())).isEmpty();
    assertThat(packetIns()).isZero();
  }

  @Test
  void aLoweredMtuOfAVmNeedsNothing() {
    from.mtu(1300);
    for (Direction direction : Direction.values()) {
      Transfer.Result result = from.transfer(to, to.ipv4(), direction, MEGABYTES);
      assertThat(result.whole()).as(result.error()).isTrue();
    }
    assertThat(packetIns()).isZero();
  }

  @Test
  void jumboPacketsAreAnsweredOrArrive() {
    from.mtu(JUMBO_MTU);
    to.mtu(JUMBO_MTU);
    for (Family family : Family.values()) {
      Vm.Probe probe =
          from.probe(family.address(to), DontFragment.DO, 1, family.echoData(JUMBO_MTU));
      assertThat(probe.mtus()).as(probe.text()).containsExactly(mtu());
      from.forgetMtus();
      Transfer.Result result = from.transfer(to, family.address(to), Direction.SEND, MEGABYTES);
      assertThat(result.whole()).as(result.error()).isTrue();
    }
    try (Datagrams datagrams = to.receiveDatagrams(2)) {
      from.sendDatagrams(to.ipv4(), 1, 4000);
      from.sendDatagrams(to.ipv4(), 1, 8900);
      assertThat(datagrams.arrived()).containsExactlyInAnyOrder(whole(4000), whole(8900));
    }
  }

  @ParameterizedTest
  @CsvSource({"IPV4, 1300", "IPV6, 9000"})
  void anMtuMayChangeDuringATransfer(Family family, int mtu) {
    try (Transfer transfer =
        from.startTransfer(to, family.address(to), Direction.SEND, MEGABYTES)) {
      transfer.awaitHold();
      from.mtu(mtu);
      transfer.resume();
      Transfer.Result result = transfer.end();
      assertThat(result.whole()).as(result.error()).isTrue();
    }
    assertThat(packetIns()).isBetween(1L, FEW);
  }

  @Test
  void theMtuOfThePathIsExplained() {
    JsonNode network = get("/onos/overlane/v1/mtu").path("networks").path(0);
    assertThat(network.path("network").asText()).isEqualTo("blue");
    assertThat(network.path("mtu").asInt()).isEqualTo(mtu());
    assertThat(network.path("derivation").asText())
        .startsWith(mtu() + " = " + VM_MTU + " - " + overhead());
    assertThat(network.path("paths"))
        .isNotEmpty()
        .allSatisfy(
            path -> {
              assertThat(path.path("mtu").asInt()).isEqualTo(mtu());
              assertThat(path.path("frameLimit").asInt()).isEqualTo(frameLimit());
              assertThat(path.path("fragments").asBoolean()).isEqualTo(endpointFragments());
              assertThat(path.path("derivation").asText())
                  .startsWith(mtu() + " = " + VM_MTU + " - " + overhead())
                  .endsWith("towards " + path.path("remote").asText());
            });
    assertThat(network.path("paths"))
        .extracting(path -> path.path("from").asText() + " " + path.path("remote").asText())
        .contains(
            lab.overlaySwitch(1).deviceId() + " " + lab.vtep(2),
            lab.overlaySwitch(2).deviceId() + " " + lab.vtep(1));
  }

  /** Predicted without touching anything. */
  @Test
  void whatAnotherMtuWouldChangeIsTold() {
    String device = lab.overlaySwitch(1).deviceId();
    JsonNode answer = get("/onos/overlane/v1/mtu?what-if=" + device + "=" + (VM_MTU - 100));

    JsonNode network = answer.path("networks").path(0);
    assertThat(network.path("network").asText()).isEqualTo("blue");
    assertThat(network.path("before").asInt()).isEqualTo(mtu());
    assertThat(network.path("after").asInt()).isEqualTo(mtu() - 100);
    assertThat(answer.path("switches"))
        .extracting(s -> s.path("device").asText())
        .contains(device, lab.overlaySwitch(2).deviceId());
    assertThat(answer.path("steps")).isNotEmpty();
    assertThat(get("/onos/overlane/v1/mtu").path("networks").path(0).path("mtu").asInt())
        .isEqualTo(mtu());
  }

  @Test
  void aTagOfTheNetworkLowersTheMtuThatIsReported() {
    network("\"vlanTags\": 1");
    try {
      JsonNode network = get("/onos/overlane/v1/mtu").path("networks").path(0);
      assertThat(network.path("mtu").asInt()).isEqualTo(mtu() - 4);
      assertThat(network.path("paths"))
          .allSatisfy(path -> assertThat(path.path("frameLimit").asInt()).isEqualTo(frameLimit()));
      // A packet without a tag has more room than the network promises, and is told so.
      assertLimit(Family.IPV4, to.ipv4(), mtu(), to.ipv4());
    } finally {
      plainNetwork();
    }
  }

  @Test
  void theCapabilitiesSayWhatHappens() {
    String fragmenter = endpointFragments() ? "the endpoint fragments" : "the controller fragments";
    for (Switch bridge : overlaySwitches()) {
      JsonNode status = get("/onos/overlane/v1/status/" + bridge.deviceId());
      assertThat(status.path("capabilities"))
          .allMatch(c -> c.path("holds").asBoolean(), "holds")
          .extracting(c -> c.path("case").asText())
          .containsExactly("TX-4", "TX-5", "TX-6", "TX-7", "TX-8");
      assertThat(status.path("capabilities").path(0).path("means").asText()).startsWith(fragmenter);
    }
  }
}
