/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.e2e.lab;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** What kind of lab to build; everything not said is the default of {@code lab up}. */
public final class LabOptions {
  /** Who encapsulates. */
  public enum Variant {
    /** The kernel of the management OS, beside the switch. */
    MANAGEMENT_OS,
    /** Open vSwitch itself. */
    NATIVE;

    private String word() {
      return this == NATIVE ? "native" : "management-os";
    }
  }

  /** Address family of the underlay. */
  public enum Underlay {
    IPV4,
    IPV6
  }

  private final List<String> words;
  private final Variant variant;
  private final Underlay underlay;
  private final OptionalInt vlan;

  private LabOptions(List<String> words, Variant variant, Underlay underlay, OptionalInt vlan) {
    this.words = List.copyOf(words);
    this.variant = variant;
    this.underlay = underlay;
    this.vlan = vlan;
  }

  /** Two hypervisors with two VMs each in one network. */
  public static LabOptions of(Variant variant, Underlay underlay) {
    return new LabOptions(
        List.of("--variant", variant.word(), "--underlay", underlay.name().toLowerCase()),
        variant,
        underlay,
        OptionalInt.empty());
  }

  /** The same with more options of {@code lab up}. */
  public LabOptions with(String... more) {
    List<String> all = new ArrayList<>(words);
    all.addAll(List.of(more));
    return new LabOptions(all, variant, underlay, vlan);
  }

  /** The same, with all packets of the underlay in a VLAN. */
  public LabOptions inVlan(int tag) {
    return new LabOptions(
        with("--underlay-vlan", "" + tag).words, variant, underlay, OptionalInt.of(tag));
  }

  List<String> words() {
    return words;
  }

  public Variant variant() {
    return variant;
  }

  public Underlay underlay() {
    return underlay;
  }

  OptionalInt vlan() {
    return vlan;
  }
}
