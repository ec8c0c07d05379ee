/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.cli;

import java.io.PrintWriter;
import java.util.Locale;
import org.overlane.config.Assembly;
import org.overlane.flowrules.compile.Diagnostic;
import org.overlane.flowrules.model.NodeId;

/** What commands say on standard error about a model that they took: a line for each finding. */
final class Messages {
  private Messages() {}

  /** What of a device, and on it, waits for its switch. */
  static void pending(PrintWriter err, Assembly assembly, NodeId device) {
    assembly.pendingAt(device).forEach(p -> err.println("pending: " + p));
  }

  /** A finding about one device, or several, as named by the caller. */
  static void finding(PrintWriter err, String devices, Diagnostic diagnostic) {
    err.println(
        diagnostic.severity().name().toLowerCase(Locale.ROOT)
            + ": "
            + devices
            + ": "
            + diagnostic.subject()
            + ": "
            + diagnostic.message());
  }
}
