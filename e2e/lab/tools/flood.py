#!/usr/bin/python3
# Copyright 2026 The Overlane Authors
# SPDX-License-Identifier: Apache-2.0
"""Sends a bounded number of packets that ask for a controller's attention, as a hostile VM may.

  flood.py --iface eth0 --kind df | clear | ipv6 | syn --src MAC --dst MAC --ip-dst ADDRESS --count N
           [--sources N] [--size BYTES]

df and clear are IPv4/UDP packets with and without the don't-fragment bit, ipv6 are IPv6/UDP packets; --size is
that of the IP packet.  syn are TCP SYNs over IPv4 that announce an MSS of 1460.  Their IP sources are made up:
one of N addresses of 198.18.0.0/15 or 2001:2::/48 (RFC 2544, RFC 5180) after the other; the MAC is as given.
Prints the number of packets that were sent.
"""

import argparse
import ipaddress
import itertools
import socket
import struct
import sys
import time

FIRST_SOURCE = {4: int(ipaddress.ip_address("198.18.0.1")), 6: int(ipaddress.ip_address("2001:2::1"))}
MOST_SOURCES = 100_000
MOST_PACKETS = 1_000_000
DONT_FRAGMENT = 0x4000
UDP, TCP = 17, 6
# The switch reads its ports from one thread: a longer burst would overflow the socket of a port.
BURST = 20
PAUSE_SECONDS = 0.005


def bounded(most):
    """A whole number from 1 to this, for argparse."""

    def parse(text):
        number = int(text)
        if not 1 <= number <= most:
            raise argparse.ArgumentTypeError("must be 1 to %d, not %s" % (most, text))
        return number

    return parse


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--iface", required=True)
    parser.add_argument("--kind", choices=sorted(BUILDERS), required=True)
    parser.add_argument("--src", required=True, help="MAC")
    parser.add_argument("--dst", required=True, help="MAC")
    parser.add_argument("--ip-dst", type=ipaddress.ip_address, required=True)
    parser.add_argument("--count", type=bounded(MOST_PACKETS), required=True)
    parser.add_argument("--sources", type=bounded(MOST_SOURCES), default=1)
    parser.add_argument("--size", type=int, default=1500, help="bytes of the IP packet (1500)")
    args = parser.parse_args()
    if args.ip_dst.version != (6 if args.kind == "ipv6" else 4):
        parser.error("%s packets do not go to %s" % (args.kind, args.ip_dst))
    if not 100 <= args.size <= 9000:
        parser.error("--size must be 100 to 9000, not %d" % args.size)
    return args


def total(data):
    """The sum of RFC 1071 over an even number of bytes, not folded."""
    return sum(struct.unpack("!%dH" % (len(data) // 2), data))


def folded(number):
    """The checksum that a sum gives; zero is sent as all ones, which both UDP and TCP take."""
    while number >> 16:
        number = (number & 0xFFFF) + (number >> 16)
    return ~number & 0xFFFF or 0xFFFF


def ipv4(source, args, number, flags, protocol, payload):
    """An IPv4 packet."""
    head = struct.pack("!BBHHHBBH", 0x45, 0, 20 + len(payload), number & 0xFFFF, flags, 64, protocol, 0)
    head += source + args.ip_dst.packed
    return head[:10] + struct.pack("!H", folded(total(head))) + head[12:] + payload


def udp_packets(args, flags):
    payload = bytes(args.size - 28)
    datagram = struct.pack("!HHHH", 7, 9, 8 + len(payload), 0) + payload
    for number, source in enumerate(sources(args, 4)):
        yield ipv4(source, args, number, flags, UDP, datagram)


def ipv6_packets(args):
    payload = bytes(args.size - 48)
    length = 8 + len(payload)
    for source in sources(args, 6):
        addresses = source + args.ip_dst.packed
        header = struct.pack("!HHH", 7, 9, length)
        check = folded(total(addresses) + UDP + length + total(header))
        yield struct.pack("!IHBB", 6 << 28, length, UDP, 64) + addresses + header + struct.pack("!H", check) + payload


def syn_packets(args):
    for number, source in enumerate(sources(args, 4)):
        head = struct.pack("!HHIIBBH", 1024 + number % 60000, 9, number, 0, 6 << 4, 0x02, 65535)
        option = struct.pack("!BBH", 2, 4, 1460)
        check = folded(total(source + args.ip_dst.packed) + TCP + 24 + total(head) + total(option))
        yield ipv4(source, args, number, DONT_FRAGMENT, TCP, head + struct.pack("!HH", check, 0) + option)


def sources(args, version):
    """The source address of every packet, packed."""
    length = 4 if version == 4 else 16
    addresses = ((FIRST_SOURCE[version] + n).to_bytes(length, "big") for n in range(args.sources))
    return itertools.islice(itertools.cycle(addresses), args.count)


BUILDERS = {
    "df": lambda args: udp_packets(args, DONT_FRAGMENT),
    "clear": lambda args: udp_packets(args, 0),
    "ipv6": ipv6_packets,
    "syn": syn_packets,
}


def main():
    args = arguments()
    ethernet = b"".join(bytes.fromhex(mac.replace(":", "")) for mac in (args.dst, args.src))
    ethernet += struct.pack("!H", 0x86DD if args.kind == "ipv6" else 0x0800)
    sent = 0
    try:
        with socket.socket(socket.AF_PACKET, socket.SOCK_RAW) as sock:
            sock.bind((args.iface, 0))
            for packet in BUILDERS[args.kind](args):
                sock.send(ethernet + packet)
                sent += 1
                if sent % BURST == 0:
                    time.sleep(PAUSE_SECONDS)
    except OSError as error:
        sys.exit("flood.py: after %d packets: %s" % (sent, error))
    print(sent)


if __name__ == "__main__":
    main()
