/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.pipeline;

import org.overlane.flowrules.openflow.Action;

/**
 * Bytes that actions take in an OpenFlow 1.3 message. A message has at most 65,535 bytes (the
 * length field of ofp_header has 16 bits), and so have a flow-mod, a group-mod, and the record of
 * either in a statistics reply.
 */
public final class MessageSize {
  /** For the actions of one entry, or all buckets of one group: the rest is for everything else. */
  public static final int MAX_ACTIONS = 60_000;

  /** Of ofp_bucket, without its actions. */
  public static final int BUCKET = 16;

  private static final Visitor VISITOR = new Visitor();

  private MessageSize() {}

  /** Bytes, padding included. */
  public static int of(Iterable<Action> actions) {
    int size = 0;
    for (Action action : actions) {
      size += action.accept(VISITOR);
    }
    return size;
  }

  private static final class Visitor implements Action.Visitor<Integer> {
    @Override
    public Integer output(Action.Output action) {
      return 16;
    }

    /** ofp_action_set_field: header, OXM header, value, padded to 8 bytes. */
    @Override
    public Integer setField(Action.SetField action) {
      int octets = (action.value().field().bits() + 7) / 8;
      int oxm = 4 + octets * (action.value().isExact() ? 1 : 2);
      return (4 + oxm + 7) / 8 * 8;
    }

    @Override
    public Integer group(Action.ToGroup action) {
      return 8;
    }

    /** The Nicira action: header, vendor, subtype, length, register, bit, padding. */
    @Override
    public Integer checkPacketLarger(Action.CheckPacketLarger action) {
      return 24;
    }
  }
}
