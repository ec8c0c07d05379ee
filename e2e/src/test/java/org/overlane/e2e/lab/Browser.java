/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.e2e.lab;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.support.ui.WebDriverWait;

/**
 * A headless Chromium in the namespace of the controller, with the page of Overlane in it. The
 * driver talks to it through a pipe, so that no port is needed.
 */
public final class Browser implements AutoCloseable {
  private static final String PAGE = "http://127.0.0.1:8181/overlane/index.html";
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  private final Path directory;
  private final ChromeDriver driver;

  private Browser(Path directory, ChromeDriver driver) {
    this.directory = directory;
    this.driver = driver;
  }

  public static Browser start(Lab lab) {
    try {
      Path directory = Files.createTempDirectory("overlane-browser");
      ChromeOptions options = new ChromeOptions();
      options.setBinary(wrapper(lab, directory).toString());
      options.addArguments(
          "--headless=new",
          "--no-sandbox",
          "--disable-gpu",
          "--disable-dev-shm-usage",
          "--remote-debugging-pipe",
          "--window-size=1400,900",
          "--user-data-dir=" + directory.resolve("profile"));
      ChromeDriverService service =
          new ChromeDriverService.Builder()
              .usingDriverExecutable(new File("/usr/bin/chromedriver"))
              .withLogFile(directory.resolve("driver.log").toFile())
              .build();
      return new Browser(directory, new ChromeDriver(service, options));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What the driver starts instead of the browser: the browser, in the namespace. */
  private static Path wrapper(Lab lab, Path directory) throws IOException {
    Path file = directory.resolve("chromium");
    Files.writeString(
        file,
        "#!/bin/sh\nLAB_PREFIX="
            + lab.environment().get("LAB_PREFIX")
            + " exec "
            + String.join(" ", lab.script("ctl", "/usr/bin/chromium"))
            + " \"$@\"\n");
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
  }

  /** Opens a view; without an account of before, the page asks for one. */
  public void open(String view) {
    driver.get("about:blank");
    driver.get(PAGE + "#/" + view);
  }

  public void logIn(String user, String password) {
    await("input[name=user]").sendKeys(user);
    element("input[name=password]").sendKeys(password, Keys.ENTER);
  }

  /** Forgets the account, as closing the tab would. */
  public void forget() {
    driver.get(PAGE);
    driver.executeScript("sessionStorage.clear()");
  }

  public WebElement element(String css) {
    return driver.findElement(By.cssSelector(css));
  }

  public List<WebElement> elements(String css) {
    return driver.findElements(By.cssSelector(css));
  }

  /** Waits until there is such an element. */
  public WebElement await(String css) {
    return new WebDriverWait(driver, PATIENCE)
        .withMessage(() -> "no " + css + " on the page:\n" + text("body"))
        .until(
            d -> elements(css).stream().filter(WebElement::isDisplayed).findFirst().orElse(null));
  }

  /** Waits until an element has a text, and returns all of its text. */
  public String awaitText(String css, String part) {
    new WebDriverWait(driver, PATIENCE)
        .ignoring(org.openqa.selenium.StaleElementReferenceException.class)
        .withMessage(() -> "no \"" + part + "\" in " + css + " on the page:\n" + text("body"))
        .until(d -> elements(css).stream().anyMatch(e -> e.getText().contains(part)));
    return text(css);
  }

  public String text(String css) {
    return String.join("\n", elements(css).stream().map(WebElement::getText).toList());
  }

  /** Types into a field of the form with this title, instead of what was there. */
  public void fill(String form, String field, String text) {
    WebElement input = field(form, field);
    input.clear();
    input.sendKeys(text);
  }

  /** Chooses from a list, or ticks a box. */
  public void choose(String form, String field, String value) {
    WebElement input = field(form, field);
    if (input.getTagName().equals("select")) {
      input.findElement(By.cssSelector("option[value='" + value + "']")).click();
    } else {
      input.click();
    }
  }

  private WebElement field(String form, String name) {
    return form(form).findElement(By.name(name));
  }

  public void submit(String form) {
    form(form).findElement(By.cssSelector("button[type=submit]")).click();
  }

  private WebElement form(String title) {
    return driver.findElement(By.xpath("//form[.//legend='" + title + "']"));
  }

  /** Presses a key wherever the focus is. */
  public void press(Keys key) {
    driver.switchTo().activeElement().sendKeys(key);
  }

  public WebElement focus() {
    return driver.switchTo().activeElement();
  }

  /** Confirms, or not, what the page asks. */
  public void answer(boolean yes) {
    if (yes) {
      driver.switchTo().alert().accept();
    } else {
      driver.switchTo().alert().dismiss();
    }
  }

  /** Makes the page believe in a dark, or a light, screen. */
  public void dark(boolean dark) {
    driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        java.util.Map.of(
            "features",
            List.of(
                java.util.Map.of(
                    "name", "prefers-color-scheme", "value", dark ? "dark" : "light"))));
  }

  /** What the page has complained about in its console, refusals of the controller left out. */
  public List<String> complaints() {
    return driver.manage().logs().get("browser").getAll().stream()
        .map(Object::toString)
        .filter(line -> line.contains("SEVERE") && !line.contains("Failed to load resource"))
        .toList();
  }

  /** For people to look at, in target/screenshots. */
  public void screenshot(String name) {
    try {
      Path folder = Repository.root().resolve("e2e/target/screenshots");
      Files.createDirectories(folder);
      Files.write(folder.resolve(name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    driver.quit();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException | UncheckedIOException e) {
      throw new IllegalStateException("cannot remove " + directory, e);
    }
  }
}
