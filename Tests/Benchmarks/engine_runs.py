#!/usr/bin/env python3
"""How many runs a second an Engine stores through its socket, in groups that wait for the disk once.

    Tests/Benchmarks/engine_runs.py [PROGRAM] [--group N] [--seconds N] [--clients N]

A model has 10 nodes and 24 bins, and values of its own in each run; each comes with its record. docs/benchmarks.md has the
figures.
"""

import argparse
import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.realpath(__file__))))


def model(number):
    values = ", ".join(str(10 + (number + bin * 7) % 50) for bin in range(24))
    nodes = [f"  - {{id: load, kind: const, values: [{values}]}}", "  - {id: limit, kind: const, values: [" + ", ".join(["30"] * 24) + "]}"]
    last = "load"
    for index in range(8):
        nodes.append(f"  - {{id: step{index}, kind: expr, expr: \"MIN({last} * 1.0{index + 1}, limit) + {index}\"}}")
        last = f"step{index}"
    return (
        "schemaVersion: 1\ngrid: {bins: 24, binSize: 1, binUnit: hours}\nnodes:\n" + "\n".join(nodes)
        + f"\noutputs:\n  - {{series: {last}, as: {last}.csv}}\n")


def record(number):
    return {
        "source": "benchmark", "model_id": f"model_20250925T120000Z_{number:08x}", "template_id": "ten-nodes",
        "parameters": {"number": number, "rate": 1.5}}


class Client:
    def __init__(self, path):
        self.stream = socket.socket(socket.AF_UNIX)
        self.stream.connect(path)
        self.lines = self.stream.makefile("rb")

    def call(self, method, params):
        self.stream.sendall(json.dumps({"jsonrpc": "2.0", "id": 1, "method": method, "params": params}).encode() + b"\n")
        return json.loads(self.lines.readline())


def work(path, group, end, times, failures, first):
    client = Client(path)
    number = first
    while time.monotonic() < end:
        runs = [{"model": model(number + at), "provenance": record(number + at)} for at in range(group)]
        number += group
        start = time.monotonic()
        answer = client.call("runGroup", {"runs": runs})
        times.append(time.monotonic() - start)
        stored = [run for run in answer.get("result", {}).get("runs", []) if "runId" in run]
        if len(stored) != group:
            failures.append(json.dumps(answer)[:300])
            return


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program", nargs="?", default=os.path.join(ROOT, ".build-static/release/flowtime-engine"))
    parser.add_argument("--group", type=int, default=100)
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--clients", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "engine.sock")
        engine = subprocess.Popen(
            [options.program, "serve", "--data", os.path.join(folder, "runs"), "--socket", path], stderr=subprocess.PIPE)
        try:
            engine.stderr.readline()
            times, failures = [], []
            start = time.monotonic()
            threads = [
                threading.Thread(target=work, args=(path, options.group, start + options.seconds, times, failures, at * 10_000_000))
                for at in range(options.clients)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            seconds = time.monotonic() - start
            total = Client(path).call("listArtifacts", {"templateId": "ten-nodes", "limit": 1})["result"]["total"]
        finally:
            engine.terminate()
            engine.wait()
    count = len(times) * options.group
    if failures or total != count:
        sys.exit(f"FAILED  {count} runs were answered and {total} are listed; {failures[:1]}")
    times.sort()
    print(
        f"{count} runs in groups of {options.group} by {options.clients}: {count / seconds:,.0f} a second; a group takes "
        f"{statistics.median(times) * 1000:.0f} ms (median), {times[-1] * 1000:.0f} ms (longest)")


main()
