#!/usr/bin/python3
# Copyright 2026 The Overlane Authors
# SPDX-License-Identifier: Apache-2.0
"""Gets a lease for eth0 with udhcpc and sets the MTU that comes with it, as a VM's DHCP client does.

  lease.py SECONDS

Prints the MTU of the interface afterwards, or "none" if there was no lease within the time.  Neither the
address nor a file of the machine is touched.
"""

import os
import subprocess
import sys
import tempfile

SCRIPT = """#!/bin/sh
[ "$1" = bound ] || exit 0
[ -z "$mtu" ] || ip link set dev "$interface" mtu "$mtu"
"""


def main():
    os.environ["PATH"] += ":/usr/sbin:/sbin"
    with tempfile.TemporaryDirectory() as folder:
        script = f"{folder}/script"
        with open(script, "w", encoding="ascii") as out:
            out.write(SCRIPT)
        os.chmod(script, 0o700)
        words = ["udhcpc", "-i", "eth0", "-f", "-n", "-q", "-O", "mtu", "-T", "1", "-t", sys.argv[1], "-s", script]
        client = subprocess.run(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    if client.returncode != 0:
        print("none")
        return
    with open("/sys/class/net/eth0/mtu", encoding="ascii") as mtu:
        print(mtu.read().strip())


if __name__ == "__main__":
    main()
