/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.openflow.channel;

import com.google.common.collect.ImmutableList;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.overlane.openflow.channel.ModEffect.Kind;
import org.overlane.openflow.codec.Bytes;
import org.overlane.openflow.codec.CanonicalForm;
import org.overlane.openflow.codec.MalformedMessageException;
import org.overlane.openflow.codec.MessageDecoder;
import org.projectfloodlight.openflow.protocol.OFFactories;
import org.projectfloodlight.openflow.protocol.OFFactory;
import org.projectfloodlight.openflow.protocol.OFGroupDescStatsEntry;
import org.projectfloodlight.openflow.protocol.OFGroupDescStatsReply;
import org.projectfloodlight.openflow.protocol.OFMessage;
import org.projectfloodlight.openflow.protocol.OFMeterConfig;
import org.projectfloodlight.openflow.protocol.OFMeterConfigStatsReply;
import org.projectfloodlight.openflow.protocol.OFVersion;
import org.projectfloodlight.openflow.types.OFGroup;
import org.projectfloodlight.openflow.types.OFPort;
import org.projectfloodlight.openflow.types.TableId;

/**
 * Full reads of flow entries, groups and meters. Each brings the {@link ObservedState} of its kind
 * up to date. A read that is asked for while another runs shares it, unless a modification was sent
 * in between. Confined to the thread of the channel.
 */
final class FullReads {

  private static final OFFactory FACTORY = OFFactories.getFactory(OFVersion.OF_13);
  private static final int BODY_AT = 16;
  private static final long ALL_METERS = 0xffffffffL;

  /** Sends a multipart request and collects its parts. */
  interface Requester {
    <T> CompletableFuture<List<T>> requestParts(
        OFMessage request, PendingRequests.PartReader<T> reader);
  }

  private static final class Running {
    private final ObservedState.Read read;
    private final CompletableFuture<? extends List<?>> result;

    Running(ObservedState.Read read, CompletableFuture<? extends List<?>> result) {
      this.read = read;
      this.result = result;
    }
  }

  private final Requester requester;
  private final Map<Kind, ObservedState> states = new EnumMap<>(Kind.class);
  private final Map<Kind, Running> running = new EnumMap<>(Kind.class);

  FullReads(Requester requester) {
    this.requester = requester;
    for (Kind kind : Kind.values()) {
      states.put(kind, new ObservedState());
    }
  }

  ObservedState state(Kind kind) {
    return states.get(kind);
  }

  /** Somebody else may have changed anything. */
  void forgetAll() {
    states.values().forEach(ObservedState::forget);
  }

  /** Reads one kind, only for what is known of it. */
  CompletableFuture<?> refresh(Kind kind) {
    switch (kind) {
      case FLOW:
        return flows();
      case GROUP:
        return groups();
      default:
        return meters();
    }
  }

  CompletableFuture<List<ObservedFlow>> flows() {
    return shared(Kind.FLOW, this::readFlows);
  }

  CompletableFuture<List<OFGroupDescStatsEntry>> groups() {
    return shared(Kind.GROUP, this::readGroups);
  }

  CompletableFuture<List<OFMeterConfig>> meters() {
    return shared(Kind.METER, this::readMeters);
  }

  private interface Start<T> {
    CompletableFuture<List<T>> read(Map<Bytes, Bytes> found);
  }

  /** The types agree because each kind is only ever read with one item type. */
  @SuppressWarnings("unchecked")
  private <T> CompletableFuture<List<T>> shared(Kind kind, Start<T> start) {
    Running current = running.get(kind);
    if (current != null && !current.read.isOvertaken()) {
      return (CompletableFuture<List<T>>) current.result;
    }
    ObservedState state = states.get(kind);
    ObservedState.Read read = state.beginRead();
    Map<Bytes, Bytes> found = new HashMap<>();
    CompletableFuture<List<T>> result = new CompletableFuture<>();
    Running mine = new Running(read, result);
    running.put(kind, mine);
    start
        .read(found)
        .whenComplete(
            (items, failure) -> {
              running.remove(kind, mine);
              if (failure == null) {
                state.endRead(read, found);
                result.complete(items);
              } else {
                state.abandonRead(read);
                result.completeExceptionally(failure);
              }
            });
    return result;
  }

  private CompletableFuture<List<ObservedFlow>> readFlows(Map<Bytes, Bytes> found) {
    OFMessage request =
        FACTORY
            .buildFlowStatsRequest()
            .setTableId(TableId.ALL)
            .setOutPort(OFPort.ANY)
            .setOutGroup(OFGroup.ANY)
            .setMatch(FACTORY.matchWildcardAll())
            .build();
    return requester.requestParts(
        request,
        (message, into) -> {
          message.skipBytes(BODY_AT);
          for (ObservedFlow flow : ObservedFlow.readAll(message)) {
            found.put(flow.canonicalKey(), flow.canonicalBody());
            into.add(flow);
          }
        });
  }

  private CompletableFuture<List<OFGroupDescStatsEntry>> readGroups(Map<Bytes, Bytes> found) {
    OFMessage request = FACTORY.buildGroupDescStatsRequest().build();
    return requester.requestParts(
        request,
        (message, into) -> {
          for (Bytes entry : entries(message)) {
            found.put(ModEffect.keyOf(entry.u32(4)), CanonicalForm.group(entry.at(2), entry, 8));
          }
          into.addAll(as(OFGroupDescStatsReply.class, message).getEntries());
        });
  }

  private CompletableFuture<List<OFMeterConfig>> readMeters(Map<Bytes, Bytes> found) {
    OFMessage request = FACTORY.buildMeterConfigStatsRequest().setMeterId(ALL_METERS).build();
    return requester.requestParts(
        request,
        (message, into) -> {
          for (Bytes entry : entries(message)) {
            found.put(ModEffect.keyOf(entry.u32(4)), CanonicalForm.meter(entry.u16(2), entry, 8));
          }
          into.addAll(as(OFMeterConfigStatsReply.class, message).getEntries());
        });
  }

  private static <M> M as(Class<M> type, ByteBuf message) throws MalformedMessageException {
    OFMessage decoded = MessageDecoder.decode(message);
    return Optional.of(decoded)
        .filter(type::isInstance)
        .map(type::cast)
        .orElseThrow(
            () -> new MalformedMessageException("reply of another kind: " + decoded.getType()));
  }

  /** The entries behind the multipart header, each of which begins with its length in two bytes. */
  private static List<Bytes> entries(ByteBuf message) throws MalformedMessageException {
    List<Bytes> entries = new ArrayList<>();
    int at = message.readerIndex() + BODY_AT;
    while (at < message.writerIndex()) {
      int left = message.writerIndex() - at;
      int length = left < 8 ? 0 : message.getUnsignedShort(at);
      if (length < 8 || length > left) {
        throw new MalformedMessageException("entry of " + length + " bytes, " + left + " left");
      }
      entries.add(Bytes.copyOf(message, at, length));
      at += length;
    }
    return ImmutableList.copyOf(entries);
  }
}
