/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.openflow.driver;

import com.google.common.collect.ImmutableMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.onosproject.net.flow.Extension;
import org.onosproject.net.flow.criteria.ExtensionSelector;
import org.onosproject.net.flow.criteria.ExtensionSelectorType;
import org.onosproject.net.flow.instructions.ExtensionTreatment;
import org.onosproject.net.flow.instructions.ExtensionTreatmentType;
import org.onosproject.net.flow.instructions.ExtensionTreatmentType.ExtensionTreatmentTypes;

/**
 * The extensions that the Overlane drivers offer, by type number and by the name that REST shows.
 */
public final class OverlaneExtensions {

  public static final ExtensionTreatmentType SET_TUNNEL_DST =
      ExtensionTreatmentTypes.NICIRA_SET_TUNNEL_DST.type();
  public static final ExtensionTreatmentType SET_TUNNEL_IPV6_DST = new ExtensionTreatmentType(4701);
  public static final ExtensionTreatmentType CHECK_PKT_LARGER = new ExtensionTreatmentType(4702);
  public static final ExtensionTreatmentType UNKNOWN_ACTION = new ExtensionTreatmentType(4703);
  public static final ExtensionTreatmentType LOAD_REGISTER = new ExtensionTreatmentType(4704);

  public static final ExtensionSelectorType NW_FRAG = new ExtensionSelectorType(4711);
  public static final ExtensionSelectorType TCP_FLAGS = new ExtensionSelectorType(4712);
  public static final ExtensionSelectorType REGISTER = new ExtensionSelectorType(4713);
  public static final ExtensionSelectorType UNKNOWN_MATCH = new ExtensionSelectorType(4714);

  static final Map<String, Supplier<ExtensionTreatment>> TREATMENTS =
      ImmutableMap.<String, Supplier<ExtensionTreatment>>builder()
          .put("NICIRA_SET_TUNNEL_DST", SetTunnelDst::new)
          .put("OVERLANE_SET_TUNNEL_IPV6_DST", SetTunnelIpv6Dst::new)
          .put("OVERLANE_CHECK_PKT_LARGER", CheckPktLarger::new)
          .put("OVERLANE_UNKNOWN_ACTION", UnknownAction::new)
          .put("OVERLANE_LOAD_REGISTER", LoadRegister::new)
          .build();

  static final Map<String, Supplier<ExtensionSelector>> SELECTORS =
      ImmutableMap.<String, Supplier<ExtensionSelector>>builder()
          .put("OVERLANE_NW_FRAG", MatchNwFrag::new)
          .put("OVERLANE_TCP_FLAGS", MatchTcpFlags::new)
          .put("OVERLANE_REGISTER", MatchRegister::new)
          .put("OVERLANE_UNKNOWN_MATCH", UnknownMatch::new)
          .build();

  private OverlaneExtensions() {}

  /** A new, empty treatment of the type; empty if it is not one of ours. */
  static Optional<ExtensionTreatment> treatment(ExtensionTreatmentType type) {
    return TREATMENTS.values().stream()
        .map(Supplier::get)
        .filter(t -> t.type().equals(type))
        .findFirst();
  }

  /** A new, empty selector of the type; empty if it is not one of ours. */
  static Optional<ExtensionSelector> selector(ExtensionSelectorType type) {
    return SELECTORS.values().stream()
        .map(Supplier::get)
        .filter(s -> s.type().equals(type))
        .findFirst();
  }

  /**
   * The extension as an object of this bundle. ONOS keeps rules across an update of this bundle,
   * and their extensions are objects of the former one's classes.
   *
   * @throws IllegalArgumentException if it is not one of ours, or its bytes are not those of its
   *     type
   */
  public static ExtensionTreatment own(ExtensionTreatment extension) {
    if (isOwn(extension)) {
      return extension;
    }
    ExtensionTreatment own =
        treatment(extension.type())
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "this southbound does not know type " + extension.type().type()));
    own.deserialize(extension.serialize());
    return own;
  }

  /** As {@link #own(ExtensionTreatment)}. */
  public static ExtensionSelector own(ExtensionSelector extension) {
    if (isOwn(extension)) {
      return extension;
    }
    ExtensionSelector own =
        selector(extension.type())
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "this southbound does not know type " + extension.type().toInt()));
    own.deserialize(extension.serialize());
    return own;
  }

  private static boolean isOwn(Extension extension) {
    return extension instanceof AbstractTypedExtension || extension instanceof AbstractRawExtension;
  }
}
