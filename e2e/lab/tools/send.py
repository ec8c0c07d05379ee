#!/usr/bin/python3
# Copyright 2026 The Overlane Authors
# SPDX-License-Identifier: Apache-2.0
"""Sends marked frames out of an interface, as they are or VXLAN-encapsulated, whole or in fragments.

The payload is the marker over and over, so every fragment of a packet carries it.  Prints the number of
frames that were sent.

  send.py --iface eth0 --marker M --src MAC --dst MAC [--ip-src A --ip-dst A] [--payload BYTES] [--count N]
  ... --vni N --outer-src MAC --outer-dst MAC --vtep-src A --vtep-dst A [--outer-tag VLAN] [--sources N]
      [--fragment BYTES [--order sent|reversed|shuffled] [--duplicate] [--first-only]]
"""

import argparse
import random
import socket
import struct
import time

# IEEE 802 local experimental EtherType: nobody answers it.
EXPERIMENTAL = 0x88B5
FIRST_SOURCE_PORT = 20000
# The switch reads its ports from one thread: a longer burst would overflow the socket of a port.
BURST = 20
PAUSE_SECONDS = 0.005


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--iface", required=True)
    parser.add_argument("--marker", required=True)
    parser.add_argument("--src", required=True, help="MAC")
    parser.add_argument("--dst", required=True, help="MAC")
    parser.add_argument("--ip-src")
    parser.add_argument("--ip-dst")
    parser.add_argument("--payload", type=int, default=64, help="bytes after the UDP or Ethernet header")
    parser.add_argument("--count", type=int, default=1)
    parser.add_argument("--vni", type=int)
    parser.add_argument("--outer-src", help="MAC")
    parser.add_argument("--outer-dst", help="MAC")
    parser.add_argument("--outer-tag", type=int, help="VLAN of the outer packets")
    parser.add_argument("--vtep-src")
    parser.add_argument("--vtep-dst")
    parser.add_argument("--sources", type=int, default=1, help="number of outer UDP source ports")
    parser.add_argument("--fragment", type=int, help="largest outer IP packet in bytes")
    parser.add_argument("--order", choices=("sent", "reversed", "shuffled"), default="sent")
    parser.add_argument("--first-only", action="store_true", help="of each packet, the first fragment alone")
    parser.add_argument("--duplicate", action="store_true", help="send every frame twice")
    return parser.parse_args()


def ethernet(destination, source, kind, payload):
    """An Ethernet frame, without scapy: its import takes longer than all the rest."""
    return b"".join(bytes.fromhex(mac.replace(":", "")) for mac in (destination, source)) + struct.pack(
        "!H", kind
    ) + payload


def network(source, destination):
    """An IPv4 or IPv6 header."""
    from scapy.layers.inet import IP
    from scapy.layers.inet6 import IPv6

    return IPv6(src=source, dst=destination) if ":" in source else IP(src=source, dst=destination)


def ethernet_ip(destination, source, packet):
    return ethernet(destination, source, 0x86DD if packet.version == 6 else 0x0800, bytes(packet))


def tagged(frame, tag):
    return frame if tag is None else frame[:12] + struct.pack("!HH", 0x8100, tag) + frame[12:]


def inner_frame(args):
    payload = (args.marker * (args.payload // len(args.marker) + 1))[: args.payload].encode()
    if args.ip_src is None:
        return ethernet(args.dst, args.src, EXPERIMENTAL, payload)
    from scapy.layers.inet import UDP

    return ethernet_ip(
        args.dst, args.src, network(args.ip_src, args.ip_dst) / UDP(sport=7, dport=9) / payload
    )


def encapsulated(args, inner, number):
    """The outer packets that carry a frame, from the given source port: one, or its fragments."""
    from scapy.layers.inet import UDP, fragment
    from scapy.layers.inet6 import IPv6ExtHdrFragment, fragment6

    port = FIRST_SOURCE_PORT + number
    ip = network(args.vtep_src, args.vtep_dst)
    # RFC 7348 section 5: flags with the I bit, 24 reserved bits, VNI, 8 reserved bits
    transport = UDP(sport=port, dport=4789) / (struct.pack("!II", 0x08000000, args.vni << 8) + inner)
    if not args.fragment:
        return [ip / transport]
    if ip.version == 4:
        ip.id = port
        return fragment(ip / transport, (args.fragment - 20) // 8 * 8)
    return fragment6(ip / IPv6ExtHdrFragment(id=port) / transport, args.fragment)


def frames(args):
    """Every frame, in the order in which it is to be sent."""
    inner = inner_frame(args)
    if args.vni is None:
        yield inner
        return
    for number in range(args.sources):
        packets = [
            tagged(ethernet_ip(args.outer_dst, args.outer_src, packet), args.outer_tag)
            for packet in encapsulated(args, inner, number)
        ]
        if args.first_only:
            packets = packets[:1]
        if args.duplicate:
            packets = [p for packet in packets for p in (packet, packet)]
        if args.order == "reversed":
            packets.reverse()
        elif args.order == "shuffled":
            random.Random(number).shuffle(packets)
        yield from packets


def main():
    args = arguments()
    batch = list(frames(args))
    with socket.socket(socket.AF_PACKET, socket.SOCK_RAW) as sock:
        sock.bind((args.iface, 0))
        for number, frame in enumerate(batch * args.count):
            sock.send(frame)
            if number % BURST == BURST - 1:
                time.sleep(PAUSE_SECONDS)
    print(len(batch) * args.count)


if __name__ == "__main__":
    main()
