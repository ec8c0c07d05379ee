/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.onos;

import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.Dictionary;
import java.util.Optional;
import java.util.regex.Pattern;
import org.onlab.util.Tools;
import org.overlane.app.reconcile.Verification;
import org.overlane.tunnels.ovsdb.PassiveAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The settings of the component, as an operator changes them in ONOS ({@code cfg set}). A value
 * that is not allowed is named in the log, and the one before stays in force. Written by one
 * thread, read by any.
 */
final class Settings {
  static final String AUDIT_INTERVAL = "auditInterval";
  static final int AUDIT_INTERVAL_DEFAULT = 5000;
  static final String DRIFT_INTERVAL = "driftInterval";
  static final int DRIFT_INTERVAL_DEFAULT = 60;
  static final String EXCEPTION_TIMEOUT = "exceptionTimeout";
  static final int EXCEPTION_TIMEOUT_DEFAULT = 60;
  static final String VERIFICATION = "verification";
  static final String VERIFICATION_DEFAULT = "warn";

  static final String OVSDB_TLS = "ovsdbTls";
  static final String OVSDB_TLS_DEFAULT = "etc/overlane-tls";
  static final String OVSDB_LISTEN = "ovsdbListen";
  static final String OVSDB_LISTEN_DEFAULT = "off";
  static final String PROVISION_OWNER = "provisionOwner";
  static final String PROVISION_OWNER_DEFAULT = "overlane";

  private static final Pattern OWNER = Pattern.compile("[A-Za-z0-9._-]{1,64}");

  private static final Logger LOG = LoggerFactory.getLogger(Settings.class);

  private volatile int auditInterval = AUDIT_INTERVAL_DEFAULT;
  private volatile int driftInterval = DRIFT_INTERVAL_DEFAULT;
  private volatile int exceptionTimeout = EXCEPTION_TIMEOUT_DEFAULT;
  private volatile String ovsdbTls = OVSDB_TLS_DEFAULT;
  private volatile Optional<PassiveAddress> ovsdbListen = Optional.empty();
  private volatile String provisionOwner = PROVISION_OWNER_DEFAULT;
  private volatile Verification.Policy verification =
      Verification.Policy.named(VERIFICATION_DEFAULT).get();

  /** Milliseconds between two comparisons of a switch with what it should have. */
  int auditInterval() {
    return auditInterval;
  }

  /** Seconds from one look at what a switch has to the next; 0 not to look. */
  int driftInterval() {
    return driftInterval;
  }

  /** Seconds without a packet after which an exception entry goes. */
  int exceptionTimeout() {
    return exceptionTimeout;
  }

  /** What becomes of tables that are not proven. */
  Verification.Policy verification() {
    return verification;
  }

  /** The directory of the files for TLS; a relative one is below Karaf's own. */
  Path ovsdbTls() {
    return Paths.get(System.getProperty("karaf.base", "")).resolve(ovsdbTls);
  }

  /** Where hosts may connect that do so by themselves; nowhere, if absent. */
  Optional<PassiveAddress> ovsdbListen() {
    return ovsdbListen;
  }

  /** In whose name things are set up in the databases of hosts. */
  String provisionOwner() {
    return provisionOwner;
  }

  /** Takes over what is allowed. A value that is missing stays as it is. */
  void read(Dictionary<?, ?> values) {
    auditInterval = number(values, AUDIT_INTERVAL, auditInterval, 100, Integer.MAX_VALUE, "ms");
    driftInterval = number(values, DRIFT_INTERVAL, driftInterval, 0, 86_400, "s");
    exceptionTimeout = number(values, EXCEPTION_TIMEOUT, exceptionTimeout, 1, 3600, "s");
    String directory = Tools.get(values, OVSDB_TLS);
    ovsdbTls = directory == null ? ovsdbTls : directory;
    String listen = Tools.get(values, OVSDB_LISTEN);
    try {
      if (listen != null) {
        ovsdbListen =
            listen.equals(OVSDB_LISTEN_DEFAULT)
                ? Optional.empty()
                : Optional.of(PassiveAddress.parse(listen));
      }
    } catch (IllegalArgumentException e) {
      LOG.warn("{} must be off, ptcp:PORT:ADDRESS or pssl:PORT:ADDRESS: {}", OVSDB_LISTEN, listen);
    }
    String owner = Tools.get(values, PROVISION_OWNER);
    if (owner != null && !OWNER.matcher(owner).matches()) {
      LOG.warn(
          "{} must be 1 to 64 of the characters A-Z a-z 0-9 . _ -, not {}; it stays {}",
          PROVISION_OWNER,
          owner,
          provisionOwner);
    } else if (owner != null) {
      provisionOwner = owner;
    }
    String policy = Tools.get(values, VERIFICATION);
    if (policy != null) {
      Verification.Policy known = Verification.Policy.named(policy).orElse(null);
      if (known == null) {
        LOG.warn(
            "{} must be enforce, warn or off, not {}; it stays {}",
            VERIFICATION,
            policy,
            verification.text());
      } else {
        verification = known;
      }
    }
  }

  private static int number(
      Dictionary<?, ?> values, String name, int before, int min, int max, String unit) {
    String text = Tools.get(values, name);
    if (text == null) {
      return before;
    }
    try {
      int number = Integer.parseInt(text);
      if (number >= min && number <= max) {
        return number;
      }
    } catch (NumberFormatException e) {
      LOG.debug("{}", name, e);
    }
    LOG.warn(
        "{} must be a whole number from {} to {} {}, not {}; it stays {} {}",
        name,
        min,
        max,
        unit,
        text,
        before,
        unit);
    return before;
  }
}
