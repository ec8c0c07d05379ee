/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.overlane.e2e.lab.Repository;

/** The lab leaves nothing behind, however it ends. */
@RequiresLab
class LabIT {
  private static final String PREFIX =
      "i" + Long.toString(ProcessHandle.current().pid(), Character.MAX_RADIX);
  private static final Path RUN = Path.of("/run/overlane-lab-" + PREFIX);

  @AfterEach
  void removeLab() throws Exception {
    lab("down").waitFor();
  }

  private static Process lab(String... words) throws IOException {
    List<String> all =
        Stream.concat(
                Stream.of(Repository.root().resolve("e2e/lab/lab").toString()), Stream.of(words))
            .toList();
    ProcessBuilder builder = new ProcessBuilder(all).redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.to(Path.of("/dev/null").toFile()));
    builder.environment().put("LAB_PREFIX", PREFIX);
    return builder.start();
  }

  private static String remains() {
    try (Stream<Path> names = Files.list(Path.of("/run/netns"))) {
      String namespaces =
          names
              .map(p -> p.getFileName().toString())
              .filter(n -> n.startsWith(PREFIX + "-"))
              .toList()
              .toString();
      long processes =
          ProcessHandle.allProcesses().filter(p -> environment(p).contains(RUN.toString())).count();
      return namespaces + " " + processes + " processes, directory " + Files.exists(RUN);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String environment(ProcessHandle process) {
    try {
      return Files.readString(Path.of("/proc/" + process.pid() + "/environ"));
    } catch (IOException e) {
      return "";
    }
  }

  private static final String NOTHING = "[] 0 processes, directory false";

  @ParameterizedTest
  @ValueSource(longs = {150, 400, 700})
  void anInterruptedStartIsUndone(long millis) throws Exception {
    Process up = lab("up");
    up.waitFor(millis, TimeUnit.MILLISECONDS);
    up.destroy();
    assertThat(up.waitFor(30, TimeUnit.SECONDS)).isTrue();
    if (up.exitValue() != 0) {
      Await.until(remains(), Duration.ofSeconds(5), () -> remains().equals(NOTHING));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {150, 400, 700})
  void downRemovesWhatAKilledStartHasLeft(long millis) throws Exception {
    Process up = lab("up");
    up.waitFor(millis, TimeUnit.MILLISECONDS);
    up.destroyForcibly().waitFor();
    assertThat(lab("down").waitFor()).isZero();
    assertThat(remains()).isEqualTo(NOTHING);
  }

  @Test
  void downIsRepeatableAndASecondLabIsRefused() throws Exception {
    assertThat(lab("down").waitFor()).isZero();
    assertThat(lab("up", "--vms", "1").waitFor()).isZero();
    assertThat(lab("up", "--vms", "1").waitFor()).isNotZero();
    assertThat(lab("status").waitFor()).isZero();
    assertThat(lab("down").waitFor()).isZero();
    assertThat(lab("down").waitFor()).isZero();
    assertThat(remains()).isEqualTo(NOTHING);
    assertThat(lab("status").waitFor()).isNotZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--vms 0",
        "--networks blue=0",
        "--networks blue=16777216",
        "--variant x",
        "--uplinks 2 --variant native"
      })
  void badOptionsAreRefused(String options) throws Exception {
    String[] words =
        Stream.concat(Stream.of("up"), Stream.of(options.split(" "))).toArray(String[]::new);
    assertThat(lab(words).waitFor()).isEqualTo(1);
    assertThat(remains()).isEqualTo(NOTHING);
  }
}
