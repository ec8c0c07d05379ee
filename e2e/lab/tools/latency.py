#!/usr/bin/python3
# Copyright 2026 The Overlane Authors
# SPDX-License-Identifier: Apache-2.0
"""Measures how soon entries on a switch follow a change; no test.

  latency.py --bridge NAME --pattern TEXT [--rounds N] --do 'COMMAND' --undo 'COMMAND'

Watches the entries of a bridge (ovs-ofctl monitor, which prints changes as they happen), and N times does COMMAND, waits
until an entry with TEXT was added, undoes it, and waits until it was deleted.  Prints the milliseconds from before the
command to the line of the monitor, sorted, with those of the command alone.
"""

import argparse
import subprocess
import sys
import threading
import time

PATIENCE_SECONDS = 60


class Monitor:
    """Lines of "ovs-ofctl monitor", with the time at which they came."""

    def __init__(self, bridge):
        words = ["ovs-ofctl", "-O", "OpenFlow13", "monitor", bridge, "watch:!initial"]
        # It prints what it watches to standard error.
        self.process = subprocess.Popen(words, stderr=subprocess.PIPE, text=True, bufsize=1)
        self.lines = []
        self.news = threading.Condition()
        threading.Thread(target=self.read, daemon=True).start()

    def read(self):
        for line in self.process.stderr:
            with self.news:
                self.lines.append((time.monotonic(), line))
                self.news.notify()

    def await_line(self, since, event, pattern):
        """When the first such line came after a time."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        with self.news:
            while True:
                for when, line in self.lines:
                    if when >= since and "event=" + event in line and pattern in line:
                        return when
                if not self.news.wait(deadline - time.monotonic()):
                    sys.exit("latency.py: no entry with %s was %s" % (pattern, event))


def run(command):
    begin = time.monotonic()
    subprocess.run(command, shell=True, check=True, stdout=subprocess.DEVNULL)
    return begin, time.monotonic() - begin


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bridge", required=True)
    parser.add_argument("--pattern", required=True)
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--do", required=True)
    parser.add_argument("--undo", required=True)
    args = parser.parse_args()
    monitor = Monitor(args.bridge)
    time.sleep(1)
    times = {"ADDED": [], "DELETED": []}
    commands = []
    for _ in range(args.rounds):
        for command, event in ((args.do, "ADDED"), (args.undo, "DELETED")):
            begin, took = run(command)
            times[event].append(monitor.await_line(begin, event, args.pattern) - begin)
            commands.append(took)
            time.sleep(0.5)
    monitor.process.terminate()
    for name, values in (*times.items(), ("command", commands)):
        print(name, " ".join("%.0f" % (1000 * value) for value in sorted(values)))


if __name__ == "__main__":
    main()
