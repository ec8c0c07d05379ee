/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.openflow.channel;

import com.google.auto.value.AutoValue;
import java.util.Optional;
import org.overlane.openflow.codec.Bytes;
import org.overlane.openflow.codec.CanonicalForm;
import org.overlane.openflow.codec.MalformedMessageException;

/**
 * What one modification message does to the observed state of a switch, once it was carried out.
 * Immutable.
 */
@AutoValue
abstract class ModEffect {

  private static final int COMMAND_ADD = 0;
  private static final int COMMAND_MODIFY = 1;
  private static final int COMMAND_DELETE = 2;
  private static final int FLOW_MODIFY_STRICT = 2;
  private static final int FLOW_DELETE_STRICT = 4;
  private static final int FLOW_MATCH_AT = 48;
  private static final int FLOW_FLAGS_WITH_SIDE_EFFECTS = 0x6;
  private static final int ALL_TABLES = 0xff;
  private static final long NO_BUFFER = 0xffffffffL;
  private static final long GROUP_ALL = 0xfffffffcL;
  private static final long METER_ALL = 0xffffffffL;

  /** The kinds of things that are modified and observed. */
  enum Kind {
    FLOW,
    GROUP,
    METER
  }

  abstract Kind kind();

  /** What is touched; absent if it can be anything. */
  abstract Optional<Bytes> key();

  /** What is there afterwards; absent if nothing or not known. */
  abstract Optional<Bytes> body();

  /** True if flow entries that refer to what was deleted go with it. */
  abstract boolean deletesFlows();

  /** The effect of an encoded flow-mod, group-mod or meter-mod of OpenFlow 1.3. */
  static ModEffect of(Kind kind, Bytes message) throws MalformedMessageException {
    switch (kind) {
      case FLOW:
        return ofFlowMod(message);
      case GROUP:
        return ofGroupOrMeterMod(Kind.GROUP, message, GROUP_ALL);
      default:
        return ofGroupOrMeterMod(Kind.METER, message, METER_ALL);
    }
  }

  /**
   * An ADD with a timeout leaves nothing certain behind: the entry may be gone at any time, and
   * adding it again starts its time anew, so it is never suppressed. The same holds for one with a
   * buffered packet, or with the flags CHECK_OVERLAP or RESET_COUNTS.
   */
  private static ModEffect ofFlowMod(Bytes message) throws MalformedMessageException {
    int table = message.at(24);
    int command = message.at(25);
    boolean strict =
        command == COMMAND_ADD || command == FLOW_MODIFY_STRICT || command == FLOW_DELETE_STRICT;
    if (!strict || table == ALL_TABLES) {
      return new AutoValue_ModEffect(Kind.FLOW, Optional.empty(), Optional.empty(), false);
    }
    Bytes key = CanonicalForm.flowKey(table, message.u16(30), message, FLOW_MATCH_AT);
    int idleTimeout = message.u16(26);
    int hardTimeout = message.u16(28);
    int flags = message.u16(44);
    boolean certain =
        command == COMMAND_ADD
            && idleTimeout == 0
            && hardTimeout == 0
            && (flags & FLOW_FLAGS_WITH_SIDE_EFFECTS) == 0
            && message.u32(32) == NO_BUFFER;
    Optional<Bytes> body =
        certain
            ? Optional.of(
                CanonicalForm.flowBody(
                    message.i64(8),
                    idleTimeout,
                    hardTimeout,
                    flags,
                    message,
                    CanonicalForm.endOfMatch(message, FLOW_MATCH_AT)))
            : Optional.empty();
    return new AutoValue_ModEffect(Kind.FLOW, Optional.of(key), body, false);
  }

  private static ModEffect ofGroupOrMeterMod(Kind kind, Bytes message, long all)
      throws MalformedMessageException {
    int command = message.u16(8);
    long id = message.u32(12);
    boolean delete = command == COMMAND_DELETE;
    if (id == all || command > COMMAND_DELETE) {
      return new AutoValue_ModEffect(kind, Optional.empty(), Optional.empty(), delete);
    }
    Optional<Bytes> body = Optional.empty();
    if (command == COMMAND_ADD || command == COMMAND_MODIFY) {
      body =
          Optional.of(
              kind == Kind.GROUP
                  ? CanonicalForm.group(message.at(10), message, 16)
                  : CanonicalForm.meter(message.u16(10), message, 16));
    }
    return new AutoValue_ModEffect(kind, Optional.of(keyOf(id)), body, delete);
  }

  /** The key of a group or meter. */
  static Bytes keyOf(long id) {
    return Bytes.of((byte) (id >> 24), (byte) (id >> 16), (byte) (id >> 8), (byte) id);
  }
}
