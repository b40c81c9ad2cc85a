"""wrk over three kinds of requests, a third of the time each: every answer is 2xx, and memory stays bounded."""

import json
import pathlib
import subprocess
import sys
import tempfile

address, server, seconds, model = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4]
each = max(1, seconds // 3)
SMALL = """schemaVersion: 1
grid: {bins: 24, binSize: 1, binUnit: hours}
nodes:
  - {id: demand, kind: const, values: [%s]}
""" % ", ".join(str(10 + bin) for bin in range(24)) + "".join(
    f"  - {{id: step{node}, kind: expr, expr: {'demand' if node == 0 else f'step{node - 1}'} * 0.9}}\n"
    for node in range(9)
)
DONE = """
done = function(summary, latency, requests)
  local errors = summary.errors
  io.write(string.format(
    "RESULT %d %d %d %d %d %d\\n", summary.requests, summary.duration,
    errors.status, errors.connect + errors.read + errors.write + errors.timeout,
    latency:percentile(50), latency:percentile(99)))
end
"""
# Runs stay in the index, which is kept in memory: that much for each is its cost, and more would be a leak.
RUN_COST_MAX = 5 * 1024
MEMORY_MAX = 32 * 1024 * 1024


def resident():
    for line in pathlib.Path(f"/proc/{server}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) * 1024
    raise AssertionError("the server is gone")


def load(name, path, script, connections):
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as file:
        file.write(script + DONE)
        file.flush()
        command = ["wrk", "-t1", f"-c{connections}", f"-d{each}s", "-s", file.name, f"http://{address}{path}"]
        output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    result = next(line for line in output.splitlines() if line.startswith("RESULT "))
    count, duration, refused, lost, median, slow = (int(float(word)) for word in result.split()[1:])
    print(
        f"{name:18} {count:8} requests, {count * 1e6 / duration:7.0f} a second, "
        f"median {median / 1000:.2f} ms, 99 of 100 {slow / 1000:.2f} ms, {resident() / 2**20:.1f} MB resident"
    )
    assert count > 0 and refused == 0 and lost == 0, output
    return count


run = f"wrk.method = 'POST'\nwrk.body = {json.dumps(SMALL)}\n"
start = resident()
load("GET /healthz", "/healthz", "", 16)
load("GET /v1/artifacts", "/v1/artifacts", "", 16)
stored = load("POST /v1/run", "/v1/run", run, 16)
grown = resident() - start
assert grown <= MEMORY_MAX + stored * RUN_COST_MAX, f"{grown} bytes more for {stored} runs"
