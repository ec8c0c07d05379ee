/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.onos.stores;

import static org.onosproject.net.meter.MeterStoreResult.fail;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.onosproject.net.meter.MeterFailReason;
import org.onosproject.net.meter.MeterKey;
import org.onosproject.net.meter.MeterState;
import org.onosproject.net.meter.MeterStoreResult;
import org.onosproject.store.service.StorageException;

/**
 * The requests of this node that the device has not confirmed yet: one for each meter, either for a
 * content or for its removal. A repeated request shares the answer, another one supersedes it. Safe
 * for use by several threads.
 */
final class MeterRequests {
  private final Map<MeterKey, Request> open = new HashMap<>();

  private static final class Request {
    /** What the meter shall be; empty if it shall go. */
    private final Optional<MeterRecord> wanted;

    private final CompletableFuture<MeterStoreResult> answer = new CompletableFuture<>();

    Request(Optional<MeterRecord> wanted) {
      this.wanted = wanted;
    }

    boolean wants(Optional<MeterRecord> other) {
      return wanted.isPresent() == other.isPresent()
          && (!wanted.isPresent() || wanted.get().hasContentOf(other.get()));
    }
  }

  /**
   * Registers a request and then makes its change, because the answer may arrive during the change.
   *
   * @param change gives the answer if there is nothing to wait for
   */
  CompletableFuture<MeterStoreResult> start(
      MeterKey key, Optional<MeterRecord> wanted, Supplier<Optional<MeterStoreResult>> change) {
    Request request = new Request(wanted);
    Request before;
    synchronized (open) {
      before = open.get(key);
      if (before != null && before.wants(wanted)) {
        request = before;
      } else {
        open.put(key, request);
      }
    }
    if (before != null && before != request) {
      before.answer.complete(fail(MeterFailReason.UNKNOWN));
    }
    try {
      Optional<MeterStoreResult> answer = change.get();
      if (answer.isPresent()) {
        end(key, request);
        request.answer.complete(answer.get());
      }
    } catch (StorageException e) {
      end(key, request);
      request.answer.completeExceptionally(e);
    }
    return request.answer;
  }

  private boolean end(MeterKey key, Request request) {
    synchronized (open) {
      return open.remove(key, request);
    }
  }

  /** The device has, or has refused, a meter of this content. */
  void answered(MeterKey key, MeterRecord content, MeterStoreResult result) {
    complete(key, Optional.of(content), result);
  }

  /** The device has refused to remove the meter, or it is gone. */
  void removalAnswered(MeterKey key, MeterStoreResult result) {
    complete(key, Optional.empty(), result);
  }

  /** A meter was removed from the store without the device. */
  void dropped(MeterKey key, MeterRecord last) {
    if (last.state() == MeterState.PENDING_ADD) {
      complete(key, Optional.of(last), fail(MeterFailReason.UNKNOWN));
    }
  }

  private void complete(MeterKey key, Optional<MeterRecord> about, MeterStoreResult result) {
    Request request;
    synchronized (open) {
      request = open.get(key);
    }
    if (request != null && request.wants(about) && end(key, request)) {
      request.answer.complete(result);
    }
  }
}
