/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.openflow.driver;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.onosproject.codec.CodecContext;
import org.onosproject.net.behaviour.ExtensionTreatmentResolver;
import org.onosproject.net.driver.AbstractHandlerBehaviour;
import org.onosproject.net.flow.ExtensionTreatmentCodec;
import org.onosproject.net.flow.instructions.ExtensionTreatment;
import org.onosproject.net.flow.instructions.ExtensionTreatmentType;

/**
 * Creates the extension treatments of {@link OverlaneExtensions}, and shows and reads them as JSON.
 */
public final class OverlaneTreatments extends AbstractHandlerBehaviour
    implements ExtensionTreatmentResolver, ExtensionTreatmentCodec {

  @Override
  public ExtensionTreatment getExtensionInstruction(ExtensionTreatmentType type) {
    return OverlaneExtensions.treatment(type)
        .orElseThrow(
            () -> new IllegalArgumentException("no extension treatment of type " + type.type()));
  }

  @Override
  public ObjectNode encode(ExtensionTreatment treatment, CodecContext context) {
    ObjectNode json = context.mapper().createObjectNode();
    ExtensionJson.write(OverlaneExtensions.TREATMENTS, treatment, json);
    return json;
  }

  @Override
  public ExtensionTreatment decode(ObjectNode json, CodecContext context) {
    return ExtensionJson.read(OverlaneExtensions.TREATMENTS, json);
  }
}
