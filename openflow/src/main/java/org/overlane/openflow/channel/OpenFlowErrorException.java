/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.openflow.channel;

import org.projectfloodlight.openflow.protocol.OFErrorMsg;

/** A switch answered a request with OFPT_ERROR. */
public final class OpenFlowErrorException extends Exception {

  private static final long serialVersionUID = 1L;

  private final transient OFErrorMsg error;

  public OpenFlowErrorException(OFErrorMsg error) {
    super(ErrorText.of(error));
    this.error = error;
  }

  public OFErrorMsg error() {
    return error;
  }
}
