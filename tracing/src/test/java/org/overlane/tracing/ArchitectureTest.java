/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.tracing;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The same answers offline and in the controller: nothing here knows where it runs. */
@AnalyzeClasses(
    packages = "org.overlane.tracing",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule PURE =
      classes()
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "org.overlane.tracing",
              "org.overlane.flowrules..",
              "org.overlane.slowpath",
              "org.overlane.config",
              "java.lang..",
              "java.nio",
              "java.util",
              "java.util.function",
              "java.util.regex",
              "java.util.stream",
              "com.google.common..",
              "com.google.auto.value..",
              "com.fasterxml.jackson.databind.node",
              "com.fasterxml.jackson.databind",
              "javax.annotation..");
}
