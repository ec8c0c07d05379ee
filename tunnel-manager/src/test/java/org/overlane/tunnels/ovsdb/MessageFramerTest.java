/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.tunnels.ovsdb;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.DecoderException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class MessageFramerTest {
  private static final ClientSettings SMALL =
      ClientSettings.builder().maxMessageBytes(200).maxDepth(4).maxValues(20).build();

  private static List<String> frames(byte[] stream, Random cuts) {
    EmbeddedChannel channel = new EmbeddedChannel(new MessageFramer(SMALL));
    List<String> frames = new ArrayList<>();
    for (int at = 0; at < stream.length; ) {
      int length = Math.min(stream.length - at, 1 + cuts.nextInt(7));
      channel.writeInbound(Unpooled.copiedBuffer(stream, at, length));
      at += length;
      for (byte[] frame = channel.readInbound(); frame != null; frame = channel.readInbound()) {
        frames.add(new String(frame, UTF_8));
      }
    }
    return frames;
  }

  @Property(tries = 200)
  void cutsAnywhereDoNotMatter(@ForAll @Size(max = 8) List<String> texts, @ForAll long seed)
      throws Exception {
    List<String> sent = new ArrayList<>();
    for (String text : texts) {
      String shortened = text.length() > 20 ? text.substring(0, 20) : text;
      sent.add(
          new String(
              new ObjectMapper().writeValueAsBytes(List.of(shortened, "}{\\\"", 1.5e3)), UTF_8));
    }
    List<String> objects = sent.stream().map(s -> "{\"a\\\"\":" + s + "}").toList();
    byte[] stream = String.join(" \n", objects).getBytes(UTF_8);
    assertThat(frames(stream, new Random(seed))).isEqualTo(objects);
  }

  @Property(tries = 300)
  void anyBytesAreFramedOrRefused(@ForAll @Size(max = 500) byte[] bytes, @ForAll long seed) {
    byte[] stream = ("{" + new String(bytes, ISO_8859_1)).getBytes(UTF_8);
    try {
      assertThat(frames(stream, new Random(seed))).allSatisfy(f -> assertThat(f).startsWith("{"));
    } catch (DecoderException e) {
      assertThat(e).hasCauseInstanceOf(OvsdbException.class);
    }
  }

  @Test
  void refusesWhatAParserCouldChokeOn() {
    assertRefused("[1]", "begins with byte 0x5b");
    assertRefused("GET / HTTP/1.1\r\n", "begins with byte 0x47");
    assertRefused("{\"a\":\"" + "x".repeat(300), "more than 200 bytes");
    assertRefused("{\"a\":[[[[[[[[", "more than 4 levels");
    assertRefused("{\"a\":" + "9".repeat(100), "more than 64 digits");
    assertRefused("{\"a\":[1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1", "more than 20 values");
  }

  private static void assertRefused(String stream, String reason) {
    assertThatThrownBy(() -> frames(stream.getBytes(UTF_8), new Random(1)))
        .hasCauseInstanceOf(OvsdbException.class)
        .hasMessageContaining(reason);
  }
}
