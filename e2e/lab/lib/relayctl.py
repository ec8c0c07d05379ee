#!/usr/bin/python3
# Copyright 2026 The Overlane Authors
# SPDX-License-Identifier: Apache-2.0
"""Sends one command to the relay of a lab and prints its answer: relayctl.py SOCKET WORD [WORD ...]."""

import socket
import sys


def main():
    with socket.socket(socket.AF_UNIX) as sock:
        try:
            sock.connect(sys.argv[1])
        except OSError as error:
            sys.exit("lab: no relay is running (lab controller tcp:HOST:PORT starts it): %s" % error)
        sock.sendall(" ".join(sys.argv[2:]).encode() + b"\n")
        answer = b"".join(iter(lambda: sock.recv(65536), b"")).decode()
    print(answer, end="")
    if '"error"' in answer:
        sys.exit(1)


if __name__ == "__main__":
    main()
