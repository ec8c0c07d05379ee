/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.openflow.driver;

import org.onosproject.net.flow.instructions.ExtensionTreatment;
import org.onosproject.net.flow.instructions.ExtensionTreatmentType;

/** An action that a switch reported and that ONOS has no instruction for, with all its bytes. */
public final class UnknownAction extends AbstractRawExtension implements ExtensionTreatment {

  /** No bytes until deserialized. */
  public UnknownAction() {
    this(new byte[0]);
  }

  /** The whole action: type, length, body, padding. */
  public UnknownAction(byte[] octets) {
    super(octets);
  }

  @Override
  public ExtensionTreatmentType type() {
    return OverlaneExtensions.UNKNOWN_ACTION;
  }
}
