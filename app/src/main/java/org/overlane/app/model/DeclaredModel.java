/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.model;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Sets;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.UnaryOperator;
import org.overlane.app.api.ConflictException;
import org.overlane.app.api.ModelView;
import org.overlane.config.DeviceConfig;
import org.overlane.config.ModelChecks;
import org.overlane.config.ModelDocument;
import org.overlane.config.Problem;
import org.overlane.flowrules.model.NodeId;

/**
 * All that is declared, from where it is kept: devices in ONOS's network configuration, where
 * operators of ONOS look for them; networks and endpoints in the store. Changes made here are
 * checked as a whole first. Thread-safe.
 */
public final class DeclaredModel {
  private final ModelStore store;
  private final DeviceTable devices;

  public DeclaredModel(ModelStore store, DeviceTable devices) {
    this.store = store;
    this.devices = devices;
  }

  public ModelView read() {
    return join(store.read(), devices.read());
  }

  /**
   * Changes what is declared; see {@link org.overlane.app.api.OverlaneService#change}. Changes made
   * through this object happen one after the other.
   */
  public synchronized ModelView change(UnaryOperator<ModelDocument> change, boolean dryRun) {
    SortedMap<NodeId, DeviceConfig> before = devices.read();
    if (dryRun) {
      ModelView present = join(store.read(), before);
      return ModelView.of(checked(present.document(), change), present.revision());
    }
    // Set by the last call of the function, the one whose result is stored.
    ModelDocument[] wanted = new ModelDocument[1];
    ModelView stored =
        store.update(
            document -> {
              wanted[0] = checked(join(document, before), change);
              return wanted[0];
            });
    if (!wanted[0].devices().equals(before)) {
      devices.write(wanted[0].devices());
    }
    return join(stored, wanted[0].devices());
  }

  private static ModelDocument checked(ModelDocument present, UnaryOperator<ModelDocument> change) {
    ModelDocument wanted = change.apply(present);
    if (wanted.equals(present)) {
      return wanted;
    }
    Set<Problem> problems = new LinkedHashSet<>(ModelChecks.check(wanted));
    if (!problems.isEmpty()) {
      // Devices come from elsewhere too, so that the present model need not be free of problems.
      problems = Sets.difference(problems, new LinkedHashSet<>(ModelChecks.check(present)));
    }
    if (!problems.isEmpty()) {
      throw new ConflictException(ImmutableList.copyOf(problems));
    }
    return wanted;
  }

  private static ModelView join(ModelView stored, Map<NodeId, DeviceConfig> devices) {
    return ModelView.of(join(stored.document(), devices), stored.revision());
  }

  private static ModelDocument join(ModelDocument stored, Map<NodeId, DeviceConfig> devices) {
    ModelDocument.Builder document = stored.toBuilder();
    devices.values().forEach(document::add);
    return document.build();
  }
}
