/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.pipeline;

import java.util.Optional;
import org.overlane.flowrules.model.Profile;
import org.overlane.flowrules.model.Vni;
import org.overlane.flowrules.openflow.Field;
import org.overlane.flowrules.openflow.FieldValue;

/**
 * What a kind of switch can do, and how the pipeline carries a packet's VNI on it. Features say
 * "match the VNI", "set the VNI", "send with this VNI", and never care which field that is.
 */
public enum SwitchProfile {
  /** The VNI is tunnel_id all the way: a tunnel port sets it, any entry can. */
  OVS(Profile.OVS, Field.TUNNEL_ID, true) {
    @Override
    FieldValue vni(Vni vni) {
      return FieldValue.exact(Field.TUNNEL_ID, vni.toInt());
    }
  },
  /** The VNI is {@link RegField#VNI}; tunnel_id is set right before output to a tunnel. */
  OPENFLOW13(Profile.OPENFLOW13, RegField.VNI.field(), false) {
    @Override
    FieldValue vni(Vni vni) {
      return RegField.VNI.of(vni.toInt());
    }
  };

  private final Profile profile;
  private final Field vniField;
  private final boolean extensions;

  SwitchProfile(Profile profile, Field vniField, boolean extensions) {
    this.profile = profile;
    this.vniField = vniField;
    this.extensions = extensions;
  }

  public static SwitchProfile of(Profile profile) {
    return profile == Profile.OVS ? OVS : OPENFLOW13;
  }

  /** Whether the switch can match and set the field. */
  public boolean supports(Field field) {
    return extensions || !field.isExtension();
  }

  /** The field that holds the VNI of a packet inside the pipeline. */
  Field vniField() {
    return vniField;
  }

  /** The VNI of a packet inside the pipeline, to match or to set. */
  abstract FieldValue vni(Vni vni);

  /** What must be set for a tunnel port to send with the VNI; empty if it is set already. */
  public Optional<FieldValue> tunnelKey(Vni vni) {
    return vniField == Field.TUNNEL_ID
        ? Optional.empty()
        : Optional.of(FieldValue.exact(Field.TUNNEL_ID, vni.toInt()));
  }

  @Override
  public String toString() {
    return profile.text();
  }
}
