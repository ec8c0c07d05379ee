/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.pipeline;

import java.util.List;
import java.util.Map;
import org.overlane.flowrules.model.OfPort;
import org.overlane.flowrules.openflow.Action;
import org.overlane.flowrules.openflow.Field;
import org.overlane.flowrules.openflow.FieldValue;
import org.overlane.flowrules.openflow.Group;
import org.overlane.flowrules.openflow.Instructions;
import org.overlane.flowrules.openflow.Match;
import org.overlane.flowrules.openflow.Meter;

/** Holds entries and groups of one node against {@link TableSpec} and {@link SwitchProfile}. */
final class ContractCheck {
  private final SwitchProfile profile;
  private final PortRoles roles;
  private final Map<Long, Group> groups;
  private final Map<Long, Meter> meters;
  private final Field vniField;

  ContractCheck(
      SwitchProfile profile, PortRoles roles, Map<Long, Group> groups, Map<Long, Meter> meters) {
    this.profile = profile;
    this.roles = roles;
    this.groups = groups;
    this.meters = meters;
    this.vniField = profile.vniField();
  }

  void entry(
      TableSpec table, PriorityBand band, Match match, Instructions instructions, String source) {
    for (FieldValue value : match.values()) {
      boolean allowed =
          table.matches().contains(value.field())
              || (table.matchesVni() && value.field() == vniField);
      require(allowed, table, source, "may not match", value.field());
      require(profile.supports(value.field()), table, source, "cannot match", value.field());
    }
    if (band == PriorityBand.MISS) {
      require(match.values().isEmpty(), table, source, "must match everything in its miss", match);
      require(
          instructions.gotoTable().equals(table.missNext())
              && instructions.applyActions().isEmpty()
              && !instructions.hasActionSet(),
          table,
          source,
          "must go to " + table.missNext() + " in its miss, not",
          instructions);
      return;
    }
    for (Field field : table.requires()) {
      require(match.get(field).isPresent(), table, source, "must match", field);
    }
    instructions(table, match, instructions, source);
  }

  private void instructions(
      TableSpec table, Match match, Instructions instructions, String source) {
    require(!instructions.hasActionSet(), table, source, "may not use", "an action set");
    actions(table, instructions.applyActions(), source);
    instructions
        .meter()
        .ifPresent(m -> require(meters.containsKey(m), table, source, "uses unknown meter", m));
    boolean unmetered = !instructions.meter().isPresent();
    for (Action action : instructions.applyActions()) {
      boolean asks = unmetered && toController(action);
      require(!asks, table, source, "may not send to the controller without a meter", match);
      require(
          !toController(action) || mayBePunted(table, match),
          table,
          source,
          "may only send frames of a VM's port, or for one address, to the controller, not",
          match);
    }
    if (table.stage() == TableSpec.Stage.CLASSIFY) {
      outputsOfClassify(table, match, instructions, source);
    }
    if (instructions.writeMetadata().isPresent()) {
      FieldValue value = instructions.writeMetadata().get();
      boolean vni = table.setsVni() && value.mask().equals(RegField.VNI.mask());
      require(vni, table, source, "may not write", value);
    }
    if (instructions.gotoTable().isPresent()) {
      Integer next = instructions.gotoTable().get();
      require(table.next().contains(next), table, source, "may not go to table", next);
    }
    if (instructions.applyActions().size() > 100) {
      size(MessageSize.of(instructions.applyActions()), table + ", " + source);
    }
  }

  /** A frame that is still to be forwarded may have come out of a tunnel. */
  private boolean mayBePunted(TableSpec table, Match match) {
    boolean ofVm =
        match
            .get(Field.IN_PORT)
            .filter(port -> roles.of(OfPort.of(port.value().low())) == PortRole.VM)
            .isPresent();
    return table.stage() != TableSpec.Stage.OVERLAY
        || ofVm
        || match.get(Field.ETH_DST).filter(FieldValue::isExact).isPresent();
  }

  private static boolean toController(Action action) {
    return action instanceof Action.Output
        && ((Action.Output) action).port().equals(OfPort.CONTROLLER);
  }

  /** A frame from one side of the host leaves at the other side: never back, never into a VM. */
  private void outputsOfClassify(
      TableSpec table, Match match, Instructions instructions, String source) {
    PortRole from = roles.of(OfPort.of(match.get(Field.IN_PORT).get().value().low()));
    for (Action action : instructions.applyActions()) {
      if (action instanceof Action.Output) {
        PortRole to = roles.of(((Action.Output) action).port());
        boolean crosses =
            (from == PortRole.MANAGEMENT && to == PortRole.UPLINK)
                || (from == PortRole.UPLINK && to == PortRole.MANAGEMENT);
        require(crosses, table, source, "may not output from " + from.text() + " to", to.text());
      }
    }
    boolean leadsOn = instructions.gotoTable().isPresent();
    boolean overlay = from == PortRole.VM || from == PortRole.TUNNEL;
    require(!leadsOn || overlay, table, source, "may not lead on frames from", from.text());
  }

  /** The type of a group: what becomes of a packet must not be left to the switch. */
  void group(TableSpec table, Group group) {
    boolean all = group.type() == Group.Type.ALL;
    require(all, table, group.source(), "may not use a group of type", group.type().text());
  }

  /** The actions of a bucket. None sends to the controller: a group has no meter. */
  void bucket(TableSpec table, List<Action> actions, String source) {
    for (Action action : actions) {
      require(!toController(action), table, source, "may not send to the controller in", "a group");
    }
    actions(table, actions, source);
  }

  private void actions(TableSpec table, List<Action> actions, String source) {
    Action.Visitor<Boolean> visitor = new ActionCheck(table, source);
    for (Action action : actions) {
      action.accept(visitor);
    }
  }

  void size(int actions, String subject) {
    if (actions > MessageSize.MAX_ACTIONS) {
      throw new ContractException(
          subject + ": " + actions + " bytes of actions do not fit an OpenFlow message");
    }
  }

  private static void require(
      boolean condition, TableSpec table, String source, String verb, Object what) {
    if (!condition) {
      throw new ContractException(table + " " + verb + " " + what + ", which " + source + " asks");
    }
  }

  /** Checks one action of an entry or a bucket; always true, or an exception. */
  private final class ActionCheck implements Action.Visitor<Boolean> {
    private final TableSpec table;
    private final String source;

    ActionCheck(TableSpec table, String source) {
      this.table = table;
      this.source = source;
    }

    @Override
    public Boolean output(Action.Output action) {
      if (toController(action)) {
        require(table.toController(), table, source, "may not send to the controller", "at all");
        return true;
      }
      require(action.port().isAttachable(), table, source, "may not output to", action.port());
      PortRole role = roles.of(action.port());
      require(table.outputs().contains(role), table, source, "may not output to a", role.text());
      return true;
    }

    @Override
    public Boolean setField(Action.SetField action) {
      Field field = action.value().field();
      boolean allowed = table.sets().contains(field) || (table.setsVni() && field == vniField);
      require(allowed, table, source, "may not set", field);
      require(profile.supports(field), table, source, "cannot set", field);
      return true;
    }

    @Override
    public Boolean group(Action.ToGroup action) {
      boolean known = groups.containsKey(action.groupId());
      require(known, table, source, "refers to unknown group", action.groupId());
      return true;
    }

    @Override
    public Boolean checkPacketLarger(Action.CheckPacketLarger action) {
      require(table.sets().contains(action.register()), table, source, "may not set", action);
      require(profile.supports(action.register()), table, source, "cannot set", action);
      return true;
    }
  }
}
