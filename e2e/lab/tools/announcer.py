#!/usr/bin/python3
# Copyright 2026 The Overlane Authors
# SPDX-License-Identifier: Apache-2.0
"""Makes a VM the DHCP server (dnsmasq) and IPv6 router (radvd) of its network, until it is terminated.

  announcer.py --range FIRST,LAST,MASK --prefix P/64 [--dhcp-mtu N] [--ra-mtu N]

Both tell an MTU if one is given, else none.  Prints "ready" when they run.
"""

import argparse
import os
import signal
import subprocess
import sys
import tempfile
import time

RADVD = """
interface eth0 {
  AdvSendAdvert on;
  MinRtrAdvInterval 3;
  MaxRtrAdvInterval 4;
  AdvLinkMTU %d;
  prefix %s { };
};
"""


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--range", required=True)
    parser.add_argument("--prefix", required=True)
    parser.add_argument("--dhcp-mtu", type=int)
    parser.add_argument("--ra-mtu", type=int, default=0, help="0 for none")
    return parser.parse_args()


def run(*words):
    subprocess.run(words, check=True, stdout=subprocess.DEVNULL)


def dnsmasq(args, folder):
    """Serves addresses only: no names, no file of the machine that this runs on."""
    words = ["dnsmasq", "--no-daemon", "--conf-file=/dev/null", "--port=0", "--user=root", "--no-ping"]
    words += ["--interface=eth0", "--bind-interfaces", "--except-interface=lo", "--dhcp-authoritative"]
    words += [f"--dhcp-range={args.range},1h", f"--dhcp-leasefile={folder}/leases", f"--pid-file={folder}/pid"]
    if args.dhcp_mtu is not None:
        words.append(f"--dhcp-option=option:mtu,{args.dhcp_mtu}")
    return words


def radvd(args, folder):
    path = f"{folder}/radvd.conf"
    with open(path, "w", encoding="ascii") as conf:
        conf.write(RADVD % (args.ra_mtu, args.prefix))
    return ["radvd", "--nodaemon", "--config", path, "--pidfile", f"{folder}/radvd.pid", "--logmethod", "stderr"]


def main():
    args = arguments()
    os.environ["PATH"] += ":/usr/sbin:/sbin"
    run("sysctl", "-qw", "net.ipv6.conf.all.forwarding=1")
    run("ip", "addr", "replace", "fe80::1/64", "dev", "eth0", "nodad")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    with tempfile.TemporaryDirectory() as folder:
        servers = [
            subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            for words in (dnsmasq(args, folder), radvd(args, folder))
        ]
        try:
            # Both say nothing when they are ready; neither goes on after a mistake in what it was given.
            time.sleep(0.5)
            if any(server.poll() is not None for server in servers):
                sys.exit("dnsmasq or radvd did not start")
            print("ready", flush=True)
            while all(server.poll() is None for server in servers):
                time.sleep(0.2)
        finally:
            for server in servers:
                server.terminate()
            for server in servers:
                server.wait()
            run("ip", "addr", "del", "fe80::1/64", "dev", "eth0")
            run("sysctl", "-qw", "net.ipv6.conf.all.forwarding=0")


if __name__ == "__main__":
    main()
