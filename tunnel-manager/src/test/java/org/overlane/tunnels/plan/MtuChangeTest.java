/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.tunnels.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.common.base.Strings;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.overlane.config.ConfigException;
import org.overlane.config.Problem;
import org.overlane.flowrules.model.IpAddress;
import org.overlane.flowrules.model.NetworkModel;
import org.overlane.flowrules.model.Node;
import org.overlane.flowrules.model.NodeId;

class MtuChangeTest {
  private static final NodeId HV1 = RandomFabrics.id(1);
  private static final NodeId HV2 = RandomFabrics.id(2);
  private static final NetworkModel MODEL =
      NetworkModel.builder()
          .add(Node.builder(HV1).vteps(List.of(IpAddress.parse("192.0.2.1"))).build())
          .add(Node.builder(HV2).vteps(List.of(IpAddress.parse("2001:db8::2"))).build())
          .build();

  private static List<Problem> problems(NetworkModel model, String... texts) {
    ConfigException refusal =
        catchThrowableOfType(() -> MtuChange.parse(List.of(texts), model), ConfigException.class);
    assertThat(refusal).as("refusal of %s", List.of(texts)).isNotNull();
    return refusal.problems();
  }

  @Test
  void readsOneOrSeveral() {
    assertThat(MtuChange.parse(List.of(HV1 + "=576"), MODEL)).containsExactly(entry(HV1, 576));
    assertThat(MtuChange.parse(List.of(HV2 + "=1280, " + HV1 + "=65535"), MODEL))
        .containsExactly(entry(HV1, 65535), entry(HV2, 1280));
    assertThat(MtuChange.parse(List.of(HV1 + "=1400", HV2 + "=1500"), MODEL)).hasSize(2);
  }

  @Test
  void allAreThoseThatAreNotNamed() {
    assertThat(MtuChange.parse(List.of("all=9000"), MODEL))
        .containsExactly(entry(HV1, 9000), entry(HV2, 9000));
    assertThat(MtuChange.parse(List.of("all=9000," + HV1 + "=1500"), MODEL))
        .containsExactly(entry(HV1, 1500), entry(HV2, 9000));
  }

  private static java.util.Map.Entry<NodeId, Integer> entry(NodeId id, int mtu) {
    return java.util.Map.entry(id, mtu);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | equals sign",
        "of:0000000000000001 | equals sign",
        "=1400 | equals sign",
        "of:0000000000000001= | from 576 to 65535",
        "of:0000000000000001=575 | from 576 to 65535",
        "of:0000000000000001=65536 | from 576 to 65535",
        "of:0000000000000001=-1400 | from 576 to 65535",
        "of:0000000000000001=1400.0 | from 576 to 65535",
        "of:0000000000000001=0x578 | from 576 to 65535",
        "of:0000000000000001=99999999999999999999 | from 576 to 65535",
        "of:0000000000000001=1400=1500 | from 576 to 65535",
        "all=9 | from 576 to 65535",
        "of:0000000000000009=1400 | does not have",
        "hv1=1400 | does not have",
        "of:0000000000000002=1279 | at least 1280",
        "all=1279 | at least 1280",
        "all=1400,all=1500 | again",
        "of:0000000000000001=1400,of:0000000000000001=1500 | same device again",
        "of:0000000000000001=1400, | equals sign",
      })
  void namesWhatIsWrong(String text, String message) {
    List<Problem> problems = problems(MODEL, text);

    assertThat(problems).hasSize(1);
    assertThat(problems.get(0).path()).isEqualTo("what-if");
    assertThat(problems.get(0).message()).contains(message);
    assertThat(problems.get(0).value()).isNotEmpty();
    assertThat(problems.get(0).remedy()).isNotEmpty();
  }

  @Test
  void namesAllThatIsWrongButNotWithoutEnd() {
    assertThat(problems(MODEL, "a=1400", HV1 + "=1", "b")).hasSize(3);
    assertThat(problems(MODEL, String.join(",", Collections.nCopies(5000, "x")))).hasSize(20);
    assertThat(problems(MODEL, Strings.repeat("\u0007\"", 5000)).get(0).toString())
        .hasSizeLessThan(300)
        .doesNotContain("\u0007");
    assertThat(problems(NetworkModel.empty(), "all=1400")).hasSize(1);
    assertThat(problems(NetworkModel.empty(), HV1 + "=1400").get(0).remedy())
        .isEqualTo("Declare devices first");
    assertThat(problems(MODEL)).hasSize(1);
  }

  @Property(tries = 500)
  void neverFailsInAnyOtherWay(@ForAll @Size(max = 4) List<String> texts) {
    try {
      assertThat(MtuChange.parse(texts, MODEL)).isNotEmpty();
    } catch (ConfigException e) {
      assertThat(e.problems()).isNotEmpty();
    }
  }
}
