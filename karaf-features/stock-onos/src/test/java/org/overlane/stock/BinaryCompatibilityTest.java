/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.stock;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.overlane.stock.References.Reference;

/**
 * The application is compiled against one version of ONOS. Every class, method and field that it
 * uses is there in the others, too, and whatever interface it implements asks for nothing more.
 */
class BinaryCompatibilityTest {
  private static final Set<String> METERS =
      Set.of(
          "org/overlane/app/onos/MeterTranslator uses org/onosproject/net/meter/MeterRequest$Builder"
              + ".withIndex(Ljava/lang/Long;)Lorg/onosproject/net/meter/MeterRequest$Builder;",
          "org/overlane/app/onos/PlanExecution uses org/onosproject/net/meter/MeterService"
              + ".withdraw(Lorg/onosproject/net/meter/MeterRequest;"
              + "Lorg/onosproject/net/meter/MeterCellId;)V");

  /** Since ONOS 2.5.2: in 2.7.0, but not in 2.5.0. */
  private static final Reference NEWER =
      new Reference(
          "org/onosproject/ui/UiExtensionService", "getTopoHighlighterFactories()Ljava/util/List;");

  /**
   * The ids of meters, which applications can choose since 2.5.3, but not in 2.6. Where ONOS has no
   * setting that says so, OnosSetup sees to it that no model has a meter.
   */
  private static final Map<StockOnos, Set<String>> NEVER_CALLED =
      Map.of(StockOnos.V2_5_0, METERS, StockOnos.V2_6_0, METERS, StockOnos.V2_7_0, Set.of());

  @ParameterizedTest
  @EnumSource
  void everythingThatIsUsedIsThere(StockOnos onos) throws Exception {
    Map<String, byte[]> ours = ourClasses();
    assertThat(ours).hasSizeGreaterThan(500);
    assertThat(problems(onos, ours)).isEqualTo(NEVER_CALLED.get(onos));
  }

  @Test
  void findsWhatAnOlderVersionLacks() throws Exception {
    Map<String, byte[]> caller = Map.of("Caller", caller());
    assertThat(problems(StockOnos.V2_7_0, caller)).isEmpty();
    assertThat(problems(StockOnos.V2_5_0, caller)).containsExactly("Caller uses " + NEWER);
  }

  private static Set<String> problems(StockOnos onos, Map<String, byte[]> ours) throws IOException {
    List<Path> jars = new ArrayList<>(onos.bundles());
    jars.addAll(StockOnos.ours());
    Set<String> problems = new TreeSet<>();
    try (Classes classes = new Classes(jars)) {
      ours.forEach(
          (name, file) -> {
            for (Reference reference : References.of(file)) {
              boolean there =
                  reference.member().isEmpty()
                      ? classes.exists(reference.owner())
                      : classes.has(reference.owner(), reference.member());
              if (!there) {
                problems.add(name + " uses " + reference);
              }
            }
            if (classes.exists(name)) {
              classes
                  .missingImplementations(name)
                  .forEach(method -> problems.add(name + " lacks " + method));
            }
          });
    }
    return problems;
  }

  private static Map<String, byte[]> ourClasses() throws IOException {
    Map<String, byte[]> classes = new LinkedHashMap<>();
    for (Path path : StockOnos.ours()) {
      try (JarFile jar = new JarFile(path.toFile())) {
        for (JarEntry entry : jar.stream().toList()) {
          String name = entry.getName();
          if (name.endsWith(".class")) {
            byte[] file = jar.getInputStream(entry).readAllBytes();
            classes.put(name.substring(0, name.length() - ".class".length()), file);
          }
        }
      }
    }
    return classes;
  }

  private static byte[] caller() {
    ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
    writer.visit(Opcodes.V11, Opcodes.ACC_PUBLIC, "Caller", null, "java/lang/Object", null);
    MethodVisitor method = writer.visitMethod(Opcodes.ACC_PUBLIC, "call", "()V", null, null);
    int parameters = NEWER.member().indexOf('(');
    method.visitInsn(Opcodes.ACONST_NULL);
    method.visitMethodInsn(
        Opcodes.INVOKEINTERFACE,
        NEWER.owner(),
        NEWER.member().substring(0, parameters),
        NEWER.member().substring(parameters),
        true);
    method.visitInsn(Opcodes.RETURN);
    method.visitMaxs(0, 0);
    method.visitEnd();
    return writer.toByteArray();
  }
}
