/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
import java.nio.file.Files;
import java.nio.file.Path;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Lets the snapshot of each service have its own sessions only. Atomix 3.1.9 writes those of all
 * services into each, and when it reads them again the first service gets them all: what sessions
 * have written to other services after the snapshot is lost at the next start. Given the directory
 * of classes; a class that is patched already stays as it is.
 */
public final class PatchSnapshots {
  private static final String SERVICE = "io/atomix/protocols/raft/service/RaftServiceContext";
  private static final String REGISTRY = "io/atomix/protocols/raft/session/RaftSessionRegistry";
  private static final String ID = "io/atomix/primitive/PrimitiveId";

  /** How often the method asks for sessions: for their number, and for themselves. */
  private static final int PLACES = 2;

  private static final String ALL = "()Ljava/util/Collection;";
  private static final String OWN = "(L" + ID + ";)Ljava/util/Collection;";

  private int places;

  private PatchSnapshots() {}

  public static void main(String[] args) throws Exception {
    Path file = Path.of(args[0], SERVICE + ".class");
    Files.write(file, new PatchSnapshots().patched(Files.readAllBytes(file)));
  }

  private byte[] patched(byte[] original) {
    ClassReader reader = new ClassReader(original);
    ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
    reader.accept(
        new ClassVisitor(Opcodes.ASM9, writer) {
          @Override
          public MethodVisitor visitMethod(
              int access, String name, String type, String signature, String[] exceptions) {
            MethodVisitor next = super.visitMethod(access, name, type, signature, exceptions);
            return name.equals("takeSnapshot") ? ownSessions(next) : next;
          }
        },
        0);
    if (places != PLACES) {
      throw new IllegalStateException(
          "takeSnapshot of "
              + SERVICE
              + " asks for sessions in "
              + places
              + " places, not in "
              + PLACES
              + ": see whether this version of Atomix still needs the patch");
    }
    return writer.toByteArray();
  }

  /** {@code sessions.getSessions()} becomes {@code sessions.getSessions(primitiveId)}. */
  private MethodVisitor ownSessions(MethodVisitor next) {
    return new MethodVisitor(Opcodes.ASM9, next) {
      @Override
      public void visitMethodInsn(
          int opcode, String owner, String name, String type, boolean isInterface) {
        String wanted = type;
        if (owner.equals(REGISTRY) && type.equals(ALL)) {
          super.visitVarInsn(Opcodes.ALOAD, 0);
          super.visitFieldInsn(Opcodes.GETFIELD, SERVICE, "primitiveId", "L" + ID + ";");
          wanted = OWN;
        }
        if (owner.equals(REGISTRY) && wanted.equals(OWN)) {
          places++;
        }
        super.visitMethodInsn(opcode, owner, name, wanted, isInterface);
      }
    };
  }
}
