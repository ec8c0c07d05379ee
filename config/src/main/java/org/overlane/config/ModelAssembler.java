/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.config;

/**
 * Joins the declared with the discovered into the compiler's input. Whatever is missing or in
 * conflict is left out and reported as pending; the rest goes on. A pure function: it depends on
 * nothing but its arguments, and never throws for a document that passed {@link ModelChecks#check}.
 *
 * <p>Where two references turn out to be one port, the first in this order keeps it: uplinks and
 * their management ports as declared, tunnel ports, endpoints by id. Where two devices claim one
 * VTEP address, the one with the lower id keeps it.
 */
public final class ModelAssembler {
  private ModelAssembler() {}

  public static Assembly assemble(ModelDocument declared, PortDirectory discovered) {
    throw new UnsupportedOperationException();
  }
}
