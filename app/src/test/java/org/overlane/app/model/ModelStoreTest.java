/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.overlane.app.api.ConflictException;
import org.overlane.app.api.ModelView;
import org.overlane.config.DeviceConfig;
import org.overlane.config.EndpointConfig;
import org.overlane.config.ModelDocument;
import org.overlane.config.ModelReader;
import org.overlane.config.PortRef;
import org.overlane.flowrules.model.MacAddress;
import org.overlane.flowrules.model.Network;
import org.overlane.flowrules.model.NetworkId;
import org.overlane.flowrules.model.NodeId;
import org.overlane.flowrules.model.OfPort;
import org.overlane.flowrules.model.Vni;

class ModelStoreTest {
  private static final NodeId NODE = NodeId.of("of:0000000000000001");
  private static final Network BLUE = Network.of(NetworkId.of("blue"), Vni.of(100));

  private final MemoryTable table = new MemoryTable();
  private final ModelStore store = new ModelStore(table);

  private static EndpointConfig endpoint(int number) {
    return EndpointConfig.of(
        "vm" + number,
        BLUE.id(),
        MacAddress.of(0x020000000000L + number),
        NODE,
        PortRef.of(OfPort.of(number + 1)),
        ImmutableSet.of());
  }

  @Test
  void beginsEmpty() {
    assertThat(store.read()).isEqualTo(ModelView.of(ModelDocument.EMPTY, 0));
  }

  @Test
  void countsChangesAndSurvivesARestart() {
    store.update(d -> d.with(BLUE));
    ModelView view = store.update(d -> d.with(endpoint(1)));
    assertThat(view.revision()).isEqualTo(2);
    assertThat(new ModelStore(table).read()).isEqualTo(view);
  }

  @Test
  void writesNothingWithoutAChange() {
    store.update(d -> d.with(BLUE));
    int writes = table.writes;
    assertThat(store.update(d -> d.with(BLUE)).revision()).isEqualTo(1);
    assertThat(table.writes).isEqualTo(writes);
  }

  @Test
  void changesTwentyThousandEndpointsAtOnceInSmallRows() {
    ModelDocument.Builder large = ModelDocument.builder().add(BLUE);
    for (int i = 0; i < 20_000; i++) {
      large.add(endpoint(i));
    }
    ModelDocument document = large.build();
    store.update(d -> document);
    assertThat(table.longestRow()).isLessThan(256 * 1024);
    ModelView view = store.update(d -> d.withoutEndpoint("vm7").with(endpoint(20_000)));
    ModelDocument wanted = document.withoutEndpoint("vm7").with(endpoint(20_000));
    assertThat(view.document()).isEqualTo(wanted);
    assertThat(new ModelStore(table).read().document()).isEqualTo(wanted);
  }

  @Test
  void refusesAndKeepsTheOldState() {
    store.update(d -> d.with(BLUE));
    assertThatThrownBy(
            () ->
                store.update(
                    d -> {
                      throw new IllegalStateException("no");
                    }))
        .hasMessage("no");
    assertThat(store.read().document()).isEqualTo(ModelDocument.EMPTY.with(BLUE));
  }

  @Test
  void doesNotLoseTheChangeOfSomebodyFaster() {
    ModelStore other = new ModelStore(table);
    boolean[] first = {true};
    store.update(
        d -> {
          if (first[0]) {
            first[0] = false;
            other.update(o -> o.with(BLUE));
          }
          return d.with(Network.of(NetworkId.of("red"), Vni.of(200)));
        });
    assertThat(store.read().document().networks().keySet())
        .containsExactly(BLUE.id(), NetworkId.of("red"));
    assertThat(store.read().revision()).isEqualTo(2);
  }

  /** Two controllers, restarts, small and large changes: always what a plain document would be. */
  @Property(tries = 40)
  void equalsAPlainDocument(@ForAll long seed) {
    Random dice = new Random(seed);
    MemoryTable shared = new MemoryTable();
    ModelStore[] stores = {new ModelStore(shared), new ModelStore(shared)};
    ModelDocument plain = ModelDocument.EMPTY;
    for (int step = 0; step < 12; step++) {
      int count = dice.nextInt(3) == 0 ? 1_500 : dice.nextInt(5);
      int from = dice.nextInt(2_000);
      boolean add = dice.nextInt(3) > 0;
      ModelDocument.Builder next = plain.toBuilder().add(BLUE);
      for (int i = from; i < from + count; i++) {
        if (add) {
          next.add(endpoint(i));
        } else {
          next.removeEndpoint("vm" + i);
        }
      }
      plain = next.build();
      ModelDocument wanted = plain;
      stores[dice.nextInt(2)].update(d -> wanted);
      if (dice.nextInt(4) == 0) {
        stores[0] = new ModelStore(shared);
      }
      assertThat(stores[0].read().document()).isEqualTo(plain);
      assertThat(stores[1].read().document()).isEqualTo(plain);
    }
    assertThat(shared.keys()).hasSizeLessThan(20);
  }

  @Test
  void checksTheWholeModelAndDoesNotBlameAChangeForOldSins() {
    MemoryDevices devices = new MemoryDevices();
    DeclaredModel declared = new DeclaredModel(store, devices);
    assertThatThrownBy(() -> declared.change(d -> d.with(endpoint(1)), false))
        .isInstanceOf(ConflictException.class)
        .hasMessageContaining("blue");
    assertThat(declared.read().document()).isEqualTo(ModelDocument.EMPTY);
    // Two devices with one VTEP address got in through the network configuration.
    devices.add(NODE, "{\"vteps\": [\"192.0.2.1\"]}");
    devices.add(NodeId.of("of:0000000000000002"), "{\"vteps\": [\"192.0.2.1\"]}");
    declared.change(d -> d.with(BLUE).with(endpoint(1)), false);
    assertThat(declared.read().document().endpoints()).hasSize(1);
  }

  @Test
  void dryRunsChangeNothing() {
    MemoryDevices devices = new MemoryDevices();
    DeclaredModel declared = new DeclaredModel(store, devices);
    ModelView view = declared.change(d -> d.with(BLUE), true);
    assertThat(view.document().networks()).hasSize(1);
    assertThat(declared.read().document()).isEqualTo(ModelDocument.EMPTY);
    assertThat(table.writes).isZero();
  }

  @Test
  void writesDevicesOfAChange() {
    MemoryDevices devices = new MemoryDevices();
    DeclaredModel declared = new DeclaredModel(store, devices);
    DeviceConfig device = new ModelReader().readDevice(NODE, "{\"vteps\": [\"192.0.2.1\"]}");
    declared.change(d -> d.with(device).with(BLUE), false);
    assertThat(devices.devices).containsOnlyKeys(NODE);
    declared.change(d -> d.withoutDevice(NODE), false);
    assertThat(devices.devices).isEmpty();
  }

  private static final class MemoryDevices implements DeviceTable {
    private final SortedMap<NodeId, DeviceConfig> devices = new TreeMap<>();

    void add(NodeId id, String json) {
      devices.put(id, new ModelReader().readDevice(id, json));
    }

    @Override
    public SortedMap<NodeId, DeviceConfig> read() {
      return new TreeMap<>(devices);
    }

    @Override
    public void write(Map<NodeId, DeviceConfig> wanted) {
      devices.clear();
      devices.putAll(wanted);
    }
  }

  /** The table of one or more controllers, in memory. */
  private static final class MemoryTable implements RowTable {
    private final Map<String, Row> rows = new HashMap<>();
    private long version;
    private int writes;

    @Override
    public Optional<Row> get(String key) {
      return Optional.ofNullable(rows.get(key));
    }

    @Override
    public Set<String> keys() {
      return ImmutableSet.copyOf(rows.keySet());
    }

    @Override
    public void put(String key, Map<String, String> values) {
      writes++;
      rows.put(key, Row.of(values, ++version));
    }

    @Override
    public boolean create(String key, Map<String, String> values) {
      if (rows.containsKey(key)) {
        return false;
      }
      put(key, values);
      return true;
    }

    @Override
    public boolean replace(String key, long expected, Map<String, String> values) {
      if (!rows.containsKey(key) || rows.get(key).version() != expected) {
        return false;
      }
      put(key, values);
      return true;
    }

    @Override
    public void remove(String key) {
      rows.remove(key);
    }

    int longestRow() {
      return rows.values().stream().mapToInt(r -> r.values().toString().length()).max().orElse(0);
    }
  }
}
