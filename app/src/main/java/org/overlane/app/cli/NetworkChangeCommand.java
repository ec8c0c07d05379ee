/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.collect.ImmutableList;
import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.overlane.config.ModelWriter;
import org.overlane.flowrules.model.NetworkId;

/** Changes some fields of a network. */
@Service
@Command(
    scope = "onos",
    name = "overlane-network-change",
    description = "Changes those fields of an overlay network that are given; the others stay")
public final class NetworkChangeCommand extends NetworkEdit {
  @Argument(name = "network", description = "Its id", required = true)
  @Completion(NetworkCompleter.class)
  private String id;

  @Option(
      name = "--unset",
      description = "A field to leave out, so that its default applies, as in underlay",
      multiValued = true)
  @Completion(
      value = StringsCompleter.class,
      values = {"underlay", "mssClamping", "advertiseMtu", "gateways", "vlanTags"})
  private List<String> unset = ImmutableList.of();

  @Override
  void run() {
    ObjectNode now =
        ModelWriter.toJson(
            edit(present -> {
                  ObjectNode json = ModelWriter.toJson(Declared.network(present, id));
                  fields(json).without(unset);
                  return present.with(READER.readNetwork(json.toString()));
                })
                .document()
                .networks()
                .get(NetworkId.of(id)));
    tell("Network " + id, "changed", now);
  }
}
