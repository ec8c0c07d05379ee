/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.openflow.channel;

import java.util.concurrent.CompletableFuture;
import org.projectfloodlight.openflow.protocol.OFControllerRole;
import org.projectfloodlight.openflow.protocol.OFFactories;
import org.projectfloodlight.openflow.protocol.OFFactory;
import org.projectfloodlight.openflow.protocol.OFMessage;
import org.projectfloodlight.openflow.protocol.OFRoleReply;
import org.projectfloodlight.openflow.protocol.OFVersion;
import org.projectfloodlight.openflow.types.U64;

/**
 * Asks a switch for a role (OpenFlow 1.3.5 section 6.3.6). The generation id is the one that the
 * switch last saw plus one, so that it is fresh whichever controller was master before; if another
 * controller is faster, the switch calls ours stale, and one more attempt is made.
 */
final class RoleRequests {

  private static final OFFactory FACTORY = OFFactories.getFactory(OFVersion.OF_13);
  private static final U64 UNDEFINED = U64.of(-1);

  /** Sends one request and returns its reply. */
  interface Requester {
    CompletableFuture<OFMessage> request(OFMessage message);
  }

  private final Requester requester;

  RoleRequests(Requester requester) {
    this.requester = requester;
  }

  /** Completes with the role that the switch confirmed. */
  CompletableFuture<OFControllerRole> request(OFControllerRole role) {
    CompletableFuture<OFControllerRole> result = new CompletableFuture<>();
    attempt(role)
        .whenComplete(
            (confirmed, failure) -> {
              if (failure == null) {
                result.complete(confirmed);
              } else {
                attempt(role).whenComplete((again, error) -> finish(result, again, error));
              }
            });
    return result;
  }

  private static void finish(
      CompletableFuture<OFControllerRole> result, OFControllerRole role, Throwable failure) {
    if (failure == null) {
      result.complete(role);
    } else {
      result.completeExceptionally(Failures.unwrap(failure));
    }
  }

  private CompletableFuture<OFControllerRole> attempt(OFControllerRole role) {
    return send(OFControllerRole.ROLE_NOCHANGE, U64.ZERO)
        .thenCompose(current -> send(role, next(current.getGenerationId())))
        .thenApply(OFRoleReply::getRole);
  }

  private static U64 next(U64 generation) {
    return generation.equals(UNDEFINED) ? U64.ZERO : U64.of(generation.getValue() + 1);
  }

  private CompletableFuture<OFRoleReply> send(OFControllerRole role, U64 generation) {
    return requester
        .request(FACTORY.buildRoleRequest().setRole(role).setGenerationId(generation).build())
        .thenApply(OFRoleReply.class::cast);
  }
}
