"""Measures the daemon over its socket beside its peers and prints tables. Tests/Benchmarks/rpc calls it.

Rounds take turns, so that a slow spell of the machine falls on all alike; figures are medians over the rounds.
"""

import argparse
import contextlib
import json
import math
import os
import statistics
import subprocess
import sys
import threading
import time

# 215 bytes: about what a request with a few parameters has.
ECHO_PARAMS = json.dumps(
    {
        "templateId": "it-system-microservices",
        "parameters": {"bins": 12, "binSize": 60, "binUnit": "minutes", "loadBalancerCapacity": 300.5},
        "mode": "simulation",
        "embedProvenance": False,
        "notes": "agreed on Monday: more after noon",
    },
    separators=(",", ":"),
)
MODEL = "it-system-microservices"
SAME = json.dumps({"templateId": MODEL, "parameters": {"bins": 12}})
# The load puts a number that no request before had in place of the `@`.
CHANGING = json.dumps({"templateId": MODEL, "parameters": {"bins": 12, "loadBalancerCapacity": "@"}}).replace('"@"', "2@")

# name: clients, requests in flight of each, whether load and server share one processor
WAYS = {
    "64 in flight": (1, 64, False),
    "32 clients": (32, 1, False),
    "one at a time, one CPU": (1, 1, True),
}
# what is compared: other, way, part of a measurement, whether ours is to be at least or at most so many times theirs
BARS = [
    ("C, no parsing", "64 in flight", "rate", "least", 0.40),
    ("Go sourcegraph/jsonrpc2", "64 in flight", "rate", "least", 6),
    ("sourcekit-lsp", "64 in flight", "rate", "least", 50),
    ("C, no parsing", "32 clients", "rate", "least", 0.50),
    ("C, no parsing", "one at a time, one CPU", "rate", "least", 0.75),
    ("C, no parsing", "one at a time, one CPU", "p99", "most", 1.4),
]


class Measurement:
    """What the load says, and the server's processor time for each answer, from its start to its end."""

    def __init__(self, line, processor_seconds):
        count, self.rate, self.p50, self.p99 = [float(field) for field in line.split()[:4]]
        self.cost = processor_seconds / count * 1e6


class Server:
    """Somebody who answers `echo`."""

    def __init__(self, command, options=(), is_program=False):
        self.command = command  # {} is the path of the socket
        self.options = list(options)
        self.is_program = is_program  # talks over its standard streams, to one client


def pinned(shares_processor):
    return ["taskset", "-c", "0"] if shares_processor else []


@contextlib.contextmanager
def running(server, path, shares_processor):
    """Gives a list that will hold the processor time that the server used."""
    command = pinned(shares_processor) + [part.replace("{}", path) for part in server.command]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        deadline = time.monotonic() + 20
        while not os.path.exists(path):
            if process.poll() is not None or time.monotonic() > deadline:
                sys.exit(f"{' '.join(command)} does not serve")
            time.sleep(0.005)
        used = []
        yield used
    finally:
        process.terminate()
        ender = threading.Timer(5, process.kill)
        ender.start()
        _, process.returncode, usage = os.wait4(process.pid, 0)
        ender.cancel()
        used.append(usage.ru_utime + usage.ru_stime)
        with contextlib.suppress(FileNotFoundError):
            os.unlink(path)


def measure(options, server, clients, in_flight, shares_processor, request):
    path = os.path.join(options.folder, "rpc.sock")
    load = pinned(shares_processor) + [
        os.path.join(options.folder, "rpc_load"), "--clients", str(clients), "--in-flight", str(in_flight),
        "--seconds", str(options.seconds)] + request + server.options
    used = [math.nan]
    if server.is_program:
        done = subprocess.run(load + ["--program"] + server.command, capture_output=True, text=True)
    else:
        with running(server, path, shares_processor) as used:
            done = subprocess.run(load + ["--socket", path], capture_output=True, text=True)
    if done.returncode:
        print(f"{' '.join(server.command)}: {done.stderr.strip()[-400:]}", file=sys.stderr)
        return None
    return Measurement(done.stdout, used[-1])


def servers(options):
    folder = options.folder
    found = {
        "ours": Server([options.program, "serve", "--socket", "{}"]),
        "C, no parsing": Server([os.path.join(folder, "rpc_load"), "floor", "{}"], ["--raw"]),
    }
    if options.node:
        found["node, bare"] = Server([options.node, os.path.join(folder, "rpc_peer.js"), "{}"])
    if options.python:
        found["python-lsp-jsonrpc"] = Server([options.python, os.path.join(folder, "rpc_peer.py"), "{}"])
    if options.go:
        found["Go sourcegraph/jsonrpc2"] = Server([options.go, "{}"])
    if options.sourcekit:
        # It has no echo: what is measured is that it reads a request which it does not know, and says so.
        found["sourcekit-lsp"] = Server([options.sourcekit], ["--errors"], is_program=True)
    return found


def middle(values, part):
    return statistics.median(getattr(value, part) for value in values)


def main():
    parser = argparse.ArgumentParser()
    for name in ("program", "folder", "go", "node", "python", "sourcekit"):
        parser.add_argument("--" + name, default="")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--seconds", type=float, default=0.5)
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    options.program = os.path.realpath(options.program)
    root = os.path.dirname(os.path.dirname(os.path.dirname(os.path.realpath(__file__))))
    os.environ["FLOWTIME_SIM_TEMPLATES"] = os.path.join(root, "templates")
    assert len(ECHO_PARAMS) == 215, len(ECHO_PARAMS)

    everybody = servers(options)
    echo = ["--method", "echo", "--params", ECHO_PARAMS]
    echoes = {}
    generations = {}
    has_failed = False
    for _ in range(options.rounds):
        for way, (clients, in_flight, shares) in WAYS.items():
            for name, server in everybody.items():
                if server.is_program and clients > 1:
                    continue
                found = measure(options, server, clients, in_flight, shares, echo)
                if found:
                    echoes.setdefault((way, name), []).append(found)
                else:
                    has_failed = has_failed or name in ("ours", "C, no parsing")
        for values, params in (("the same values", SAME), ("values that change", CHANGING)):
            request = ["--method", "generate", "--params", params]
            for way, arguments in (
                ("64 in flight, one CPU", (1, 64, True)),
                ("32 clients", (32, 1, False)),
            ):
                found = measure(options, everybody["ours"], *arguments, request)
                if found:
                    generations.setdefault((values, way), []).append(found)
                else:
                    has_failed = True

    print("| `echo` | who | a second | by ours | p50 | p99 | server's processor time each |")
    print("|---|---|---:|---:|---:|---:|---:|")
    for (way, name), found in echoes.items():
        ours = middle(echoes[way, "ours"], "rate")
        rate = middle(found, "rate")
        cost = middle(found, "cost")
        print(
            f"| {way} | {name} | {rate:,.0f} | {rate / ours:.2f} | {middle(found, 'p50'):,.1f} us | "
            f"{middle(found, 'p99'):,.1f} us | {'' if math.isnan(cost) else f'{cost:.2f} us'} |")
    print("\n| bar | ours by theirs | to be | |\n|---|---:|---|---|")
    for other, way, part, kind, bar in BARS:
        if (way, other) not in echoes or (way, "ours") not in echoes:
            continue
        # Both of a round had the same machine: the ratio of each round, and their median.
        pairs = zip(echoes[way, "ours"], echoes[way, other])
        ratio = statistics.median(getattr(a, part) / getattr(b, part) for a, b in pairs)
        is_met = ratio >= bar if kind == "least" else ratio <= bar
        print(f"| {way}, {part}, {other} | {ratio:.2f} | at {kind} {bar} | {'met' if is_met else 'missed'} |")
    print("\n| `generate` of " + MODEL + " | | a second | p50 | p99 | processor time each |\n|---|---|---:|---:|---:|---:|")
    for (values, way), found in generations.items():
        print(
            f"| {values} | {way} | {middle(found, 'rate'):,.0f} | {middle(found, 'p50') / 1000:.2f} ms | "
            f"{middle(found, 'p99') / 1000:.2f} ms | {middle(found, 'cost'):.0f} us |")
    if options.check and has_failed:
        sys.exit(1)


main()
