/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.gui;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.verifyNoMoreInteractions;
import static org.mockito.Mockito.when;

import com.google.common.io.ByteStreams;
import java.io.InputStream;
import java.util.Hashtable;
import org.junit.jupiter.api.Test;
import org.mockito.ArgumentCaptor;
import org.onosproject.app.ApplicationService;
import org.onosproject.app.ApplicationState;
import org.onosproject.cfg.ComponentConfigService;
import org.onosproject.core.ApplicationId;
import org.onosproject.core.DefaultApplicationId;
import org.onosproject.net.link.LinkService;
import org.onosproject.ui.UiExtension;
import org.onosproject.ui.UiExtensionService;
import org.onosproject.ui.UiView;
import org.osgi.service.component.ComponentContext;

class GuiExtensionTest {
  private static final ApplicationId LEGACY = new DefaultApplicationId(9, "org.onosproject.gui");

  private final UiExtensionService gui = mock(UiExtensionService.class);
  private final ApplicationService applications = mock(ApplicationService.class);
  private final ComponentContext context = mock(ComponentContext.class);
  private final GuiExtension component = new GuiExtension();

  private UiExtension activate() {
    component.bindGui(gui);
    verifyNoInteractions(gui);
    component.applications = applications;
    component.overlane = new Scene().service();
    component.links = mock(LinkService.class);
    component.configs = mock(ComponentConfigService.class);
    when(context.getProperties()).thenReturn(new Hashtable<>());
    component.activate(context);
    ArgumentCaptor<UiExtension> extension = ArgumentCaptor.forClass(UiExtension.class);
    verify(gui).register(extension.capture());
    return extension.getValue();
  }

  private static String text(InputStream in) throws Exception {
    return new String(ByteStreams.toByteArray(in), UTF_8);
  }

  @Test
  void givesTheLegacyGuiAllThatItAsksFor() throws Exception {
    when(applications.getId("org.onosproject.gui")).thenReturn(LEGACY);
    when(applications.getState(LEGACY)).thenReturn(ApplicationState.ACTIVE);
    UiExtension extension = activate();
    assertThat(extension.views().get(0).category()).isEqualTo(UiView.Category.NETWORK);
    assertThat(text(extension.css())).isBlank();
    assertThat(text(extension.js())).contains("app/view/overlane/overlane.js");
    assertThat(text(extension.resource("overlane", "overlane.html")))
        .contains("href=\"/overlane/\"");
    // Both sides call things by the same names; the module's name follows from that of the view.
    assertThat(text(extension.resource("overlane", "overlane.js")))
        .contains("'ovOverlane'", "'OvOverlaneCtrl'")
        .contains("'" + OverlaneTopologyOverlay.ID + "'")
        .contains(OverlaneTopologyOverlay.OPEN_PAGE.id() + ":")
        .contains("'" + OverlaneMessages.START + "'", "'" + OverlaneMessages.STOP + "'");
    assertThat(extension.topoOverlayFactory().newOverlays())
        .singleElement()
        .isInstanceOf(OverlaneTopologyOverlay.class);
    assertThat(extension.messageHandlerFactory().newHandlers()).hasSize(1);
    component.deactivate();
    verify(gui).unregister(extension);
  }

  /** It would lead nowhere. */
  @Test
  void hasNoPlaceInTheMenuOfGui2() {
    assertThat(activate().views().get(0).category()).isEqualTo(UiView.Category.HIDDEN);
    component.deactivate();
  }

  @Test
  void norWhereTheLegacyGuiIsInstalledButNotActive() {
    when(applications.getId("org.onosproject.gui")).thenReturn(LEGACY);
    when(applications.getState(any())).thenReturn(ApplicationState.INSTALLED);
    assertThat(activate().views().get(0).category()).isEqualTo(UiView.Category.HIDDEN);
    component.deactivate();
  }

  /** The GUI may come after us, go before us, and come back as another one. */
  @Test
  void followsTheGui() {
    UiExtension extension = activate();
    component.unbindGui(gui);
    verify(gui).unregister(extension);
    UiExtensionService other = mock(UiExtensionService.class);
    component.bindGui(other);
    verify(other).register(any(UiExtension.class));
    component.unbindGui(gui);
    verify(other, never()).unregister(any(UiExtension.class));
    component.deactivate();
    verify(other).unregister(any(UiExtension.class));
    component.unbindGui(other);
    verifyNoMoreInteractions(gui, other);
  }

  @Test
  void onosIsToldOfTheSettingWithItsDefault() throws Exception {
    assertThat(text(GuiExtension.class.getResourceAsStream("GuiExtension.cfgdef")))
        .contains("highlights|STRING|trouble|");
    assertThat(HighlightMode.named("trouble")).contains(HighlightMode.TROUBLE);
    assertThat(HighlightMode.named("TROUBLE")).isEmpty();
  }
}
