/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.config;

import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.overlane.flowrules.model.Network;
import org.overlane.flowrules.model.NetworkId;
import org.overlane.flowrules.model.NodeId;

/** The fields of the whole document. Not thread-safe. */
final class DocumentFields {
  private final ReaderLimits limits;
  private final ModelDocument.Builder document = ModelDocument.builder();

  private DocumentFields(ReaderLimits limits) {
    this.limits = limits;
  }

  /** The document as far as it can be read; notes the problems, those between objects included. */
  static ModelDocument readWhole(Cursor at, ReaderLimits limits, Problems problems) {
    DocumentFields fields = new DocumentFields(limits);
    if (!at.isObject(ModelObject.DOCUMENT.names())) {
      return ModelDocument.EMPTY;
    }
    int before = problems.size();
    at.optional("devices").ifPresent(fields::readDevices);
    boolean devicesComplete = problems.size() == before;
    before = problems.size();
    at.optional("networks").ifPresent(fields::readNetworks);
    boolean networksComplete = problems.size() == before;
    at.optional("endpoints").ifPresent(fields::readEndpoints);
    ModelDocument document = fields.document.build();
    ModelChecks.check(document, devicesComplete, networksComplete, problems);
    return document;
  }

  /** The objects as far as they can be read; notes the problems of each by itself. */
  static ModelDocument readFragment(Cursor at, ReaderLimits limits, Problems problems) {
    DocumentFields fields = new DocumentFields(limits);
    if (at.isObject(ModelObject.DOCUMENT.names())) {
      at.optional("devices").ifPresent(fields::readDevices);
      at.optional("networks").ifPresent(fields::readNetworks);
      at.optional("endpoints").ifPresent(fields::readEndpoints);
    }
    ModelDocument fragment = fields.document.build();
    fragment.devices().values().forEach(device -> DeviceChecks.check(device, problems));
    return fragment;
  }

  private void readDevices(Cursor at) {
    for (Map.Entry<String, Cursor> entry : at.entries(limits.devices()).entrySet()) {
      Cursor value = entry.getValue();
      if (!Scalars.isDeviceId(entry.getKey())) {
        value.problem(
            "has a key that is no device id: of: and 16 lower-case hexadecimal digits",
            "Write it as in \"of:0000000000000001\"");
      } else if (value.isObject(ModelObject.WRAPPER.names())) {
        NodeId id = NodeId.of(entry.getKey());
        value
            .required("overlane", "Put the device's configuration there")
            .flatMap(content -> DeviceFields.read(id, content))
            .ifPresent(document::add);
      }
    }
  }

  private void readNetworks(Cursor at) {
    Set<NetworkId> seen = new HashSet<>();
    for (Cursor element : at.elements(limits.networks())) {
      Optional<Network> network = NetworkFields.read(element);
      if (network.isPresent()) {
        if (seen.add(network.get().id())) {
          document.add(network.get());
        } else {
          element.repeated(network.get().id().toString());
        }
      }
    }
  }

  private void readEndpoints(Cursor at) {
    Set<String> seen = new HashSet<>();
    for (Cursor element : at.elements(limits.endpoints())) {
      Optional<EndpointConfig> endpoint = EndpointFields.read(element);
      if (endpoint.isPresent()) {
        if (seen.add(endpoint.get().id())) {
          document.add(endpoint.get());
        } else {
          element.repeated(endpoint.get().id());
        }
      }
    }
  }
}
