/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.stock;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * The classes of some bundles and of the JDK, with their members, as the JVM would link them. Names
 * are those of class files; a member is its name followed by its descriptor.
 */
final class Classes implements AutoCloseable {
  /** One class file. */
  record Shape(
      boolean isAbstract, List<String> parents, Set<String> members, Set<String> abstractMethods) {}

  private final URLClassLoader files;
  private final Map<String, Optional<Shape>> shapes = new HashMap<>();

  Classes(List<Path> jars) {
    files =
        new URLClassLoader(
            jars.stream().map(Classes::url).toArray(URL[]::new),
            ClassLoader.getPlatformClassLoader());
  }

  private static URL url(Path jar) {
    try {
      return jar.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException(jar.toString(), e);
    }
  }

  boolean exists(String name) {
    return shape(name).isPresent();
  }

  /** Whether a class has or inherits a member. */
  boolean has(String owner, String member) {
    return hierarchy(owner).stream().anyMatch(shape -> shape.members().contains(member));
  }

  /** The methods without which a class that can be instantiated is none. */
  Set<String> missingImplementations(String name) {
    Set<String> missing = new HashSet<>();
    if (!shape(name).orElseThrow().isAbstract()) {
      List<Shape> hierarchy = hierarchy(name);
      hierarchy.forEach(shape -> missing.addAll(shape.abstractMethods()));
      missing.removeIf(
          method ->
              hierarchy.stream()
                  .anyMatch(
                      shape ->
                          shape.members().contains(method)
                              && !shape.abstractMethods().contains(method)));
    }
    return missing;
  }

  /** A class and all that it inherits from, as far as it is there. */
  private List<Shape> hierarchy(String name) {
    List<Shape> found = new ArrayList<>();
    shape(name)
        .ifPresent(
            shape -> {
              found.add(shape);
              shape.parents().forEach(parent -> found.addAll(hierarchy(parent)));
            });
    return found;
  }

  private Optional<Shape> shape(String name) {
    return shapes.computeIfAbsent(name, this::read);
  }

  private Optional<Shape> read(String name) {
    try (InputStream file = files.getResourceAsStream(name + ".class")) {
      return file == null ? Optional.empty() : Optional.of(shape(new ClassReader(file)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Shape shape(ClassReader file) {
    List<String> parents = new ArrayList<>(List.of(file.getInterfaces()));
    if (file.getSuperName() != null) {
      parents.add(file.getSuperName());
    }
    boolean isAbstract = (file.getAccess() & Opcodes.ACC_ABSTRACT) != 0;
    Shape shape = new Shape(isAbstract, parents, new HashSet<>(), new HashSet<>());
    file.accept(
        new ClassVisitor(Opcodes.ASM9) {
          @Override
          public FieldVisitor visitField(
              int access, String name, String descriptor, String signature, Object value) {
            shape.members().add(name + descriptor);
            return null;
          }

          @Override
          public MethodVisitor visitMethod(
              int access, String name, String descriptor, String signature, String[] exceptions) {
            shape.members().add(name + descriptor);
            if ((access & Opcodes.ACC_ABSTRACT) != 0) {
              shape.abstractMethods().add(name + descriptor);
            }
            return null;
          }
        },
        ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG);
    return shape;
  }

  @Override
  public void close() throws IOException {
    files.close();
  }
}
