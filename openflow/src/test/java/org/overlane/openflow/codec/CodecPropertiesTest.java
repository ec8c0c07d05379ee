/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.openflow.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.projectfloodlight.openflow.protocol.OFMessage;
import org.projectfloodlight.openflow.protocol.action.OFAction;
import org.projectfloodlight.openflow.protocol.instruction.OFInstruction;
import org.projectfloodlight.openflow.protocol.match.Match;

/** What must hold for every match, action and message, well-formed or not. */
class CodecPropertiesTest {

  /** Classes, fields and lengths around those that exist, so that known and unknown fields mix. */
  @Provide
  Arbitrary<byte[]> oxm() {
    Arbitrary<Integer> oxmClass =
        Arbitraries.of(0x8000, 0x8000, 0x0000, 0x0001, 0x0003, 0xffff, 0x1234);
    Arbitrary<byte[]> value =
        Arbitraries.of(1, 2, 4, 6, 8, 16)
            .flatMap(length -> Arbitraries.bytes().array(byte[].class).ofSize(length));
    return Combinators.combine(
            oxmClass, Arbitraries.integers().between(0, 127), Arbitraries.of(true, false), value)
        .as(CodecPropertiesTest::oxm);
  }

  private static byte[] oxm(int oxmClass, int field, boolean masked, byte[] value) {
    int experimenter = oxmClass == 0xffff ? 4 : 0;
    ByteBuffer tlv = ByteBuffer.allocate(4 + experimenter + value.length * (masked ? 2 : 1));
    tlv.putShort((short) oxmClass).put((byte) (field << 1 | (masked ? 1 : 0)));
    tlv.put((byte) (tlv.capacity() - 4));
    if (experimenter > 0) {
      tlv.putInt(0x4f4e4600);
    }
    tlv.put(value);
    if (masked) {
      byte[] mask = new byte[value.length];
      new Random(field).nextBytes(mask);
      tlv.put(mask);
    }
    return tlv.array();
  }

  private static byte[] matchOf(List<byte[]> oxms) {
    int length = 4 + oxms.stream().mapToInt(oxm -> oxm.length).sum();
    ByteBuffer match = ByteBuffer.allocate((length + 7) / 8 * 8);
    match.putShort((short) 1).putShort((short) length);
    oxms.forEach(match::put);
    return match.array();
  }

  private static Bytes key(byte[] match) throws MalformedMessageException {
    return CanonicalForm.flowKey(0, 0, Bytes.of(match), 0);
  }

  private static byte[] written(org.projectfloodlight.openflow.protocol.Writeable element) {
    ByteBuf buffer = Unpooled.buffer();
    element.writeTo(buffer);
    byte[] bytes = new byte[buffer.readableBytes()];
    buffer.readBytes(bytes);
    return bytes;
  }

  /** One field each: a repeated field is a broken match, of which openflowj keeps one. */
  @Property(tries = 3000)
  void whatIsReadOfAMatchMeansTheSameWhenWritten(@ForAll("oxm") byte[] oxm) throws Exception {
    byte[] wire = matchOf(List.of(oxm));
    Match match = TolerantReader.readMatch(Unpooled.wrappedBuffer(wire));
    assertThat(key(written(match))).isEqualTo(key(wire));
  }

  @Property(tries = 500)
  void theOrderOfFieldsDoesNotCount(@ForAll("oxms") List<byte[]> oxms, @ForAll Random random)
      throws Exception {
    List<byte[]> shuffled = new ArrayList<>(oxms);
    Collections.shuffle(shuffled, random);
    assertThat(key(matchOf(shuffled))).isEqualTo(key(matchOf(oxms)));
  }

  @Provide
  Arbitrary<List<byte[]>> oxms() {
    return oxm().list().ofMaxSize(6);
  }

  /** Types around those that exist, and the experimenters Nicira and Big Switch. */
  @Provide
  Arbitrary<byte[]> action() {
    Arbitrary<Integer> type = Arbitraries.of(0, 11, 17, 18, 21, 22, 24, 99, 0xffff, 0xffff, 0xffff);
    Arbitrary<Integer> experimenter = Arbitraries.of(0x2320, 0x2320, 0x5c16c7, 0x1234);
    Arbitrary<byte[]> body =
        Arbitraries.of(8, 16, 24)
            .flatMap(length -> Arbitraries.bytes().array(byte[].class).ofSize(length));
    return Combinators.combine(type, experimenter, Arbitraries.integers().between(0, 60), body)
        .as(CodecPropertiesTest::action);
  }

  private static byte[] action(int type, int experimenter, int subtype, byte[] body) {
    int length = type == 0xffff ? 8 + body.length : type == 0 ? 16 : 8;
    ByteBuffer action = ByteBuffer.allocate(length);
    action.putShort((short) type).putShort((short) length);
    if (type == 0xffff) {
      action.putInt(experimenter).putShort((short) subtype).put(body, 0, length - 10);
    } else {
      action.put(body, 0, 4);
    }
    return action.array();
  }

  @Property(tries = 3000)
  void whatIsReadOfActionsMeansTheSameWhenWritten(@ForAll("action") byte[] wire) throws Exception {
    List<OFAction> actions = TolerantReader.readActions(Unpooled.wrappedBuffer(wire), wire.length);
    assertThat(actions).hasSize(1);
    assertThat(CanonicalForm.actions(written(actions.get(0)), 0, wire.length))
        .isEqualTo(CanonicalForm.actions(wire, 0, wire.length));
  }

  @Property(tries = 3000)
  void anyBytesAreReadOrRefusedWithAReason(@ForAll byte[] body, @ForAll int seed) {
    byte[] message = new byte[8 + body.length];
    message[0] = 4;
    message[1] = (byte) Math.floorMod(seed, 32);
    message[2] = (byte) (message.length >> 8);
    message[3] = (byte) message.length;
    System.arraycopy(body, 0, message, 8, body.length);
    try {
      OFMessage decoded = MessageDecoder.decode(Unpooled.wrappedBuffer(message));
      assertThat(decoded).isNotNull();
    } catch (MalformedMessageException e) {
      assertThat(e).hasMessageMatching("(?s).+");
    }
  }

  @Property(tries = 3000)
  void whateverHasACanonicalFormCanBeRead(@ForAll byte[] wire) {
    Bytes bytes = Bytes.of(wire);
    try {
      CanonicalForm.flowBody(0, 0, 0, 0, bytes, 0);
    } catch (MalformedMessageException e) {
      return;
    }
    assertThat(read(wire)).isNotNull();
  }

  private static List<OFInstruction> read(byte[] wire) {
    try {
      return TolerantReader.readInstructions(Unpooled.wrappedBuffer(wire), wire.length);
    } catch (MalformedMessageException e) {
      throw new AssertionError(Bytes.of(wire).toString(), e);
    }
  }

  /** As above, but with bytes that are nearly right, which random ones never are. */
  @Property(tries = 3000)
  void aDamagedListOfInstructionsIsReadIfItHasACanonicalForm(
      @ForAll("action") byte[] action,
      @ForAll("oxm") byte[] oxm,
      @ForAll int position,
      @ForAll byte value) {
    int setField = (4 + oxm.length + 7) / 8 * 8;
    ByteBuffer wire = ByteBuffer.allocate(8 + action.length + setField);
    wire.putShort((short) 4).putShort((short) wire.capacity()).putInt(0);
    wire.put(action).putShort((short) 25).putShort((short) setField).put(oxm);
    byte[] damaged = wire.array();
    damaged[Math.floorMod(position, damaged.length)] = value;
    whateverHasACanonicalFormCanBeRead(damaged);
  }
}
