/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Completion of {@code ./overlane} in bash. {@code -Dgoldens=write} writes the options of the
 * offline commands anew.
 */
class CompletionTest {
  private static final Path SCRIPT = Path.of("../tools/overlane-completion.bash");
  private static final String BEGIN = "    # <generated>\n";
  private static final String END = "    # </generated>\n";

  @Test
  void hasTheOptionsOfTheOfflineCommands() throws Exception {
    String before = Files.readString(SCRIPT);
    StringBuilder cases = new StringBuilder();
    Map<String, CommandLine> commands = new TreeMap<>(Main.commands(System.in).getSubcommands());
    commands.forEach(
        (name, command) -> {
          cases.append("    ").append(name).append(") echo");
          command.getCommandSpec().options().stream()
              .map(OptionSpec::longestName)
              .sorted()
              .forEach(option -> cases.append(' ').append(option));
          cases.append(" ;;\n");
        });
    String after =
        before.substring(0, before.indexOf(BEGIN) + BEGIN.length())
            + cases
            + before.substring(before.indexOf(END));
    if ("write".equals(System.getProperty("goldens"))) {
      Files.writeString(SCRIPT, after);
      return;
    }
    assertThat(before)
        .as("%s; if the change is meant: mvn -pl cli -am test -Dgoldens=write", SCRIPT)
        .isEqualTo(after);
  }

  @Test
  void completesCommandsOptionsAndValues() throws Exception {
    assertThat(completed("overlane", "")).contains("run", "trace", "console", "--help");
    assertThat(completed("overlane", "co")).containsExactlyInAnyOrder("compile", "console");
    assertThat(completed("overlane", "run", "--de")).containsExactly("--detach");
    assertThat(completed("overlane", "run", "--variant", "n")).containsExactly("native");
    assertThat(completed("overlane", "mtu", "--what")).containsExactly("--what-if");
    assertThat(completed("overlane", "lab", "vm")).containsExactlyInAnyOrder("vm", "vms");
    assertThat(completed("overlane", "console", "overlane-network"))
        .contains("overlane-networks", "overlane-network-add");
    assertThat(completed("overlane", "trace", "--model", "../examples/native-s"))
        .containsExactly("../examples/native-split.json");
    assertThat(completed("overlane", "nonsense", "")).isEmpty();
  }

  /** What bash would offer for the last word. */
  private static List<String> completed(String... words) throws Exception {
    String line =
        ". "
            + SCRIPT
            + "; COMP_WORDS=(\"$@\"); COMP_CWORD=$(($# - 1)); _overlane;"
            + " printf '%s\\n' \"${COMPREPLY[@]}\"";
    List<String> command = new ArrayList<>(List.of("bash", "-c", line, "bash"));
    command.addAll(List.of(words));
    Process bash = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(bash.getInputStream().readAllBytes(), UTF_8);
    assertThat(bash.waitFor()).as(output).isZero();
    return output.lines().filter(l -> !l.isEmpty()).toList();
  }
}
