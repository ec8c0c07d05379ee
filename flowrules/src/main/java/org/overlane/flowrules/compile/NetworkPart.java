/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.compile;

import com.google.auto.value.AutoValue;
import com.google.common.collect.ImmutableList;
import org.overlane.flowrules.pipeline.TableSlice;

/** What one network contributes to the result of one node. */
@AutoValue
abstract class NetworkPart {
  static final NetworkPart NONE = of(TableSlice.EMPTY, ImmutableList.of());

  abstract TableSlice slice();

  abstract ImmutableList<Diagnostic> diagnostics();

  static NetworkPart of(TableSlice slice, ImmutableList<Diagnostic> diagnostics) {
    return new AutoValue_NetworkPart(slice, diagnostics);
  }
}
