/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.openflow.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.onlab.packet.Ip4Address;
import org.onlab.packet.Ip6Address;
import org.onosproject.codec.CodecContext;
import org.onosproject.net.flow.criteria.ExtensionSelector;
import org.onosproject.net.flow.instructions.ExtensionPropertyException;
import org.onosproject.net.flow.instructions.ExtensionTreatment;
import org.onosproject.net.flow.instructions.ExtensionTreatmentType;

class ExtensionsTest {

  private final OverlaneTreatments treatments = new OverlaneTreatments();
  private final OverlaneSelectors selectors = new OverlaneSelectors();
  private final CodecContext context = mock(CodecContext.class);

  ExtensionsTest() {
    when(context.mapper()).thenReturn(new ObjectMapper());
  }

  static Stream<ExtensionTreatment> treatments() {
    return Stream.of(
        new SetTunnelDst(Ip4Address.valueOf("192.0.2.1")),
        new SetTunnelIpv6Dst(Ip6Address.valueOf("2001:db8::1")),
        new CheckPktLarger(1464, 9, 31),
        new LoadRegister(15, 0xffffffffL, 0xffffffffL),
        new UnknownAction(new byte[] {1, 2, 3, (byte) 0xff}));
  }

  static Stream<ExtensionSelector> selectors() {
    return Stream.of(
        new MatchNwFrag(1, 3),
        new MatchTcpFlags(0x12, 0xfff),
        new MatchRegister(3, 0x80000000L, 0xf0000000L),
        new UnknownMatch(new byte[] {9, 8, 7}));
  }

  @ParameterizedTest
  @MethodSource("treatments")
  void treatmentSurvivesStoresAndRest(ExtensionTreatment treatment) {
    ExtensionTreatment stored = treatments.getExtensionInstruction(treatment.type());
    assertThat(stored).isNotEqualTo(treatment);
    stored.deserialize(treatment.serialize());
    assertThat(stored).isEqualTo(treatment).hasSameHashCodeAs(treatment);
    assertThat(treatments.decode(treatments.encode(treatment, context), context))
        .isEqualTo(treatment);
  }

  @ParameterizedTest
  @MethodSource("selectors")
  void selectorSurvivesStoresAndRest(ExtensionSelector selector) {
    ExtensionSelector stored = selectors.getExtensionSelector(selector.type());
    assertThat(stored).isNotEqualTo(selector);
    stored.deserialize(selector.serialize());
    assertThat(stored).isEqualTo(selector).hasSameHashCodeAs(selector);
    assertThat(selectors.decode(selectors.encode(selector, context), context)).isEqualTo(selector);
  }

  @Test
  void appSetsPropertiesByName() throws ExtensionPropertyException {
    ExtensionTreatment check = treatments.getExtensionInstruction(new ExtensionTreatmentType(4702));
    check.setPropertyValue("length", 1464);
    check.setPropertyValue("register", 9);
    check.setPropertyValue("bit", 0);
    assertThat(check).isEqualTo(new CheckPktLarger(1464, 9, 0));
    assertThat(check.<Integer>getPropertyValue("length")).isEqualTo(1464);
    assertThat(check.getProperties()).containsExactly("length", "register", "bit");
    ExtensionTreatment tunnel =
        treatments.getExtensionInstruction(
            ExtensionTreatmentType.ExtensionTreatmentTypes.NICIRA_SET_TUNNEL_DST.type());
    tunnel.setPropertyValue("tunnelDst", Ip4Address.valueOf("192.0.2.7"));
    assertThat(tunnel).isEqualTo(new SetTunnelDst(Ip4Address.valueOf("192.0.2.7")));
  }

  @Test
  void wrongPropertiesAreRefusedWithNameValueAndRange() {
    CheckPktLarger check = new CheckPktLarger();
    assertThatThrownBy(() -> check.setPropertyValue("register", 16))
        .isInstanceOf(ExtensionPropertyException.class)
        .hasMessageContainingAll("register", "16", "0..15");
    assertThatThrownBy(() -> check.setPropertyValue("length", "1464"))
        .isInstanceOf(ExtensionPropertyException.class)
        .hasMessageContainingAll("length", "1464", "whole number");
    assertThatThrownBy(() -> check.setPropertyValue("size", 1))
        .isInstanceOf(ExtensionPropertyException.class)
        .hasMessageContainingAll("size", "length");
    assertThatThrownBy(() -> new UnknownAction(new byte[0]).setPropertyValue("bytes", "00"))
        .isInstanceOf(ExtensionPropertyException.class)
        .hasMessageContaining("cannot be edited");
    assertThatThrownBy(() -> check.deserialize(new byte[3]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("length");
  }

  @Test
  void wrongJsonIsRefusedWithTheRemedy() {
    ObjectNode json = new ObjectMapper().createObjectNode().put("type", "NO_SUCH");
    assertThatThrownBy(() -> treatments.decode(json, context))
        .hasMessageContainingAll("NO_SUCH", "OVERLANE_CHECK_PKT_LARGER");
    ObjectNode missing =
        new ObjectMapper()
            .createObjectNode()
            .put("type", "OVERLANE_CHECK_PKT_LARGER")
            .put("length", 1464);
    assertThatThrownBy(() -> treatments.decode(missing, context))
        .hasMessageContainingAll("register", "bit");
    ObjectNode hex =
        new ObjectMapper()
            .createObjectNode()
            .put("type", "OVERLANE_REGISTER")
            .put("register", 3)
            .put("value", "0x10")
            .put("mask", "0xf0");
    assertThat(selectors.decode(hex, context)).isEqualTo(new MatchRegister(3, 0x10, 0xf0));
  }

  /** Stands for the class of the same extension in a former version of the bundle. */
  private static ExtensionTreatment former(ExtensionTreatment extension) {
    ExtensionTreatment former = mock(ExtensionTreatment.class);
    when(former.type()).thenReturn(extension.type());
    when(former.serialize()).thenReturn(extension.serialize());
    return former;
  }

  @ParameterizedTest
  @MethodSource("treatments")
  void extensionOfAFormerBundleIsStillTheSame(ExtensionTreatment treatment) {
    assertThat(treatment).isEqualTo(former(treatment));
    assertThat(OverlaneExtensions.own(former(treatment)))
        .isEqualTo(treatment)
        .isExactlyInstanceOf(treatment.getClass());
  }

  @Test
  void extensionsOfOthersAreRefused() {
    ExtensionTreatment foreign = mock(ExtensionTreatment.class);
    when(foreign.type()).thenReturn(new ExtensionTreatmentType(99));
    assertThatThrownBy(() -> OverlaneExtensions.own(foreign)).hasMessageContaining("type 99");
    ExtensionTreatment otherBytes = mock(ExtensionTreatment.class);
    when(otherBytes.type()).thenReturn(OverlaneExtensions.SET_TUNNEL_DST);
    when(otherBytes.serialize()).thenReturn(new byte[9]);
    assertThatThrownBy(() -> OverlaneExtensions.own(otherBytes)).hasMessageContaining("bytes");
  }
}
