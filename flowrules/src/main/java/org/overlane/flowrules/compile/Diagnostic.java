/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.compile;

import com.google.auto.value.AutoValue;

/** Something in the model that keeps a node's tables from being all that an operator asked for. */
@AutoValue
public abstract class Diagnostic {
  Diagnostic() {}

  /** How bad it is. */
  public enum Severity {
    /** Mends itself when the switch reports what is missing. */
    PENDING,
    /** Everything arrives, but some of it by a slower or bounded way. */
    LIMITED,
    /** Some traffic cannot flow until somebody changes the model. */
    WARNING,
    /** The model cannot be put on this switch as it is. */
    ERROR
  }

  /** The kinds of finding. */
  public enum Code {
    /** An endpoint's port has not appeared on its switch. */
    ENDPOINT_PORT_PENDING(Severity.PENDING),
    /** The node has no tunnel, but its networks have endpoints on other nodes. */
    NO_TUNNEL(Severity.WARNING),
    /** Two nodes of one network are in no common transport zone. */
    NO_COMMON_ZONE(Severity.WARNING),
    /** Two nodes of one network have no VTEP address of a common family. */
    NO_COMMON_FAMILY(Severity.WARNING),
    /** A management-OS endpoint has no port for a network of the node. */
    NO_NETWORK_PORT(Severity.WARNING),
    /** A port-per-remote endpoint has no port for a remote VTEP. */
    NO_REMOTE_PORT(Severity.WARNING),
    /** The endpoint does not fragment outer packets, so the controller fragments inner ones. */
    CONTROLLER_FRAGMENTS(Severity.LIMITED),
    /** The switch cannot tell which frames are too large for the underlay. */
    NO_SIZE_CHECK(Severity.WARNING),
    /** A network asks for MSS clamping, which the switch cannot support. */
    NO_MSS_CLAMPING(Severity.WARNING),
    /** What fits a path is less than every IPv6 link must carry (RFC 8200 section 5). */
    BELOW_IPV6_MINIMUM(Severity.WARNING);

    private final Severity severity;

    Code(Severity severity) {
      this.severity = severity;
    }

    public Severity severity() {
      return severity;
    }
  }

  public abstract Code code();

  /** The part of the model concerned, for people: {@code endpoint vm1}. */
  public abstract String subject();

  /** What is wrong, what it keeps from working, and what to do about it. */
  public abstract String message();

  public Severity severity() {
    return code().severity();
  }

  public static Diagnostic of(Code code, String subject, String message) {
    return new AutoValue_Diagnostic(code, subject, message);
  }
}
