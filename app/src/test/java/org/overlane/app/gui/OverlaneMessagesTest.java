/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.gui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;
import static org.overlane.app.gui.Scene.ONE;
import static org.overlane.app.gui.Scene.TWO;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.onlab.osgi.ServiceDirectory;
import org.onosproject.ui.UiConnection;
import org.overlane.app.probing.TunnelState;
import org.overlane.app.reconcile.SwitchStatus.State;

/** What one browser is sent, and when. */
class OverlaneMessagesTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final UiConnection browser = mock(UiConnection.class);
  private final BlockingQueue<JsonNode> sent = new LinkedBlockingQueue<>();
  private volatile Overview overview = new Scene().overview();
  private volatile HighlightMode mode = HighlightMode.OFF;
  private final GuiRefresh refresh = new GuiRefresh(() -> overview, 2);
  private final OverlaneMessages messages =
      new OverlaneMessages(refresh, () -> Scene.link(ONE, TWO), () -> mode);

  private void connect() {
    doAnswer(call -> sent.add(call.getArgument(0)))
        .when(browser)
        .sendMessage(any(ObjectNode.class));
    messages.init(browser, mock(ServiceDirectory.class));
  }

  @AfterEach
  void stop() {
    messages.destroy();
    refresh.stop();
  }

  private void send(String event) {
    ObjectNode message = JSON.createObjectNode().put("event", event);
    message.putObject("payload");
    messages.process(message);
  }

  private JsonNode next() throws InterruptedException {
    JsonNode message = sent.poll(10, TimeUnit.SECONDS);
    assertThat(message).as("a message to the browser").isNotNull();
    return message;
  }

  /** The next message that shows this many links. */
  private JsonNode next(String event, int links) throws InterruptedException {
    JsonNode message = next();
    while (!message.get("event").asText().equals(event)
        || message.at("/payload/links").size() != links) {
      message = next();
    }
    return message;
  }

  @Test
  void theLegacyGuiIsToldAsLongAsItWantsToKnow() throws Exception {
    overview = new Scene().tunnel(ONE, TWO, TunnelState.UP).overview();
    connect();
    assertThat(messages.messageTypes())
        .containsExactlyInAnyOrder(OverlaneMessages.START, OverlaneMessages.STOP);
    send(OverlaneMessages.START);
    JsonNode link = next("showHighlights", 1).at("/payload/links/0");
    assertThat(link.get("label").asText()).isEqualTo("up");
    assertThat(link.get("css").asText()).contains("port-traffic-green");

    // Whatever happens is seen without a further question.
    overview = new Scene().tunnel(ONE, TWO, TunnelState.DOWN).overview();
    while (!link.get("label").asText().equals("down")) {
      link = next("showHighlights", 1).at("/payload/links/0");
    }

    send(OverlaneMessages.STOP);
    assertThat(next("showHighlights", 0).at("/payload/devices")).isEmpty();
  }

  /** GUI2 keeps a badge until it is told of none. */
  @Test
  void gui2IsToldOfTroubleAndOfItsEnd() throws Exception {
    mode = HighlightMode.TROUBLE;
    overview = new Scene().status(ONE, State.FAILED).overview();
    connect();
    JsonNode failed = next();
    assertThat(failed.get("event").asText()).isEqualTo("topo2Highlights");
    JsonNode device = failed.at("/payload/devices/0");
    assertThat(device.get("id").asText()).isEqualTo(ONE.toString());
    assertThat(device.at("/badge/status").asText()).isEqualTo("e");
    assertThat(device.at("/badge/msg").asText()).isEqualTo("Overlane: table full");

    overview = new Scene().overview();
    JsonNode message = next();
    while (message.at("/payload/devices/0").has("badge")) {
      message = next();
    }
    assertThat(message.at("/payload/devices/0/id").asText()).isEqualTo(ONE.toString());
    assertThat(message.at("/payload/devices")).hasSize(1);
    // And then no more, although the next rounds go on: what comes next is about another switch.
    overview = new Scene().status(TWO, State.FAILED).overview();
    assertThat(next().at("/payload/devices/0/id").asText()).isEqualTo(TWO.toString());
  }

  @Test
  void nothingIsSentToAnybodyWhoIsGone() throws Exception {
    mode = HighlightMode.ALL;
    overview = new Scene().tunnel(ONE, TWO, TunnelState.UP).overview();
    connect();
    next();
    messages.destroy();
    refresh.stop();
    sent.clear();
    send(OverlaneMessages.START);
    assertThat(sent).isEmpty();
  }

  @Test
  void anErrorDoesNotEndIt() throws Exception {
    mode = HighlightMode.ALL;
    overview = null;
    connect();
    overview = new Scene().tunnel(ONE, TWO, TunnelState.DEGRADED).overview();
    assertThat(next("topo2Highlights", 1).at("/payload/links/0/label").asText())
        .isEqualTo("degraded");
  }
}
