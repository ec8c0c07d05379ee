/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.openflow.channel;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.projectfloodlight.openflow.protocol.OFControllerRole;
import org.projectfloodlight.openflow.protocol.OFFactory;
import org.projectfloodlight.openflow.protocol.OFFlowMod;
import org.projectfloodlight.openflow.protocol.OFGroupDescStatsEntry;
import org.projectfloodlight.openflow.protocol.OFGroupMod;
import org.projectfloodlight.openflow.protocol.OFMessage;
import org.projectfloodlight.openflow.protocol.OFMeterConfig;
import org.projectfloodlight.openflow.protocol.OFMeterMod;
import org.projectfloodlight.openflow.protocol.OFPortDesc;
import org.projectfloodlight.openflow.protocol.OFStatsReply;
import org.projectfloodlight.openflow.protocol.OFStatsRequest;

/**
 * One switch, after its handshake. All methods are thread-safe and none blocks; futures complete on
 * a channel thread, so a caller hands long work to an executor of its own.
 */
public interface SwitchConnection {

  /** The 64-bit datapath id of the switch. */
  long datapathId();

  /**
   * Description, capabilities, the OpenFlow version in use and what the switch was found to
   * support.
   */
  SwitchProfileInfo info();

  /** Factory of messages of the negotiated version. */
  OFFactory factory();

  /** The ports as last reported (port description, kept current by port-status messages). */
  List<OFPortDesc> ports();

  /** The role that the switch last confirmed; EQUAL before any role was requested. */
  OFControllerRole role();

  /**
   * Requests a role with a fresh generation id; completes with the role that the switch confirmed.
   */
  CompletableFuture<OFControllerRole> requestRole(OFControllerRole role);

  /** Sends one message that has no answer (packet-out, for example). Ignored once disconnected. */
  void send(OFMessage message);

  /**
   * Sends a request and completes with its single reply, or exceptionally with {@link
   * OpenFlowErrorException}.
   */
  CompletableFuture<OFMessage> request(OFMessage request);

  /**
   * Sends the flow-mods in order, followed by one barrier. The result has one element for each
   * flow-mod, in order. An ADD of an entry that is already on the switch, identical in every
   * respect, is not sent.
   */
  CompletableFuture<List<ModOutcome>> sendFlowMods(List<OFFlowMod> mods);

  /** As {@link #sendFlowMods}, for group-mods. */
  CompletableFuture<List<ModOutcome>> sendGroupMods(List<OFGroupMod> mods);

  /** As {@link #sendFlowMods}, for meter-mods. */
  CompletableFuture<List<ModOutcome>> sendMeterMods(List<OFMeterMod> mods);

  /**
   * Sends a multipart request and completes with all parts of the reply in order, each decoded by
   * openflowj, or exceptionally with {@link OpenFlowErrorException}. For flow statistics use {@link
   * #readFlows}, for group descriptions {@link #readGroups}: those survive actions that openflowj
   * cannot parse.
   */
  <R extends OFStatsReply> CompletableFuture<List<R>> requestStats(OFStatsRequest<R> request);

  /** Reads all groups; buckets with actions that nobody knows are returned all the same. */
  CompletableFuture<List<OFGroupDescStatsEntry>> readGroups();

  /** Reads the configuration of all meters. */
  CompletableFuture<List<OFMeterConfig>> readMeters();

  /** Reads all flow entries; entries with actions that nobody knows are returned all the same. */
  CompletableFuture<List<ObservedFlow>> readFlows();

  /** Messages sent and received on this connection, by type. */
  SwitchCounters counters();

  boolean isConnected();

  /** Closes the connection; listeners are told the reason. */
  void disconnect(String reason);
}
