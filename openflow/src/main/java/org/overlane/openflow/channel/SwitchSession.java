/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.openflow.channel;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.overlane.monitoring.LimitedLog;
import org.overlane.openflow.channel.ModEffect.Kind;
import org.overlane.openflow.codec.Bytes;
import org.overlane.openflow.codec.CanonicalForm;
import org.overlane.openflow.codec.MalformedMessageException;
import org.overlane.openflow.codec.MessageDecoder;
import org.projectfloodlight.openflow.protocol.OFErrorMsg;
import org.projectfloodlight.openflow.protocol.OFFactories;
import org.projectfloodlight.openflow.protocol.OFFactory;
import org.projectfloodlight.openflow.protocol.OFFlowRemoved;
import org.projectfloodlight.openflow.protocol.OFMessage;
import org.projectfloodlight.openflow.protocol.OFPacketIn;
import org.projectfloodlight.openflow.protocol.OFPortStatus;
import org.projectfloodlight.openflow.protocol.OFStatsReply;
import org.projectfloodlight.openflow.protocol.OFStatsRequest;
import org.projectfloodlight.openflow.protocol.OFVersion;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The life of one connection, from its acceptance to its end: gives each message that arrives to
 * the part it is for, watches over time limits, and tells the listener. No exception leaves it;
 * what cannot be decoded is counted, and the connection goes on unless the framing is lost. Runs on
 * the thread of the channel only.
 */
final class SwitchSession extends ChannelInboundHandlerAdapter {

  private static final Logger LOG = LoggerFactory.getLogger(SwitchSession.class);
  private static final LimitedLog LIMITED = new LimitedLog(LOG);

  /** Who has not ended the handshake may be anybody: all of them together are one subject. */
  private static final String STRANGERS = "strangers";

  private static final OFFactory FACTORY = OFFactories.getFactory(OFVersion.OF_13);

  private static final int TYPE_ECHO_REQUEST = 2;
  private static final int TYPE_ECHO_REPLY = 3;
  private static final int TYPE_PACKET_IN = 10;
  private static final int TYPE_FLOW_REMOVED = 11;
  private static final int TYPE_PORT_STATUS = 12;
  private static final int TYPE_BARRIER_REPLY = 21;
  private static final int ERROR_HELLO_FAILED = 0;
  private static final int ERROR_BAD_REQUEST = 1;
  private static final int CODE_BAD_TYPE = 1;

  private final ServerSettings settings;
  private final SwitchRegistry registry;
  private final NettySwitchConnection connection;
  private final Handshake handshake;
  private final long acceptedAt = System.nanoTime();
  private long lastReadAt = acceptedAt;
  private Optional<Long> echoSentAt = Optional.empty();
  private Optional<ScheduledFuture<?>> clock = Optional.empty();

  SwitchSession(
      ServerSettings settings, SwitchRegistry registry, NettySwitchConnection connection) {
    this.settings = settings;
    this.registry = registry;
    this.connection = connection;
    this.handshake =
        new Handshake(
            new ConnectionRequests(),
            settings.missSendLength,
            connection.portTable(),
            this::ready,
            connection::disconnect);
  }

  private final class ConnectionRequests implements Handshake.Requests {
    @Override
    public CompletableFuture<OFMessage> request(OFMessage message) {
      return connection.requestNow(message);
    }

    @Override
    public <R extends OFStatsReply> CompletableFuture<List<R>> requestStats(
        OFStatsRequest<R> message) {
      return connection.requestStatsNow(message);
    }

    @Override
    public void send(OFMessage message) {
      connection.send(message);
    }
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    ByteBuf hello = context.alloc().buffer(16);
    int xid = connection.outbound().nextXid();
    HelloNegotiation.writeHello(hello, xid);
    connection.outbound().count(Bytes.copyOf(hello, 0, MessageFramer.HEADER_BYTES));
    connection.outbound().write(hello);
    long period = Math.max(20, settings.tick().toMillis());
    clock =
        Optional.of(
            context
                .executor()
                .scheduleAtFixedRate(this::tick, period, period, TimeUnit.MILLISECONDS));
  }

  private void tick() {
    connection.pending().expire();
    connection.mods().expire();
    long now = System.nanoTime();
    if (handshake.step() != Handshake.Step.ACTIVE
        && now - acceptedAt > settings.handshakeTimeout.toNanos()) {
      connection.disconnect(
          "no complete handshake after "
              + settings.handshakeTimeout.toMillis()
              + " ms, waiting for "
              + handshake.step());
    } else if (now - lastReadAt > settings.echoInterval.toNanos()) {
      watchSilence(now);
    }
  }

  /**
   * Counts from the echo request, so that a pause of our own does not kill a switch that has
   * answered.
   */
  private void watchSilence(long now) {
    if (!echoSentAt.isPresent()) {
      if (handshake.step() != Handshake.Step.HELLO) {
        connection.send(FACTORY.buildEchoRequest().build());
      }
      echoSentAt = Optional.of(now);
    } else if (now - echoSentAt.get() > settings.deadAfter.minus(settings.echoInterval).toNanos()) {
      connection.disconnect(
          "silent for " + Duration.ofNanos(now - lastReadAt).toMillis() + " ms, echo not answered");
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object frame) {
    ByteBuf message = (ByteBuf) frame;
    lastReadAt = System.nanoTime();
    echoSentAt = Optional.empty();
    try {
      int type = message.getUnsignedByte(message.readerIndex() + 1);
      connection.messageCounters().received(type);
      if (handshake.step() == Handshake.Step.HELLO) {
        hello(type, message);
      } else if (handshake.step() != Handshake.Step.CLOSED) {
        dispatch(type, message.getInt(message.readerIndex() + 4), message);
      }
    } catch (MalformedMessageException | RuntimeException e) {
      connection.messageCounters().undecodable();
      LIMITED.warn(
          subject(), "Message dropped: connection=" + connection + " reason=" + e.getMessage());
    } finally {
      ReferenceCountUtil.release(frame);
    }
  }

  private void hello(int type, ByteBuf message) throws MalformedMessageException {
    if (type != MessageFramer.TYPE_HELLO) {
      connection.disconnect("the switch refused our HELLO: " + describeError(message));
      return;
    }
    Optional<String> refusal = HelloNegotiation.refusal(message);
    if (refusal.isPresent()) {
      int version =
          Math.min(message.getUnsignedByte(message.readerIndex()), MessageFramer.VERSION_13);
      int xid = message.getInt(message.readerIndex() + 4);
      String reason = "no common OpenFlow version: " + refusal.get();
      Bytes text = Bytes.of(reason.getBytes(StandardCharsets.US_ASCII));
      connection.closeAfter(
          reason, Optional.of(errorMessage(version, xid, ERROR_HELLO_FAILED, 0, text)));
      return;
    }
    handshake.helloAgreed(connection.remoteAddress());
  }

  private static String describeError(ByteBuf message) {
    try {
      return ErrorText.of(NettySwitchConnection.decodeError(message));
    } catch (MalformedMessageException e) {
      return "an error message of another version";
    }
  }

  private void dispatch(int type, int xid, ByteBuf message) throws MalformedMessageException {
    switch (type) {
      case MessageFramer.TYPE_HELLO:
        break;
      case MessageFramer.TYPE_ERROR:
        error(xid, NettySwitchConnection.decodeError(message));
        break;
      case TYPE_ECHO_REQUEST:
        ByteBuf reply = message.copy();
        reply.setByte(1, TYPE_ECHO_REPLY);
        connection.outbound().count(Bytes.copyOf(reply, 0, MessageFramer.HEADER_BYTES));
        connection.outbound().write(reply);
        break;
      case TYPE_ECHO_REPLY:
        connection.pending().reply(xid, message);
        break;
      case TYPE_PACKET_IN:
        OFPacketIn packetIn = (OFPacketIn) MessageDecoder.decode(message);
        tell(listener -> listener.packetIn(connection, packetIn));
        break;
      case TYPE_FLOW_REMOVED:
        flowRemoved(message);
        break;
      case TYPE_PORT_STATUS:
        OFPortStatus status = (OFPortStatus) MessageDecoder.decode(message);
        connection.portTable().apply(status);
        tell(listener -> listener.portStatus(connection, status));
        break;
      case TYPE_BARRIER_REPLY:
        if (!connection.mods().barrierReply(xid)) {
          connection.pending().reply(xid, message);
        }
        break;
      default:
        replyOrUnknown(type, xid, message);
        break;
    }
  }

  private void replyOrUnknown(int type, int xid, ByteBuf message) throws MalformedMessageException {
    if (MessageCounters.isKnownType(type)) {
      connection.pending().reply(xid, message);
      return;
    }
    Bytes data =
        Bytes.copyOf(message, message.readerIndex(), Math.min(64, message.readableBytes()));
    connection
        .outbound()
        .write(errorMessage(MessageFramer.VERSION_13, xid, ERROR_BAD_REQUEST, CODE_BAD_TYPE, data));
    throw new MalformedMessageException("OpenFlow 1.3 has no message type " + type);
  }

  private void error(int xid, OFErrorMsg error) {
    if (!connection.mods().error(xid, error) && !connection.pending().error(xid, error)) {
      if (handshake.step() == Handshake.Step.ACTIVE) {
        tell(listener -> listener.error(connection, error));
      } else {
        LIMITED.info(
            STRANGERS,
            "Error during the handshake: connection="
                + connection
                + " error="
                + ErrorText.of(error));
      }
    }
  }

  private void flowRemoved(ByteBuf message) throws MalformedMessageException {
    Bytes bytes = Bytes.copyOf(message, message.readerIndex(), message.readableBytes());
    OFFlowRemoved removed = (OFFlowRemoved) MessageDecoder.decode(message);
    connection
        .reads()
        .state(Kind.FLOW)
        .removed(CanonicalForm.flowKey(bytes.at(19), bytes.u16(16), bytes, 48));
    tell(listener -> listener.flowRemoved(connection, removed));
  }

  private Object subject() {
    return handshake.step() == Handshake.Step.ACTIVE ? connection.datapathId() : STRANGERS;
  }

  /** Tells the listener, if it knows of this connection. */
  private void tell(SwitchRegistry.Event event) {
    if (handshake.step() == Handshake.Step.ACTIVE) {
      registry.tell(event);
    }
  }

  /** An OFPT_ERROR (OpenFlow 1.3.5 section 7.5.4) with data. */
  private static ByteBuf errorMessage(int version, int xid, int type, int code, Bytes data) {
    ByteBuf error = io.netty.buffer.Unpooled.buffer(12 + data.length());
    error.writeByte(version).writeByte(MessageFramer.TYPE_ERROR).writeShort(12 + data.length());
    error.writeInt(xid).writeShort(type).writeShort(code);
    data.writeTo(error);
    return error;
  }

  private void ready(SwitchProfileInfo info) {
    connection.identified(info);
    registry.admit(
        connection,
        () -> {
          if (connection.isConnected()) {
            handshake.active();
            LOG.debug(
                "{}: connected, {} {}, {} ports",
                connection,
                info.hardware(),
                info.software(),
                connection.ports().size());
            registry.tell(listener -> listener.connected(connection));
          }
        });
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof MessageFramer.Violation) {
      MessageFramer.Violation violation = (MessageFramer.Violation) event;
      ByteBuf error =
          errorMessage(
              MessageFramer.VERSION_13,
              violation.xid,
              violation.errorType(),
              violation.errorCode,
              violation.data);
      connection.closeAfter("protocol violation: " + violation.reason, Optional.of(error));
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    connection.mods().pump();
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    clock.ifPresent(scheduled -> scheduled.cancel(false));
    String reason = connection.closeReason().orElse("the switch closed the connection");
    connection.disconnect(reason);
    boolean wasActive = handshake.step() == Handshake.Step.ACTIVE;
    handshake.closed();
    connection.pending().closed(reason);
    connection.mods().closed(reason);
    if (wasActive) {
      LOG.debug("{}: disconnected: {}", connection, reason);
      registry.tell(listener -> listener.disconnected(connection, reason));
    } else {
      LIMITED.warn(STRANGERS, "Refused: connection=" + connection + " reason=" + reason);
    }
    registry.remove(connection);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    connection.disconnect("connection error: " + cause.getMessage());
  }
}
