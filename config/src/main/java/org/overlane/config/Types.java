/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.config;

import org.overlane.flowrules.model.OfPort;

/** The types of fields that several objects of the model have in common, as {@link Scalars}. */
final class Types {
  /** Whatever looks like an address; the reader looks more closely. */
  static final String IP_PATTERN = "[0-9]{1,3}(?:\\.[0-9]{1,3}){3}|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*";

  static final FieldType IP = FieldType.form("IP address", IP_PATTERN);

  static final FieldType MAC =
      FieldType.form("MAC address, unicast", "[0-9A-Fa-f][02468ACEace](?::[0-9A-Fa-f]{2}){5}");

  static final FieldType DEVICE_ID = FieldType.form("device id", Scalars.DEVICE_ID.pattern());

  static final FieldType NETWORK_ID =
      FieldType.form(
          "string, 1 to 64 of `A-Z a-z 0-9 . _ : -`, letter or digit first",
          Scalars.NETWORK_ID.pattern());

  static final FieldType PORT =
      FieldType.either(
          "port",
          FieldType.integer("", 1, OfPort.MAX),
          FieldType.form(
              "name",
              "LOCAL|(?![0-9]+$)(?![Ll][Oo][Cc][Aa][Ll]$)[!-~](?:[ -~]{0,"
                  + (PortRef.MAX_NAME_LENGTH - 2)
                  + "}[!-~])?"));

  private Types() {}
}
