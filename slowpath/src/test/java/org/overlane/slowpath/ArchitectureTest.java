/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.slowpath;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Bytes in, verdict out: nothing here knows time, threads or the outside. */
@AnalyzeClasses(
    packages = "org.overlane.slowpath",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule PURE =
      classes()
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "org.overlane.slowpath",
              "org.overlane.flowrules.model",
              "java.lang..",
              "java.util",
              "java.util.concurrent",
              "java.util.concurrent.atomic",
              "java.util.function",
              "com.google.common..",
              "com.google.errorprone.annotations..",
              "com.google.auto.value..",
              "javax.annotation..");

  @ArchTest
  static final ArchRule OF_THE_MODEL_ONLY_ADDRESSES =
      noClasses()
          .should()
          .dependOnClassesThat()
          .haveNameMatching("org\\.overlane\\.flowrules\\.model\\.(?!IpAddress|MacAddress).*");

  @ArchTest
  static final ArchRule NO_THREADS_AND_CLOCKS =
      noClasses()
          .should()
          .dependOnClassesThat()
          .haveNameMatching(
              "java\\.lang\\.(Thread|Runtime|Process).*"
                  + "|java\\.util\\.(Timer.*|Random|concurrent\\..*Execut.*|concurrent\\.locks.*)")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .callMethod(System.class, "getProperty", String.class)
          .orShould()
          .accessField(System.class, "out")
          .orShould()
          .accessField(System.class, "err");
}
