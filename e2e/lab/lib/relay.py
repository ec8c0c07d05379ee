#!/usr/bin/python3
# Copyright 2026 The Overlane Authors
# SPDX-License-Identifier: Apache-2.0
"""Joins the switches of a lab to a controller, and counts the OpenFlow messages that pass.

A switch lives in a network namespace of its own, so it cannot reach 127.0.0.1 of the machine; Open vSwitch
connects to the Unix socket <run>/hvI/<bridge>.controller instead (the only path that it allows).  This relay
listens there, and opens one TCP connection to the controller for each connection of a switch.

Control, one line in and one JSON document out, on <run>/relay.sock:
  counters            messages by switch, direction and type
  reset               sets the counters to zero
  block SWITCH|all    closes the connection and refuses new ones
  allow SWITCH|all    takes connections again

The other way round, a controller reaches the database of a hypervisor at a port of 127.0.0.1.

usage: relay.py RUN_DIRECTORY HOST PORT SWITCH=SOCKET|PORT=DATABASE_SOCKET ...
"""

import asyncio
import collections
import json
import os
import socket
import struct
import sys

# OpenFlow 1.3.5 section 7.1: enum ofp_type
TYPES = (
    "HELLO ERROR ECHO_REQUEST ECHO_REPLY EXPERIMENTER FEATURES_REQUEST FEATURES_REPLY GET_CONFIG_REQUEST "
    "GET_CONFIG_REPLY SET_CONFIG PACKET_IN FLOW_REMOVED PORT_STATUS PACKET_OUT FLOW_MOD GROUP_MOD PORT_MOD "
    "TABLE_MOD MULTIPART_REQUEST MULTIPART_REPLY BARRIER_REQUEST BARRIER_REPLY QUEUE_GET_CONFIG_REQUEST "
    "QUEUE_GET_CONFIG_REPLY ROLE_REQUEST ROLE_REPLY GET_ASYNC_REQUEST GET_ASYNC_REPLY SET_ASYNC METER_MOD"
).split()
# Section 7.3.4.2 (ofp_flow_mod_command), 7.3.4.4 (ofp_meter_mod_command) and 7.3.5 (ofp_multipart_type)
FLOW_MOD_COMMANDS = ("ADD", "MODIFY", "MODIFY_STRICT", "DELETE", "DELETE_STRICT")
METER_MOD_COMMANDS = ("ADD", "MODIFY", "DELETE")
MULTIPART_TYPES = (
    "DESC FLOW AGGREGATE TABLE PORT_STATS QUEUE GROUP GROUP_DESC GROUP_FEATURES METER METER_CONFIG "
    "METER_FEATURES TABLE_FEATURES PORT_DESC"
).split()
# struct ofp_flow_mod: header 8, cookie 8, cookie_mask 8, table_id 1, command
COMMAND_OFFSET = 25
DETAIL = 32


def name_of(names, number):
    """The name of an enumeration value, or the number itself where the specification has none."""
    return names[number] if number < len(names) else str(number)


class Counter:
    """Follows one direction of one connection and counts its messages."""

    def __init__(self, counts):
        self.counts = counts
        self.pending = b""
        self.skip = 0

    def feed(self, data):
        """Takes the next bytes of the stream; only the first bytes of each message are kept."""
        while data:
            if self.skip:
                taken = min(self.skip, len(data))
                self.skip -= taken
                data = data[taken:]
                continue
            data = self.pending + data
            self.pending = b""
            if len(data) < 8:
                self.pending = data
                return
            _, kind, length, _ = struct.unpack_from("!BBHI", data)
            needed = min(length, DETAIL)
            if len(data) < needed:
                self.pending = data
                return
            self.count(kind, data[:needed])
            self.skip = max(length, 8)

    def count(self, kind, head):
        """Counts a message by its type, and by its command or multipart type where it has one."""
        name = name_of(TYPES, kind)
        self.counts[name] += 1
        if name == "FLOW_MOD" and len(head) > COMMAND_OFFSET:
            self.counts["FLOW_MOD:" + name_of(FLOW_MOD_COMMANDS, head[COMMAND_OFFSET])] += 1
        elif name == "METER_MOD" and len(head) >= 10:
            self.counts["METER_MOD:" + name_of(METER_MOD_COMMANDS, struct.unpack_from("!H", head, 8)[0])] += 1
        elif name.startswith("MULTIPART") and len(head) >= 10:
            self.counts[name + ":" + name_of(MULTIPART_TYPES, struct.unpack_from("!H", head, 8)[0])] += 1
        elif name == "ERROR" and len(head) >= 12:
            self.counts["ERROR:%d:%d" % struct.unpack_from("!HH", head, 8)] += 1


class Switch:
    """One switch: where it connects, whether it may, and what it has said."""

    def __init__(self, name, path):
        self.name = name
        self.path = path
        self.blocked = False
        self.connections = 0
        self.writers = set()
        self.reset()

    def reset(self):
        """Sets the counters to zero, also those of running connections."""
        self.connections = 0
        self.to_switch = collections.Counter()
        self.from_switch = collections.Counter()

    def close(self):
        """Closes what is connected."""
        for writer in list(self.writers):
            writer.close()

    def report(self):
        """The counters, as a value for JSON."""
        return {
            "connected": bool(self.writers),
            "blocked": self.blocked,
            "connections": self.connections,
            "toSwitch": dict(sorted(self.to_switch.items())),
            "fromSwitch": dict(sorted(self.from_switch.items())),
        }


class Relay:
    """All switches and databases of a lab, and the one controller."""

    def __init__(self, host, port, switches, databases):
        self.host = host
        self.port = port
        self.switches = {s.name: s for s in switches}
        self.databases = databases

    async def serve(self, run):
        """Listens for the switches and for commands."""
        for switch in self.switches.values():
            remove(switch.path)
            await asyncio.start_unix_server(
                lambda r, w, s=switch: self.join(s, r, w), switch.path
            )
        for port, path in self.databases:
            try:
                await asyncio.start_server(
                    lambda r, w, p=path: join_database(p, r, w), "127.0.0.1", int(port)
                )
            except OSError as error:
                print("nobody can reach %s at port %s: %s" % (path, port, error), file=sys.stderr)
        remove(run + "/relay.sock")
        await asyncio.start_unix_server(self.command, run + "/relay.sock")
        await asyncio.Event().wait()

    async def join(self, switch, reader, writer):
        """Carries one connection of a switch until either side closes it."""
        if switch.blocked:
            writer.close()
            return
        try:
            far_reader, far_writer = await asyncio.open_connection(self.host, self.port)
        except OSError:
            writer.close()
            return
        far_writer.get_extra_info("socket").setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        switch.connections += 1
        switch.writers |= {writer, far_writer}
        await asyncio.gather(
            self.pump(reader, far_writer, switch, "from_switch"),
            self.pump(far_reader, writer, switch, "to_switch"),
        )
        switch.writers -= {writer, far_writer}

    async def pump(self, reader, writer, switch, direction):
        """Copies one direction, and counts what it copies."""
        counter = Counter(getattr(switch, direction))
        try:
            while True:
                data = await reader.read(65536)
                if not data:
                    break
                counter.counts = getattr(switch, direction)
                counter.feed(data)
                writer.write(data)
                await writer.drain()
        except OSError:
            pass
        writer.close()

    async def command(self, reader, writer):
        """Answers one command."""
        words = (await reader.readline()).decode().split()
        try:
            answer = self.execute(*words)
        except (KeyError, TypeError):
            answer = {"error": "unknown command or switch: " + " ".join(words)}
        writer.write(json.dumps(answer, indent=2).encode() + b"\n")
        writer.close()

    def execute(self, verb, name="all"):
        """Carries a command out and returns the state after it."""
        chosen = self.switches.values() if name == "all" else [self.switches[name]]
        actions = {
            "counters": lambda s: None,
            "reset": lambda s: s.reset(),
            "block": lambda s: (setattr(s, "blocked", True), s.close()),
            "allow": lambda s: setattr(s, "blocked", False),
        }
        for switch in chosen:
            actions[verb](switch)
        return {s.name: s.report() for s in self.switches.values()}


async def join_database(path, reader, writer):
    """Carries one connection of a controller to a database until either side closes it."""
    try:
        far_reader, far_writer = await asyncio.open_unix_connection(path)
    except OSError:
        writer.close()
        return
    await asyncio.gather(copy(reader, far_writer), copy(far_reader, writer))


async def copy(reader, writer):
    """Copies one direction."""
    try:
        while True:
            data = await reader.read(65536)
            if not data:
                break
            writer.write(data)
            await writer.drain()
    except OSError:
        pass
    writer.close()


def remove(path):
    """Removes a socket that an earlier run has left."""
    try:
        os.unlink(path)
    except FileNotFoundError:
        pass


def main():
    run, host, port = sys.argv[1:4]
    pairs = [argument.split("=", 1) for argument in sys.argv[4:]]
    switches = [Switch(*p) for p in pairs if not p[0].isdigit()]
    databases = [p for p in pairs if p[0].isdigit()]
    asyncio.run(Relay(host, int(port), switches, databases).serve(run))


if __name__ == "__main__":
    main()
