/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.tracing;

import com.google.auto.value.AutoValue;
import java.util.Optional;
import org.overlane.flowrules.model.Endpoint;
import org.overlane.flowrules.model.NodeId;
import org.overlane.flowrules.trace.FragmentMode;
import org.overlane.flowrules.trace.TracedPacket;

/** Where a way begins, and with what. */
@AutoValue
public abstract class TraceStart {
  TraceStart() {}

  public abstract NodeId node();

  /** With its port of arrival. */
  public abstract TracedPacket packet();

  /** The sender, if a VM is behind that port with this MAC. */
  public abstract Optional<Endpoint> from();

  /** Whom it is meant for, if that is a VM. */
  public abstract Optional<Endpoint> to();

  /** What Open vSwitch sees of fragments. */
  public abstract FragmentMode mode();

  static TraceStart of(
      NodeId node,
      TracedPacket packet,
      Optional<Endpoint> from,
      Optional<Endpoint> to,
      FragmentMode mode) {
    return new AutoValue_TraceStart(node, packet, from, to, mode);
  }
}
