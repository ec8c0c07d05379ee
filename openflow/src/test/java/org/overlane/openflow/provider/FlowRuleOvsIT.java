/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.openflow.provider;

import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;
import static org.overlane.openflow.channel.RecordingListener.get;
import static org.overlane.openflow.channel.RecordingListener.next;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import org.onlab.packet.EthType;
import org.onlab.packet.VlanId;
import org.onosproject.net.flow.DefaultFlowRule;
import org.onosproject.net.flow.DefaultTrafficSelector;
import org.onosproject.net.flow.DefaultTrafficTreatment;
import org.onosproject.net.flow.FlowEntry;
import org.onosproject.net.flow.FlowRule;
import org.onosproject.net.flow.TrafficSelector;
import org.onosproject.net.flow.TrafficTreatment;
import org.onosproject.net.flow.criteria.Criteria;
import org.onosproject.net.flow.criteria.Criterion;
import org.onosproject.net.flow.criteria.Criterion.Type;
import org.onosproject.net.flow.criteria.ExtensionCriterion;
import org.onosproject.net.flow.instructions.Instruction;
import org.overlane.openflow.channel.ModOutcome;
import org.overlane.openflow.channel.ObservedFlow;
import org.overlane.openflow.channel.OpenFlowServer;
import org.overlane.openflow.channel.OvsSandbox;
import org.overlane.openflow.channel.RecordingListener;
import org.overlane.openflow.channel.ServerSettings;
import org.overlane.openflow.channel.SwitchConnection;
import org.overlane.openflow.driver.MatchNwFrag;
import org.overlane.openflow.driver.MatchTcpFlags;
import org.projectfloodlight.openflow.protocol.OFFlowMod;

/** What a real Open vSwitch makes of our flow-mods, and how it reports them. */
class FlowRuleOvsIT {

  private static final int RULES = 2000;

  /**
   * Random rules that have the prerequisites of their fields; Open vSwitch may still refuse some.
   */
  private static Arbitrary<FlowRule> rules() {
    Arbitrary<TrafficSelector> selectors =
        Rules.criteria()
            .map(
                criterion -> {
                  TrafficSelector.Builder selector = DefaultTrafficSelector.builder();
                  prerequisites(criterion).forEach(selector::add);
                  return selector.add(criterion).build();
                });
    Arbitrary<TrafficTreatment> treatments =
        Combinators.combine(
                Rules.actions().list().ofMaxSize(2),
                Rules.actions().list().ofMaxSize(1),
                Arbitraries.integers().between(0, 15),
                Arbitraries.longs())
            .as(FlowRuleOvsIT::treatment);
    return Combinators.combine(selectors, treatments, Arbitraries.longs())
        .as(
            (selector, treatment, cookie) ->
                DefaultFlowRule.builder()
                    .forDevice(Rules.DEVICE)
                    .forTable(0)
                    .withPriority(0)
                    .withCookie(cookie)
                    .withSelector(selector)
                    .withTreatment(treatment)
                    .makePermanent()
                    .build());
  }

  private static TrafficTreatment treatment(
      List<Instruction> immediate, List<Instruction> deferred, int kinds, long metadata) {
    TrafficTreatment.Builder builder = DefaultTrafficTreatment.builder();
    immediate.forEach(builder::add);
    if ((kinds & 1) != 0) {
      builder.deferred();
      deferred.forEach(builder::add);
    }
    if ((kinds & 2) != 0) {
      builder.wipeDeferred();
    }
    if ((kinds & 4) != 0) {
      builder.transition(52);
    }
    if ((kinds & 8) != 0) {
      builder.writeMetadata(metadata, ~0L);
    }
    return builder.build();
  }

  private static List<Criterion> prerequisites(Criterion criterion) {
    Criterion ip4 = Criteria.matchEthType(EthType.EtherType.IPV4.ethType());
    Criterion ip6 = Criteria.matchEthType(EthType.EtherType.IPV6.ethType());
    String name = criterion.type().name();
    if (criterion.type() == Type.EXTENSION) {
      Object extension = ((ExtensionCriterion) criterion).extensionSelector();
      if (extension instanceof MatchTcpFlags) {
        return ImmutableList.of(ip4, Criteria.matchIPProtocol((short) 6));
      }
      return extension instanceof MatchNwFrag ? ImmutableList.of(ip4) : ImmutableList.of();
    }
    if (name.startsWith("TCP_")) {
      return ImmutableList.of(ip4, Criteria.matchIPProtocol((short) 6));
    }
    if (name.startsWith("UDP_")) {
      return ImmutableList.of(ip6, Criteria.matchIPProtocol((short) 17));
    }
    if (name.startsWith("SCTP_")) {
      return ImmutableList.of(ip4, Criteria.matchIPProtocol((short) 132));
    }
    if (name.startsWith("ICMPV4_")) {
      return ImmutableList.of(ip4, Criteria.matchIPProtocol((short) 1));
    }
    if (name.startsWith("ICMPV6_")) {
      return ImmutableList.of(ip6, Criteria.matchIPProtocol((short) 58));
    }
    if (name.startsWith("IPV6_ND_")) {
      short kind = (short) (criterion.type() == Type.IPV6_ND_TLL ? 136 : 135);
      return ImmutableList.of(
          ip6, Criteria.matchIPProtocol((short) 58), Criteria.matchIcmpv6Type(kind));
    }
    if (name.startsWith("IPV6_")) {
      return ImmutableList.of(ip6);
    }
    if (name.startsWith("IPV4_") || name.startsWith("IP_")) {
      return ImmutableList.of(ip4);
    }
    if (name.startsWith("ARP_")) {
      return ImmutableList.of(Criteria.matchEthType(EthType.EtherType.ARP.ethType()));
    }
    if (name.startsWith("MPLS_")) {
      return ImmutableList.of(Criteria.matchEthType(EthType.EtherType.MPLS_UNICAST.ethType()));
    }
    return criterion.type() == Type.VLAN_PCP
        ? ImmutableList.of(Criteria.matchVlanId(VlanId.vlanId((short) 7)))
        : ImmutableList.of();
  }

  private static FlowRule withPriority(FlowRule rule, int priority) {
    return DefaultFlowRule.builder()
        .forDevice(Rules.DEVICE)
        .forTable(0)
        .withPriority(priority)
        .withCookie(rule.id().value())
        .withSelector(rule.selector())
        .withTreatment(rule.treatment())
        .makePermanent()
        .build();
  }

  @Example
  void everyEntryThatOpenVSwitchTakesIsReadBackExactly() throws Exception {
    RecordingListener listener = new RecordingListener();
    ServerSettings settings = ServerSettings.builder().ports(ImmutableList.of(0)).build();
    OpenFlowServer server = OpenFlowServer.create(settings, listener);
    server.start();
    try (OvsSandbox ovs = OvsSandbox.start()) {
      ovs.addBridge("br0", 1, server.boundAddresses().get(0).getPort());
      SwitchConnection connection = next(listener.connected);
      List<FlowRule> sent = new ArrayList<>();
      List<OFFlowMod> mods = new ArrayList<>();
      // Not a list of the generator: its edge cases are lists of one rule repeated.
      for (FlowRule rule : rules().sampleStream().limit(RULES).collect(toList())) {
        FlowRule unique = withPriority(rule, sent.size() + 1);
        sent.add(unique);
        mods.add(FlowRuleTranslator.add(unique));
      }
      List<ModOutcome> outcomes = get(connection.sendFlowMods(mods));
      Map<Integer, FlowEntry> read = new HashMap<>();
      for (ObservedFlow flow : get(connection.readFlows())) {
        FlowEntry entry = FlowRuleTranslator.entry(flow, Rules.DEVICE);
        read.put(entry.priority(), entry);
      }
      Set<Type> taken = EnumSet.noneOf(Type.class);
      int accepted = 0;
      List<String> differences = new ArrayList<>();
      for (int i = 0; i < sent.size(); i++) {
        FlowRule rule = sent.get(i);
        if (outcomes.get(i).isSuccess()) {
          accepted++;
          rule.selector().criteria().forEach(criterion -> taken.add(criterion.type()));
          FlowEntry entry = read.get(rule.priority());
          if (entry == null || !entry.exactMatch(rule)) {
            differences.add(rule + "\n  was read back as\n" + entry);
          }
        }
      }
      assertThat(differences).isEmpty();
      assertThat(read).hasSize(accepted);
      assertThat(accepted).isGreaterThan(RULES / 5);
      assertThat(taken)
          .contains(
              Type.IN_PORT,
              Type.METADATA,
              Type.ETH_DST,
              Type.ETH_DST_MASKED,
              Type.ETH_TYPE,
              Type.VLAN_VID,
              Type.VLAN_PCP,
              Type.TUNNEL_ID,
              Type.IPV4_SRC,
              Type.IPV6_DST,
              Type.TCP_DST_MASKED,
              Type.UDP_SRC,
              Type.ARP_TPA,
              Type.IPV6_ND_TARGET,
              Type.EXTENSION);

      List<OFFlowMod> deletes = new ArrayList<>();
      for (FlowEntry entry : read.values()) {
        deletes.add(FlowRuleTranslator.delete(entry));
      }
      assertThat(get(connection.sendFlowMods(deletes))).allMatch(ModOutcome::isSuccess);
      assertThat(get(connection.readFlows())).isEmpty();
    } finally {
      server.stop();
    }
  }
}
