#!/usr/bin/python3
# Copyright 2026 The Overlane Authors
# SPDX-License-Identifier: Apache-2.0
"""Prints the model document of a lab.  Reads its settings and plan from standard input (see "lab model").

Lines are tab-separated: "set NAME VALUE", "device ROLE HYPERVISOR ID", "vtep HYPERVISOR UPLINK ADDRESS MAC",
"database HYPERVISOR PORT", "controller ROLE HYPERVISOR TARGET", "network INDEX NAME VNI", "vm NAME NETWORK VNI HYPERVISOR PORT MAC IPV4 IPV6".
"""

import json
import sys


class Plan:
    """What the lab has told about itself."""

    def __init__(self, lines):
        self.settings = {}
        self.devices = {}
        self.vteps = {}
        self.databases = {}
        self.controllers = {}
        self.networks = []
        self.vms = []
        for line in lines:
            kind, *rest = line.rstrip("\n").split("\t")
            getattr(self, "read_" + kind)(*rest)

    def read_set(self, name, value):
        self.settings[name] = value

    def read_device(self, role, hypervisor, identifier):
        self.devices[role, hypervisor] = "of:" + identifier

    def read_vtep(self, hypervisor, uplink, address, mac):
        self.vteps.setdefault(hypervisor, []).append((int(uplink), address, mac))

    def read_database(self, hypervisor, port):
        self.databases[hypervisor] = "tcp:127.0.0.1:" + port

    def read_controller(self, role, hypervisor, target):
        self.controllers[role, hypervisor] = target

    def read_network(self, index, name, vni):
        self.networks.append((int(index), name, int(vni)))

    def read_vm(self, *fields):
        self.vms.append(fields)

    def port(self, name, number):
        """A port as the document should name it: by name with --names, else by OpenFlow number."""
        return name if self.settings["NAMES"] == "yes" else number

    def provision(self, device, role, hypervisor):
        """Allows a device to be set up, and leaves out what then follows by itself."""
        if self.settings["PROVISION"] == "no":
            return
        device["provision"] = {
            "policy": self.settings["PROVISION"],
            "controllers": [self.controllers[role, hypervisor]],
        }
        device.get("tunnel", {}).pop("port", None)
        for uplink_of_device in device.get("uplinks", []):
            del uplink_of_device["management"]["mac"]

    def hypervisors(self):
        return [h for role, h in self.devices if role == "br-int"]


def uplink(plan, index, mac, local=False):
    suffix = "" if index == 1 else str(index)
    management = "LOCAL" if local else plan.port("mgmt" + suffix, 2 * index)
    return {
        "port": plan.port("ext" + suffix, 2 * index - 1),
        "management": {"port": management, "mac": mac},
    }


def management_os_devices(plan, hypervisor):
    vteps = plan.vteps[hypervisor]
    yield plan.devices["br-int", hypervisor], {
        "name": "hv" + hypervisor,
        "uplinks": [uplink(plan, index, mac) for index, _, mac in vteps],
        "vteps": [address for _, address, _ in vteps],
        "tunnel": {
            "mode": "management-os",
            "ports": {name: plan.port("vx%d" % vni, 10 + k) for k, name, vni in plan.networks},
        },
    }


def native_devices(plan, hypervisor):
    vteps = plan.vteps[hypervisor]
    addresses = [address for _, address, _ in vteps]
    br_int = plan.devices["br-int", hypervisor]
    yield br_int, {
        "name": "hv" + hypervisor,
        "vteps": addresses,
        "tunnel": {"mode": "native", "port": plan.port("vx", 10)},
    }
    yield plan.devices["br-phy", hypervisor], {
        "name": "hv%s-phy" % hypervisor,
        "host": br_int,
        "uplinks": [uplink(plan, index, mac, local=True) for index, _, mac in vteps],
        "vteps": addresses,
    }


def document(plan):
    of_hypervisor = native_devices if plan.settings["VARIANT"] == "native" else management_os_devices
    discover = plan.settings["OVSDB"] == "yes"
    devices = {}
    for hypervisor in plan.hypervisors():
        for identifier, device in of_hypervisor(plan, hypervisor):
            if discover:
                device["ovsdb"] = plan.databases[hypervisor]
                plan.provision(device, "br-phy" if "host" in device else "br-int", hypervisor)
            else:
                device["underlayMtu"] = int(plan.settings["UNDERLAY_MTU"])
            devices[identifier] = {"overlane": device}
    return {
        "devices": devices,
        "networks": [{"id": name, "vni": vni} for _, name, vni in plan.networks],
        "endpoints": [
            {
                "id": name,
                "network": network,
                "mac": mac,
                "device": plan.devices["br-int", hypervisor],
                "port": plan.port(name, int(port)),
                "ips": [ipv4, ipv6],
            }
            for name, network, _, hypervisor, port, mac, ipv4, ipv6 in ([] if discover else plan.vms)
        ],
    }


def main():
    json.dump(document(Plan(sys.stdin)), sys.stdout, indent=2)
    print()


if __name__ == "__main__":
    main()
