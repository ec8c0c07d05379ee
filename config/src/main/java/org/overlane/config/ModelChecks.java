/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.config;

import com.google.common.collect.ImmutableList;

/**
 * What declared objects must satisfy by themselves and together. Ports are compared as they are
 * written; two references that turn out to be one port on the switch are for {@link
 * ModelAssembler}.
 */
public final class ModelChecks {
  private ModelChecks() {}

  /**
   * Everything that can never be right: problems of single devices, two objects that claim the same
   * VNI, MAC, VTEP address or port, and endpoints in a network that does not exist. Empty: the
   * document can be put to work, even if parts of it wait for others.
   */
  public static ImmutableList<Problem> check(ModelDocument document) {
    throw new UnsupportedOperationException();
  }

  /**
   * References to objects that are not in the document and may come later: the device of an
   * endpoint, the host of a bridge, the networks of a management-OS tunnel. In the controller they
   * are pending; a file that should be complete must have none.
   */
  public static ImmutableList<Problem> danglingReferences(ModelDocument document) {
    throw new UnsupportedOperationException();
  }

  /** What a device must satisfy whatever else is declared. */
  public static ImmutableList<Problem> checkDevice(DeviceConfig device) {
    throw new UnsupportedOperationException();
  }
}
