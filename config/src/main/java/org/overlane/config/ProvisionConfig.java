/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.config;

import com.google.auto.value.AutoValue;
import com.google.common.collect.ImmutableSortedSet;
import java.util.regex.Pattern;

/**
 * What may be set up for a device in the database of its host. Its bridge must be there; {@code
 * fail_mode} and the version of OpenFlow are always seen to.
 */
@AutoValue
public abstract class ProvisionConfig {
  /** The tunnel port of a native tunnel that names none. */
  public static final PortRef DEFAULT_TUNNEL_PORT = PortRef.named("vx-overlane");

  static final Pattern UNIX_TARGET = Pattern.compile("unix:/[!-~]{1,107}");

  ProvisionConfig() {}

  /** Whether anything is written at all. */
  public enum Policy {
    APPLY("apply"),
    /** What would be done is shown, and not done. */
    DRY_RUN("dry-run");

    private final String text;

    Policy(String text) {
      this.text = text;
    }

    public String text() {
      return text;
    }
  }

  public abstract Policy policy();

  /** Whether the port of a native tunnel is made, if the tunnel gives it by name. */
  public abstract boolean tunnel();

  /**
   * OpenFlow controllers of the bridge, as Open vSwitch writes them; none: they are somebody else's
   * business.
   */
  public abstract ImmutableSortedSet<String> controllers();

  public static ProvisionConfig of(Policy policy, boolean tunnel, Iterable<String> controllers) {
    return new AutoValue_ProvisionConfig(policy, tunnel, ImmutableSortedSet.copyOf(controllers));
  }

  /**
   * A target in the form that Open vSwitch has for it: {@code tcp:192.0.2.1:6653}, {@code
   * ssl:[2001:db8::1]:6653}, {@code unix:/run/controller}.
   *
   * @throws IllegalArgumentException if it is anything else
   */
  static String target(String text) {
    return UNIX_TARGET.matcher(text).matches() ? text : OvsdbAddress.parseAddress(text).toString();
  }
}
