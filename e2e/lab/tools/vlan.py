#!/usr/bin/python3
# Copyright 2026 The Overlane Authors
# SPDX-License-Identifier: Apache-2.0
"""A VLAN interface of a VM, for kernels without the module 8021q.

  vlan.py --lower eth0 --tag 5 --name tag5 --mac MAC --mtu N --address A/LEN [--address A/LEN ...]

Creates the interface as a TAP device, copies its frames to the lower interface with an 802.1Q tag and frames
with that tag back without it, until it is terminated; the interface is gone then.  Prints "ready" when it is up.
"""

import argparse
import array
import fcntl
import os
import selectors
import signal
import socket
import struct
import subprocess
import sys

from frames import ETH_P_ALL, PACKET_OUTGOING, packet_socket, receive

TUNSETIFF = 0x400454CA
IFF_TAP, IFF_NO_PI = 0x0002, 0x1000
LARGEST_FRAME = 65600


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lower", required=True)
    parser.add_argument("--tag", type=int, required=True, choices=range(1, 4095), metavar="1..4094")
    parser.add_argument("--name", required=True)
    parser.add_argument("--mac", required=True)
    parser.add_argument("--mtu", type=int, required=True)
    parser.add_argument("--address", action="append", default=[])
    return parser.parse_args()


def create(args):
    """The TAP device, up and with its addresses."""
    device = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
    request = array.array("B", struct.pack("16sH22x", args.name.encode(), IFF_TAP | IFF_NO_PI))
    fcntl.ioctl(device, TUNSETIFF, request)
    subprocess.run(["ip", "link", "set", args.name, "address", args.mac, "mtu", str(args.mtu), "up"], check=True)
    for address in args.address:
        subprocess.run(["ip", "addr", "add", address, "dev", args.name], check=True)
    return device


def tagged(frame, tag):
    return frame[:12] + struct.pack("!HH", 0x8100, tag) + frame[12:]


def copy(device, sock, tag):
    """Carries frames both ways until a signal comes."""
    selector = selectors.DefaultSelector()
    selector.register(device, selectors.EVENT_READ)
    selector.register(sock, selectors.EVENT_READ)
    while True:
        for key, _ in selector.select():
            try:
                if key.fileobj is device:
                    sock.send(tagged(os.read(device, LARGEST_FRAME), tag))
                else:
                    frame = receive(sock)
                    if frame.kind != PACKET_OUTGOING and frame.tag == tag:
                        os.write(device, frame.data)
            except OSError:
                # Too large for the other side, or it is down: lost, as on a wire.
                pass


def main():
    args = arguments()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        device = create(args)
        sock = packet_socket(args.lower, ETH_P_ALL)
    except (OSError, subprocess.CalledProcessError) as error:
        sys.exit("vlan.py: %s" % error)
    print("ready", flush=True)
    copy(device, sock, args.tag)


if __name__ == "__main__":
    main()
