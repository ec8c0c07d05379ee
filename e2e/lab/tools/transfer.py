#!/usr/bin/python3
# Copyright 2026 The Overlane Authors
# SPDX-License-Identifier: Apache-2.0
"""Carries bytes over TCP and says whether they arrived as they were sent.

  transfer.py listen  --port P [--bind ADDRESS] [--limit SECONDS]
  transfer.py connect --port P --to ADDRESS (--send BYTES | --receive BYTES) [--hold] [--limit SECONDS]

The listening end prints "ready", serves one connection and ends; the connecting end says in which direction
the bytes go.  Each end prints one JSON document: bytes, sha256, whole (the receiver has the bytes that the
sender had), mss (of the connection, at its end).  With --hold the connecting end stops in the middle of its
bytes, prints "held" and goes on when a line arrives on its standard input.  Exit status: 0 if the transfer
was whole, 1 if not, also when it has not ended within the limit.
"""

import argparse
import hashlib
import json
import signal
import socket
import sys

BLOCK = 65536
DIGEST_BYTES = 32
WHOLE, BROKEN = b"W", b"B"
LARGEST = 1 << 30


class Broken(Exception):
    """The transfer has failed; the message says how."""


def size(text):
    """A number of bytes for argparse."""
    number = int(text)
    if not 1 <= number <= LARGEST:
        raise argparse.ArgumentTypeError("must be 1 to %d bytes, not %s" % (LARGEST, text))
    return number


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("end", choices=("listen", "connect"))
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--bind", default="::", help="address to listen on (all, IPv4 and IPv6)")
    parser.add_argument("--to", help="address to connect to")
    direction = parser.add_mutually_exclusive_group()
    direction.add_argument("--send", type=size, metavar="BYTES")
    direction.add_argument("--receive", type=size, metavar="BYTES")
    parser.add_argument("--hold", action="store_true", help="stop in the middle until a line arrives")
    parser.add_argument("--limit", type=int, default=60, metavar="SECONDS", help="end after this time (60)")
    args = parser.parse_args()
    if args.end == "connect" and (args.to is None or (args.send is None and args.receive is None)):
        parser.error("connect needs --to and one of --send and --receive")
    return args


def content(count):
    """Bytes that do not repeat themselves, the same on every run."""
    return hashlib.shake_128(b"overlane %d" % count).digest(count)


def wait_for_a_line(held):
    if held:
        print("held", flush=True)
        sys.stdin.readline()


def send(sock, count, hold):
    """Sends the bytes and their digest; returns the digest once the receiver has confirmed them."""
    data = content(count)
    digest = hashlib.sha256(data).digest()
    sock.sendall(data[: count // 2])
    wait_for_a_line(hold)
    sock.sendall(data[count // 2 :] + digest)
    verdict = sock.recv(1)
    if verdict != WHOLE:
        raise Broken("the receiver says that the bytes are not those that were sent" if verdict else "closed early")
    return digest


def receive(sock, count, hold):
    """Takes the bytes and tells the sender whether they match their digest."""
    arrived = take(sock, count // 2)
    wait_for_a_line(hold)
    arrived += take(sock, count - count // 2)
    digest = hashlib.sha256(arrived).digest()
    whole = take(sock, DIGEST_BYTES) == digest
    sock.sendall(WHOLE if whole else BROKEN)
    if not whole:
        raise Broken("%d bytes arrived, but not those that were sent" % count)
    return digest


def take(sock, count):
    """Exactly this many bytes of the stream."""
    parts = []
    while count:
        part = sock.recv(min(count, BLOCK))
        if not part:
            raise Broken("the connection was closed %d bytes early" % count)
        parts.append(part)
        count -= len(part)
    return b"".join(parts)


def listening_end(args):
    """Serves one connection; returns it with what the peer wants of this end."""
    family = socket.AF_INET6 if ":" in args.bind else socket.AF_INET
    with socket.create_server((args.bind, args.port), family=family, dualstack_ipv6=args.bind == "::") as server:
        print("ready", flush=True)
        sock, _ = server.accept()
    count = int.from_bytes(take(sock, 8), "big", signed=True)
    return sock, receive if count > 0 else send, abs(count)


def connecting_end(args):
    """Connects and tells the peer how many bytes go which way: negative where they come back."""
    sock = socket.create_connection((args.to, args.port))
    sock.sendall((args.send or -args.receive).to_bytes(8, "big", signed=True))
    return sock, send if args.send else receive, args.send or args.receive


def run_out(*_):
    raise Broken("not ended within the limit")


def main():
    args = arguments()
    signal.signal(signal.SIGALRM, run_out)
    signal.alarm(args.limit)
    try:
        sock, move, count = (listening_end if args.end == "listen" else connecting_end)(args)
        with sock:
            digest = move(sock, count, args.hold)
            mss = sock.getsockopt(socket.IPPROTO_TCP, socket.TCP_MAXSEG)
    except (Broken, OSError) as error:
        print(json.dumps({"whole": False, "error": str(error)}), flush=True)
        sys.exit("transfer.py: %s" % error)
    print(json.dumps({"whole": True, "bytes": count, "sha256": digest.hex(), "mss": mss}), flush=True)


if __name__ == "__main__":
    main()
