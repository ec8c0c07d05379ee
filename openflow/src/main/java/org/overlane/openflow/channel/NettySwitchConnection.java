/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.openflow.channel;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.overlane.openflow.channel.ModEffect.Kind;
import org.overlane.openflow.codec.Bytes;
import org.overlane.openflow.codec.MalformedMessageException;
import org.overlane.openflow.codec.MessageDecoder;
import org.projectfloodlight.openflow.protocol.OFControllerRole;
import org.projectfloodlight.openflow.protocol.OFErrorMsg;
import org.projectfloodlight.openflow.protocol.OFFactories;
import org.projectfloodlight.openflow.protocol.OFFactory;
import org.projectfloodlight.openflow.protocol.OFFlowMod;
import org.projectfloodlight.openflow.protocol.OFGroupDescStatsEntry;
import org.projectfloodlight.openflow.protocol.OFGroupMod;
import org.projectfloodlight.openflow.protocol.OFMessage;
import org.projectfloodlight.openflow.protocol.OFMeterConfig;
import org.projectfloodlight.openflow.protocol.OFMeterMod;
import org.projectfloodlight.openflow.protocol.OFPortDesc;
import org.projectfloodlight.openflow.protocol.OFStatsReply;
import org.projectfloodlight.openflow.protocol.OFStatsRequest;
import org.projectfloodlight.openflow.protocol.OFVersion;

/**
 * One switch on a Netty channel: the parts that make up a connection, and their public face. All
 * state of the parts belongs to the thread of the channel; public methods hop onto it. {@link
 * SwitchSession} drives them.
 */
final class NettySwitchConnection implements SwitchConnection {

  private static final OFFactory FACTORY = OFFactories.getFactory(OFVersion.OF_13);

  private final Channel channel;
  private final int maxQueuedMods;
  private final MessageCounters counters = new MessageCounters();
  private final PortTable ports = new PortTable();
  private final AtomicInteger queuedMods = new AtomicInteger();
  private final Outbound outbound;
  private final PendingRequests pending;
  private final FullReads reads;
  private final ModPipeline mods;
  private volatile Optional<SwitchProfileInfo> info = Optional.empty();
  private volatile OFControllerRole role = OFControllerRole.ROLE_EQUAL;
  private volatile Optional<String> closeReason = Optional.empty();

  NettySwitchConnection(Channel channel, ServerSettings settings) {
    this.channel = channel;
    this.maxQueuedMods = settings.maxQueuedMods;
    this.outbound = new Outbound(channel, settings.maxQueuedBytes, counters, this::disconnect);
    this.pending =
        new PendingRequests(settings.requestTimeout, settings.maxMultipartBytes, this::disconnect);
    this.reads = new FullReads(this::requestParts);
    this.mods =
        new ModPipeline(
            outbound, reads, counters, settings.modsPerBarrier, settings.requestTimeout);
  }

  MessageCounters messageCounters() {
    return counters;
  }

  PortTable portTable() {
    return ports;
  }

  Outbound outbound() {
    return outbound;
  }

  PendingRequests pending() {
    return pending;
  }

  FullReads reads() {
    return reads;
  }

  ModPipeline mods() {
    return mods;
  }

  void identified(SwitchProfileInfo profile) {
    info = Optional.of(profile);
  }

  /** The reason given to {@link #disconnect}, if any was. */
  Optional<String> closeReason() {
    return closeReason;
  }

  @Override
  public long datapathId() {
    return info().datapathId();
  }

  @Override
  public SwitchProfileInfo info() {
    return info.orElseThrow(() -> new IllegalStateException("the handshake is not complete"));
  }

  @Override
  public OFFactory factory() {
    return FACTORY;
  }

  @Override
  public List<OFPortDesc> ports() {
    return ports.snapshot();
  }

  @Override
  public OFControllerRole role() {
    return role;
  }

  @Override
  public CompletableFuture<OFControllerRole> requestRole(OFControllerRole wanted) {
    return onChannel(
        () ->
            new RoleRequests(this::requestNow)
                .request(wanted)
                .thenApply(
                    confirmed -> {
                      role = confirmed;
                      // Whoever was master until now may have changed anything.
                      reads.forgetAll();
                      return confirmed;
                    }));
  }

  @Override
  public void send(OFMessage message) {
    if (isConnected()) {
      outbound.send(message, outbound.nextXid());
    }
  }

  @Override
  public CompletableFuture<OFMessage> request(OFMessage request) {
    if (request instanceof OFStatsRequest) {
      throw new IllegalArgumentException(
          "a multipart request goes through requestStats: " + request);
    }
    return onChannel(() -> requestNow(request));
  }

  @Override
  public <R extends OFStatsReply> CompletableFuture<List<R>> requestStats(
      OFStatsRequest<R> request) {
    return onChannel(() -> requestStatsNow(request));
  }

  /** As {@link #request}, on the thread of the channel. */
  CompletableFuture<OFMessage> requestNow(OFMessage request) {
    int xid = outbound.nextXid();
    CompletableFuture<OFMessage> reply = pending.expect(xid, request.getType().toString());
    return sendOrFail(request, xid, reply);
  }

  /** As {@link #requestStats}, on the thread of the channel. */
  @SuppressWarnings("unchecked") // the kind is checked, and each kind has one type of reply
  <R extends OFStatsReply> CompletableFuture<List<R>> requestStatsNow(OFStatsRequest<R> request) {
    return requestParts(
        request,
        (message, into) -> {
          OFMessage part = MessageDecoder.decode(message);
          if (!(part instanceof OFStatsReply)
              || ((OFStatsReply) part).getStatsType() != request.getStatsType()) {
            throw new MalformedMessageException("statistics of another kind");
          }
          into.add((R) part);
        });
  }

  private <T> CompletableFuture<List<T>> requestParts(
      OFMessage request, PendingRequests.PartReader<T> reader) {
    int xid = outbound.nextXid();
    String what =
        request instanceof OFStatsRequest
            ? "statistics " + ((OFStatsRequest<?>) request).getStatsType()
            : request.getType().toString();
    return sendOrFail(request, xid, pending.expectParts(xid, what, reader));
  }

  private <T> CompletableFuture<T> sendOrFail(
      OFMessage request, int xid, CompletableFuture<T> reply) {
    if (isConnected()) {
      outbound.send(request, xid);
    } else {
      pending.closed(closeReason.orElse("connection lost"));
    }
    return reply;
  }

  @Override
  public CompletableFuture<List<ModOutcome>> sendFlowMods(List<OFFlowMod> flowMods) {
    return submit(Kind.FLOW, flowMods);
  }

  @Override
  public CompletableFuture<List<ModOutcome>> sendGroupMods(List<OFGroupMod> groupMods) {
    return submit(Kind.GROUP, groupMods);
  }

  @Override
  public CompletableFuture<List<ModOutcome>> sendMeterMods(List<OFMeterMod> meterMods) {
    return submit(Kind.METER, meterMods);
  }

  private CompletableFuture<List<ModOutcome>> submit(
      Kind kind, List<? extends OFMessage> messages) {
    int queued = queuedMods.addAndGet(messages.size());
    if (queued > maxQueuedMods) {
      disconnect(
          "the switch is too slow: "
              + queued
              + " modifications wait for it, the limit is "
              + maxQueuedMods);
    }
    return onChannel(
            () -> {
              if (!isConnected()) {
                mods.closed(closeReason.orElse("connection lost"));
              }
              return mods.submit(kind, messages);
            })
        .whenComplete((outcomes, failure) -> queuedMods.addAndGet(-messages.size()));
  }

  @Override
  public CompletableFuture<List<ObservedFlow>> readFlows() {
    return onChannel(reads::flows);
  }

  @Override
  public CompletableFuture<List<OFGroupDescStatsEntry>> readGroups() {
    return onChannel(reads::groups);
  }

  @Override
  public CompletableFuture<List<OFMeterConfig>> readMeters() {
    return onChannel(reads::meters);
  }

  @Override
  public SwitchCounters counters() {
    return counters.snapshot();
  }

  @Override
  public boolean isConnected() {
    return channel.isActive() && !closeReason.isPresent();
  }

  @Override
  public void disconnect(String reason) {
    closeAfter(reason, Optional.empty());
  }

  /** Disconnects once the last words are sent. */
  void closeAfter(String reason, Optional<ByteBuf> lastWords) {
    synchronized (this) {
      if (closeReason.isPresent()) {
        lastWords.ifPresent(ByteBuf::release);
        return;
      }
      closeReason = Optional.of(reason);
    }
    if (lastWords.isPresent()) {
      outbound.count(Bytes.copyOf(lastWords.get(), 0, MessageFramer.HEADER_BYTES));
      channel.writeAndFlush(lastWords.get()).addListener(done -> channel.close());
    } else {
      channel.close();
    }
  }

  /** Where the switch connected from. */
  InetSocketAddress remoteAddress() {
    return channel.remoteAddress() instanceof InetSocketAddress
        ? (InetSocketAddress) channel.remoteAddress()
        : InetSocketAddress.createUnresolved("unknown", 0);
  }

  Channel channel() {
    return channel;
  }

  /** Starts something on the thread of the channel; what it returns completes there. */
  private <T> CompletableFuture<T> onChannel(
      java.util.function.Supplier<CompletableFuture<T>> start) {
    if (channel.eventLoop().inEventLoop()) {
      return start.get();
    }
    CompletableFuture<T> result = new CompletableFuture<>();
    try {
      channel
          .eventLoop()
          .execute(
              () ->
                  start
                      .get()
                      .whenComplete(
                          (value, failure) -> {
                            if (failure == null) {
                              result.complete(value);
                            } else {
                              result.completeExceptionally(Failures.unwrap(failure));
                            }
                          }));
    } catch (java.util.concurrent.RejectedExecutionException e) {
      result.completeExceptionally(new RequestFailedException("the server was stopped", e));
    }
    return result;
  }

  /** For the messages of the log. */
  @Override
  public String toString() {
    return info.map(profile -> String.format("switch %016x", profile.datapathId()))
            .orElse("switch (handshake not complete)")
        + " at "
        + remoteAddress();
  }

  /** Decodes an error message; one that makes no sense at all is the caller's to count. */
  static OFErrorMsg decodeError(ByteBuf message) throws MalformedMessageException {
    OFMessage decoded = MessageDecoder.decode(message);
    if (!(decoded instanceof OFErrorMsg)) {
      throw new MalformedMessageException("not an error message");
    }
    return (OFErrorMsg) decoded;
  }
}
