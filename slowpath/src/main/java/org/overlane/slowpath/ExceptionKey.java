/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.slowpath;

import com.google.auto.value.AutoValue;
import org.overlane.flowrules.model.IpAddress;

/**
 * Names the packets that may go on without the slow path once one of them was let through: a switch
 * can match all three.
 */
@AutoValue
public abstract class ExceptionKey {
  ExceptionKey() {}

  public abstract IpAddress source();

  /** Of the same family as the source. */
  public abstract IpAddress destination();

  /**
   * The protocol number, 0 to 255, as Open vSwitch matches it with nw_proto. For IPv6 it is the
   * number of the first header that is none of hop-by-hop options, routing, destination options,
   * authentication and fragment: mobility, HIP and shim6 headers count as a protocol there.
   */
  public abstract int protocol();

  static ExceptionKey of(IpAddress source, IpAddress destination, int protocol) {
    return new AutoValue_ExceptionKey(source, destination, protocol);
  }
}
