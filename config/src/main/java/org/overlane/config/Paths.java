/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.config;

import org.overlane.flowrules.model.NetworkId;
import org.overlane.flowrules.model.NodeId;

/** Where objects are in the document, by their ids. */
final class Paths {
  private Paths() {}

  static String of(NodeId device) {
    return "devices[" + Problems.quote(device.toString()) + "].overlane";
  }

  static String of(NetworkId network) {
    return "networks[" + Problems.quote(network.toString()) + "]";
  }

  static String of(EndpointConfig endpoint) {
    return "endpoints[" + Problems.quote(endpoint.id()) + "]";
  }
}
