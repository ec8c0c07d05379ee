#!/usr/bin/python3
# Copyright 2026 The Overlane Authors
# SPDX-License-Identifier: Apache-2.0
"""Watches interfaces for frames that carry a marker: capture.py MARKER INTERFACE [INTERFACE ...].

Prints "ready" once every socket is bound, then one JSON document per frame, until it is terminated.  A frame
counts when the marker is anywhere in it, so one test recognises its frames also as fragments and inside
tunnels.  Fields: iface, direction (in | out, as seen by the interface), tag (VLAN id or null), length (bytes
with Ethernet header, without the tag), src, dst, etherType, and where they apply: ipProto, fragmentOffset
(bytes), moreFragments, udpDst, vni.
"""

import json
import struct
import sys

from frames import PACKET_OUTGOING, watch

VXLAN_PORT = 4789
IPV6_FRAGMENT = 44


def mac(raw):
    return ":".join("%02x" % b for b in raw)


def describe_network(kind, packet):
    """Header fields of an IP packet, and where its payload begins; the offset is None in later fragments."""
    if kind == 0x0800 and len(packet) >= 20:
        field = struct.unpack_from("!H", packet, 6)[0]
        facts = {
            "ipProto": packet[9],
            "fragmentOffset": (field & 0x1FFF) * 8,
            "moreFragments": bool(field & 0x2000),
        }
        start = (packet[0] & 15) * 4
    elif kind == 0x86DD and len(packet) >= 48:
        facts = {"ipProto": packet[6], "fragmentOffset": 0, "moreFragments": False}
        start = 40
        if packet[6] == IPV6_FRAGMENT:
            proto, _, field = struct.unpack_from("!BBH", packet, 40)
            facts = {"ipProto": proto, "fragmentOffset": field & 0xFFF8, "moreFragments": bool(field & 1)}
            start = 48
    else:
        return {}, None
    return facts, None if facts["fragmentOffset"] else start


def describe(frame):
    """What a test may ask about a frame."""
    kind = struct.unpack_from("!H", frame, 12)[0]
    facts = {"length": len(frame), "dst": mac(frame[0:6]), "src": mac(frame[6:12]), "etherType": kind}
    network, start = describe_network(kind, frame[14:])
    facts.update(network)
    if start is not None and network["ipProto"] == 17 and len(frame) >= 14 + start + 16:
        facts["udpDst"] = struct.unpack_from("!H", frame, 14 + start + 2)[0]
        if facts["udpDst"] == VXLAN_PORT:
            facts["vni"] = struct.unpack_from("!I", frame, 14 + start + 12)[0] >> 8
    return facts


def main():
    marker = sys.argv[1].encode()

    def report(interface, frame):
        if marker in frame.data:
            direction = "out" if frame.kind == PACKET_OUTGOING else "in"
            facts = {"iface": interface, "direction": direction, "tag": frame.tag, **describe(frame.data)}
            print(json.dumps(facts), flush=True)

    watch(sys.argv[2:], report)


if __name__ == "__main__":
    main()
