/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.openflow.codec;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A form of matches, actions and instructions in which two encodings that mean the same are the
 * same bytes, so that what is about to be sent can be compared with what a switch reports. It works
 * on the wire format of OpenFlow 1.3 and needs to know no field and no experimenter action.
 *
 * <p>It levels out: the order of OXMs and of instructions, masks of all ones, fields with a mask of
 * all zeros, value bits outside the mask, padding, instructions without effect, the max_len of an
 * output to anything but the controller, and flow-mod flags that are no property of the entry. The
 * order of actions counts. Where in doubt two encodings are different: the price is a flow-mod too
 * many, never one too few. Thread-safe.
 */
public final class CanonicalForm {

  private static final int OXM_HEADER = 4;
  private static final int PORT_CONTROLLER = 0xfffffffd;
  private static final int FLAGS_OF_ENTRY = 0x19;
  private static final int BUCKET_HEADER = 16;
  private static final int METER_FLAG_BURST = 4;
  private static final int METER_BAND_DROP = 1;
  private static final byte[] NOTHING = new byte[0];

  private CanonicalForm() {}

  /** Flow-mod flags that remain with the entry: SEND_FLOW_REM, NO_PKT_COUNTS, NO_BYT_COUNTS. */
  public static int entryFlags(int flags) {
    return flags & FLAGS_OF_ENTRY;
  }

  /**
   * What identifies a flow entry: two entries with the same key replace each other.
   *
   * @param matchAt offset of the match in {@code wire}
   */
  public static Bytes flowKey(int tableId, int priority, Bytes wire, int matchAt)
      throws MalformedMessageException {
    byte[] from = wire.array();
    byte[] oxms = oxms(from, matchAt + 4, matchAt + matchLength(from, matchAt));
    ByteBuffer key = ByteBuffer.allocate(3 + oxms.length);
    key.put((byte) tableId).putShort((short) priority).put(oxms);
    return Bytes.wrap(key.array());
  }

  /**
   * All of a flow entry that is not its key: cookie, timeouts, flags and the instructions from
   * {@code instructionsAt} to the end of {@code wire}.
   */
  public static Bytes flowBody(
      long cookie, int idleTimeout, int hardTimeout, int flags, Bytes wire, int instructionsAt)
      throws MalformedMessageException {
    byte[] instructions = instructions(wire.array(), instructionsAt, wire.length());
    ByteBuffer body = ByteBuffer.allocate(14 + instructions.length);
    body.putLong(cookie).putShort((short) idleTimeout).putShort((short) hardTimeout);
    body.putShort((short) entryFlags(flags)).put(instructions);
    return Bytes.wrap(body.array());
  }

  /** Where the instructions begin behind the match at {@code matchAt}, padding included. */
  public static int endOfMatch(Bytes wire, int matchAt) throws MalformedMessageException {
    int end = matchAt + (matchLength(wire.array(), matchAt) + 7) / 8 * 8;
    if (end > wire.length()) {
      throw new MalformedMessageException("match of " + (end - matchAt) + " bytes cut off");
    }
    return end;
  }

  private static int matchLength(byte[] wire, int matchAt) throws MalformedMessageException {
    int length = wire.length - matchAt < 4 ? 0 : u16(wire, matchAt + 2);
    if (length < 4 || length > wire.length - matchAt || u16(wire, matchAt) != 1) {
      throw new MalformedMessageException("match with an impossible type or length " + length);
    }
    return length;
  }

  /**
   * Type and buckets of a group; the buckets run from {@code bucketsAt} to the end of {@code wire}.
   */
  public static Bytes group(int type, Bytes wire, int bucketsAt) throws MalformedMessageException {
    byte[] from = wire.array();
    byte[] form = Arrays.copyOfRange(from, bucketsAt - 1, from.length);
    form[0] = (byte) type;
    int at = bucketsAt;
    while (at < from.length) {
      int length = from.length - at < BUCKET_HEADER ? 0 : u16(from, at);
      if (length < BUCKET_HEADER || length > from.length - at) {
        throw new MalformedMessageException("bucket at offset " + at + " has an impossible length");
      }
      int to = at - bucketsAt + 1;
      zero(form, to + 12, to + BUCKET_HEADER);
      byte[] actions = actions(from, at + BUCKET_HEADER, at + length);
      System.arraycopy(actions, 0, form, to + BUCKET_HEADER, actions.length);
      at += length;
    }
    return Bytes.wrap(form);
  }

  /** Flags and bands of a meter; the bands run from {@code bandsAt} to the end of {@code wire}. */
  public static Bytes meter(int flags, Bytes wire, int bandsAt) throws MalformedMessageException {
    byte[] from = wire.array();
    byte[] form = Arrays.copyOfRange(from, bandsAt - 2, from.length);
    form[0] = (byte) (flags >> 8);
    form[1] = (byte) flags;
    int at = 2;
    while (at < form.length) {
      int next = at + length(form, at, form.length, "meter band");
      if ((flags & METER_FLAG_BURST) == 0) {
        zero(form, at + 8, at + 12);
      }
      if (u16(form, at) == METER_BAND_DROP) {
        zero(form, at + 12, next);
      }
      at = next;
    }
    return Bytes.wrap(form);
  }

  /**
   * The OXMs between two offsets, sorted and normalised.
   *
   * @throws MalformedMessageException if an OXM leads beyond {@code end}
   */
  static byte[] oxms(byte[] wire, int start, int end) throws MalformedMessageException {
    List<byte[]> fields = new ArrayList<>(6);
    int at = start;
    while (at < end) {
      if (end - at < OXM_HEADER || end - at < OXM_HEADER + (wire[at + 3] & 0xff)) {
        throw new MalformedMessageException("OXM at offset " + at + " cut off");
      }
      int next = at + OXM_HEADER + (wire[at + 3] & 0xff);
      byte[] field = oxm(wire, at, next);
      if (field.length > 0) {
        fields.add(field);
      }
      at = next;
    }
    fields.sort(CanonicalForm::compare);
    return concat(fields);
  }

  private static byte[] oxm(byte[] wire, int start, int end) throws MalformedMessageException {
    boolean masked = (wire[start + 2] & 1) != 0;
    int valueAt = OXM_HEADER + (u16(wire, start) == RawOxm.CLASS_EXPERIMENTER ? 4 : 0);
    byte[] field = Arrays.copyOfRange(wire, start, end);
    int payload = field.length - valueAt;
    if (payload < 0 || (masked && payload % 2 != 0)) {
      throw new MalformedMessageException("OXM at offset " + start + " has an impossible length");
    }
    if (!masked) {
      return field;
    }
    int width = payload / 2;
    boolean ones = true;
    boolean zeros = true;
    for (int i = 0; i < width; i++) {
      byte mask = field[valueAt + width + i];
      ones &= mask == (byte) 0xff;
      zeros &= mask == 0;
      field[valueAt + i] &= mask;
    }
    if (zeros) {
      return NOTHING;
    }
    if (ones) {
      field = Arrays.copyOf(field, valueAt + width);
      field[2] &= (byte) 0xfe;
      field[3] = (byte) (field.length - OXM_HEADER);
    }
    return field;
  }

  /** The instructions between two offsets, sorted by type and normalised. */
  static byte[] instructions(byte[] wire, int start, int end) throws MalformedMessageException {
    List<byte[]> list = new ArrayList<>(3);
    int at = start;
    while (at < end) {
      int next = at + length(wire, at, end, "instruction");
      byte[] instruction = instruction(wire, at, next);
      if (instruction.length > 0) {
        list.add(instruction);
      }
      at = next;
    }
    list.sort(CanonicalForm::compare);
    return concat(list);
  }

  private static byte[] instruction(byte[] wire, int start, int end)
      throws MalformedMessageException {
    byte[] copy = Arrays.copyOfRange(wire, start, end);
    switch (u16(wire, start)) {
      case 1: // goto_table: table 1, padding 3
        zero(copy, 5, 8);
        return copy;
      case 2: // write_metadata: padding 4, metadata 8, mask 8
        zero(copy, 4, 8);
        for (int i = 8; copy.length == 24 && i < 16; i++) {
          copy[i] &= copy[i + 8];
        }
        return copy;
      case 3: // write_actions
      case 4: // apply_actions: without actions they do nothing
        if (copy.length < 8) {
          throw new MalformedMessageException("instruction at offset " + start + " cut off");
        }
        if (copy.length == 8) {
          return NOTHING;
        }
        byte[] actions = actions(wire, start + 8, end);
        zero(copy, 4, 8);
        System.arraycopy(actions, 0, copy, 8, actions.length);
        return copy;
      case 5: // clear_actions
        zero(copy, 4, 8);
        return copy;
      default:
        return copy;
    }
  }

  /**
   * The actions between two offsets, in their order, normalised; the result is as long as the
   * input.
   */
  static byte[] actions(byte[] wire, int start, int end) throws MalformedMessageException {
    byte[] copy = Arrays.copyOfRange(wire, start, end);
    int at = 0;
    while (at < copy.length) {
      int next = at + length(copy, at, copy.length, "action");
      if ((next - at) % 8 != 0) {
        throw new MalformedMessageException(
            "action at offset " + at + " is no multiple of 8 bytes");
      }
      normaliseAction(copy, at, next);
      at = next;
    }
    return copy;
  }

  private static void normaliseAction(byte[] actions, int start, int end)
      throws MalformedMessageException {
    switch (u16(actions, start)) {
      case 0: // output: port 4, max_len 2, padding 6
        if (end - start >= 16) {
          zero(actions, start + (i32(actions, start + 4) == PORT_CONTROLLER ? 10 : 8), end);
        }
        break;
      case 11: // copy_ttl_out
      case 12: // copy_ttl_in
      case 16: // dec_mpls_ttl
      case 18: // pop_vlan
      case 24: // dec_nw_ttl
      case 27: // pop_pbb: padding only
        zero(actions, start + 4, end);
        break;
      case 15: // set_mpls_ttl
      case 23: // set_nw_ttl: ttl 1, padding 3
        zero(actions, start + 5, end);
        break;
      case 17: // push_vlan
      case 19: // push_mpls
      case 20: // pop_mpls
      case 26: // push_pbb: ethertype 2, padding 2
        zero(actions, start + 6, end);
        break;
      case 25: // set_field: OXM, padding
        int padding = start + 8 + (actions[start + 7] & 0xff);
        if (padding > end) {
          throw new MalformedMessageException("set_field at offset " + start + " cut off");
        }
        oxm(actions, start + 4, padding);
        zero(actions, padding, end);
        break;
      default:
        break;
    }
  }

  private static int length(byte[] wire, int at, int end, String what)
      throws MalformedMessageException {
    int length = end - at < 4 ? 0 : u16(wire, at + 2);
    if (length < 4 || length > end - at) {
      throw new MalformedMessageException(what + " at offset " + at + " has an impossible length");
    }
    return length;
  }

  private static void zero(byte[] bytes, int from, int to) {
    int end = Math.min(to, bytes.length);
    if (from < end) {
      Arrays.fill(bytes, from, end, (byte) 0);
    }
  }

  static int u16(byte[] wire, int at) {
    return (wire[at] & 0xff) << 8 | (wire[at + 1] & 0xff);
  }

  static int i32(byte[] wire, int at) {
    return u16(wire, at) << 16 | u16(wire, at + 2);
  }

  static long i64(byte[] wire, int at) {
    return (long) i32(wire, at) << 32 | (i32(wire, at + 4) & 0xffffffffL);
  }

  private static int compare(byte[] left, byte[] right) {
    return Arrays.compareUnsigned(left, right);
  }

  private static byte[] concat(List<byte[]> parts) {
    int length = 0;
    for (byte[] part : parts) {
      length += part.length;
    }
    byte[] all = new byte[length];
    int at = 0;
    for (byte[] part : parts) {
      System.arraycopy(part, 0, all, at, part.length);
      at += part.length;
    }
    return all;
  }
}
