#!/usr/bin/python3
# Copyright 2026 The Overlane Authors
# SPDX-License-Identifier: Apache-2.0
"""Sends marked frames out of an interface, as they are or VXLAN-encapsulated, whole or in fragments.

The payload is the marker over and over, so every fragment of a packet carries it.  Prints the number of
frames that were sent.

  send.py --iface eth0 --marker M --src MAC --dst MAC [--ip-src A --ip-dst A] [--payload BYTES] [--count N]
  ... --vni N --outer-src MAC --outer-dst MAC --vtep-src A --vtep-dst A [--sources N]
      [--fragment BYTES [--order sent|reversed|shuffled] [--duplicate]]
"""

import argparse
import logging
import random
import socket
import time

logging.getLogger("scapy.runtime").setLevel(logging.ERROR)
# The messages of scapy about missing routes must not be mixed into the answer, so the imports come after.
from scapy.layers.inet import IP, UDP, fragment  # noqa: E402
from scapy.layers.inet6 import IPv6, IPv6ExtHdrFragment, fragment6  # noqa: E402
from scapy.layers.l2 import Ether  # noqa: E402
from scapy.layers.vxlan import VXLAN  # noqa: E402

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
    parser.add_argument("--vtep-src")
    parser.add_argument("--vtep-dst")
    parser.add_argument("--sources", type=int, default=1, help="number of outer UDP source ports")
    parser.add_argument("--fragment", type=int, help="largest outer IP packet in bytes")
    parser.add_argument("--order", choices=("sent", "reversed", "shuffled"), default="sent")
    parser.add_argument("--duplicate", action="store_true", help="send every frame twice")
    return parser.parse_args()


def network(source, destination):
    """An IPv4 or IPv6 header."""
    return IPv6(src=source, dst=destination) if ":" in source else IP(src=source, dst=destination)


def inner_frame(args):
    payload = (args.marker * (args.payload // len(args.marker) + 1))[: args.payload].encode()
    frame = Ether(src=args.src, dst=args.dst)
    if args.ip_src is None:
        frame.type = EXPERIMENTAL
        return frame / payload
    return frame / network(args.ip_src, args.ip_dst) / UDP(sport=7, dport=9) / payload


def encapsulated(args, inner, number):
    """The outer packets that carry a frame, from the given source port: one, or its fragments."""
    port = FIRST_SOURCE_PORT + number
    ip = network(args.vtep_src, args.vtep_dst)
    transport = UDP(sport=port, dport=4789) / VXLAN(vni=args.vni, flags="Instance") / inner
    if not args.fragment:
        return [ip / transport]
    if isinstance(ip, IP):
        ip.id = port
        return fragment(ip / transport, (args.fragment - 20) // 8 * 8)
    return fragment6(ip / IPv6ExtHdrFragment(id=port) / transport, args.fragment)


def frames(args):
    inner = inner_frame(args)
    if args.vni is None:
        yield bytes(inner)
        return
    for number in range(args.sources):
        packets = [
            bytes(Ether(src=args.outer_src, dst=args.outer_dst) / packet)
            for packet in encapsulated(args, inner, number)
        ]
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
