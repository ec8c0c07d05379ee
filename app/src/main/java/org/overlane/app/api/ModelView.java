/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.api;

import com.google.auto.value.AutoValue;
import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;
import org.overlane.config.ModelDocument;
import org.overlane.config.ModelWriter;

/** All that is declared, at one revision. Immutable. */
@AutoValue
public abstract class ModelView {
  ModelView() {}

  public abstract ModelDocument document();

  /** Counts the changes of networks and endpoints; devices are not in it. */
  public abstract long revision();

  /** Differs whenever anything of the document differs. */
  public String tag() {
    return tagOf(ModelWriter.write(document()));
  }

  /** The entity tag of any text. */
  public static String tagOf(String text) {
    return Hashing.murmur3_128().hashString(text, StandardCharsets.UTF_8).toString();
  }

  public static ModelView of(ModelDocument document, long revision) {
    return new AutoValue_ModelView(document, revision);
  }
}
