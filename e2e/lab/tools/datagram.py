#!/usr/bin/python3
# Copyright 2026 The Overlane Authors
# SPDX-License-Identifier: Apache-2.0
"""Sends UDP datagrams with or without the don't-fragment bit, and says of each whether it arrived whole.

  datagram.py send --to ADDRESS --port P --size BYTES [--count N] [--df]
  datagram.py receive --port P --count N [--bind ADDRESS] [--limit SECONDS]

The size is that of the UDP payload.  The sender takes no notice of a path MTU that its kernel has learned: it
fragments what is larger than the MTU of its interface, and nothing else; with --df it refuses that.  The
receiver prints "ready", then a JSON document per datagram: from, length, whole (every byte is the one that was
sent).  It ends after N datagrams, after the limit, or at SIGTERM.
"""

import argparse
import hashlib
import json
import signal
import socket
import sys

SMALLEST, LARGEST = 8, 65507
# linux/in.h and linux/in6.h: both leave the learned path MTU aside; the first sets DF, the second does not.
PMTUDISC_PROBE, PMTUDISC_OMIT = 3, 5
IP_MTU_DISCOVER, IPV6_MTU_DISCOVER = 10, 23


def size(text):
    """A payload size for argparse."""
    number = int(text)
    if not SMALLEST <= number <= LARGEST:
        raise argparse.ArgumentTypeError("must be %d to %d bytes, not %s" % (SMALLEST, LARGEST, text))
    return number


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("end", choices=("send", "receive"))
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--to", help="address to send to")
    parser.add_argument("--bind", default="::", help="address to receive on (all, IPv4 and IPv6)")
    parser.add_argument("--size", type=size, metavar="BYTES")
    parser.add_argument("--count", type=int, default=1)
    parser.add_argument("--df", action="store_true", help="set the don't-fragment bit")
    parser.add_argument("--limit", type=int, default=30, metavar="SECONDS", help="end after this time (30)")
    args = parser.parse_args()
    if args.end == "send" and (args.to is None or args.size is None):
        parser.error("send needs --to and --size")
    return args


def payload(number, count):
    """The bytes of a datagram: its number, its length, and bytes that follow from both."""
    head = number.to_bytes(4, "big") + count.to_bytes(4, "big")
    return head + hashlib.shake_128(head).digest(count - len(head))


def whole(data):
    """Whether a datagram has every byte that it was sent with."""
    return len(data) >= SMALLEST and data == payload(int.from_bytes(data[:4], "big"), len(data))


def send(args):
    """Sends the datagrams; returns how many the kernel took."""
    discover = PMTUDISC_PROBE if args.df else PMTUDISC_OMIT
    six = ":" in args.to
    with socket.socket(socket.AF_INET6 if six else socket.AF_INET, socket.SOCK_DGRAM) as sock:
        if six:
            sock.setsockopt(socket.IPPROTO_IPV6, IPV6_MTU_DISCOVER, discover)
        else:
            sock.setsockopt(socket.IPPROTO_IP, IP_MTU_DISCOVER, discover)
        for number in range(args.count):
            # Not connected: an ICMP error about an earlier datagram must not fail a later one.
            sock.sendto(payload(number, args.size), (args.to, args.port))
    return args.count


def receive(args):
    """Reports datagrams until there are enough of them."""
    family = socket.AF_INET6 if ":" in args.bind else socket.AF_INET
    with socket.socket(family, socket.SOCK_DGRAM) as sock:
        if family == socket.AF_INET6:
            sock.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, int(args.bind != "::"))
        sock.bind((args.bind, args.port))
        print("ready", flush=True)
        for _ in range(args.count):
            data, sender = sock.recvfrom(65535)
            source = sender[0].removeprefix("::ffff:")
            print(json.dumps({"from": source, "length": len(data), "whole": whole(data)}), flush=True)


class Ended(Exception):
    """The limit has passed, or somebody asked for the end."""


def end(*_):
    raise Ended


def main():
    args = arguments()
    for number in (signal.SIGALRM, signal.SIGTERM, signal.SIGINT):
        signal.signal(number, end)
    signal.alarm(args.limit)
    try:
        if args.end == "send":
            print(send(args))
        else:
            receive(args)
    except Ended:
        pass
    except OSError as error:
        sys.exit("datagram.py: %s" % error)


if __name__ == "__main__":
    main()
