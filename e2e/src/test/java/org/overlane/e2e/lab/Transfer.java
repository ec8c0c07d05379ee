/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.e2e.lab;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Bytes on their way from one VM to another over TCP; {@code e2e/lab/tools/transfer.py}. */
public final class Transfer implements AutoCloseable {
  private static final String PORT = "5001";

  /** Which way the bytes go, seen from the VM that connects. */
  public enum Direction {
    SEND,
    RECEIVE
  }

  /**
   * How it ended.
   *
   * @param whole the receiver has exactly the bytes that were sent
   * @param mss of the connection when the last byte had arrived, at the end that connected
   */
  public record Result(boolean whole, long bytes, int mss, String error) {}

  private final Background listening;
  private final Background connecting;

  private Transfer(Background listening, Background connecting) {
    this.listening = listening;
    this.connecting = connecting;
  }

  static Transfer start(
      Vm from, Vm to, String address, Direction direction, int bytes, boolean hold) {
    Background listening =
        Background.ready(from.environment(), to.script("transfer.py", "listen", "--port", PORT));
    List<String> words = new ArrayList<>(List.of("connect", "--port", PORT, "--to", address));
    words.addAll(List.of(direction == Direction.SEND ? "--send" : "--receive", "" + bytes));
    if (hold) {
      words.add("--hold");
    }
    return new Transfer(
        listening,
        new Background(
            from.environment(), from.script("transfer.py", words.toArray(String[]::new))));
  }

  /** Waits until half of the bytes have been given to the kernel, or taken from it. */
  public void awaitHold() {
    connecting.expect("held");
  }

  /** Lets the second half follow. */
  public void resume() {
    connecting.say("go on");
  }

  /** Waits for the end, which comes within a minute. */
  public Result end() {
    JsonNode near = last(connecting.rest());
    boolean done = near.path("whole").asBoolean();
    JsonNode far = last(done ? listening.rest() : listening.stop());
    return new Result(
        done && near.path("sha256").equals(far.path("sha256")),
        near.path("bytes").asLong(),
        near.path("mss").asInt(),
        near.path("error").asText() + far.path("error").asText());
  }

  private static JsonNode last(List<String> lines) {
    return Json.parse(lines.isEmpty() ? "{\"error\": \"no word\"}" : lines.get(lines.size() - 1));
  }

  @Override
  public void close() {
    connecting.close();
    listening.close();
  }
}
