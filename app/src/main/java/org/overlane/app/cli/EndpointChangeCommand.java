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
import org.overlane.app.api.ModelView;
import org.overlane.config.ModelWriter;

/** Changes some fields of an endpoint. */
@Service
@Command(
    scope = "onos",
    name = "overlane-endpoint-change",
    description = "Changes those fields of an endpoint that are given; the others stay")
public final class EndpointChangeCommand extends EndpointEdit {
  @Argument(name = "endpoint", description = "Its id", required = true)
  @Completion(EndpointCompleter.class)
  private String id;

  @Option(
      name = "--unset",
      description = "A field to leave out, so that its default applies: ips",
      multiValued = true)
  @Completion(
      value = StringsCompleter.class,
      values = {"ips"})
  private List<String> unset = ImmutableList.of();

  @Override
  void run() {
    ModelView result =
        edit(
            present -> {
              ObjectNode json = ModelWriter.toJson(Declared.endpoint(present, id));
              fields(json).without(unset);
              return present.with(READER.readEndpoint(json.toString()));
            });
    tell(Declared.endpoint(result.document(), id), "changed", result);
  }
}
