/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.openflow.driver;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.onosproject.codec.CodecContext;
import org.onosproject.net.behaviour.ExtensionSelectorResolver;
import org.onosproject.net.driver.AbstractHandlerBehaviour;
import org.onosproject.net.flow.ExtensionSelectorCodec;
import org.onosproject.net.flow.criteria.ExtensionSelector;
import org.onosproject.net.flow.criteria.ExtensionSelectorType;

/**
 * Creates the extension selectors of {@link OverlaneExtensions}, and shows and reads them as JSON.
 */
public final class OverlaneSelectors extends AbstractHandlerBehaviour
    implements ExtensionSelectorResolver, ExtensionSelectorCodec {

  @Override
  public ExtensionSelector getExtensionSelector(ExtensionSelectorType type) {
    return OverlaneExtensions.selector(type)
        .orElseThrow(
            () -> new IllegalArgumentException("no extension selector of type " + type.toInt()));
  }

  @Override
  public ObjectNode encode(ExtensionSelector selector, CodecContext context) {
    ObjectNode json = context.mapper().createObjectNode();
    ExtensionJson.write(OverlaneExtensions.SELECTORS, selector, json);
    return json;
  }

  @Override
  public ExtensionSelector decode(ObjectNode json, CodecContext context) {
    return ExtensionJson.read(OverlaneExtensions.SELECTORS, json);
  }
}
