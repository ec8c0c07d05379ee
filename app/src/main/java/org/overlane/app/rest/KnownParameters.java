/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.rest;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javax.ws.rs.QueryParam;
import javax.ws.rs.container.ContainerRequestContext;
import javax.ws.rs.container.ContainerRequestFilter;
import javax.ws.rs.container.ResourceInfo;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.UriInfo;
import javax.ws.rs.ext.Provider;
import org.overlane.config.ConfigException;
import org.overlane.config.Problem;

/**
 * Refuses query parameters that a resource does not have, or that are given twice. JAX-RS ignores
 * them, so that {@code ?dryrun=true} would change the model. Resources that take a {@link UriInfo}
 * look at the parameters by themselves.
 */
@Provider
public final class KnownParameters implements ContainerRequestFilter {
  @Context private ResourceInfo resource;

  @Override
  public void filter(ContainerRequestContext request) {
    Method method = resource.getResourceMethod();
    if (method == null || Arrays.asList(method.getParameterTypes()).contains(UriInfo.class)) {
      return;
    }
    Set<String> known = new TreeSet<>();
    Set<String> lists = new HashSet<>();
    for (int i = 0; i < method.getParameterCount(); i++) {
      for (Annotation annotation : method.getParameterAnnotations()[i]) {
        if (annotation instanceof QueryParam) {
          known.add(((QueryParam) annotation).value());
          if (method.getParameterTypes()[i] == List.class) {
            lists.add(((QueryParam) annotation).value());
          }
        }
      }
    }
    List<Problem> problems = new ArrayList<>();
    request
        .getUriInfo()
        .getQueryParameters()
        .forEach((name, values) -> check(name, values, known, lists, problems));
    if (!problems.isEmpty()) {
      throw new ConfigException(ImmutableList.copyOf(ImmutableSet.copyOf(problems)));
    }
  }

  private static void check(
      String name,
      List<String> values,
      Set<String> known,
      Set<String> lists,
      List<Problem> problems) {
    if (!known.contains(name)) {
      problems.add(
          Problem.quoting(
              OverlaneResource.shown(name),
              String.join(",", values),
              "is no parameter of this request",
              known.isEmpty() ? "Leave it out" : "Use " + String.join(", ", known)));
    } else if (values.size() > 1 && !lists.contains(name)) {
      problems.add(Problem.quoting(name, values.get(1), "is given twice", "Give one value"));
    }
  }
}
