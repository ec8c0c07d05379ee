/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.openflow.codec;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.netty.buffer.ByteBuf;
import org.projectfloodlight.openflow.exceptions.OFParseError;
import org.projectfloodlight.openflow.protocol.OFBucket;
import org.projectfloodlight.openflow.protocol.OFFactories;
import org.projectfloodlight.openflow.protocol.OFFactory;
import org.projectfloodlight.openflow.protocol.OFFlowRemoved;
import org.projectfloodlight.openflow.protocol.OFFlowRemovedReason;
import org.projectfloodlight.openflow.protocol.OFGroupDescStatsEntry;
import org.projectfloodlight.openflow.protocol.OFGroupType;
import org.projectfloodlight.openflow.protocol.OFMessage;
import org.projectfloodlight.openflow.protocol.OFPacketIn;
import org.projectfloodlight.openflow.protocol.OFPacketInReason;
import org.projectfloodlight.openflow.protocol.OFStatsReplyFlags;
import org.projectfloodlight.openflow.protocol.OFVersion;
import org.projectfloodlight.openflow.types.OFBufferId;
import org.projectfloodlight.openflow.types.OFGroup;
import org.projectfloodlight.openflow.types.OFPort;
import org.projectfloodlight.openflow.types.TableId;
import org.projectfloodlight.openflow.types.U64;

/**
 * Decodes whole OpenFlow 1.3 messages. The messages that may carry matches or actions which
 * openflowj does not know are taken apart here, the others are left to openflowj. Thread-safe.
 */
public final class MessageDecoder {

  private static final OFFactory FACTORY = OFFactories.getFactory(OFVersion.OF_13);
  private static final int TYPE_ERROR = 1;
  private static final int TYPE_PACKET_IN = 10;
  private static final int TYPE_FLOW_REMOVED = 11;
  private static final int TYPE_MULTIPART_REPLY = 19;
  private static final int MULTIPART_GROUP_DESC = 7;

  private MessageDecoder() {}

  /**
   * Decodes one message that begins at the reader index and fills the buffer exactly.
   *
   * @throws MalformedMessageException with the reason, whatever the bytes are
   */
  public static OFMessage decode(ByteBuf message) throws MalformedMessageException {
    int type = message.getUnsignedByte(message.readerIndex() + 1);
    try {
      switch (type) {
        case TYPE_PACKET_IN:
          return packetIn(message);
        case TYPE_FLOW_REMOVED:
          return flowRemoved(message);
        case TYPE_MULTIPART_REPLY:
          return multipartReply(message);
        case TYPE_ERROR:
          return error(message);
        default:
          return openflowj(message);
      }
    } catch (MalformedMessageException e) {
      throw e;
    } catch (OFParseError | RuntimeException e) {
      throw new MalformedMessageException("message of type " + type + ": " + e, e);
    }
  }

  private static OFMessage openflowj(ByteBuf message)
      throws MalformedMessageException, OFParseError {
    OFMessage parsed = OFFactories.getGenericReader().readFrom(message);
    if (parsed == null || message.isReadable()) {
      throw new MalformedMessageException(
          parsed == null
              ? "message cut off"
              : message.readableBytes() + " bytes behind the message");
    }
    return parsed;
  }

  private static OFMessage error(ByteBuf message) throws MalformedMessageException {
    Bytes bytes = Bytes.copyOf(message, message.readerIndex(), message.readableBytes());
    try {
      return openflowj(message);
    } catch (OFParseError | RuntimeException e) {
      return RawErrorMsg.of(bytes);
    }
  }

  private static OFMessage multipartReply(ByteBuf message)
      throws MalformedMessageException, OFParseError {
    int start = message.readerIndex();
    if (message.getUnsignedShort(start + 8) != MULTIPART_GROUP_DESC) {
      return openflowj(message);
    }
    boolean more = (message.getUnsignedShort(start + 10) & 1) != 0;
    long xid = message.getUnsignedInt(start + 4);
    message.skipBytes(16);
    ImmutableList.Builder<OFGroupDescStatsEntry> entries = ImmutableList.builder();
    while (message.isReadable()) {
      int length = message.getUnsignedShort(message.readerIndex());
      if (length < 8) {
        throw new MalformedMessageException("group description of " + length + " bytes");
      }
      entries.add(groupDescription(message.readSlice(length)));
    }
    return FACTORY
        .buildGroupDescStatsReply()
        .setXid(xid)
        .setFlags(more ? ImmutableSet.of(OFStatsReplyFlags.REPLY_MORE) : ImmutableSet.of())
        .setEntries(entries.build())
        .build();
  }

  private static OFGroupDescStatsEntry groupDescription(ByteBuf entry)
      throws MalformedMessageException {
    entry.skipBytes(2);
    OFGroupType type = constant(OFGroupType.values(), entry.readUnsignedByte(), "group type");
    entry.skipBytes(1);
    OFGroup group = OFGroup.of(entry.readInt());
    ImmutableList.Builder<OFBucket> buckets = ImmutableList.builder();
    while (entry.isReadable()) {
      int length = entry.getUnsignedShort(entry.readerIndex());
      if (length < 16) {
        throw new MalformedMessageException("bucket of " + length + " bytes");
      }
      buckets.add(bucket(entry.readSlice(length)));
    }
    return FACTORY
        .buildGroupDescStatsEntry()
        .setGroupType(type)
        .setGroup(group)
        .setBuckets(buckets.build())
        .build();
  }

  private static OFBucket bucket(ByteBuf bucket) throws MalformedMessageException {
    bucket.skipBytes(2);
    OFBucket.Builder builder =
        FACTORY
            .buildBucket()
            .setWeight(bucket.readUnsignedShort())
            .setWatchPort(OFPort.of(bucket.readInt()))
            .setWatchGroup(OFGroup.of(bucket.readInt()));
    bucket.skipBytes(4);
    return builder.setActions(TolerantReader.readActions(bucket, bucket.readableBytes())).build();
  }

  private static OFPacketIn packetIn(ByteBuf message) throws MalformedMessageException {
    message.skipBytes(4);
    OFPacketIn.Builder builder =
        FACTORY
            .buildPacketIn()
            .setXid(message.readUnsignedInt())
            .setBufferId(OFBufferId.of(message.readInt()))
            .setTotalLen(message.readUnsignedShort())
            .setReason(
                constant(
                    new OFPacketInReason[] {
                      OFPacketInReason.NO_MATCH,
                      OFPacketInReason.ACTION,
                      OFPacketInReason.INVALID_TTL
                    },
                    message.readUnsignedByte(),
                    "packet-in reason"))
            .setTableId(TableId.of(message.readUnsignedByte()))
            .setCookie(U64.of(message.readLong()))
            .setMatch(TolerantReader.readMatch(message));
    message.skipBytes(2);
    byte[] data = new byte[message.readableBytes()];
    message.readBytes(data);
    return builder.setData(data).build();
  }

  private static OFFlowRemoved flowRemoved(ByteBuf message) throws MalformedMessageException {
    message.skipBytes(4);
    return FACTORY
        .buildFlowRemoved()
        .setXid(message.readUnsignedInt())
        .setCookie(U64.of(message.readLong()))
        .setPriority(message.readUnsignedShort())
        .setReason(
            constant(
                OFFlowRemovedReason.values(), message.readUnsignedByte(), "flow-removed reason"))
        .setTableId(TableId.of(message.readUnsignedByte()))
        .setDurationSec(message.readUnsignedInt())
        .setDurationNsec(message.readUnsignedInt())
        .setIdleTimeout(message.readUnsignedShort())
        .setHardTimeout(message.readUnsignedShort())
        .setPacketCount(U64.of(message.readLong()))
        .setByteCount(U64.of(message.readLong()))
        .setMatch(TolerantReader.readMatch(message))
        .build();
  }

  private static <T> T constant(T[] values, int wire, String what)
      throws MalformedMessageException {
    if (wire >= values.length) {
      throw new MalformedMessageException("unknown " + what + " " + wire);
    }
    return values[wire];
  }
}
