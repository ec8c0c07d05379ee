# Copyright 2026 The Overlane Authors
# SPDX-License-Identifier: Apache-2.0
"""Frames of interfaces, with the VLAN tag that the kernel takes out of them before a program sees them."""

import collections
import os
import selectors
import signal
import socket
import struct

ETH_P_ALL = 3
PACKET_OUTGOING = 4
# linux/if_packet.h
SOL_PACKET, PACKET_AUXDATA = 263, 8
TP_STATUS_VLAN_VALID = 0x10
AUXDATA = struct.Struct("=IIIHHHH")
# linux/socket.h; without it the kernel drops frames of a burst before the program is scheduled
SO_RCVBUFFORCE = 33
RECEIVE_BUFFER = 16 * 1024 * 1024

# kind: PACKET_OUTGOING or another value of linux/if_packet.h; tag: VLAN id or None; data: the untagged frame
Frame = collections.namedtuple("Frame", "kind tag data")


def packet_socket(interface, protocol):
    """A socket for the frames of an interface."""
    sock = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(protocol))
    sock.setsockopt(socket.SOL_SOCKET, SO_RCVBUFFORCE, RECEIVE_BUFFER)
    sock.setsockopt(SOL_PACKET, PACKET_AUXDATA, 1)
    sock.bind((interface, protocol))
    return sock


def receive(sock):
    """The next frame."""
    data, ancillary, _, address = sock.recvmsg(65600, socket.CMSG_SPACE(AUXDATA.size))
    tag = None
    for level, kind, value in ancillary:
        if (level, kind) == (SOL_PACKET, PACKET_AUXDATA):
            status, _, _, _, _, tci, _ = AUXDATA.unpack_from(value)
            tag = tci & 0xFFF if status & TP_STATUS_VLAN_VALID else None
    if tag is None and data[12:14] == b"\x81\x00":
        tag = struct.unpack_from("!H", data, 14)[0] & 0xFFF
        data = data[:12] + data[16:]
    return Frame(address[2], tag, data)


def watch(interfaces, report):
    """Prints "ready", then calls report(interface, frame) for every frame, until a signal asks for the end."""
    selector = selectors.DefaultSelector()
    # A signal only wakes the loop: what arrived before it is still reported.
    wake_read, wake_write = os.pipe()
    os.set_blocking(wake_write, False)
    signal.set_wakeup_fd(wake_write)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: None)
    selector.register(wake_read, selectors.EVENT_READ, None)
    for name in interfaces:
        selector.register(packet_socket(name, ETH_P_ALL), selectors.EVENT_READ, name)
    print("ready", flush=True)
    while not drain(selector, report):
        selector.select()


def drain(selector, report):
    """Reports everything that the sockets hold; true when a signal asked for the end."""
    ended = False
    while True:
        ready = selector.select(0)
        if not ready or (ended and len(ready) == 1):
            return ended
        for key, _ in ready:
            if key.data is None:
                ended = True
            else:
                report(key.data, receive(key.fileobj))
