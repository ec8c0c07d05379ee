/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.pipeline;

/** The class of packets that an entry is for, as its cookie carries it. */
public interface EntryClass {
  /** 1 to 255. */
  int id();

  String title();
}
