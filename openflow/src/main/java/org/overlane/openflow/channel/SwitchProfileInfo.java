/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.openflow.channel;

import com.google.auto.value.AutoValue;
import com.google.common.collect.ImmutableSet;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.Set;
import org.projectfloodlight.openflow.protocol.OFCapabilities;
import org.projectfloodlight.openflow.protocol.OFConfigFlags;
import org.projectfloodlight.openflow.protocol.OFMeterFeatures;
import org.projectfloodlight.openflow.protocol.OFVersion;

/** What a switch said about itself during the handshake. Immutable. */
@AutoValue
public abstract class SwitchProfileInfo {

  public abstract long datapathId();

  /** The negotiated version. */
  public abstract OFVersion version();

  /**
   * Manufacturer, from the switch description (OpenFlow 1.3.5 section 7.3.5.1); empty if the switch
   * has none.
   */
  public abstract String manufacturer();

  public abstract String hardware();

  public abstract String software();

  public abstract String serialNumber();

  public abstract String datapathDescription();

  /** Packets that the switch can buffer, 0..2^32-1; Open vSwitch reports 0. */
  public abstract long nBuffers();

  /** Number of flow tables, 0..255. */
  public abstract int nTables();

  public abstract ImmutableSet<OFCapabilities> capabilities();

  /** How the switch treats fragments, as read back after the configuration was set. */
  public abstract ImmutableSet<OFConfigFlags> configFlags();

  /** Bytes of a table-miss packet sent to the controller, as read back: 0..65535. */
  public abstract int missSendLength();

  /** Meter features; absent if the switch has no meters or does not answer that request. */
  public abstract Optional<OFMeterFeatures> meterFeatures();

  /** Where the switch connected from. */
  public abstract InetSocketAddress remoteAddress();

  /** True if the switch calls itself Open vSwitch. */
  public boolean isOpenVSwitch() {
    return hardware().contains("Open vSwitch");
  }

  /** The version of Open vSwitch, "3.1.0" for example. */
  public Optional<String> openVSwitchVersion() {
    return isOpenVSwitch() ? Optional.of(software()) : Optional.empty();
  }

  public static Builder builder() {
    return new AutoValue_SwitchProfileInfo.Builder()
        .manufacturer("")
        .hardware("")
        .software("")
        .serialNumber("")
        .datapathDescription("")
        .capabilities(ImmutableSet.of())
        .configFlags(ImmutableSet.of())
        .missSendLength(0);
  }

  public abstract Builder toBuilder();

  /** Builds a {@link SwitchProfileInfo}. */
  @AutoValue.Builder
  public abstract static class Builder {
    public abstract Builder datapathId(long value);

    public abstract Builder version(OFVersion value);

    public abstract Builder manufacturer(String value);

    public abstract Builder hardware(String value);

    public abstract Builder software(String value);

    public abstract Builder serialNumber(String value);

    public abstract Builder datapathDescription(String value);

    public abstract Builder nBuffers(long value);

    public abstract Builder nTables(int value);

    public abstract Builder capabilities(Set<OFCapabilities> value);

    public abstract Builder configFlags(Set<OFConfigFlags> value);

    public abstract Builder missSendLength(int value);

    public abstract Builder meterFeatures(OFMeterFeatures value);

    public abstract Builder remoteAddress(InetSocketAddress value);

    public abstract SwitchProfileInfo build();
  }
}
