/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.flowrules.text;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.overlane.flowrules.model.OfPort;
import org.overlane.flowrules.openflow.Action;
import org.overlane.flowrules.openflow.Bits;
import org.overlane.flowrules.openflow.Field;
import org.overlane.flowrules.openflow.FieldValue;
import org.overlane.flowrules.openflow.Group;

/** Actions, as ovs-ofctl writes them. */
final class ActionText {
  private static final Pattern CHECK_PACKET_LARGER =
      Pattern.compile(
          "check_pkt_larger\\((\\d{1,5})\\)->(?:NXM_NX_)?([A-Za-z]+\\d+)\\[(\\d{1,2})]");
  private static final Pattern LOAD =
      Pattern.compile("load:(0x[0-9a-f]+|\\d+)->NXM_NX_(REG\\d)\\[(?:(\\d+)(?:\\.\\.(\\d+))?)?]");
  private static final Renderer RENDERER = new Renderer();

  private ActionText() {}

  static String render(Action action) {
    return action.accept(RENDERER);
  }

  private static final class Renderer implements Action.Visitor<String> {
    @Override
    public String output(Action.Output action) {
      OfPort port = action.port();
      if (port.equals(OfPort.CONTROLLER)) {
        return port + ":" + action.maxLength();
      }
      return port.toLong() <= OfPort.MAX ? "output:" + port : port.toString();
    }

    @Override
    public String setField(Action.SetField action) {
      FieldValue value = action.value();
      return "set_field:" + FieldText.value(value) + "->" + FieldText.actionName(value.field());
    }

    @Override
    public String group(Action.ToGroup action) {
      return "group:" + action.groupId();
    }

    @Override
    public String checkPacketLarger(Action.CheckPacketLarger action) {
      return "check_pkt_larger("
          + action.length()
          + ")->"
          + action.register().ofctlName()
          + "["
          + action.bit()
          + "]";
    }
  }

  static Action parse(Token token) {
    String text = token.text();
    try {
      if (text.startsWith("set_field:")) {
        return setField(token.from("set_field:".length()));
      } else if (text.startsWith("load:")) {
        return load(token);
      } else if (text.startsWith("check_pkt_larger")) {
        return checkPacketLarger(token);
      } else if (text.startsWith("group:")) {
        return Action.toGroup(token.from("group:".length()).number(Group.MAX_ID));
      }
      return output(token);
    } catch (ParseException e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw token.error(e.getMessage());
    }
  }

  private static Action output(Token token) {
    if (token.text().startsWith("output:")) {
      return Action.output(PortText.parse(token.from("output:".length())));
    }
    OfPort port =
        PortText.reserved(token.before(":").text())
            .orElseThrow(() -> token.error("unknown action '" + token + "'"));
    Optional<Token> length = token.after(":");
    if (port.equals(OfPort.CONTROLLER)) {
      return Action.toController(length.map(l -> (int) l.number(0xffff)).orElse(0xffff));
    }
    if (length.isPresent()) {
      throw length.get().error("only CONTROLLER takes a length");
    }
    return Action.output(port);
  }

  private static Action setField(Token token) {
    int arrow = token.text().lastIndexOf("->");
    if (arrow < 0) {
      throw token.error("set_field needs the form value->field: '" + token + "'");
    }
    Token name = token.from(arrow + 2);
    Field field =
        FieldText.field(name.text()).orElseThrow(() -> name.error("unknown field '" + name + "'"));
    return Action.setField(FieldText.parse(field, token.part(0, arrow)));
  }

  /** The form in which ovs-ofctl shows a set_field of some bits of a register. */
  private static Action load(Token token) {
    Matcher matcher = LOAD.matcher(token.text());
    if (!matcher.matches()) {
      throw token.error("only load:value->NXM_NX_REGn[..] is understood: '" + token + "'");
    }
    Field register = register(token, matcher.group(2));
    int first = matcher.group(3) == null ? 0 : Integer.parseInt(matcher.group(3));
    int last = last(matcher, first);
    if (first > last || last > 31) {
      throw token.error("a register has bits 0 to 31: '" + token + "'");
    }
    long value =
        token.part(matcher.start(1), matcher.end(1)).number(Bits.ones(last - first + 1).low());
    long mask = Bits.ones(last - first + 1).low() << first;
    return Action.setField(FieldValue.masked(register, Bits.of(value << first), Bits.of(mask)));
  }

  private static int last(Matcher matcher, int first) {
    if (matcher.group(3) == null) {
      return 31;
    }
    return matcher.group(4) == null ? first : Integer.parseInt(matcher.group(4));
  }

  private static Action checkPacketLarger(Token token) {
    Matcher matcher = CHECK_PACKET_LARGER.matcher(token.text());
    if (!matcher.matches()) {
      throw token.error("expected check_pkt_larger(bytes)->register[bit]: '" + token + "'");
    }
    return Action.checkPacketLarger(
        Integer.parseInt(matcher.group(1)),
        register(token, matcher.group(2)),
        Integer.parseInt(matcher.group(3)));
  }

  private static Field register(Token token, String name) {
    return Field.named(name.toLowerCase(java.util.Locale.ROOT))
        .orElseThrow(() -> token.error("unknown register " + name));
  }
}
