/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.tunnels.ovsdb;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;

/**
 * JSON-RPC 1.0 over one connection, as RFC 7047 uses it: requests with deadlines, echoes both ways,
 * notifications for the owner. Whatever goes wrong closes the connection with a reason. Confined to
 * the channel's event loop.
 */
final class Session extends SimpleChannelInboundHandler<byte[]> {
  /** What happens to the connection, from its event loop. */
  interface Owner {
    void opened(Session session);

    void notified(String method, JsonNode parameters) throws OvsdbException;

    /** The last call; there is always one. */
    void closed(OvsdbException reason);
  }

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final int LARGEST_ECHO = 4096;

  private final ClientSettings settings;
  private final Owner owner;
  private final Map<Long, Pending> pending = new HashMap<>();
  private Optional<OvsdbException> reason = Optional.empty();
  private ChannelHandlerContext context;
  private ScheduledFuture<?> clock;
  private long lastHeard = System.nanoTime();
  private long nextId;
  private boolean probing;

  Session(ClientSettings settings, Owner owner) {
    this.settings = settings;
    this.owner = owner;
  }

  private static final class Pending {
    private final String method;
    private final long since = System.nanoTime();
    private final CompletableFuture<JsonNode> answer = new CompletableFuture<>();

    Pending(String method) {
      this.method = method;
    }
  }

  /**
   * Sends a request. Completes with its result, or with an {@link OvsdbException} if it is refused
   * or the connection ends.
   */
  CompletableFuture<JsonNode> request(String method, ArrayNode parameters) {
    if (reason.isPresent() || pending.size() >= settings.maxRequests()) {
      CompletableFuture<JsonNode> refused = new CompletableFuture<>();
      refused.completeExceptionally(
          reason.orElseGet(() -> new OvsdbException("too many requests wait for an answer")));
      return refused;
    }
    Pending request = new Pending(method);
    long id = nextId++;
    pending.put(id, request);
    send(NODES.objectNode().put("method", method).put("id", id).set("params", parameters));
    return request.answer;
  }

  /** Ends the connection, unless it has ended; the first reason counts. */
  void close(OvsdbException why) {
    if (!reason.isPresent()) {
      reason = Optional.of(why);
      context.close();
    }
  }

  private void send(JsonNode message) {
    try {
      context.writeAndFlush(Unpooled.wrappedBuffer(JSON.writeValueAsBytes(message)));
    } catch (JsonProcessingException e) {
      throw new AssertionError("a JSON tree can always be written", e);
    }
  }

  @Override
  public void channelActive(ChannelHandlerContext active) {
    context = active;
    long pace = Math.max(1, Math.min(settings.probeInterval(), settings.requestTimeout()) / 4);
    clock = active.executor().scheduleAtFixedRate(this::tick, pace, pace, TimeUnit.MILLISECONDS);
    owner.opened(this);
  }

  @Override
  public void channelInactive(ChannelHandlerContext inactive) {
    clock.cancel(false);
    OvsdbException why = reason.orElseGet(() -> new OvsdbException("it closed the connection"));
    reason = Optional.of(why);
    Map<Long, Pending> lost = new HashMap<>(pending);
    pending.clear();
    lost.values().forEach(request -> request.answer.completeExceptionally(why));
    owner.closed(why);
  }

  /** A peer that does not take what it is sent is not listened to either. */
  @Override
  public void channelWritabilityChanged(ChannelHandlerContext changed) {
    changed.channel().config().setAutoRead(changed.channel().isWritable());
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext caught, Throwable cause) {
    Throwable root =
        cause instanceof DecoderException && cause.getCause() != null ? cause.getCause() : cause;
    close(root instanceof OvsdbException ? (OvsdbException) root : failure(root));
  }

  /** A handshake that takes too long is no exception to Netty, but an event. */
  @Override
  public void userEventTriggered(ChannelHandlerContext told, Object event) {
    if (event instanceof SslHandshakeCompletionEvent) {
      Throwable cause = ((SslHandshakeCompletionEvent) event).cause();
      if (cause != null) {
        close(failure(cause));
      }
    }
    told.fireUserEventTriggered(event);
  }

  private static OvsdbException failure(Throwable root) {
    return root instanceof SSLException
        ? new OvsdbException(
            "TLS failed: "
                + root.getMessage()
                + ". Check that each side has a certificate of an authority that the other one"
                + " knows, and that the database listens with pssl",
            root)
        : new OvsdbException("the connection failed: " + root.getMessage(), root);
  }

  private void tick() {
    long now = System.nanoTime();
    for (Pending request : pending.values()) {
      if (now - request.since > TimeUnit.MILLISECONDS.toNanos(settings.requestTimeout())) {
        close(
            new OvsdbException(
                "no answer to " + request.method + " within " + settings.requestTimeout() + " ms"));
        return;
      }
    }
    if (!probing && now - lastHeard > TimeUnit.MILLISECONDS.toNanos(settings.probeInterval())) {
      probing = true;
      request("echo", NODES.arrayNode()).whenComplete((result, error) -> probing = false);
    }
  }

  @Override
  protected void channelRead0(ChannelHandlerContext reading, byte[] bytes) throws OvsdbException {
    if (reason.isPresent()) {
      return;
    }
    JsonNode message = parse(bytes);
    lastHeard = System.nanoTime();
    JsonNode id = message.path("id");
    boolean hasId = !id.isMissingNode() && !id.isNull();
    if (!message.path("method").isTextual()) {
      answered(id, message);
    } else if (hasId) {
      requested(message.get("method").textValue(), id, message.path("params"), bytes.length);
    } else {
      owner.notified(message.get("method").textValue(), message.path("params"));
    }
  }

  private static JsonNode parse(byte[] bytes) throws OvsdbException {
    try {
      return JSON.readTree(bytes);
    } catch (IOException e) {
      throw new OvsdbException("it sent a message that is no JSON", e);
    }
  }

  private void requested(String method, JsonNode id, JsonNode parameters, int size)
      throws OvsdbException {
    ObjectNode answer = NODES.objectNode();
    answer.set("id", id);
    if (method.equals("echo")) {
      if (size > LARGEST_ECHO) {
        throw new OvsdbException("it asked for an echo of " + size + " bytes");
      }
      answer.set("result", parameters.isMissingNode() ? NODES.arrayNode() : parameters);
      answer.putNull("error");
    } else {
      answer.putNull("result");
      answer.put("error", "unknown method");
    }
    send(answer);
  }

  private void answered(JsonNode id, JsonNode message) throws OvsdbException {
    Pending request =
        id.isIntegralNumber() && id.canConvertToLong() ? pending.remove(id.longValue()) : null;
    if (request == null) {
      throw new OvsdbException("it sent an answer to nothing that it was asked");
    }
    JsonNode error = message.path("error");
    if (error.isMissingNode() || error.isNull()) {
      request.answer.complete(message.path("result"));
    } else {
      request.answer.completeExceptionally(
          new OvsdbException("it refused " + request.method + ": " + text(error)));
    }
  }

  /** An error is a text, or an object with more about it. */
  private static String text(JsonNode error) {
    String details = error.path("details").asText();
    return error.isTextual()
        ? error.textValue()
        : error.path("error").asText() + (details.isEmpty() ? "" : ": " + details);
  }
}
