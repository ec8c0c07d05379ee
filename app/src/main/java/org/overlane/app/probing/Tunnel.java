/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.probing;

import com.google.auto.value.AutoValue;
import com.google.common.collect.ImmutableList;
import java.util.Optional;
import org.overlane.flowrules.model.IpAddress;
import org.overlane.flowrules.model.NetworkId;
import org.overlane.flowrules.openflow.Action;
import org.overlane.tunnels.probing.ProbePath;

/**
 * The way of one node's frames to another one with which it shares a network, in one direction and
 * over one underlay family. Immutable.
 */
@AutoValue
public abstract class Tunnel {
  Tunnel() {}

  public abstract ProbePath path();

  /** The VTEP address of the sender, where one of the family is known. */
  public abstract Optional<IpAddress> source();

  /** The VTEP address of the receiver, where one is known. */
  public abstract Optional<IpAddress> destination();

  /** Of the networks that both nodes have, the one whose VNI probes carry. */
  public abstract NetworkId network();

  /** Bytes with outer IP header: the smaller underlay MTU of both ends, as declared or found. */
  public abstract int bound();

  /** Endpoints at the receiver, of all networks that use the tunnel. */
  public abstract int use();

  /** What a packet-out must do to send a frame of {@link #network}; empty if there is no way. */
  public abstract ImmutableList<Action> send();

  /** What is missing so that frames get through, as far as the model tells. */
  public abstract Optional<String> obstacle();

  abstract Builder toBuilder();

  static Builder builder(ProbePath path) {
    return new AutoValue_Tunnel.Builder().path(path);
  }

  /** Collects a tunnel. Not thread-safe. */
  @AutoValue.Builder
  abstract static class Builder {
    abstract Builder path(ProbePath path);

    abstract Builder source(Optional<IpAddress> source);

    abstract Builder destination(Optional<IpAddress> destination);

    abstract Builder network(NetworkId network);

    abstract Builder bound(int bound);

    abstract Builder use(int use);

    abstract Builder send(ImmutableList<Action> actions);

    abstract Builder obstacle(Optional<String> obstacle);

    abstract Tunnel build();
  }
}
