/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.tunnels.frames;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.common.io.BaseEncoding;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.overlane.flowrules.model.MacAddress;
import org.overlane.tunnels.frames.ProbeFrames.NotAProbeException;

class ProbeFramesTest {
  private static final byte[] KEY = "0123456789abcdef".getBytes(US_ASCII);
  private static final ProbeFrame PROBE = probe(1464);

  private final ProbeFrames frames = new ProbeFrames(KEY);

  private static ProbeFrame probe(int length) {
    return ProbeFrame.of(
        MacAddress.parse("f2:4f:00:00:00:01"),
        MacAddress.parse("f2:4f:ff:fe:fd:fc"),
        0x8123456789abcdefL,
        length,
        1_700_000_000_000_000L);
  }

  @Test
  void whatIsReadIsWhatWasWritten() throws NotAProbeException {
    for (int length : new int[] {60, 61, 1464, 8964, 65_000}) {
      byte[] bytes = frames.encode(probe(length));
      assertThat(bytes).hasSize(length);
      assertThat(frames.decode(bytes)).isEqualTo(probe(length));
    }
  }

  @Test
  void theFormIsTheDocumentedOne() {
    byte[] bytes = frames.encode(PROBE);
    assertThat(Arrays.copyOf(bytes, 34))
        .isEqualTo(
            hex("f24ffffefdfc f24f00000001 88b6 01 00 05b8 8123456789abcdef 00060a24181e4000"));
    assertThat(Arrays.copyOfRange(bytes, 50, bytes.length)).containsOnly(0);
  }

  private static byte[] hex(String text) {
    return BaseEncoding.base16().lowerCase().decode(text.replace(" ", ""));
  }

  /** One bit of all that is signed, of the signature, and of the length. */
  @Test
  void whatWasChangedOnTheWayIsRefused() {
    for (int bit = 0; bit < 50 * 8; bit++) {
      byte[] bytes = frames.encode(PROBE);
      bytes[bit / 8] ^= (byte) (1 << bit % 8);
      assertRefused(bytes);
    }
    byte[] bytes = frames.encode(PROBE);
    assertThat(assertRefused(Arrays.copyOf(bytes, bytes.length - 1)).isForged()).isFalse();
    assertThat(assertRefused(Arrays.copyOf(bytes, bytes.length + 1)).isForged()).isFalse();
  }

  private NotAProbeException assertRefused(byte[] bytes) {
    NotAProbeException refusal =
        catchThrowableOfType(() -> frames.decode(bytes), NotAProbeException.class);
    assertThat(refusal).isNotNull();
    return refusal;
  }

  @Test
  void probesOfAnotherControllerAreForged() {
    byte[] other = KEY.clone();
    other[7]++;
    assertThat(assertRefused(new ProbeFrames(other).encode(PROBE)).isForged()).isTrue();
  }

  @Test
  void anythingElseIsRefused() {
    Random random = new Random(1);
    for (int i = 0; i < 5_000; i++) {
      byte[] bytes = new byte[random.nextInt(200)];
      random.nextBytes(bytes);
      if (bytes.length > 16 && random.nextBoolean()) {
        bytes[12] = (byte) 0x88;
        bytes[13] = (byte) 0xb6;
        bytes[14] = 1;
        bytes[15] = 0;
      }
      assertRefused(bytes);
    }
  }

  @Test
  void impossibleLengthsAndKeysAreRefused() {
    for (int length : new int[] {-1, 0, 59, 65_001}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> probe(length))
          .withMessageContaining("not " + length);
    }
    assertThatIllegalArgumentException().isThrownBy(() -> new ProbeFrames(new byte[15]));
  }
}
