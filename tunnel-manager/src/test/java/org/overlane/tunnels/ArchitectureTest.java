/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.tunnels;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The plan is the same offline and in the controller, and needs nothing that talks to a host. */
@AnalyzeClasses(
    packages = "org.overlane.tunnels",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule PLAN_IS_PURE =
      classes()
          .that()
          .resideInAPackage("org.overlane.tunnels.plan")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "org.overlane.tunnels.plan",
              "org.overlane.tunnels.discovery",
              "org.overlane.flowrules..",
              "org.overlane.config",
              "java.lang..",
              "java.util",
              "java.util.function",
              "java.util.stream",
              "com.google.common..",
              "com.google.auto.value..",
              "com.fasterxml.jackson.databind.node",
              "javax.annotation..");
}
