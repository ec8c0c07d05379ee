/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.openflow.provider;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.function.ToLongFunction;
import org.onlab.packet.IpAddress;
import org.onlab.packet.IpPrefix;
import org.onlab.packet.MacAddress;
import org.onlab.packet.TpPort;
import org.onosproject.net.flow.criteria.Criterion;
import org.onosproject.net.flow.criteria.Criterion.Type;
import org.onosproject.net.flow.criteria.EthCriterion;
import org.onosproject.net.flow.criteria.IPCriterion;
import org.overlane.openflow.codec.Bytes;

/** The table that {@link MatchFieldMappings} fills, and the kinds of rows that it has. */
final class MatchFieldTable {

  private final Map<Type, MatchFieldMapping> byType = new EnumMap<>(Type.class);
  private final Map<Integer, MatchFieldMapping> byField = new HashMap<>();

  Optional<MatchFieldMapping> byType(Type type) {
    return Optional.ofNullable(byType.get(type));
  }

  Optional<MatchFieldMapping> byField(int field) {
    return Optional.ofNullable(byField.get(field));
  }

  interface Exact {
    Criterion of(Bytes value);
  }

  interface MaskedMac {
    Criterion of(MacAddress value, MacAddress mask);
  }

  interface MaskedPort {
    Criterion of(TpPort value, TpPort mask);
  }

  interface Part<T> {
    T of(Criterion criterion);
  }

  void add(MatchFieldMapping mapping, Type... types) {
    for (Type type : types) {
      byType.put(type, mapping);
    }
    byField.put(mapping.field(), mapping);
  }

  /** A field that ONOS can only match exactly. */
  void add(int field, Type type, MatchFieldMapping.ValueOf valueOf, Exact exact) {
    add(
        new MatchFieldMapping(
            field,
            valueOf,
            c -> Optional.empty(),
            (value, mask) -> mask.isPresent() ? Optional.empty() : Optional.of(exact.of(value))),
        type);
  }

  void number(
      int field,
      int length,
      Type type,
      ToLongFunction<Criterion> get,
      LongFunction<Criterion> make) {
    add(field, type, c -> Oxm.number(get.applyAsLong(c), length), v -> make.apply(v.toLong()));
  }

  void mac(
      int field,
      Type exactType,
      Type maskedType,
      Function<MacAddress, Criterion> exact,
      MaskedMac masked) {
    add(
        new MatchFieldMapping(
            field,
            c -> Bytes.of(((EthCriterion) c).mac().toBytes()),
            c -> Optional.ofNullable(((EthCriterion) c).mask()).map(m -> Bytes.of(m.toBytes())),
            (value, mask) -> {
              MacAddress address = MacAddress.valueOf(value.toArray());
              return Optional.of(
                  mask.isPresent()
                      ? masked.of(address, MacAddress.valueOf(mask.get().toArray()))
                      : exact.apply(address));
            }),
        exactType,
        maskedType);
  }

  void port(
      int field,
      Type exactType,
      Type maskedType,
      Part<TpPort> port,
      Part<TpPort> portMask,
      Function<TpPort, Criterion> exact,
      MaskedPort masked) {
    add(
        new MatchFieldMapping(
            field,
            c -> Oxm.number(port.of(c).toInt(), 2),
            c -> Optional.ofNullable(portMask.of(c)).map(m -> Oxm.number(m.toInt(), 2)),
            (value, mask) -> {
              TpPort number = TpPort.tpPort((int) value.toLong());
              return Optional.of(
                  mask.isPresent()
                      ? masked.of(number, TpPort.tpPort((int) mask.get().toLong()))
                      : exact.apply(number));
            }),
        exactType,
        maskedType);
  }

  void prefix(int field, Type type, IpAddress.Version version, Function<IpPrefix, Criterion> make) {
    int bits = IpAddress.byteLength(version) * Byte.SIZE;
    add(
        new MatchFieldMapping(
            field,
            c -> {
              IpPrefix prefix = ((IPCriterion) c).ip();
              if (prefix.version() != version) {
                throw new UnsupportedRuleException(type + " " + prefix + ": not " + version);
              }
              return Bytes.of(prefix.address().toOctets());
            },
            c ->
                Optional.of(
                    Bytes.of(
                        IpAddress.makeMaskPrefix(version, ((IPCriterion) c).ip().prefixLength())
                            .toOctets())),
            (value, mask) -> {
              int length = mask.map(MatchFieldTable::leadingOnes).orElse(bits);
              return length < 0
                  ? Optional.empty()
                  : Optional.of(make.apply(IpPrefix.valueOf(version, value.toArray(), length)));
            }),
        type);
  }

  /** The length of the prefix that the mask is, or -1 if it has gaps. */
  private static int leadingOnes(Bytes mask) {
    int length = 0;
    while (length < mask.length() * Byte.SIZE && bit(mask, length)) {
      length++;
    }
    for (int i = length; i < mask.length() * Byte.SIZE; i++) {
      if (bit(mask, i)) {
        return -1;
      }
    }
    return length;
  }

  private static boolean bit(Bytes mask, int index) {
    return (mask.at(index / Byte.SIZE) >> (Byte.SIZE - 1 - index % Byte.SIZE) & 1) != 0;
  }
}
