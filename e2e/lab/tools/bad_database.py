#!/usr/bin/python3
# Copyright 2026 The Overlane Authors
# SPDX-License-Identifier: Apache-2.0
"""Plays an OVSDB server that does not keep to the protocol: bad_database.py PORT.

Each connection meets the next of several misbehaviours.  Prints "ready", and then the name of each as it is met.
"""

import itertools
import random
import socketserver
import sys

GARBAGE = random.Random(7)


def random_bytes(connection):
    connection.sendall(GARBAGE.randbytes(4096))


def other_protocol(connection):
    connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")


def no_end(connection):
    connection.sendall(b'{"id":0,"result":["')
    while True:
        connection.sendall(b"x" * 65536)


def too_deep(connection):
    connection.sendall(b'{"id":' + b"[" * 100000)


def half_an_answer(connection):
    connection.sendall(b'{"id":0,"result":["Open_v')


MISBEHAVIOURS = itertools.cycle([random_bytes, other_protocol, no_end, too_deep, half_an_answer])


class Handler(socketserver.BaseRequestHandler):
    """One connection."""

    def handle(self):
        misbehaviour = next(MISBEHAVIOURS)
        print(misbehaviour.__name__, flush=True)
        try:
            misbehaviour(self.request)
            while self.request.recv(65536):
                pass
        except OSError:
            pass


class Server(socketserver.ThreadingTCPServer):
    """Every connection has its own thread, and none keeps the program alive."""

    allow_reuse_address = True
    daemon_threads = True


def main():
    with Server(("127.0.0.1", int(sys.argv[1])), Handler) as server:
        print("ready", flush=True)
        server.serve_forever()


if __name__ == "__main__":
    main()
