/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Dependencies point one way, and nothing here knows time, threads or the outside. */
@AnalyzeClasses(
    packages = "org.overlane.flowrules",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String ROOT = "org.overlane.flowrules.";
  private static final String MODEL = ROOT + "model..";
  private static final String OPENFLOW = ROOT + "openflow..";
  private static final String PIPELINE = ROOT + "pipeline..";
  private static final String FEATURE = ROOT + "feature..";
  private static final String COMPILE = ROOT + "compile..";

  /** Of the libraries, only what computes and nothing that has a state of its own. */
  private static final String[] LIBRARIES = {
    "java.lang..",
    "java.math..",
    "java.net..",
    "java.util",
    "java.util.function..",
    "java.util.regex..",
    "java.util.stream..",
    "com.google.common..",
    "com.google.errorprone.annotations..",
    "com.google.auto.value..",
    "javax.annotation.."
  };

  @ArchTest static final ArchRule MODEL_IS_ALONE = sees(MODEL, MODEL);
  @ArchTest static final ArchRule OPENFLOW_SEES_MODEL = sees(OPENFLOW, OPENFLOW, MODEL);
  @ArchTest static final ArchRule PIPELINE_SEES = sees(PIPELINE, PIPELINE, OPENFLOW, MODEL);
  @ArchTest static final ArchRule FEATURE_SEES = sees(FEATURE, FEATURE, PIPELINE, OPENFLOW, MODEL);

  @ArchTest
  static final ArchRule RECONCILE_SEES =
      sees(ROOT + "reconcile..", ROOT + "reconcile..", PIPELINE, OPENFLOW, MODEL);

  @ArchTest
  static final ArchRule TEXT_SEES =
      sees(ROOT + "text..", ROOT + "text..", PIPELINE, OPENFLOW, MODEL);

  @ArchTest
  static final ArchRule TRACE_SEES =
      sees(ROOT + "trace..", ROOT + "trace..", PIPELINE, OPENFLOW, MODEL);

  @ArchTest
  static final ArchRule VERIFY_SEES =
      sees(ROOT + "verify..", ROOT + "verify..", ROOT + "trace..", PIPELINE, OPENFLOW, MODEL);

  @ArchTest
  static final ArchRule ONLY_COMPILE_SEES_FEATURES =
      noClasses()
          .that()
          .resideOutsideOfPackages(FEATURE, COMPILE)
          .should()
          .dependOnClassesThat()
          .resideInAPackage(FEATURE);

  @ArchTest
  static final ArchRule NOTHING_SEES_COMPILE =
      noClasses()
          .that()
          .resideOutsideOfPackage(COMPILE)
          .should()
          .dependOnClassesThat()
          .resideInAPackage(COMPILE);

  @ArchTest
  static final ArchRule PURE =
      classes().should().onlyDependOnClassesThat().resideInAnyPackage(with(ROOT + "."));

  @ArchTest
  static final ArchRule NO_THREADS_AND_CLOCKS =
      noClasses()
          .should()
          .dependOnClassesThat()
          .areAssignableTo(Thread.class)
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

  private static ArchRule sees(String who, String... packages) {
    return classes()
        .that()
        .resideInAPackage(who)
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(with(packages));
  }

  private static String[] with(String... packages) {
    String[] all = java.util.Arrays.copyOf(LIBRARIES, LIBRARIES.length + packages.length);
    System.arraycopy(packages, 0, all, LIBRARIES.length, packages.length);
    return all;
  }
}
