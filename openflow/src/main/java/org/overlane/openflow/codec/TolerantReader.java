/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.openflow.codec;

import com.google.common.collect.ImmutableList;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.projectfloodlight.openflow.exceptions.OFParseError;
import org.projectfloodlight.openflow.protocol.OFFactories;
import org.projectfloodlight.openflow.protocol.OFFactory;
import org.projectfloodlight.openflow.protocol.OFMessageReader;
import org.projectfloodlight.openflow.protocol.OFOxmList;
import org.projectfloodlight.openflow.protocol.OFVersion;
import org.projectfloodlight.openflow.protocol.Writeable;
import org.projectfloodlight.openflow.protocol.action.OFAction;
import org.projectfloodlight.openflow.protocol.instruction.OFInstruction;
import org.projectfloodlight.openflow.protocol.match.Match;
import org.projectfloodlight.openflow.protocol.oxm.OFOxm;

/**
 * Reads OpenFlow 1.3 matches, actions and instructions element by element: openflowj parses what it
 * knows, the rest becomes {@link RawOxm}, {@link RawAction} and {@link RawInstruction}. Only broken
 * lengths are errors.
 *
 * <p>A field or experimenter action that openflowj parses into something which it would write
 * differently is kept raw too (it reads some one-byte fields as booleans, for example), so nothing
 * is changed by reading it and writing it back. Thread-safe.
 */
public final class TolerantReader {

  private static final OFFactory FACTORY = OFFactories.getFactory(OFVersion.OF_13);
  private static final int ACTION_SET_FIELD = 25;
  private static final int INSTRUCTION_WRITE_ACTIONS = 3;
  private static final int INSTRUCTION_APPLY_ACTIONS = 4;
  private static final int OXM_HEADER_BYTES = 4;

  /** OXM headers that openflowj has no reader for, so that the next one costs no exception. */
  private static final Set<Integer> UNKNOWN_OXMS = ConcurrentHashMap.newKeySet();

  /** How openflowj begins its complaint about an OXM header without a reader. */
  private static final String NO_READER = "Unknown value for discriminator typeLen";

  private static final int MAX_LEARNED = 1024;

  private TolerantReader() {}

  /**
   * Reads a match from the reader index, which moves behind its padding.
   *
   * @throws MalformedMessageException if a length leads outside the buffer or is impossible
   */
  public static Match readMatch(ByteBuf buffer) throws MalformedMessageException {
    int length = elementLength(buffer, "match", OXM_HEADER_BYTES);
    int type = buffer.getUnsignedShort(buffer.readerIndex());
    if (type != 1) {
      throw new MalformedMessageException("match type " + type + " is not OXM");
    }
    ByteBuf oxms = buffer.slice(buffer.readerIndex() + OXM_HEADER_BYTES, length - OXM_HEADER_BYTES);
    int padded = (length + 7) / 8 * 8;
    buffer.skipBytes(Math.min(padded, buffer.readableBytes()));
    List<OFOxm<?>> known = new ArrayList<>();
    List<RawOxm> foreign = new ArrayList<>();
    while (oxms.isReadable()) {
      OFOxm<?> oxm = readOxm(oxms);
      if (oxm instanceof RawOxm) {
        foreign.add((RawOxm) oxm);
      } else {
        known.add(oxm);
      }
    }
    Match match = FACTORY.buildMatchV3().setOxmList(OFOxmList.ofList(known)).build();
    return foreign.isEmpty() ? match : RawMatch.asRead(match, foreign);
  }

  /** Reads one OXM from the reader index; a {@link RawOxm} if openflowj does not know it. */
  public static OFOxm<?> readOxm(ByteBuf buffer) throws MalformedMessageException {
    if (buffer.readableBytes() < OXM_HEADER_BYTES) {
      throw new MalformedMessageException("OXM cut off in its header");
    }
    int start = buffer.readerIndex();
    int header = buffer.getInt(start);
    int length = OXM_HEADER_BYTES + (header & 0xff);
    if (buffer.readableBytes() < length) {
      throw new MalformedMessageException("OXM of " + length + " bytes cut off");
    }
    Bytes tlv = Bytes.copyOf(buffer, start, length);
    ByteBuf slice = buffer.readSlice(length);
    if (!UNKNOWN_OXMS.contains(header)) {
      Optional<OFOxm<?>> known = parseOxm(slice, header);
      if (known.isPresent() && fitsMatch(known.get()) && writes(known.get(), tlv)) {
        return known.get();
      }
    }
    try {
      return RawOxm.of(tlv);
    } catch (IllegalArgumentException e) {
      throw new MalformedMessageException(e.getMessage(), e);
    }
  }

  /** Remembers headers without a reader; a header whose value was refused is no such header. */
  private static Optional<OFOxm<?>> parseOxm(ByteBuf slice, int header) {
    try {
      OFOxm<?> parsed = FACTORY.oxms().getReader().readFrom(slice);
      return slice.isReadable() ? Optional.empty() : Optional.ofNullable(parsed);
    } catch (OFParseError e) {
      if (String.valueOf(e.getMessage()).startsWith(NO_READER)
          && UNKNOWN_OXMS.size() < MAX_LEARNED) {
        UNKNOWN_OXMS.add(header);
      }
      return Optional.empty();
    } catch (RuntimeException e) {
      return Optional.empty();
    }
  }

  private static boolean fitsMatch(OFOxm<?> oxm) {
    try {
      OFOxm<?> canonical = oxm.getCanonical();
      return canonical == null || canonical.getMatchField() != null;
    } catch (RuntimeException e) {
      return false;
    }
  }

  /** Reads {@code length} bytes of actions from the reader index. */
  public static ImmutableList<OFAction> readActions(ByteBuf buffer, int length)
      throws MalformedMessageException {
    ByteBuf actions = slice(buffer, length, "actions");
    ImmutableList.Builder<OFAction> list = ImmutableList.builder();
    while (actions.isReadable()) {
      int actionLength = elementLength(actions, "action", 8);
      if (actionLength % 8 != 0) {
        throw new MalformedMessageException(
            "action length " + actionLength + " is no multiple of 8");
      }
      list.add(readAction(actions.readSlice(actionLength)));
    }
    return list.build();
  }

  private static OFAction readAction(ByteBuf action) throws MalformedMessageException {
    int type = action.getUnsignedShort(action.readerIndex());
    Bytes bytes = Bytes.copyOf(action, action.readerIndex(), action.readableBytes());
    if (type == ACTION_SET_FIELD) {
      return FACTORY.actions().setField(readOxm(action.skipBytes(4)));
    }
    Optional<CheckPktLarger> checkPktLarger = CheckPktLarger.parse(bytes);
    if (checkPktLarger.isPresent()) {
      return checkPktLarger.get();
    }
    Optional<OFAction> known = parse(FACTORY.actions().getReader(), action);
    if (known.isPresent()
        && (type != NiciraFields.ACTION_TYPE_EXPERIMENTER || writes(known.get(), bytes))) {
      return known.get();
    }
    return RawAction.of(bytes);
  }

  /** Reads {@code length} bytes of instructions from the reader index. */
  public static ImmutableList<OFInstruction> readInstructions(ByteBuf buffer, int length)
      throws MalformedMessageException {
    ByteBuf instructions = slice(buffer, length, "instructions");
    ImmutableList.Builder<OFInstruction> list = ImmutableList.builder();
    while (instructions.isReadable()) {
      int instructionLength = elementLength(instructions, "instruction", 4);
      list.add(readInstruction(instructions.readSlice(instructionLength)));
    }
    return list.build();
  }

  private static OFInstruction readInstruction(ByteBuf instruction)
      throws MalformedMessageException {
    int type = instruction.getUnsignedShort(instruction.readerIndex());
    if (type == INSTRUCTION_APPLY_ACTIONS || type == INSTRUCTION_WRITE_ACTIONS) {
      if (instruction.readableBytes() < 8) {
        throw new MalformedMessageException("instruction " + type + " of less than 8 bytes");
      }
      instruction.skipBytes(8);
      List<OFAction> actions = readActions(instruction, instruction.readableBytes());
      return type == INSTRUCTION_APPLY_ACTIONS
          ? FACTORY.instructions().applyActions(actions)
          : FACTORY.instructions().writeActions(actions);
    }
    Bytes bytes = Bytes.copyOf(instruction, instruction.readerIndex(), instruction.readableBytes());
    Optional<OFInstruction> known = parse(FACTORY.instructions().getReader(), instruction);
    return known.isPresent() ? known.get() : RawInstruction.of(bytes);
  }

  /** What the reader makes of the whole slice; empty if it fails in any way or leaves a rest. */
  private static <T> Optional<T> parse(OFMessageReader<? extends T> reader, ByteBuf slice) {
    try {
      T parsed = reader.readFrom(slice);
      return slice.isReadable() ? Optional.empty() : Optional.ofNullable(parsed);
    } catch (OFParseError | RuntimeException e) {
      return Optional.empty();
    }
  }

  private static boolean writes(Writeable element, Bytes expected) {
    ByteBuf written = Unpooled.buffer(expected.length());
    element.writeTo(written);
    return Bytes.copyOf(written, 0, written.readableBytes()).equals(expected);
  }

  private static ByteBuf slice(ByteBuf buffer, int length, String what)
      throws MalformedMessageException {
    if (length < 0 || length > buffer.readableBytes()) {
      throw new MalformedMessageException(
          what + ": " + length + " bytes announced, " + buffer.readableBytes() + " left");
    }
    return buffer.readSlice(length);
  }

  /**
   * The length in bytes 2 and 3 of the element at the reader index, checked against the bytes that
   * are left.
   */
  private static int elementLength(ByteBuf buffer, String what, int minimum)
      throws MalformedMessageException {
    if (buffer.readableBytes() < 4) {
      throw new MalformedMessageException(what + " cut off in its header");
    }
    int length = buffer.getUnsignedShort(buffer.readerIndex() + 2);
    if (length < minimum || length > buffer.readableBytes()) {
      throw new MalformedMessageException(
          what + " length " + length + ": " + minimum + ".." + buffer.readableBytes());
    }
    return length;
  }
}
