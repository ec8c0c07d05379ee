/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.tunnels.ovsdb;

import java.io.IOException;

/** A peer cannot be reached, refuses, or does not keep to the protocol; the message says which. */
public final class OvsdbException extends IOException {
  private static final long serialVersionUID = 1L;
  private static final int LONGEST = 300;

  public OvsdbException(String reason) {
    super(printable(reason));
  }

  public OvsdbException(String reason, Throwable cause) {
    super(printable(reason), cause);
  }

  /** The reason, fit to be shown: a peer's words may be long, or no text at all. */
  static String printable(String text) {
    String shortened = text.length() > LONGEST ? text.substring(0, LONGEST) + "..." : text;
    StringBuilder printable = new StringBuilder(shortened.length());
    shortened.chars().forEach(c -> printable.append(Character.isISOControl(c) ? ' ' : (char) c));
    return printable.toString();
  }
}
