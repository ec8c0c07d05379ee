/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * The lab ({@code e2e/lab/lab}) for tests: hypervisors, VMs, switches, captures, and packets that
 * no ordinary program sends.
 */
package org.overlane.e2e.lab;
