/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.ArgumentCommandLine;
import org.junit.jupiter.api.Test;
import org.onlab.osgi.ServiceNotFoundException;

class CompletersTest {
  private static final Set<Class<?>> COMMANDS =
      new ClassFileImporter()
              .withImportOption(new ImportOption.DoNotIncludeTests())
              .importPackages("org.overlane.app.cli")
              .stream()
              .filter(c -> c.isAnnotatedWith(Command.class))
              .map(JavaClass::reflect)
              .collect(Collectors.toSet());

  private static List<String> complete(NameCompleter completer, String begun) throws Exception {
    Console console = new Console();
    completer.source = () -> console.overlane;
    List<String> candidates = new ArrayList<>();
    completer.complete(
        mock(Session.class), new ArgumentCommandLine(begun, begun.length()), candidates);
    return candidates.stream().map(String::trim).collect(Collectors.toList());
  }

  @Test
  void completesWhatThereIs() throws Exception {
    assertThat(complete(new NetworkCompleter(), "b")).containsExactly("blue");
    assertThat(complete(new NetworkCompleter(), "x")).isEmpty();
    assertThat(complete(new EndpointCompleter(), "vm")).contains("vm1", "vm3");
    assertThat(complete(new SwitchCompleter(), "of:")).containsExactly(Console.HV1);
    assertThat(complete(new PacketClassCompleter(), "vxlan-r")).containsExactly("vxlan-receive");
    assertThat(complete(new TunnelStateCompleter(), "d")).containsExactly("degraded", "down");
  }

  @Test
  void completesNothingWhileOverlaneIsNotRunning() {
    NetworkCompleter completer = new NetworkCompleter();
    completer.source =
        () -> {
          throw new ServiceNotFoundException("not yet");
        };
    List<String> candidates = new ArrayList<>();
    assertThat(completer.complete(mock(Session.class), new ArgumentCommandLine("", 0), candidates))
        .isEqualTo(-1);
    assertThat(candidates).isEmpty();
  }

  /** Karaf looks completers up among the services: one that is none is silently left out. */
  @Test
  void everyCompleterAndCommandIsAService() {
    assertThat(COMMANDS).hasSizeGreaterThan(20);
    Set<String> names = new HashSet<>();
    for (Class<?> command : COMMANDS) {
      assertThat(command).hasAnnotation(Service.class);
      assertThat(names.add(command.getAnnotation(Command.class).name())).isTrue();
      for (Field field : fields(command)) {
        Completion completion = field.getAnnotation(Completion.class);
        if (completion != null && completion.value().getName().startsWith("org.overlane")) {
          assertThat(completion.value()).hasAnnotation(Service.class);
          assertThat(Completer.class).isAssignableFrom(completion.value());
        }
      }
    }
  }

  @Test
  void helpExplainsEveryOptionAndArgument() {
    for (Class<?> command : COMMANDS) {
      assertThat(command.getAnnotation(Command.class).description()).isNotBlank();
      Set<String> names = new HashSet<>();
      for (Field field : fields(command)) {
        Option option = field.getAnnotation(Option.class);
        Argument argument = field.getAnnotation(Argument.class);
        if (option != null) {
          assertThat(option.description()).as("%s %s", command, option.name()).isNotBlank();
          assertThat(names.add(option.name())).as("%s %s", command, option.name()).isTrue();
        }
        if (argument != null) {
          assertThat(argument.description()).as("%s %s", command, argument.name()).isNotBlank();
        }
      }
    }
  }

  private static List<Field> fields(Class<?> command) {
    List<Field> fields = new ArrayList<>();
    for (Class<?> c = command; c != Object.class; c = c.getSuperclass()) {
      fields.addAll(List.of(c.getDeclaredFields()));
    }
    return fields;
  }
}
