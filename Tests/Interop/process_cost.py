"""Measures what a process costs: start, memory, size. The figures stand in docs/benchmarks.md.

    python3 Tests/Interop/process_cost.py PROGRAM [ROUNDS]

Rounds take turns with /bin/true, so that the price of starting any process from here can be told from the program's own.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time


def timed(arguments, directory):
    start = time.perf_counter()
    subprocess.run(arguments, cwd=directory, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
    return time.perf_counter() - start


def initialized(program):
    """Starts a server. Returns the time until it has answered, and its memory then and after a hundred models."""
    start = time.perf_counter()
    server = subprocess.Popen(
        [program, "serve", "--stdio"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )

    def call(method, params):
        line = json.dumps({"jsonrpc": "2.0", "id": 1, "method": method, "params": params})
        server.stdin.write(line.encode() + b"\n")
        server.stdin.flush()
        return json.loads(server.stdout.readline())["result"]

    call("initialize", {"capabilities": {}})
    elapsed = time.perf_counter() - start
    idle = resident(server.pid)
    for _ in range(100):
        call("generate", {"templateId": "it-system-microservices"})
    used = resident(server.pid)
    server.stdin.close()
    assert server.wait() == 0
    return elapsed, idle, used


def resident(pid):
    with open(f"/proc/{pid}/status", encoding="ascii") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmRSS"))


def main(program, rounds):
    program = os.path.realpath(program)
    root = os.path.dirname(os.path.dirname(os.path.dirname(os.path.realpath(__file__))))
    os.environ["FLOWTIME_SIM_TEMPLATES"] = os.path.join(root, "templates")
    generate = [program, "generate", "--template", "it-system-microservices"]
    with tempfile.TemporaryDirectory() as directory:
        commands = {
            "/bin/true": ["/bin/true"],
            "--version": [program, "--version"],
            "generate to stdout": generate,
            "generate to two files, synced": generate + ["--output", "m.yaml", "--provenance", "p.json"],
        }
        times = {name: [] for name in commands}
        answers = []
        for _ in range(rounds):
            for name, arguments in commands.items():
                times[name].append(timed(arguments, directory))
            answers.append(initialized(program))
    for name, values in times.items():
        print(f"{name:32} {statistics.median(values) * 1000:8.2f} ms")
    print(f"{'start to initialize answered':32} {statistics.median(a[0] for a in answers) * 1000:8.2f} ms")
    print(f"{'resident, idle':32} {statistics.median(a[1] for a in answers) / 1024:8.2f} MiB")
    print(f"{'resident, after 100 models':32} {statistics.median(a[2] for a in answers) / 1024:8.2f} MiB")
    print(f"{'size of the program':32} {os.path.getsize(program) / 1e6:8.2f} MB")


main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 31)
