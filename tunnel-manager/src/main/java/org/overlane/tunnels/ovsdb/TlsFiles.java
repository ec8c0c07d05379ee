/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.tunnels.ovsdb;

import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import javax.net.ssl.SSLException;

/**
 * This side's key and certificate, and the authority whose certificates it takes, as PEM files in
 * one directory. As in Open vSwitch, whoever has a certificate of that authority is let in, and
 * names in certificates do not matter. Read anew whenever one of the files has changed.
 * Thread-safe.
 */
public final class TlsFiles {
  /** The private key, PKCS #8. */
  static final String KEY = "key.pem";

  /** The certificate that belongs to it, and any between it and the authority's. */
  static final String CERTIFICATE = "cert.pem";

  /** Certificates of the authorities that certify databases. */
  static final String AUTHORITY = "ca.pem";

  private final Path directory;
  private Optional<SslContext> context = Optional.empty();
  private Optional<SslContext> serverContext = Optional.empty();
  private List<Long> readAt = List.of();

  public TlsFiles(Path directory) {
    this.directory = directory;
  }

  /**
   * What a connection needs.
   *
   * @throws OvsdbException saying which file is missing or of no use, and what to do
   */
  synchronized SslContext context() throws OvsdbException {
    refresh();
    return context.get();
  }

  /**
   * The same for a connection that the other side has made; it must have a certificate too.
   *
   * @throws OvsdbException saying which file is missing or of no use, and what to do
   */
  synchronized SslContext serverContext() throws OvsdbException {
    refresh();
    return serverContext.get();
  }

  private void refresh() throws OvsdbException {
    List<Long> present = Arrays.asList(time(KEY), time(CERTIFICATE), time(AUTHORITY));
    if (!context.isPresent() || !present.equals(readAt)) {
      SslContext client = read(TlsFiles::forClient);
      serverContext = Optional.of(read(TlsFiles::forServer));
      context = Optional.of(client);
      readAt = present;
    }
  }

  private static SslContextBuilder forClient(File certificate, File key) {
    return SslContextBuilder.forClient().keyManager(certificate, key);
  }

  private static SslContextBuilder forServer(File certificate, File key) {
    return SslContextBuilder.forServer(certificate, key).clientAuth(ClientAuth.REQUIRE);
  }

  private File file(String name) {
    return directory.resolve(name).toFile();
  }

  private long time(String name) throws OvsdbException {
    if (!Files.isReadable(directory.resolve(name))) {
      throw new OvsdbException(
          "TLS needs the file "
              + file(name)
              + ", which is missing or cannot be read: put "
              + String.join(", ", KEY, CERTIFICATE, AUTHORITY)
              + " there");
    }
    return file(name).lastModified();
  }

  private SslContext read(BiFunction<File, File, SslContextBuilder> side) throws OvsdbException {
    SslContextBuilder builder;
    try {
      builder = side.apply(file(CERTIFICATE), file(KEY));
    } catch (IllegalArgumentException e) {
      throw new OvsdbException(
          "TLS cannot use "
              + file(CERTIFICATE)
              + " and "
              + file(KEY)
              + " ("
              + innermost(e)
              + "): give a certificate and its key in PEM, the key as PKCS #8 without a password"
              + " (openssl pkcs8 -topk8 -nocrypt)",
          e);
    }
    try {
      return builder.trustManager(file(AUTHORITY)).protocols("TLSv1.3", "TLSv1.2").build();
    } catch (IllegalArgumentException | SSLException e) {
      throw new OvsdbException(
          "TLS cannot use "
              + file(AUTHORITY)
              + " with the others in its directory ("
              + innermost(e)
              + "): give the authority's certificate in PEM",
          e);
    }
  }

  private static String innermost(Throwable error) {
    Throwable cause = error;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return String.valueOf(cause.getMessage());
  }
}
