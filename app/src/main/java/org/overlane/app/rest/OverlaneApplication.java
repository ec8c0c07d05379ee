/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.rest;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.util.Map;
import java.util.Set;
import javax.ws.rs.core.Application;
import org.onlab.rest.AuthorizationFilter;

/**
 * The REST interface under {@code /onos/overlane}. Every answer that is not a success has one form,
 * see {@link Answers}; so ONOS's own exception mappers are left out.
 */
public final class OverlaneApplication extends Application {
  /** Jersey's own description of the resources is another one than ours. */
  @Override
  public Map<String, Object> getProperties() {
    return ImmutableMap.of("jersey.config.server.wadl.disableWadl", true);
  }

  @Override
  public Set<Class<?>> getClasses() {
    return ImmutableSet.of(
        AuthorizationFilter.class,
        BodilessRequests.class,
        FailureMapper.class,
        KnownParameters.class,
        ModelResource.class,
        NetworksResource.class,
        EndpointsResource.class,
        StatusResource.class,
        TopologyResource.class,
        FlowsResource.class,
        CountersResource.class,
        MtuResource.class,
        OversizeResource.class,
        ProvisioningResource.class,
        DropsResource.class,
        TraceResource.class,
        TunnelsResource.class,
        ExplainResource.class,
        OpenApiResource.class,
        VerificationResource.class,
        MetricsResource.class,
        HealthResource.class,
        ReadyResource.class);
  }
}
