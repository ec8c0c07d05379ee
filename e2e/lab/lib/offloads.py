#!/usr/bin/python3
# Copyright 2026 The Overlane Authors
# SPDX-License-Identifier: Apache-2.0
"""Turns checksum and segmentation offloads off: offloads.py NAMESPACE DEVICE [NAMESPACE DEVICE ...]."""

import array
import ctypes
import fcntl
import os
import socket
import struct
import sys

SIOCETHTOOL = 0x8946
CLONE_NEWNET = 0x40000000
# ETHTOOL_STXCSUM, _SSG, _STSO, _SGSO, _SGRO of linux/ethtool.h
COMMANDS = (0x17, 0x19, 0x1F, 0x24, 0x2C)


def enter(namespace):
    """Moves this thread into a named network namespace."""
    descriptor = os.open("/run/netns/" + namespace, os.O_RDONLY)
    try:
        if ctypes.CDLL(None, use_errno=True).setns(descriptor, CLONE_NEWNET) != 0:
            raise OSError(ctypes.get_errno(), "setns " + namespace)
    finally:
        os.close(descriptor)


def switch_off(device):
    """Clears every offload that the device lets one clear; a device lacks some of them."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        for command in COMMANDS:
            value = array.array("B", struct.pack("II", command, 0))
            request = struct.pack("16sP", device.encode(), value.buffer_info()[0]) + bytes(16)
            try:
                fcntl.ioctl(sock, SIOCETHTOOL, request)
            except OSError:
                pass


def main():
    pairs = zip(sys.argv[1::2], sys.argv[2::2])
    for namespace, device in sorted(pairs):
        enter(namespace)
        switch_off(device)


if __name__ == "__main__":
    main()
