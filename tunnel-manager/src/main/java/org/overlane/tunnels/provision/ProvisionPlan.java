/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.tunnels.provision;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.google.auto.value.AutoValue;
import com.google.common.collect.ImmutableList;
import java.util.Optional;
import org.overlane.config.ProvisionConfig;
import org.overlane.flowrules.model.NodeId;
import org.overlane.tunnels.discovery.Warning;

/** What one bridge lacks, or has too much, of what was allowed to be set up there. Immutable. */
@AutoValue
public abstract class ProvisionPlan {
  ProvisionPlan() {}

  public abstract NodeId device();

  public abstract String bridge();

  /** Absent if nothing is allowed any more, and what was set up is to go. */
  public abstract Optional<ProvisionConfig.Policy> policy();

  /** What is to be done, in words; empty if nothing is. */
  public abstract ImmutableList<String> changes();

  /** What cannot be done, because somebody else has set it up in another way. */
  public abstract ImmutableList<Warning> conflicts();

  abstract Optional<ArrayNode> transaction();

  /** The operations of one transaction of RFC 7047, 5.2; none if there is nothing to do. */
  public ArrayNode operations() {
    return transaction().map(ArrayNode::deepCopy).orElseGet(JsonNodeFactory.instance::arrayNode);
  }

  static ProvisionPlan of(
      NodeId device,
      String bridge,
      Optional<ProvisionConfig.Policy> policy,
      Iterable<String> changes,
      Iterable<Warning> conflicts,
      Operations operations) {
    Optional<ArrayNode> transaction =
        operations.isEmpty()
            ? Optional.empty()
            : Optional.of(operations.transaction("overlane: " + String.join("; ", changes)));
    return new AutoValue_ProvisionPlan(
        device,
        bridge,
        policy,
        ImmutableList.copyOf(changes),
        ImmutableList.copyOf(conflicts),
        transaction);
  }
}
