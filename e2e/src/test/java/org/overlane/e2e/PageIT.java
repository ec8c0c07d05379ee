/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.overlane.e2e.lab.Browser;
import org.overlane.e2e.lab.Controller;
import org.overlane.e2e.lab.Json;
import org.overlane.e2e.lab.LabOptions;
import org.overlane.e2e.lab.LabOptions.Underlay;
import org.overlane.e2e.lab.LabOptions.Variant;

/** The page, in a real browser, of a controller that runs a real lab. */
class PageIT extends ControlledLab {
  private static final String NETWORK_FORM = "A new network";
  private static final String TRACE_FORM = "A packet";

  private Browser browser;

  @Override
  LabOptions options() {
    return LabOptions.of(Variant.NATIVE, Underlay.IPV4);
  }

  @BeforeAll
  void startBrowser() {
    browser = Browser.start(lab);
  }

  @AfterAll
  void stopBrowser() {
    if (browser != null) {
      browser.close();
    }
  }

  @AfterEach
  void thePageHasNotFailed() {
    assertThat(browser.complaints()).isEmpty();
  }

  private void open(String view) {
    browser.forget();
    browser.open(view);
    Controller.Account account = controller.administrator();
    browser.logIn(account.user(), account.password());
    browser.await("nav a[aria-current=page]");
  }

  @Test
  void aStrangerSeesNothing() {
    browser.forget();
    browser.open("topology");
    browser.logIn("onos", "wrong");
    browser.awaitText(".complaint", "does not know this user, or the password is wrong");
    assertThat(browser.elements(".map")).isEmpty();
    assertThat(browser.text("body")).doesNotContain("hv1");
  }

  @Test
  void hostsVmsAndDetailsAreOnTheMap() {
    open("topology");
    browser.awaitText("section [role=status]", "All switches are in sync.");
    assertThat(browser.elements(".host")).hasSize(2);
    assertThat(browser.elements(".vm")).hasSize(lab.vms().size());
    browser.screenshot("topology-light");
    WebElement host = browser.element(".host");
    String device = host.getAttribute("data-device");
    host.sendKeys(Keys.ENTER);
    browser.awaitText("aside h2", "hv1");
    String details = browser.awaitText("aside", "VXLAN");
    assertThat(details).contains(device).contains("1450 = 1500 - 50, VXLAN over IPv4");
    assertThat(details).contains("What becomes of larger ones").contains("in sync");
    browser.dark(true);
    browser.screenshot("topology-dark");
    browser.dark(false);
    browser.element(".host.picked").sendKeys(Keys.ENTER);
    browser.awaitText("aside", "Pick a host");
  }

  @Test
  void aTraceIsDrawnOnTheMap() {
    open("trace");
    browser.await(".host");
    browser.fill(TRACE_FORM, "from", "blue-1-1");
    browser.fill(TRACE_FORM, "to", "blue-2-1");
    browser.fill(TRACE_FORM, "size", "1500");
    browser.choose(TRACE_FORM, "kind", "tcp");
    browser.choose(TRACE_FORM, "df", "true");
    browser.submit(TRACE_FORM);
    browser.awaitText("aside .verdict", "1450");
    browser.screenshot("trace-answered");
    assertThat(browser.elements(".vm.onway")).isNotEmpty();
    browser.fill(TRACE_FORM, "size", "1450");
    browser.submit(TRACE_FORM);
    browser.awaitText("aside .verdict", "Delivered");
    assertThat(browser.elements(".vm.onway")).hasSize(2);
    assertThat(browser.text("ol.steps")).contains("encapsulated").contains("decapsulated");
    browser.screenshot("trace-delivered");
    browser.fill(TRACE_FORM, "from", "nobody");
    browser.submit(TRACE_FORM);
    assertThat(browser.awaitText(".complaint", "nobody")).contains("from");
  }

  @Test
  void wrongInputSaysWhatToDoAndChangesNothing() {
    String before = networks();
    open("networks");
    browser.await("form");
    browser.fill(NETWORK_FORM, "id", "wrong");
    browser.fill(NETWORK_FORM, "vni", "0");
    browser.submit(NETWORK_FORM);
    assertThat(browser.awaitText(".complaint", "vni")).contains("1 to 16777215").contains("Give");
    browser.screenshot("networks-refused");
    assertThat(networks()).isEqualTo(before);
  }

  @Test
  void whatChangesIsShownWithoutReload() {
    open("networks");
    browser.awaitText("main", "blue");
    controller.request("POST", "/onos/overlane/v1/networks", "{\"id\": \"later\", \"vni\": 4711}");
    browser.awaitText("table", "4711");
    browser.await("button[aria-label='Remove later']").click();
    browser.answer(false);
    assertThat(networks()).contains("later");
    browser.await("button[aria-label='Remove later']").click();
    browser.answer(true);
    Await.until("the network is gone", START, () -> !networks().contains("later"));
    Await.until("and from the page", START, () -> !browser.text("table").contains("4711"));
  }

  @Test
  void aReaderMayLookButNotChange() {
    String before = networks();
    Controller.Account reader = controller.addReader();
    browser.forget();
    browser.open("networks");
    browser.logIn(reader.user(), reader.password());
    browser.awaitText("main", "blue");
    browser.fill(NETWORK_FORM, "id", "mine");
    browser.fill(NETWORK_FORM, "vni", "4712");
    browser.submit(NETWORK_FORM);
    browser.awaitText(".complaint", "may look, but not change anything");
    assertThat(networks()).isEqualTo(before);
  }

  @Test
  void aTunnelThatCarriesLessTurnsDegradedWithoutReload() {
    String probing = "org.overlane.app.onos.PathProbing";
    controller.setProperty(probing, "confirmationTimer", "1000");
    controller.setProperty(probing, "raiseTimer", "3000");
    controller.setProperty(probing, "mode", "watch");
    try {
      open("topology");
      Await.until("the tunnel is up", START, () -> !browser.elements(".tunnel.good").isEmpty());
      lab.wire(2).run("ip", "link", "set", "dev", "hv2", "mtu", "1400");
      Await.until(
          "the map shows it", START, () -> browser.text(".map .label").contains("degraded"));
      assertThat(browser.elements(".map .tunnel.doubtful")).hasSize(1);
      browser.screenshot("tunnel-degraded");
      browser.open("paths");
      Await.until("so does the matrix", START, () -> !browser.text(".matrix .less").isEmpty());
      browser.awaitText("main", "vanish");
      browser.screenshot("paths-degraded");
      browser.open("events");
      browser.awaitText("main", "degraded");
    } finally {
      lab.wire(2).run("ip", "link", "set", "dev", "hv2", "mtu", "1500");
      controller.setProperty(probing, "mode", "off");
    }
  }

  @Test
  void markupInNamesStaysText() {
    String model = lab.model();
    ObjectNode document = (ObjectNode) Json.parse(model);
    String device = document.path("devices").fieldNames().next();
    ((ObjectNode) document.path("devices").path(device).path("overlane"))
        .put("name", "<img src=x onerror=\"document.title='hacked'\">");
    configure(document.toString());
    try {
      open("topology");
      browser.await(".host").sendKeys(Keys.ENTER);
      browser.awaitText("aside h2", "<img");
      assertThat(browser.elements("img")).isEmpty();
    } finally {
      configure(model);
    }
  }

  @Test
  void twoHundredHostsAreReadable() {
    String model = lab.model();
    ObjectNode document = (ObjectNode) Json.parse(model);
    ObjectNode devices = (ObjectNode) document.path("devices");
    IntStream.rangeClosed(1, 200)
        .forEach(
            i ->
                devices
                    .putObject(String.format("of:0000000000f%05x", i))
                    .putObject("overlane")
                    .put("name", "spare-" + i)
                    .putArray("vteps")
                    .add("198.51.100." + i));
    configure(document.toString());
    try {
      open("topology");
      browser.awaitText("section [role=status]", "200 not in sync");
      assertThat(browser.elements(".host")).hasSize(202);
      browser.screenshot("many-light");
      browser.dark(true);
      browser.screenshot("many-dark");
      browser.dark(false);
      browser.press(Keys.TAB);
    } finally {
      configure(model);
    }
  }

  private String networks() {
    return controller.request("GET", "/onos/overlane/v1/networks").text();
  }
}
