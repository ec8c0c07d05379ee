/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.openflow.channel;

import com.google.common.base.CharMatcher;
import com.google.common.collect.ImmutableSet;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.projectfloodlight.openflow.protocol.OFDescStatsReply;
import org.projectfloodlight.openflow.protocol.OFFactories;
import org.projectfloodlight.openflow.protocol.OFFactory;
import org.projectfloodlight.openflow.protocol.OFFeaturesReply;
import org.projectfloodlight.openflow.protocol.OFGetConfigReply;
import org.projectfloodlight.openflow.protocol.OFMessage;
import org.projectfloodlight.openflow.protocol.OFMeterFeaturesStatsReply;
import org.projectfloodlight.openflow.protocol.OFPortDescStatsReply;
import org.projectfloodlight.openflow.protocol.OFStatsReply;
import org.projectfloodlight.openflow.protocol.OFStatsRequest;
import org.projectfloodlight.openflow.protocol.OFVersion;

/**
 * What is asked of a switch before it is used, one step after another; see {@link Step}. A step
 * that a switch may refuse (description, meter features) leaves its part empty; any other refusal
 * ends the handshake. Confined to the thread of the channel.
 */
final class Handshake {

  private static final OFFactory FACTORY = OFFactories.getFactory(OFVersion.OF_13);

  /** How far a connection has come. */
  enum Step {
    /** Waits for HELLO. */
    HELLO,
    /** Waits for the features reply: datapath id, tables, capabilities. */
    FEATURES,
    /** Has set fragments to normal and miss_send_len, and waits for both to be read back. */
    CONFIGURATION,
    /** Waits for the switch description. */
    DESCRIPTION,
    /** Waits for the port descriptions. */
    PORTS,
    /** Waits for the meter features. */
    METERS,
    /** Waits until it is certain that no other connection of the same datapath id is alive. */
    ADMISSION,
    /** In use. */
    ACTIVE,
    CLOSED
  }

  /** The connection, as far as the handshake needs it. */
  interface Requests {
    CompletableFuture<OFMessage> request(OFMessage message);

    <R extends OFStatsReply> CompletableFuture<List<R>> requestStats(OFStatsRequest<R> message);

    void send(OFMessage message);
  }

  private final Requests requests;
  private final int missSendLength;
  private final PortTable ports;
  private final Consumer<SwitchProfileInfo> ready;
  private final Consumer<String> failed;
  private final SwitchProfileInfo.Builder info = SwitchProfileInfo.builder();
  private Step step = Step.HELLO;

  Handshake(
      Requests requests,
      int missSendLength,
      PortTable ports,
      Consumer<SwitchProfileInfo> ready,
      Consumer<String> failed) {
    this.requests = requests;
    this.missSendLength = missSendLength;
    this.ports = ports;
    this.ready = ready;
    this.failed = failed;
  }

  Step step() {
    return step;
  }

  void active() {
    step = Step.ACTIVE;
  }

  void closed() {
    step = Step.CLOSED;
  }

  /** The versions agree: asks for the rest. */
  void helloAgreed(InetSocketAddress remote) {
    info.remoteAddress(remote).version(OFVersion.OF_13);
    enter(Step.FEATURES);
    requests
        .request(FACTORY.buildFeaturesRequest().build())
        .thenAccept(reply -> features(expect(OFFeaturesReply.class, reply)))
        .exceptionally(this::fail);
  }

  private void features(OFFeaturesReply reply) {
    if (reply.getAuxiliaryId().getValue() != 0) {
      failed.accept("auxiliary connections are not supported");
      return;
    }
    info.datapathId(reply.getDatapathId().getLong())
        .nBuffers(reply.getNBuffers())
        .nTables(reply.getNTables())
        .capabilities(reply.getCapabilities());
    enter(Step.CONFIGURATION);
    requests.send(
        FACTORY
            .buildSetConfig()
            .setFlags(ImmutableSet.of())
            .setMissSendLen(missSendLength)
            .build());
    requests
        .request(FACTORY.buildGetConfigRequest().build())
        .thenAccept(answer -> configuration(expect(OFGetConfigReply.class, answer)))
        .exceptionally(this::fail);
  }

  private void configuration(OFGetConfigReply reply) {
    info.configFlags(reply.getFlags()).missSendLength(reply.getMissSendLen());
    enter(Step.DESCRIPTION);
    requests
        .requestStats(FACTORY.buildDescStatsRequest().build())
        .handle(
            (parts, failure) -> {
              if (failure == null && !parts.isEmpty()) {
                description(parts.get(0));
              }
              askPorts();
              return null;
            })
        .exceptionally(this::fail);
  }

  private void description(OFDescStatsReply reply) {
    info.manufacturer(printable(reply.getMfrDesc()))
        .hardware(printable(reply.getHwDesc()))
        .software(printable(reply.getSwDesc()))
        .serialNumber(printable(reply.getSerialNum()))
        .datapathDescription(printable(reply.getDpDesc()));
  }

  /** A switch may say anything about itself; in logs and on terminals it is to be only text. */
  private static String printable(String description) {
    return CharMatcher.inRange(' ', '~').negate().replaceFrom(description, '?');
  }

  private void askPorts() {
    enter(Step.PORTS);
    requests
        .requestStats(FACTORY.buildPortDescStatsRequest().build())
        .thenAccept(this::ports)
        .exceptionally(this::fail);
  }

  private void ports(List<OFPortDescStatsReply> parts) {
    parts.forEach(part -> part.getEntries().forEach(ports::put));
    enter(Step.METERS);
    requests
        .requestStats(FACTORY.buildMeterFeaturesStatsRequest().build())
        .handle(
            (answer, failure) -> {
              if (failure == null && !answer.isEmpty()) {
                meters(answer.get(0));
              }
              enter(Step.ADMISSION);
              if (step == Step.ADMISSION) {
                ready.accept(info.build());
              }
              return null;
            })
        .exceptionally(this::fail);
  }

  private void meters(OFMeterFeaturesStatsReply reply) {
    if (reply.getFeatures().getMaxMeter() > 0) {
      info.meterFeatures(reply.getFeatures());
    }
  }

  private void enter(Step next) {
    if (step != Step.CLOSED) {
      step = next;
    }
  }

  private static <M> M expect(Class<M> type, OFMessage reply) {
    if (!type.isInstance(reply)) {
      throw new IllegalStateException("answered by " + reply.getType());
    }
    return type.cast(reply);
  }

  private Void fail(Throwable failure) {
    Throwable cause = Failures.unwrap(failure);
    failed.accept("handshake failed waiting for " + step + ": " + cause.getMessage());
    return null;
  }
}
