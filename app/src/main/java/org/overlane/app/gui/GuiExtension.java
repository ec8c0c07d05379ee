/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.gui;

import com.google.common.collect.ImmutableList;
import java.util.Optional;
import org.onlab.util.Tools;
import org.onosproject.app.ApplicationService;
import org.onosproject.app.ApplicationState;
import org.onosproject.cfg.ComponentConfigService;
import org.onosproject.core.ApplicationId;
import org.onosproject.net.link.LinkService;
import org.onosproject.ui.UiExtension;
import org.onosproject.ui.UiExtensionService;
import org.onosproject.ui.UiView;
import org.onosproject.ui.UiViewHidden;
import org.osgi.service.component.ComponentContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.overlane.app.api.OverlaneService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts Overlane into the GUI of ONOS, as long as there is one. To refer to the GUI's service as to
 * one that must be there would do, were it not that Karaf then refuses the whole bundle where it is
 * not.
 *
 * <p>The legacy GUI gets a topology overlay and a view with a link to Overlane's page. GUI2 has all
 * of its client built in: it draws what it is sent, and nothing else can be added to it, so that a
 * view of ours would be an entry of its menu that leads nowhere.
 */
@Component(
    immediate = true,
    service = {},
    property = "highlights:String=trouble")
public final class GuiExtension {
  private static final String VIEW = "overlane";
  private static final long PERIOD_MILLIS = 2_000;
  private static final String LEGACY_GUI = "org.onosproject.gui";
  private static final Logger LOG = LoggerFactory.getLogger(GuiExtension.class);

  @Reference OverlaneService overlane;
  @Reference LinkService links;
  @Reference ComponentConfigService configs;
  @Reference ApplicationService applications;

  private volatile HighlightMode mode = HighlightMode.TROUBLE;
  private UiExtensionService gui;
  private boolean active;
  private GuiRefresh refresh;
  private UiExtension extension;

  @Activate
  synchronized void activate(ComponentContext context) {
    configs.registerProperties(getClass());
    modified(context);
    active = true;
    register();
  }

  @Deactivate
  synchronized void deactivate() {
    unregister();
    active = false;
    configs.unregisterProperties(getClass(), false);
  }

  @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
  synchronized void bindGui(UiExtensionService service) {
    unregister();
    gui = service;
    register();
  }

  synchronized void unbindGui(UiExtensionService service) {
    if (gui == service) {
      unregister();
      gui = null;
    }
  }

  private void register() {
    if (!active || gui == null) {
      return;
    }
    GuiRefresh started = new GuiRefresh(() -> Overview.of(overlane), PERIOD_MILLIS);
    refresh = started;
    extension =
        new UiExtension.Builder(getClass().getClassLoader(), ImmutableList.of(view()))
            .resourcePath(VIEW)
            .topoOverlayFactory(
                () -> ImmutableList.of(new OverlaneTopologyOverlay(started::overview)))
            .messageHandlerFactory(
                () -> ImmutableList.of(new OverlaneMessages(started, links::getLinks, () -> mode)))
            .ui2()
            .build();
    gui.register(extension);
  }

  private void unregister() {
    if (extension != null) {
      gui.unregister(extension);
      refresh.stop();
      extension = null;
    }
  }

  @Modified
  void modified(ComponentContext context) {
    String wanted = Tools.get(context.getProperties(), "highlights");
    if (wanted != null) {
      Optional<HighlightMode> named = HighlightMode.named(wanted);
      if (!named.isPresent()) {
        LOG.warn("highlights must be off, trouble or all, not {}: stays {}", wanted, mode);
      }
      mode = named.orElse(mode);
    }
  }

  private UiView view() {
    ApplicationId legacy = applications.getId(LEGACY_GUI);
    return legacy != null && applications.getState(legacy) == ApplicationState.ACTIVE
        ? new UiView(UiView.Category.NETWORK, VIEW, "Overlane", "nav_tunnels")
        : new UiViewHidden(VIEW);
  }
}
