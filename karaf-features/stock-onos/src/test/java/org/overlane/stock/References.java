/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.stock;

import java.util.Set;
import java.util.TreeSet;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** What a class file refers to: other classes, and members of them. */
final class References extends ClassVisitor {
  /** A member of a class, or with an empty member the class itself. */
  record Reference(String owner, String member) implements Comparable<Reference> {
    @Override
    public int compareTo(Reference other) {
      return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
      return member.isEmpty() ? owner : owner + "." + member;
    }
  }

  private final Set<Reference> found = new TreeSet<>();

  private References() {
    super(Opcodes.ASM9);
  }

  static Set<Reference> of(byte[] classFile) {
    References references = new References();
    new ClassReader(classFile).accept(references, ClassReader.SKIP_DEBUG);
    return references.found;
  }

  @Override
  public void visit(
      int version, int access, String name, String signature, String parent, String[] interfaces) {
    add(parent, "");
    for (String each : interfaces) {
      add(each, "");
    }
  }

  @Override
  public MethodVisitor visitMethod(
      int access, String name, String descriptor, String signature, String[] exceptions) {
    return new MethodVisitor(Opcodes.ASM9) {
      @Override
      public void visitTypeInsn(int opcode, String type) {
        add(type, "");
      }

      @Override
      public void visitFieldInsn(int opcode, String owner, String name, String descriptor) {
        add(owner, name + descriptor);
      }

      @Override
      public void visitMethodInsn(
          int opcode, String owner, String name, String descriptor, boolean isInterface) {
        add(owner, name + descriptor);
      }

      @Override
      public void visitInvokeDynamicInsn(
          String name, String descriptor, Handle bootstrap, Object... arguments) {
        for (Object argument : arguments) {
          if (argument instanceof Handle) {
            add(
                ((Handle) argument).getOwner(),
                ((Handle) argument).getName() + ((Handle) argument).getDesc());
          }
        }
      }

      @Override
      public void visitLdcInsn(Object value) {
        if (value instanceof Type && ((Type) value).getSort() == Type.OBJECT) {
          add(((Type) value).getInternalName(), "");
        }
      }
    };
  }

  /** The JDK's own are a matter of the compiler: everything is compiled for Java 11. */
  private void add(String owner, String member) {
    if (!owner.startsWith("[") && !owner.startsWith("java/")) {
      found.add(new Reference(owner, member));
    }
  }
}
