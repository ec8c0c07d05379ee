/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "org.overlane", importOptions = ImportOption.DoNotIncludeTests.class)
class DependenciesTest {
  @ArchTest
  static final ArchRule SOUTHBOUND_IS_BEHIND_ONOS =
      noClasses()
          .that()
          .resideInAPackage("org.overlane.app..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.overlane.openflow..", "org.projectfloodlight..");

  @ArchTest
  static final ArchRule RECONCILING_KNOWS_NO_ONOS =
      noClasses()
          .that()
          .resideInAnyPackage(
              "org.overlane.app.reconcile..",
              "org.overlane.app.model..",
              "org.overlane.app.drift..",
              "org.overlane.app.probing..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.onosproject..", "org.onlab..", "org.osgi..");

  @ArchTest
  static final ArchRule JSON_STAYS_AT_THE_EDGE =
      noClasses()
          .that()
          .resideInAnyPackage(
              "org.overlane.app.reconcile..", "org.overlane.app.onos..", "org.overlane.app.api..")
          .should()
          .dependOnClassesThat()
          .haveNameMatching("com.fasterxml.jackson.*(ObjectMapper|JsonParser|JsonFactory)");

  @ArchTest
  static final ArchRule THREADS_BELONG_TO_THE_LOOPS =
      noClasses()
          .that()
          .resideInAPackage("org.overlane.app..")
          .and()
          .haveNameNotMatching(
              ".*\\.(ReconcileLoop|DriftWatch|ProbingLoop|Alarm|GuiRefresh)(\\$.*)?")
          .should()
          .dependOnClassesThat()
          .haveNameMatching(
              "java.lang.Thread|java.util.concurrent.Executors|java.util.concurrent.*Executor.*")
          .because(
              "one place owns the loop's thread and the clock, others what the loop must not wait for");
}
