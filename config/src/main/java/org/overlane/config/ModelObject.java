/*
 * Copyright 2026 The Overlane Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.overlane.config;

import static org.overlane.config.ModelField.optional;
import static org.overlane.config.ModelField.required;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.util.Locale;
import org.overlane.flowrules.model.AddressFamily;
import org.overlane.flowrules.model.Network;
import org.overlane.flowrules.model.Node;
import org.overlane.flowrules.model.PathLimit;
import org.overlane.flowrules.model.Profile;
import org.overlane.flowrules.model.Replication;
import org.overlane.flowrules.model.TunnelEndpoint;
import org.overlane.flowrules.model.Vni;

/**
 * The objects of the model document with all their fields: the one place that says which there are.
 * The reader allows these and no others; the tables of docs/model.md and the JSON Schema are made
 * of them ({@code ModelReferenceTest}). How a field is read is in {@link DeviceFields} and the
 * like.
 */
enum ModelObject {
  DOCUMENT(
      "",
      optional(
          "devices",
          FieldType.map(
              "device id to `{ \"overlane\": DEVICE }`",
              Scalars.DEVICE_ID.pattern(),
              FieldType.object("Wrapper"),
              ReaderLimits.DEFAULT.devices()),
          "none",
          "the switches. A device id is ONOS's: `of:` and the datapath id as 16 lower-case"
              + " hexadecimal digits"),
      optional(
          "networks",
          FieldType.list("NETWORK", FieldType.object("Network"), ReaderLimits.DEFAULT.networks()),
          "none",
          "the overlay networks"),
      optional(
          "endpoints",
          FieldType.list(
              "ENDPOINT", FieldType.object("Endpoint"), ReaderLimits.DEFAULT.endpoints()),
          "none",
          "who is attached where")),

  WRAPPER(
      "devices.<id>",
      required(
          "overlane", FieldType.object("Device"), "beside what other applications keep there")),

  DEVICE(
      "devices.<id>.overlane",
      optional(
          "name",
          FieldType.form(
              "string, 1 to " + Scalars.LONGEST_NAME + " characters",
              "(?=[\\s\\S]*\\S)[^\\u0000-\\u001f\\u007f-\\u009f]{1," + Scalars.LONGEST_NAME + "}"),
          "none",
          "for people"),
      optional(
          "profile",
          FieldType.choice(Profile.class, Profile::text),
          "`ovs`",
          "kind of switch: Open vSwitch 2.x and 3.x, or a plain OpenFlow 1.3 switch, for which no"
              + " extension is used"),
      optional(
          "uplinks",
          FieldType.list("UPLINK", FieldType.object("Uplink"), Limits.UPLINKS),
          "empty",
          "ports towards the underlay. Without any, the bridge has only the overlay part (br-int)"),
      optional(
          "vteps",
          FieldType.set("IP addresses", Types.IP, Limits.VTEPS),
          "empty",
          "addresses of the tunnel endpoint of this device, preferred first; unicast; each belongs"
              + " to one device only. Tunnels lead to the first of each family; packets to the"
              + " others are taken, too"),
      optional(
          "zones",
          FieldType.filledSet(
              "names, each " + Types.NETWORK_ID.text(), Types.NETWORK_ID, Limits.ZONES),
          "`[\"default\"]`",
          "transport zones: only devices that have one in common have tunnels to each other; see"
              + " [zones](#zones). Not on a bridge with a `host`, whose zones count"),
      optional(
          "tunnel",
          FieldType.object("Tunnel"),
          "none",
          "how frames get into and out of VXLAN. Without it, the bridge has only the receive and"
              + " bypass part (br-phy)"),
      optional(
          "underlayMtu",
          FieldType.integer("bytes", Node.MIN_UNDERLAY_MTU, Node.MAX_UNDERLAY_MTU),
          "what the uplinks carry, as far as `ovsdb` tells; else " + Node.DEFAULT_UNDERLAY_MTU,
          "largest IP packet of the underlay: IP header included, Ethernet header not. At least "
              + PathLimit.IPV6_MINIMUM
              + " where there is an IPv6 VTEP. An upper bound: an uplink that is known to"
              + " carry less lowers it"),
      optional(
              "fragmentRate",
              FieldType.integer("packets a second", 1, Node.MAX_FRAGMENT_RATE),
              "none: as many as come",
              "most fragments for its `vteps` that the device takes from its uplinks, all together;"
                  + " what exceeds it is dropped and counted. See [fragments](#fragments)")
          .ofOpenVswitch(),
      optional(
          "replication",
          FieldType.choice(Replication.class, Replication::text),
          "`list` for `ovs`, `group` for `openflow13`",
          "how broadcast and multicast frames are copied: by the entry itself, or by a group of"
              + " type ALL"),
      optional(
          "host",
          Types.DEVICE_ID,
          "none",
          "only on a bridge that connects another one to the underlay: the device whose endpoint it"
              + " serves. Its `vteps` must be among those of the host"),
      optional(
              "ovsdb",
              FieldType.form(
                  "`tcp:ADDRESS:PORT` or `ssl:ADDRESS:PORT`, an IPv6 address in brackets; or"
                      + " `passive`",
                  OvsdbAddress.FORM.pattern() + "|passive"),
              "none",
              "where the Open vSwitch database of this device's host listens:"
                  + " `\"tcp:192.0.2.10:6640\"`; or that it [connects by"
                  + " itself](#hosts-that-connect-by-themselves). See [discovery](#discovery)")
          .ofOpenVswitch(),
      optional(
              "provision",
              FieldType.object("Provision"),
              "none",
              "what may be set up there. Without it nothing is written. Needs `ovsdb`. See"
                  + " [provisioning](#provision)")
          .ofOpenVswitch()),

  UPLINK(
      "devices.<id>.overlane.uplinks[]",
      required("port", Types.PORT, "towards the underlay"),
      optional(
          "management",
          FieldType.object("Management"),
          "none",
          "port of the host's own IP stack. It uses this uplink only, and frames never pass from"
              + " uplink to uplink")),

  MANAGEMENT(
      "devices.<id>.overlane.uplinks[].management",
      required("port", Types.PORT, "must not be an uplink, a tunnel port, or an endpoint's port"),
      optional(
          "mac",
          Types.MAC,
          "that which the switch reports for the port",
          "frames to it are delivered. Offline it must be given")),

  TUNNEL(
      "devices.<id>.overlane.tunnel",
      required(
          "mode",
          FieldType.choice(TunnelEndpoint.Mode.class, TunnelEndpoint.Mode::text),
          "see below"),
      optional(
          "port",
          Types.PORT,
          "required for `native`, unless `provision` makes the port: then `vx-overlane`; else not"
              + " allowed",
          "the flow-based tunnel port"),
      optional(
          "ports",
          FieldType.map(
              "key to port",
              Scalars.NETWORK_ID.pattern() + "|" + Types.IP_PATTERN,
              Types.PORT,
              Limits.TUNNEL_PORTS),
          "required but for `native`, there not allowed",
          "tunnel ports by network id (`management-os`) or by remote VTEP address"
              + " (`port-per-remote`)"),
      optional(
          "fragments",
          FieldType.set(
              "`ipv4`, `ipv6`",
              FieldType.choice(AddressFamily.class, AddressFamily::text),
              AddressFamily.values().length),
          "`[\"ipv4\"]` for `management-os`, and for `native` where `ovsdb` tells of a kernel"
              + " datapath and a port with `df_default=false`; else `[]`",
          "underlay families over which the endpoint fragments outer packets that are too large,"
              + " instead of dropping them; see [large packets](#large-packets)")),

  PROVISION(
      "devices.<id>.overlane.provision",
      optional(
              "policy",
              FieldType.choice(ProvisionConfig.Policy.class, ProvisionConfig.Policy::text),
              "`apply`",
              "whether to do it, or only to show what would be done")
          .ofOpenVswitch(),
      optional(
              "tunnel",
              FieldType.flag(),
              "`true`",
              "whether to make the port of a `native` tunnel, where `tunnel.port` is a name or left out"
                  + " (`vx-overlane`)")
          .ofOpenVswitch(),
      optional(
              "controllers",
              FieldType.list(
                  "targets",
                  FieldType.form(
                      "target",
                      OvsdbAddress.FORM.pattern() + "|" + ProvisionConfig.UNIX_TARGET.pattern()),
                  Limits.CONTROLLERS),
              "empty",
              "OpenFlow controllers of the bridge, as Open vSwitch writes them: `tcp:ADDRESS:PORT`,"
                  + " `ssl:ADDRESS:PORT`, `unix:/PATH`. In a cluster, all of its members. Empty: the"
                  + " bridge's controllers are left alone")
          .ofOpenVswitch()),

  NETWORK(
      "networks[]",
      required("id", Types.NETWORK_ID, "names the network; unique"),
      required("vni", FieldType.integer("", Vni.MIN, Vni.MAX), "VXLAN network identifier; unique"),
      optional(
          "underlay",
          FieldType.choice(AddressFamily.class, AddressFamily::text),
          "the family of the sender's first VTEP for which the receiver has one too",
          "address family between the tunnel endpoints of this network"),
      optional(
              "mssClamping",
              FieldType.flag(),
              "`false`",
              "whether the MSS of TCP connections to VMs on other devices is lowered to what fits")
          .ofOpenVswitch(),
      optional(
          "advertiseMtu",
          FieldType.either(
              "`true`, `false`, `\"dhcp\"`, `\"ra\"`",
              FieldType.flag(),
              FieldType.form("announcement", "dhcp|ra")),
          "`false`",
          "whether VMs are told the MTU of the network, in DHCPv4 replies, IPv6 router"
              + " advertisements, or (`true`) both, that VMs of the network send. See [telling VMs"
              + " their MTU](#telling-vms-their-mtu)"),
      optional(
          "gateways",
          FieldType.set(
              "IP addresses, one of each family", Types.IP, AddressFamily.values().length),
          "empty",
          "addresses that ICMP errors about packets that are too large come from; unicast. Without"
              + " one of its family, an error comes from the address that the packet was sent to"),
      optional(
          "vlanTags",
          FieldType.integer("", 0, Network.MAX_VLAN_TAGS),
          "0",
          "VLAN tags that the VMs' frames keep inside the overlay. Each lowers the MTU that is"
              + " reported for the network by 4 bytes")),

  ENDPOINT(
      "endpoints[]",
      optional(
          "id",
          FieldType.form(
              "string, 1 to 128 of `A-Z a-z 0-9 . _ : / -`, letter or digit first",
              Scalars.ENDPOINT_ID.pattern()),
          "`<network>/<mac>`",
          "names the endpoint; unique"),
      required("network", Types.NETWORK_ID.described("network id"), "must exist"),
      required(
          "mac",
          Types.MAC,
          "`02:00:00:00:01:01`; unique in its network; none that begins with `f2:4f`, which are"
              + " kept for probes. Frames with another source address are dropped"),
      required(
          "device",
          Types.DEVICE_ID,
          "the switch. In the controller it may be configured later, the endpoint is pending until"
              + " then"),
      required(
          "port", Types.PORT, "several endpoints may share a port if their MAC addresses differ"),
      optional(
          "ips",
          FieldType.set("IP addresses", Types.IP, Limits.IPS),
          "empty",
          "addresses that the endpoint owns; unicast"));

  /** How many elements lists may have. */
  static final class Limits {
    static final int UPLINKS = 64;
    static final int VTEPS = 64;
    static final int ZONES = 64;
    static final int CONTROLLERS = 8;
    static final int TUNNEL_PORTS = 65_536;
    static final int IPS = 256;

    private Limits() {}
  }

  private final String path;
  private final ImmutableList<ModelField> fields;
  private final ImmutableSet<String> names;

  ModelObject(String path, ModelField... fields) {
    this.path = path;
    this.fields = ImmutableList.copyOf(fields);
    this.names = this.fields.stream().map(ModelField::name).collect(ImmutableSet.toImmutableSet());
  }

  /** Where it is in a document; empty for the document itself. */
  String path() {
    return path;
  }

  ImmutableList<ModelField> fields() {
    return fields;
  }

  /** The names of its fields, in their order. */
  ImmutableSet<String> names() {
    return names;
  }

  /** Its name in the JSON Schema. */
  String definition() {
    return name().toLowerCase(Locale.ROOT);
  }
}
