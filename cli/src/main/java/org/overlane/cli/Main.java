/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.cli;

import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The offline commands: {@code overlane COMMAND}. A new command is one class and one name here. */
@Command(
    name = "overlane",
    description = "Works on model files, without a controller.",
    subcommands = {
      CompileCommand.class,
      MtuCommand.class,
      TraceCommand.class,
      ExplainCommand.class,
      VerifyCommand.class
    },
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    synopsisSubcommandLabel = "COMMAND")
public final class Main {
  private Main() {}

  /** From the manifest of the jar. */
  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Main.class.getPackage().getImplementationVersion();
      return new String[] {"overlane " + (version == null ? "(not packaged)" : version)};
    }
  }

  /** Exits with 0, with 1 if the model has problems, or with 2 if the command line has. */
  public static void main(String[] args) {
    PrintWriter out = new PrintWriter(System.out, false, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    int status = run(System.in, out, err, args);
    out.flush();
    if (out.checkError()) {
      err.println("overlane: the output could not be written completely");
      status = CommandFailure.USAGE;
    }
    System.exit(status);
  }

  /** Runs one command; the streams are not closed. Returns the exit status. */
  static int run(InputStream in, PrintWriter out, PrintWriter err, String... args) {
    int status =
        commands(in)
            .setOut(out)
            .setErr(err)
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setExecutionExceptionHandler(Main::report)
            .execute(args);
    out.flush();
    err.flush();
    return status;
  }

  static CommandLine commands(InputStream in) {
    return new CommandLine(new Main(), new Factory(in));
  }

  private static int report(Exception failure, CommandLine command, CommandLine.ParseResult ignored)
      throws Exception {
    if (!(failure instanceof CommandFailure)) {
      throw failure;
    }
    command.getErr().println(failure.getMessage());
    return ((CommandFailure) failure).exitStatus();
  }

  /** Gives standard input to those who want it. */
  private static final class Factory implements CommandLine.IFactory {
    private final InputStream in;

    Factory(InputStream in) {
      this.in = in;
    }

    @Override
    public <K> K create(Class<K> type) throws Exception {
      if (type == ModelInput.class) {
        return type.cast(new ModelInput(in));
      }
      return type == ExplainCommand.class
          ? type.cast(new ExplainCommand(in))
          : CommandLine.defaultFactory().create(type);
    }
  }
}
