"""Keeps a daemon at work for long, and kills daemons under load. Tests/Soak/run calls it."""

import argparse
import contextlib
import os
import random
import signal
import socket
import statistics
import subprocess
import sys
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.realpath(__file__))))
GROWTH_MAX_KB = 1024
# Nobody has said anything for so long: a daemon has given back what it does not need (EventLoop.silence, and a second).
SILENCE_SECONDS = 4
# What is done before memory is looked at, however short the run.
WARM_UP = {"requests": 400_000, "connections": 4_000}
SERVED_WITHIN_SECONDS = 0.2
# How many daemons are started at once after each kill: one of them is to serve.
SUCCESSORS = 3
ECHO = ["--method", "echo", "--params", '{"templateId":"it-system-microservices","parameters":{"bins":12}}']
SAME = ["--method", "generate", "--params", '{"templateId":"it-system-microservices"}']
CHANGING = [
    "--method", "generate",
    "--params", '{"templateId":"it-system-microservices","parameters":{"loadBalancerCapacity":2@}}']
# What requests are made of: each part with its share of them.
MIX = [(0.90, ECHO), (0.06, SAME), (0.03, ["--method", "listTemplates"]), (0.01, CHANGING)]


def started(program, path, log=subprocess.DEVNULL):
    return subprocess.Popen(
        [program, "serve", "--socket", path], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=log)


def answered(path):
    """Whether somebody serves the path and answers."""
    with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX) as client:
        client.settimeout(5)
        client.connect(path)
        client.sendall(b'{"jsonrpc":"2.0","id":1,"method":"echo","params":[1]}\n')
        return client.recv(100) == b'{"jsonrpc":"2.0","id":1,"result":[1]}\n'
    return False


def wait_until_answered(path):
    deadline = time.monotonic() + 20
    while not answered(path):
        if time.monotonic() > deadline:
            sys.exit("FAILED  nobody serves")
        time.sleep(0.001)


# ---- Long ----


def figures(process):
    """Resident kilobytes and open descriptors."""
    with open(f"/proc/{process.pid}/status", encoding="ascii") as status:
        resident = next(int(line.split()[1]) for line in status if line.startswith("VmRSS"))
    return resident, len(os.listdir(f"/proc/{process.pid}/fd"))


def work(folder, path, requests, connections):
    """A part of the work: each kind of request by one client and by many, then connections."""
    for share, request in MIX:
        for clients, in_flight in ((1, 64), (32, 1)):
            load(folder, path, request + [
                "--clients", str(clients), "--in-flight", str(in_flight),
                "--count", str(max(1, int(requests * share / 2)))])
    load(folder, path, ECHO + ["--connections", str(connections)])


def load(folder, path, arguments):
    command = [os.path.join(folder, "rpc_load"), "--socket", path] + arguments
    done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    if done.returncode:
        sys.exit(f"FAILED  {' '.join(command)}: {done.stderr.strip()}")


def soak(options, path):
    daemon = started(options.program, path)
    try:
        wait_until_answered(path)
        parts = 20
        start = time.monotonic()

        def look(when, silence=0.2):
            time.sleep(silence)
            resident, descriptors = figures(daemon)
            seconds = time.monotonic() - start
            print(f"{when}: {resident:,} KB resident, {descriptors} descriptors, {seconds:.0f} s", flush=True)
            return resident, descriptors

        for _ in range(parts):
            work(options.folder, path, WARM_UP["requests"] / parts, WARM_UP["connections"] // parts)
        look("after warm-up")
        first = look("after warm-up, silent", SILENCE_SECONDS)
        for part in range(1, parts + 1):
            work(options.folder, path, options.requests / parts, max(1, options.connections // parts))
            if part in (1, parts // 2, parts):
                look(f"after {part:2} parts of {parts}")
        last = look("at the end, silent", SILENCE_SECONDS)
        daemon.terminate()
        status = daemon.wait(20)
    finally:
        daemon.kill()
        daemon.wait()
    growth = last[0] - first[0]
    left = last[1] - first[1]
    print(f"memory grew by {growth:,.0f} KB, descriptors by {left}")
    failures = []
    if growth >= GROWTH_MAX_KB:
        failures.append(f"memory grew by {growth:,.0f} KB")
    if left > 0:
        failures.append(f"{left} descriptors stay open")
    if status != 0:
        failures.append(f"the daemon left with {status}")
    return failures


# ---- Killed ----


def kill(options, path):
    times = []
    failures = []
    daemons = [started(options.program, path)]
    loads = []
    random_numbers = random.Random(options.seed)
    try:
        wait_until_answered(path)
        for turn in range(options.kills):
            loads = [
                subprocess.Popen(
                    [os.path.join(options.folder, "rpc_load"), "--socket", path, "--in-flight", "8", "--seconds", "20"]
                    + request, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
                for request in (ECHO, CHANGING)]
            time.sleep(random_numbers.uniform(0, 0.05))
            daemons[0].send_signal(signal.SIGKILL)
            killed = time.monotonic()
            # As whoever starts the next does: until the process is gone, the path is its own.
            daemons[0].wait()
            successors = [started(options.program, path, subprocess.PIPE) for _ in range(SUCCESSORS)]
            while not answered(path):
                if time.monotonic() - killed > 20:
                    sys.exit(f"FAILED  nobody serves after kill {turn + 1}")
                time.sleep(0.0005)
            times.append(time.monotonic() - killed)
            for process in loads:
                process.kill()
                process.wait()
            # All but one must see that somebody serves already, and go.
            deadline = time.monotonic() + 20
            while sum(process.poll() is None for process in successors) > 1 and time.monotonic() < deadline:
                time.sleep(0.001)
            alive = [process for process in successors if process.poll() is None]
            gone = [process for process in successors if process.poll() is not None]
            for process in gone:
                complaint = process.stderr.read()
                process.stderr.close()
                if process.returncode != 3 or not complaint:
                    failures.append(f"kill {turn + 1}: a second daemon left with {process.returncode}: {complaint!r}")
            if len(alive) != 1 or not answered(path):
                failures.append(f"kill {turn + 1}: {len(alive)} daemons")
            daemons = alive
            if not daemons:
                break
    finally:
        for process in daemons + loads:
            process.kill()
            process.wait()
    times.sort()
    late = [one for one in times if one > SERVED_WITHIN_SECONDS]
    print(
        f"{len(times)} kills: the next client is served after {statistics.median(times) * 1000:.0f} ms (median), "
        f"{times[int(0.99 * (len(times) - 1))] * 1000:.0f} ms (99 of 100), {times[-1] * 1000:.0f} ms (longest)")
    if late and "FLOWTIME_UNTIMED" not in os.environ:
        failures.append(f"{len(late)} clients waited more than {SERVED_WITHIN_SECONDS * 1000:.0f} ms")
    return failures


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--folder", required=True)
    parser.add_argument("--program", default=".build-static/release/flowtime-sim")
    parser.add_argument("--requests", type=int, default=10_000_000)
    parser.add_argument("--connections", type=int, default=100_000)
    parser.add_argument("--kills", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    options.program = os.path.realpath(options.program)
    os.environ["FLOWTIME_SIM_TEMPLATES"] = os.path.join(ROOT, "templates")
    path = os.path.join(options.folder, "daemon.sock")
    failures = []
    if options.requests:
        failures += soak(options, path)
    if options.kills:
        failures += kill(options, path)
    for failure in failures:
        print(f"FAILED  {failure}")
    sys.exit(1 if failures else 0)


main()
