/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.openflow.provider;

import com.google.common.collect.ImmutableList;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.onosproject.net.DeviceId;
import org.onosproject.net.flow.DefaultTrafficSelector;
import org.onosproject.net.flow.TrafficSelector;
import org.onosproject.net.flow.criteria.Criteria;
import org.onosproject.net.flow.criteria.Criterion;
import org.onosproject.net.flow.criteria.ExtensionCriterion;
import org.onosproject.net.flow.criteria.ExtensionSelector;
import org.overlane.openflow.codec.ExtraOxms;
import org.overlane.openflow.codec.RawOxm;
import org.overlane.openflow.driver.MatchNwFrag;
import org.overlane.openflow.driver.MatchRegister;
import org.overlane.openflow.driver.MatchTcpFlags;
import org.overlane.openflow.driver.OverlaneExtensions;
import org.overlane.openflow.driver.UnknownMatch;

/**
 * Traffic selectors as OXM fields and back. What ONOS has no criterion for becomes one {@link
 * UnknownMatch}, so that the entry can still be told from others and removed.
 */
final class MatchTranslator {

  private static final int NW_FRAG = 26;
  private static final int REGISTERS = 16;
  private static final int ONF_TCP_FLAGS = 42;
  private static final long ONF_EXPERIMENTER = 0x4f4e4600L;
  private static final int ALL_FRAG_BITS = 3;

  private MatchTranslator() {}

  /** The fields in ascending order, which puts prerequisites first; extensions follow. */
  static ImmutableList<RawOxm> encode(TrafficSelector selector) throws UnsupportedRuleException {
    List<RawOxm> fields = new ArrayList<>();
    List<RawOxm> extensions = new ArrayList<>();
    for (Criterion criterion : selector.criteria()) {
      if (criterion.type() == Criterion.Type.EXTENSION) {
        extensions.addAll(encode(((ExtensionCriterion) criterion).extensionSelector()));
        continue;
      }
      Optional<MatchFieldMapping> mapping = MatchFieldMappings.of(criterion.type());
      if (!mapping.isPresent()) {
        throw new UnsupportedRuleException(
            "criterion " + criterion + ": OpenFlow 1.3 has no match field for it");
      }
      fields.add(mapping.get().write(criterion));
    }
    fields.sort(Comparator.comparingInt(RawOxm::field));
    return ImmutableList.<RawOxm>builder().addAll(fields).addAll(extensions).build();
  }

  private static List<RawOxm> encode(ExtensionSelector given) throws UnsupportedRuleException {
    try {
      ExtensionSelector extension = OverlaneExtensions.own(given);
      if (extension instanceof MatchNwFrag) {
        MatchNwFrag frag = (MatchNwFrag) extension;
        return ImmutableList.of(ExtraOxms.nwFrag(frag.fragValue(), frag.mask()));
      }
      if (extension instanceof MatchTcpFlags) {
        MatchTcpFlags flags = (MatchTcpFlags) extension;
        return ImmutableList.of(ExtraOxms.tcpFlags(flags.flags(), flags.mask()));
      }
      if (extension instanceof MatchRegister) {
        MatchRegister register = (MatchRegister) extension;
        return ImmutableList.of(
            ExtraOxms.register(register.register(), register.registerValue(), register.mask()));
      }
      return Oxm.split(((UnknownMatch) extension).octets());
    } catch (IllegalArgumentException e) {
      throw new UnsupportedRuleException("extension selector " + given + ": " + e.getMessage(), e);
    }
  }

  static TrafficSelector decode(List<RawOxm> fields, DeviceId device) {
    TrafficSelector.Builder selector = DefaultTrafficSelector.builder();
    ByteArrayOutputStream unknown = new ByteArrayOutputStream();
    boolean registerTaken = false;
    for (RawOxm field : fields) {
      if (field.isMasked() && field.mask().isAllZeros()) {
        // Matches anything, and switches leave it out.
        continue;
      }
      Optional<Criterion> basic =
          field.oxmClass() == Oxm.BASIC
              ? MatchFieldMappings.of(field.field()).flatMap(mapping -> mapping.read(field))
              : Optional.empty();
      Optional<ExtensionSelector> extension =
          basic.isPresent() ? Optional.empty() : extension(field, registerTaken);
      if (basic.isPresent()) {
        selector.add(basic.get());
      } else if (extension.isPresent()) {
        registerTaken |= extension.get() instanceof MatchRegister;
        selector.add(Criteria.extension(extension.get(), device));
      } else {
        byte[] tlv = field.tlv().toArray();
        unknown.write(tlv, 0, tlv.length);
      }
    }
    if (unknown.size() > 0) {
      selector.add(Criteria.extension(new UnknownMatch(unknown.toByteArray()), device));
    }
    return selector.build();
  }

  private static Optional<ExtensionSelector> extension(RawOxm field, boolean registerTaken) {
    if (field.oxmClass() == RawOxm.CLASS_EXPERIMENTER
        && field.experimenter().filter(id -> id == ONF_EXPERIMENTER).isPresent()
        && field.field() == ONF_TCP_FLAGS) {
      int mask = (int) field.mask().toLong() & 0xfff;
      return Optional.of(new MatchTcpFlags((int) field.value().toLong(), mask));
    }
    if (field.oxmClass() != Oxm.NXM_1) {
      return Optional.empty();
    }
    if (field.field() == NW_FRAG) {
      int mask = (int) field.mask().toLong() & ALL_FRAG_BITS;
      return Optional.of(new MatchNwFrag((int) field.value().toLong(), mask));
    }
    if (field.field() < REGISTERS && !registerTaken) {
      return Optional.of(
          new MatchRegister(field.field(), field.value().toLong(), field.mask().toLong()));
    }
    return Optional.empty();
  }
}
