/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.openflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.overlane.flowrules.model.OfPort;

class ActionSetTest {
  private static final Action TWO = Action.output(OfPort.of(2));
  private static final Action THREE = Action.output(OfPort.of(3));
  private static final Action GROUP = Action.toGroup(7);

  private static Action set(Field field, long value) {
    return Action.setField(FieldValue.exact(field, value));
  }

  @Test
  void holdsTheLastOfEachKind() {
    ActionSet set =
        ActionSet.EMPTY
            .write(List.of(TWO, set(Field.TUNNEL_ID, 5), set(Field.ETH_DST, 1)))
            .write(List.of(set(Field.TUNNEL_ID, 6), THREE));
    assertThat(set.inOrder())
        .containsExactly(set(Field.TUNNEL_ID, 6), set(Field.ETH_DST, 1), THREE);
    assertThat(set.write(List.of(GROUP)).write(List.of(TWO)).inOrder()).endsWith(GROUP);
    assertThat(ActionSet.EMPTY.inOrder()).isEmpty();
  }

  @Test
  void bitsOfAFieldAddUp() {
    Action low = Action.setField(FieldValue.masked(Field.REG0, Bits.of(1), Bits.of(3)));
    Action high = Action.setField(FieldValue.masked(Field.REG0, Bits.of(4), Bits.of(6)));
    assertThat(ActionSet.EMPTY.write(List.of(low, high)).inOrder())
        .containsExactly(Action.setField(FieldValue.masked(Field.REG0, Bits.of(5), Bits.of(7))));
  }

  @Test
  void knowsWhoseActionDecides() {
    ActionSet group = ActionSet.EMPTY.write(List.of(GROUP));
    assertThat(group.isDecidedBy(List.of(GROUP))).isTrue();
    assertThat(group.write(List.of(TWO)).isDecidedBy(List.of(TWO))).isFalse();
    ActionSet output = ActionSet.EMPTY.write(List.of(TWO, set(Field.ETH_DST, 1)));
    assertThat(output.isDecidedBy(List.of(set(Field.ETH_DST, 1)))).isFalse();
    assertThat(output.isDecidedBy(List.of(TWO))).isTrue();
    assertThat(ActionSet.EMPTY.isDecidedBy(List.of())).isFalse();
  }

  @Test
  void hasNoPlaceForComparisons() {
    Action check = Action.checkPacketLarger(100, Field.REG0, 1);
    assertThatThrownBy(
            () -> Instructions.builder().writeActions(ImmutableList.of(TWO, check)).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("apply it before");
    assertThat(ActionSet.EMPTY.write(List.of(check))).isEqualTo(ActionSet.EMPTY);
  }

  @Test
  void anIndirectGroupHasOneBucket() {
    assertThatThrownBy(() -> Group.of(1, Group.Type.INDIRECT, List.of(), "test"))
        .hasMessageContaining("one bucket, not 0");
    Group all = Group.of(1, List.of(ImmutableList.of(TWO)), "test");
    Group indirect = Group.of(1, Group.Type.INDIRECT, all.buckets(), "test");
    assertThat(all.type()).isEqualTo(Group.Type.ALL);
    assertThat(all.sameOnSwitch(indirect)).isFalse();
  }
}
