#!/usr/bin/python3
# Copyright 2026 The Overlane Authors
# SPDX-License-Identifier: Apache-2.0
"""Plays a misbehaving switch against an OpenFlow controller: hostile.py CASE [PORT [HOST]].

Prints how the controller took it: "closed" when it closed the connection within five seconds, else "open".
Cases: garbage, truncated, version, short-length, huge-statistics, bad-statistics, silence-after-hello.
"""

import os
import socket
import struct
import sys
import time

HELLO, ERROR, ECHO_REQUEST, ECHO_REPLY, FEATURES_REQUEST, FEATURES_REPLY = 0, 1, 2, 3, 5, 6
GET_CONFIG_REQUEST, GET_CONFIG_REPLY, MULTIPART_REQUEST, MULTIPART_REPLY = 7, 8, 18, 19
BARRIER_REQUEST, BARRIER_REPLY, ROLE_REQUEST, ROLE_REPLY = 20, 21, 24, 25
DESC, FLOW, PORT_DESC = 0, 1, 13
VERSION = 4
LIMIT_SECONDS = 5
DEADLINE = time.monotonic() + LIMIT_SECONDS
DATAPATH_ID = 0xBAD


def message(kind, body=b"", xid=1, version=VERSION, length=None):
    """An OpenFlow message; its length field may lie."""
    return struct.pack("!BBHI", version, kind, 8 + len(body) if length is None else length, xid) + body


def receive(sock):
    """The next message, as (type, transaction id, body); None at the end of the stream."""
    data = read(sock, 8)
    if data is None:
        return None
    _, kind, length, xid = struct.unpack("!BBHI", data)
    body = read(sock, length - 8)
    return None if body is None else (kind, xid, body)


def read(sock, count):
    data = b""
    while len(data) < count:
        if time.monotonic() > DEADLINE:
            raise socket.timeout
        part = sock.recv(count - len(data))
        if not part:
            return None
        data += part
    return data


def flow_statistics(count):
    """Flow statistics entries (OpenFlow 1.3.5 section 7.3.5.2), each with an unknown experimenter action."""
    action = struct.pack("!HHIHHI", 0xFFFF, 16, 0x00ABCDEF, 77, 0, 0)
    instruction = struct.pack("!HH4x", 4, 8 + len(action)) + action
    match = struct.pack("!HH4x", 1, 4)
    entries = []
    for number in range(count):
        body = struct.pack("!IIHHHH4xQQQ", 1, 0, number, 0, 0, 0, 0x4242, 0, 0) + match + instruction
        entries.append(struct.pack("!HBB", 4 + len(body), 0, 0) + body)
    return b"".join(entries)


def reply(request, statistics):
    """What a switch answers; None where it would stay silent."""
    kind, xid, body = request
    if kind == ECHO_REQUEST:
        return message(ECHO_REPLY, body, xid)
    if kind == FEATURES_REQUEST:
        return message(FEATURES_REPLY, struct.pack("!QIBB2xII", DATAPATH_ID, 0, 254, 0, 0x4F, 0), xid)
    if kind == GET_CONFIG_REQUEST:
        return message(GET_CONFIG_REPLY, struct.pack("!HH", 0, 0xFFFF), xid)
    if kind == BARRIER_REQUEST:
        return message(BARRIER_REPLY, b"", xid)
    if kind == ROLE_REQUEST:
        return message(ROLE_REPLY, body, xid)
    if kind == MULTIPART_REQUEST:
        wanted = struct.unpack_from("!H", body)[0]
        content = {DESC: bytes(1056), FLOW: statistics}.get(wanted, b"")
        return message(MULTIPART_REPLY, struct.pack("!HH4x", wanted, 0) + content, xid)
    return None


def play(sock, statistics):
    """A whole switch, until the controller closes the connection or five seconds have passed silently."""
    sock.sendall(message(HELLO))
    while True:
        request = receive(sock)
        if request is None:
            return "closed"
        answer = reply(request, statistics)
        if answer:
            sock.sendall(answer)


def after(sock, *data):
    """Sends bytes, and waits for the controller to close."""
    for part in data:
        sock.sendall(part)
    while receive(sock) is not None:
        pass
    return "closed"


def truncated(sock):
    """Half a header, and then nothing more."""
    sock.sendall(message(HELLO) + message(FEATURES_REPLY, length=32)[:7])
    sock.shutdown(socket.SHUT_WR)
    return after(sock)


CASES = {
    "garbage": lambda s: after(s, os.urandom(4096)),
    "truncated": truncated,
    "version": lambda s: after(s, message(HELLO, version=0x7F)),
    "short-length": lambda s: after(s, message(HELLO), message(ECHO_REQUEST, length=4)),
    # Eight hundred entries of 80 bytes: one message of nearly 64 KiB, the largest that the length field allows.
    "huge-statistics": lambda s: play(s, flow_statistics(800)),
    "bad-statistics": lambda s: play(s, os.urandom(60000)),
    "silence-after-hello": lambda s: after(s, message(HELLO)),
}


def main():
    case = sys.argv[1]
    port = int(sys.argv[2]) if len(sys.argv) > 2 else 6653
    host = sys.argv[3] if len(sys.argv) > 3 else "127.0.0.1"
    with socket.create_connection((host, port), LIMIT_SECONDS) as sock:
        sock.settimeout(LIMIT_SECONDS)
        try:
            print(CASES[case](sock))
        except socket.timeout:
            print("open")
        except ConnectionError:
            print("closed")


if __name__ == "__main__":
    main()
