/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.cli;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.overlane.flowrules.model.Profile;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Profiles by the names that documents use. */
final class ProfileConverter implements ITypeConverter<Profile> {
  @Override
  public Profile convert(String text) {
    return Arrays.stream(Profile.values())
        .filter(p -> p.text().equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new TypeConversionException(
                    "'"
                        + text
                        + "' is no profile; there are "
                        + Arrays.stream(Profile.values())
                            .map(Profile::text)
                            .collect(Collectors.joining(", "))));
  }
}
