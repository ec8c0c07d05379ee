/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.tunnels.ovsdb;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** An authority for tests, which certifies whoever asks; its files are in a directory. */
final class Certificates {
  private final Path directory;

  /** An authority with a name of its own: by names alone two of the same name are one. */
  Certificates(Path directory) throws IOException, InterruptedException {
    this.directory = Files.createDirectories(directory);
    openssl(
        "req -x509 -newkey rsa:2048 -nodes -days 2 -keyout ca.key -out ca.pem -subj /CN=authority-of-"
            + directory.getFileName());
  }

  Path authority() {
    return directory.resolve("ca.pem");
  }

  /** Writes a key and a certificate of this authority, and another one's certificate. */
  Path issue(String name, Certificates trusted) throws IOException, InterruptedException {
    Path of = Files.createDirectories(directory.resolve(name));
    openssl(
        "req -newkey rsa:2048 -nodes -subj /CN="
            + name
            + " -keyout "
            + of.resolve(TlsFiles.KEY)
            + " -out request.pem");
    openssl(
        "x509 -req -days 2 -in request.pem -CA ca.pem -CAkey ca.key -CAcreateserial -out "
            + of.resolve(TlsFiles.CERTIFICATE));
    Files.copy(trusted.authority(), of.resolve(TlsFiles.AUTHORITY));
    return of;
  }

  private void openssl(String arguments) throws IOException, InterruptedException {
    List<String> words = new ArrayList<>(List.of("openssl"));
    words.addAll(List.of(arguments.split(" ")));
    Process process =
        new ProcessBuilder(words).directory(directory.toFile()).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException("openssl " + arguments + ": " + output);
    }
  }
}
