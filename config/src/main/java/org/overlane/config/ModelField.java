/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.config;

import com.google.auto.value.AutoValue;

/** A field of an object of the model: what it takes, and what it means. Immutable. */
@AutoValue
abstract class ModelField {
  ModelField() {}

  abstract String name();

  abstract FieldType type();

  /** Whether it must be there in every case; the default says it where it depends. */
  abstract boolean required();

  /** What holds if it is left out, in Markdown. */
  abstract String whenAbsent();

  /** The switches for which it does anything: {@code all}, or the name of a profile. */
  abstract String profile();

  /** In Markdown. */
  abstract String meaning();

  static ModelField required(String name, FieldType type, String meaning) {
    return new AutoValue_ModelField(name, type, true, "required", "all", meaning);
  }

  static ModelField optional(String name, FieldType type, String whenAbsent, String meaning) {
    return new AutoValue_ModelField(name, type, false, whenAbsent, "all", meaning);
  }

  /** The same, of use with Open vSwitch only. */
  ModelField ofOpenVswitch() {
    return new AutoValue_ModelField(name(), type(), required(), whenAbsent(), "`ovs`", meaning());
  }
}
