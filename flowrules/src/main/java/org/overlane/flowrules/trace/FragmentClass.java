/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.trace;

/** Which part of an IP packet a frame carries (RFC 791 section 3.2, RFC 8200 section 4.5). */
public enum FragmentClass {
  /** All of it. */
  WHOLE(0),
  /** Its start: offset zero, more fragments to come; the transport header is here. */
  FIRST(1),
  /** A middle or last part: no transport header. */
  LATER(3);

  private final int nwFrag;

  FragmentClass(int nwFrag) {
    this.nwFrag = nwFrag;
  }

  /** The value of Open vSwitch's field nw_frag: bit 0 for any fragment, bit 1 for a later one. */
  public int nwFrag() {
    return nwFrag;
  }
}
