/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.text;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.overlane.flowrules.model.OfPort;

/** Ports by number, reserved ones by name in any case. */
final class PortText {
  private static final ImmutableMap<String, OfPort> RESERVED =
      Maps.uniqueIndex(
          Arrays.asList(OfPort.LOCAL, OfPort.IN_PORT, OfPort.CONTROLLER, OfPort.TABLE),
          OfPort::toString);

  private PortText() {}

  static Optional<OfPort> reserved(String name) {
    return Optional.ofNullable(RESERVED.get(name.toUpperCase(Locale.ROOT)));
  }

  static OfPort parse(Token text) {
    Optional<OfPort> reserved = reserved(text.text());
    if (reserved.isPresent()) {
      return reserved.get();
    }
    try {
      return OfPort.of(text.number(0xffffffffL));
    } catch (ParseException e) {
      throw text.error("not a port number, nor one of " + RESERVED.keySet() + ": '" + text + "'");
    } catch (IllegalArgumentException e) {
      throw text.error(e.getMessage());
    }
  }
}
