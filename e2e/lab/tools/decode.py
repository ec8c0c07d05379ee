#!/usr/bin/python3
# Copyright 2026 The Overlane Authors
# SPDX-License-Identifier: Apache-2.0
"""Decodes the ICMP errors and the TCP SYNs that an interface sees: decode.py INTERFACE [errors] [syns].

Prints "ready", then one JSON document per packet, until it is terminated.  Common fields: kind (error | syn),
direction (in | out, as seen by the interface), tag (VLAN id, if any), sourceMac, destinationMac, source,
destination, length (of the IP packet), and problems: what a receiver would not accept, an empty list if there
is nothing.  An error has type, code, mtu, and of the packet that it quotes: quoted (bytes), quotedSource,
quotedDestination, quotedProtocol.  A SYN has mss (null without the option), acknowledges, sourcePort and
destinationPort.
"""

import json
import sys

from scapy.layers.inet import ICMP, IP, TCP
from scapy.layers.inet6 import (
    ICMPv6DestUnreach,
    ICMPv6PacketTooBig,
    ICMPv6ParamProblem,
    ICMPv6TimeExceeded,
    IPv6,
    in6_chksum,
)
from scapy.layers.l2 import Ether
from scapy.utils import checksum

from frames import PACKET_OUTGOING, watch

# RFC 792: destination unreachable, source quench, redirect, time exceeded, parameter problem
ERRORS4 = (3, 4, 5, 11, 12)
ERRORS6 = (ICMPv6DestUnreach, ICMPv6PacketTooBig, ICMPv6TimeExceeded, ICMPv6ParamProblem)
# RFC 1812 section 4.3.2.3; RFC 4443 section 2.4(c)
LONGEST_ERROR4, LONGEST_ERROR6 = 576, 1280
# RFC 792: a header and the first eight bytes of what it carries
SHORTEST_QUOTE4, SHORTEST_QUOTE6 = 28, 48
SMALLEST_FRAME = 60
TCP_SYN, TCP_ACK = 0x02, 0x10


def ip_problems(ip, raw, frame):
    """What is wrong with the header of an IP packet and with its length."""
    if ip.version == 4:
        length = ip.len
        if checksum(raw[: ip.ihl * 4]) != 0:
            yield "IPv4 header checksum"
    else:
        length = 40 + ip.plen
    if length > len(raw) or (length < len(raw) and len(frame) > SMALLEST_FRAME):
        yield "length field says %d bytes, the frame has %d" % (length, len(raw))


def length_of(ip):
    return ip.len if ip.version == 4 else 40 + ip.plen


def upper(ip, raw):
    """The bytes above the IP header, without Ethernet padding."""
    return raw[(ip.ihl * 4 if ip.version == 4 else 40) : length_of(ip)]


def transport_checksum_is_right(ip, protocol, segment):
    """Whether the sum over pseudo-header and segment, checksum included, comes out as zero."""
    if ip.version == 6:
        return in6_chksum(protocol, ip, segment) in (0, 0xFFFF)
    addresses = bytes(int(part) for part in (ip.src + "." + ip.dst).split("."))
    return checksum(addresses + protocol.to_bytes(2, "big") + len(segment).to_bytes(2, "big") + segment) == 0


def describe_quote(quote):
    """The header of the quoted packet; it may be cut off anywhere behind."""
    if len(quote) < 20:
        return {"quoted": len(quote)}
    ip = IP(quote) if quote[0] >> 4 == 4 else IPv6(quote)
    return {
        "quoted": len(quote),
        "quotedSource": ip.src,
        "quotedDestination": ip.dst,
        "quotedProtocol": ip.proto if ip.version == 4 else ip.nh,
    }


def error4_problems(ip, message):
    if checksum(message) != 0:
        yield "ICMP checksum"
    if length_of(ip) > LONGEST_ERROR4:
        yield "longer than %d bytes" % LONGEST_ERROR4
    if message[4:6] != b"\0\0":
        yield "bytes 4 and 5 are not zero"
    if len(message) < 8 + SHORTEST_QUOTE4 or message[8] >> 4 != 4:
        yield "quotes no IPv4 header with eight bytes behind it"


def error6_problems(ip, message):
    if not transport_checksum_is_right(ip, 58, message):
        yield "ICMPv6 checksum"
    if length_of(ip) > LONGEST_ERROR6:
        yield "longer than %d bytes" % LONGEST_ERROR6
    if ip.hlim == 0:
        yield "hop limit 0"
    if len(message) < 8 + SHORTEST_QUOTE6 or message[8] >> 4 != 6:
        yield "quotes no IPv6 header with eight bytes behind it"


def describe_error(ip, raw):
    """An ICMP error; None if it is no error."""
    message = upper(ip, raw)
    if ip.version == 4:
        if ICMP not in ip or ip[ICMP].type not in ERRORS4:
            return None
        facts, problems = {"mtu": int.from_bytes(message[6:8], "big")}, error4_problems(ip, message)
    else:
        if not any(kind in ip for kind in ERRORS6):
            return None
        facts, problems = {"mtu": int.from_bytes(message[4:8], "big")}, error6_problems(ip, message)
    return {
        "kind": "error",
        "type": message[0],
        "code": message[1],
        **facts,
        **describe_quote(message[8:]),
        "problems": list(problems),
    }


def describe_syn(ip, raw):
    """A SYN or SYN-ACK; None if it is neither."""
    if TCP not in ip or not int(ip[TCP].flags) & TCP_SYN:
        return None
    tcp = ip[TCP]
    sizes = [value for name, value in tcp.options if name == "MSS"]
    good = transport_checksum_is_right(ip, 6, upper(ip, raw))
    return {
        "kind": "syn",
        "mss": sizes[0] if sizes else None,
        "acknowledges": bool(int(tcp.flags) & TCP_ACK),
        "sourcePort": tcp.sport,
        "destinationPort": tcp.dport,
        "problems": [] if good else ["TCP checksum"],
    }


def describe(frame, wanted):
    """What a test may ask about a frame; None if it is of no kind that is wanted."""
    ether = Ether(frame.data)
    raw = frame.data[14:]
    # A first fragment has what is asked for; the rest of a fragmented packet has not.
    if ether.type == 0x0800 and ether.haslayer(IP) and ether[IP].frag == 0:
        ip = ether[IP]
    elif ether.type == 0x86DD and ether.haslayer(IPv6):
        ip = ether[IPv6]
    else:
        return None
    facts = next(filter(None, (KINDS[name](ip, raw) for name in wanted)), None)
    if facts is None:
        return None
    return {
        **facts,
        "direction": "out" if frame.kind == PACKET_OUTGOING else "in",
        "tag": frame.tag,
        "sourceMac": ether.src,
        "destinationMac": ether.dst,
        "source": ip.src,
        "destination": ip.dst,
        "length": length_of(ip),
        "problems": list(ip_problems(ip, raw, frame.data)) + facts["problems"],
    }


KINDS = {"errors": describe_error, "syns": describe_syn}


def main():
    if len(sys.argv) < 2 or "--help" in sys.argv or "-h" in sys.argv:
        print(__doc__.strip())
        sys.exit(0 if len(sys.argv) > 1 else 2)
    wanted = sys.argv[2:] or list(KINDS)
    if set(wanted) - set(KINDS):
        sys.exit("decode.py: knows %s, not %s" % (" and ".join(KINDS), " ".join(wanted)))

    def report(_, frame):
        facts = describe(frame, wanted)
        if facts:
            print(json.dumps(facts), flush=True)

    try:
        watch(sys.argv[1:2], report)
    except OSError as error:
        sys.exit("decode.py: %s: %s" % (sys.argv[1], error))


if __name__ == "__main__":
    main()
