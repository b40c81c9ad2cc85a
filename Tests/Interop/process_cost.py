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
    status = subprocess.run(arguments, cwd=directory, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode
    assert status == (1 if "bomb.yaml" in arguments else 0)
    return time.perf_counter() - start


def alias_bomb():
    """Nine levels, each nine times the one below, in 308 bytes."""
    lines = ["a: &a [0,1,2,3,4,5,6,7,lol]\n"]
    for below, name in zip("abcdefgh", "bcdefghi"):
        lines.append(f"{name}: &{name} [{','.join(['*' + below] * 9)}]\n")
    return "".join(lines)


def initialized(program):
    """Starts a server.

    Returns the time until it has answered, its memory then and after a hundred models; the time in which it refuses an
    alias bomb, and the most memory it has had after that.
    """
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
    start = time.perf_counter()
    refusal = call("validateTemplate", {"template": alias_bomb()})
    bomb_time = time.perf_counter() - start
    assert [found["code"] for found in refusal["diagnostics"]] == ["yaml-limit"]
    peak = resident(server.pid, "VmHWM")
    server.stdin.close()
    assert server.wait() == 0
    return elapsed, idle, used, bomb_time, peak


def resident(pid, line_name="VmRSS"):
    """Memory of a process in KiB."""
    with open(f"/proc/{pid}/status", encoding="ascii") as status:
        return next(int(line.split()[1]) for line in status if line.startswith(line_name))


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
            "alias bomb refused": [program, "validate", "bomb.yaml"],
            "generate to two files, synced": generate + ["--output", "m.yaml", "--provenance", "p.json"],
        }
        with open(os.path.join(directory, "bomb.yaml"), "w", encoding="ascii") as file:
            file.write(alias_bomb())
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
    print(f"{'alias bomb refused by a server':32} {statistics.median(a[3] for a in answers) * 1000:8.2f} ms")
    print(f"{'its peak memory after that':32} {max(a[4] for a in answers) / 1024:8.2f} MiB")
    print(f"{'size of the program':32} {os.path.getsize(program) / 1e6:8.2f} MB")


main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 31)
