/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.config;

/** Documents that several tests start from; quotes are written as apostrophes. */
final class Samples {
  static final String HV1 = "of:0000000000000001";
  static final String HV2 = "of:0000000000000002";

  private Samples() {}

  static String json(String... lines) {
    return String.join("\n", lines).replace('\'', '"');
  }

  /** Two hosts, one with every field. */
  static String twoHosts() {
    return json(
        "{ 'devices': {",
        "    'of:0000000000000001': { 'overlane': {",
        "      'name': 'hv1', 'profile': 'ovs', 'underlayMtu': 1500, 'replication': 'list',",
        "      'uplinks': [ { 'port': 1,",
        "                     'management': { 'port': 'LOCAL', 'mac': '02:0a:00:00:00:01' } } ],",
        "      'vteps': [ '192.0.2.1', '2001:db8::1' ],",
        "      'tunnel': { 'fragments': [ 'ipv4' ], 'mode': 'native', 'port': 10 } } },",
        "    'of:0000000000000002': { 'overlane': {",
        "      'uplinks': [ { 'port': 'ext', 'management': { 'port': 'mgmt' } } ],",
        "      'vteps': [ '192.0.2.2' ],",
        "      'tunnel': { 'mode': 'management-os', 'ports': { 'blue': 'vx100' } } } } },",
        "  'networks': [ { 'id': 'blue', 'vni': 100, 'mssClamping': true,",
        "                  'gateways': [ '10.0.0.1', 'fd00::1' ], 'vlanTags': 1,",
        "                  'underlay': 'ipv4' } ],",
        "  'endpoints': [",
        "    { 'id': 'vm1', 'network': 'blue', 'mac': '02:00:00:00:01:01',",
        "      'device': 'of:0000000000000001', 'port': 11, 'ips': [ '10.0.0.11', 'fd00::11' ] },",
        "    { 'network': 'blue', 'mac': '02:00:00:00:01:02',",
        "      'device': 'of:0000000000000002', 'port': 'vm2' } ] }");
  }

  static ModelDocument twoHostsDocument() {
    return new ModelReader().readDocument(twoHosts());
  }
}
