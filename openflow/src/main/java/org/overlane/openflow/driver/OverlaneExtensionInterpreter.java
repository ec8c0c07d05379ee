/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.openflow.driver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.io.BaseEncoding;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.onosproject.codec.CodecContext;
import org.onosproject.net.behaviour.ExtensionSelectorResolver;
import org.onosproject.net.behaviour.ExtensionTreatmentResolver;
import org.onosproject.net.driver.AbstractHandlerBehaviour;
import org.onosproject.net.flow.Extension;
import org.onosproject.net.flow.ExtensionSelectorCodec;
import org.onosproject.net.flow.ExtensionTreatmentCodec;
import org.onosproject.net.flow.criteria.ExtensionSelector;
import org.onosproject.net.flow.criteria.ExtensionSelectorType;
import org.onosproject.net.flow.instructions.ExtensionTreatment;
import org.onosproject.net.flow.instructions.ExtensionTreatmentType;

/**
 * Creates the extensions of {@link OverlaneExtensions} by type, and shows and reads them as JSON:
 * {@code {"type": "OVERLANE_CHECK_PKT_LARGER", "length": "1464", "register": "9", "bit": "0"}}.
 */
public final class OverlaneExtensionInterpreter extends AbstractHandlerBehaviour
    implements ExtensionTreatmentResolver,
        ExtensionSelectorResolver,
        ExtensionTreatmentCodec,
        ExtensionSelectorCodec {

  private static final String TYPE = "type";

  @Override
  public ExtensionTreatment getExtensionInstruction(ExtensionTreatmentType type) {
    return OverlaneExtensions.treatment(type)
        .orElseThrow(() -> new IllegalArgumentException("no extension treatment of type " + type.type()));
  }

  @Override
  public ExtensionSelector getExtensionSelector(ExtensionSelectorType type) {
    return OverlaneExtensions.selector(type)
        .orElseThrow(() -> new IllegalArgumentException("no extension selector of type " + type.toInt()));
  }

  @Override
  public ObjectNode encode(ExtensionTreatment treatment, CodecContext context) {
    return toJson(OverlaneExtensions.TREATMENTS, treatment, context);
  }

  @Override
  public ObjectNode encode(ExtensionSelector selector, CodecContext context) {
    return toJson(OverlaneExtensions.SELECTORS, selector, context);
  }

  /**
   * ONOS's two codec interfaces have this method with different results; a class that implements both needs a
   * result that is both, and no extension is. So treatments, which REST asks for, are decoded here.
   */
  static ExtensionTreatment treatmentOf(ObjectNode json) {
    return fromJson(OverlaneExtensions.TREATMENTS, json);
  }

  static ExtensionSelector selectorOf(ObjectNode json) {
    return fromJson(OverlaneExtensions.SELECTORS, json);
  }
}
