/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.openflow.driver;

import java.util.Arrays;
import org.onosproject.net.flow.Extension;
import org.onosproject.net.flow.criteria.ExtensionSelector;
import org.onosproject.net.flow.instructions.ExtensionTreatment;

/**
 * Extensions are the same if their type and bytes are, not their classes: ONOS keeps rules across
 * an update of this bundle, and compares their extensions with those that the new one reads.
 */
final class ExtensionIdentity {

  private ExtensionIdentity() {}

  static boolean areSame(Extension one, Object other) {
    if (one instanceof ExtensionTreatment && other instanceof ExtensionTreatment) {
      return ((ExtensionTreatment) one).type().equals(((ExtensionTreatment) other).type())
          && Arrays.equals(one.serialize(), ((Extension) other).serialize());
    }
    if (one instanceof ExtensionSelector && other instanceof ExtensionSelector) {
      return ((ExtensionSelector) one).type().equals(((ExtensionSelector) other).type())
          && Arrays.equals(one.serialize(), ((Extension) other).serialize());
    }
    return false;
  }

  static int hash(Extension extension) {
    return Arrays.hashCode(extension.serialize());
  }
}
