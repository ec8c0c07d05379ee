/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.app.cli;

import com.google.common.annotations.VisibleForTesting;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.onlab.osgi.DefaultServiceDirectory;
import org.onlab.osgi.ServiceNotFoundException;
import org.overlane.app.api.OverlaneService;

/** Completes names of what there is at the moment; nothing while Overlane is not running. */
abstract class NameCompleter implements Completer {
  @VisibleForTesting
  Supplier<OverlaneService> source =
      () -> DefaultServiceDirectory.getService(OverlaneService.class);

  /** All of them. */
  abstract Collection<String> names(OverlaneService overlane);

  @Override
  public final int complete(Session session, CommandLine line, List<String> candidates) {
    try {
      return new StringsCompleter(names(source.get())).complete(session, line, candidates);
    } catch (ServiceNotFoundException e) {
      return -1;
    }
  }
}
