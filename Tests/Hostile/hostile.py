"""Clients that do harm beside one that behaves. Tests/Hostile/run calls it.

hostile.py PROGRAM FOLDER SECONDS
"""

import contextlib
import multiprocessing
import os
import random
import socket
import subprocess
import sys
import threading
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.realpath(__file__))))
# How many times as long 99 of 100 requests may take beside a hostile client.
SLOWER_MAX = 5
# The same beside processes that are as busy and do not talk to the daemon: on a machine without a processor to spare, a
# process that wakes waits for its turn, whatever the daemon does.
BUSY_SLOWER_MAX = 2
# How often it is tried, since other programs disturb some measurements.
ATTEMPTS = 3
# What the daemon may keep of the memory that large messages took, all clients gone.
RESIDENT_MAX = 64
ECHO = b'{"jsonrpc":"2.0","id":1,"method":"echo","params":[1]}'


def framed(body):
    return b"Content-Length: %d\r\n\r\n%s" % (len(body), body)


# ---- Hostile clients: each says when it begins, and goes on until its process is ended ----


def connected(path):
    client = socket.socket(socket.AF_UNIX)
    client.connect(path)
    return client


def say(path, *parts):
    """Says something on a connection of its own and waits until the daemon closes it, or has answered."""
    with contextlib.suppress(OSError), connected(path) as client:
        client.settimeout(20)
        for part in parts:
            client.sendall(part)
        client.shutdown(socket.SHUT_WR)
        while client.recv(1 << 16):
            pass


def half_sent(path, begun):
    """A hundred connections that begin a message and never end it, again and again."""
    beginnings = [b"Cont", b"Content-Length: 100\r\n", framed(ECHO)[:-3], ECHO[:20], b"[" + ECHO]
    begun.set()
    while True:
        clients = [connected(path) for _ in range(100)]
        for index, client in enumerate(clients):
            client.sendall(beginnings[index % len(beginnings)])
        time.sleep(0.5)
        for client in clients:
            client.close()


def one_byte_a_second(path, begun):
    """A hundred connections that send a byte each second."""
    clients = [connected(path) for _ in range(100)]
    message = framed(ECHO)
    begun.set()
    for byte in message:
        for client in clients:
            with contextlib.suppress(OSError):
                client.sendall(bytes([byte]))
        time.sleep(1)


def nesting(path, begun):
    """16 MB of brackets, as a message in either framing, as a parameter and as a template."""
    depth = 16_000_000
    lines = b"[" * depth + b"\n"
    template = b'{"jsonrpc":"2.0","id":1,"method":"validateTemplate","params":{"template":"%s"}}' % (b"[" * (depth - 200))
    braces = b'{"a":' * (depth // 5)
    kinds = [lines, framed(lines[:-1]), framed(braces), framed(template)]
    begun.set()
    while True:
        # One of each kind at a time: each thread of the daemon has memory of its own to give back.
        clients = [threading.Thread(target=say, args=(path, kind)) for kind in kinds]
        for client in clients:
            client.start()
        for client in clients:
            client.join()


def notifications(path, begun):
    """A million tiny notifications on a connection."""
    chunk = b'{"jsonrpc":"2.0","method":"x"}\n' * 1000
    begun.set()
    while True:
        with contextlib.suppress(OSError), connected(path) as client:
            for _ in range(1000):
                client.sendall(chunk)


def requests_without_reading(path, begun):
    """Requests with long answers that nobody takes, on twenty connections."""
    chunk = b'{"jsonrpc":"2.0","id":1,"method":"generate","params":{"templateId":"it-system-microservices"}}\n' * 50
    clients = [connected(path) for _ in range(20)]
    for client in clients:
        client.setblocking(False)
    begun.set()
    while True:
        for client in clients:
            with contextlib.suppress(OSError):
                client.send(chunk)
        time.sleep(0.001)


def batches(path, begun):
    """Batches over the limit, and one whose answers are."""
    many = b"[" + b",".join([ECHO] * 100_000) + b"]\n"
    empty = b"[" + b",".join([b"1"] * 1_000_000) + b"]\n"
    begun.set()
    while True:
        say(path, many)
        say(path, empty)


def lengths(path, begun):
    """Lengths that are huge, negative or no numbers."""
    wrong = [b"-1", b"99999999999999999999999", b"9223372036854775807", b"4294967297", b"1e9", b"0x10", b"", b"16777217", b"2147483648"]
    begun.set()
    while True:
        for length in wrong:
            say(path, b"Content-Length: " + length + b"\r\n\r\n" + ECHO)
        say(path, b"X: " + b"y" * 1_000_000 + b"\r\n")


def random_bytes(path, begun):
    """Random bytes, by themselves and where a message should be."""
    numbers = random.Random(7)
    begun.set()
    while True:
        for prefix in (b"", b"{", b"[", b"Content-Length: 4096\r\n\r\n"):
            say(path, prefix, *[numbers.randbytes(4096) for _ in range(4)])


def connections(path, begun):
    """Connections that are opened and closed at once."""
    begun.set()
    while True:
        with contextlib.suppress(OSError):
            connected(path).close()


KINDS = [
    half_sent, one_byte_a_second, nesting, notifications, requests_without_reading, batches, lengths, random_bytes, connections]


def busy(_, begun):
    """No client at all: as much work as one and its thread in the daemon can have."""
    begun.set()
    while True:
        pass


# ---- The daemon and the client that behaves ----


def descriptor_count(process):
    return len(os.listdir(f"/proc/{process.pid}/fd"))


def resident(process):
    with open(f"/proc/{process.pid}/status", encoding="ascii") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmRSS")) / 1024


def behave(folder, path, seconds):
    """Microseconds within which 99 of 100 requests are answered, 500 begun each second."""
    done = subprocess.run(
        [os.path.join(folder, "rpc_load"), "--socket", path, "--pace", "2000", "--seconds", str(seconds), "--params", "[1]"],
        capture_output=True, text=True, timeout=seconds + 60)
    if done.returncode:
        sys.exit(f"the client that behaves: {done.stderr.strip()}")
    return float(done.stdout.split()[3])


@contextlib.contextmanager
def hostile(kind, path):
    begun = multiprocessing.Event()
    enemy = multiprocessing.Process(target=kind, args=(path, begun), daemon=True)
    enemy.start()
    begun.wait(20)
    try:
        yield
        if enemy.exitcode is not None:
            sys.exit(f"{kind.__name__}: the hostile client ended by itself")
    finally:
        enemy.kill()
        enemy.join()


def compared(kind, folder, path, seconds):
    """Whether one that behaves is too slow beside `kind`, and a line of figures."""
    # By itself and beside busy processes right before, so that what else the machine does is not laid to the client.
    alone = behave(folder, path, seconds)
    with hostile(busy, path), hostile(busy, path):
        beside_busy = behave(folder, path, seconds)
    with hostile(kind, path):
        beside = behave(folder, path, seconds)
    line = (
        f"{kind.__name__:28} p99 {beside:9.1f} us; alone {alone:9.1f} us, {beside / alone:.1f} times; beside busy processes "
        f"{beside_busy:9.1f} us, {beside / beside_busy:.1f} times")
    return beside > max(SLOWER_MAX * alone, BUSY_SLOWER_MAX * beside_busy), line


def settled(count, wanted, seconds):
    """Waits until `count()` is at most `wanted`; returns what it is at the end."""
    deadline = time.monotonic() + seconds
    while count() > wanted and time.monotonic() < deadline:
        time.sleep(0.05)
    return count()


def main(program, folder, seconds):
    path = os.path.join(folder, "daemon.sock")
    os.environ["FLOWTIME_SIM_TEMPLATES"] = os.path.join(ROOT, "templates")
    log = open(os.path.join(folder, "log"), "wb")
    daemon = subprocess.Popen([os.path.realpath(program), "serve", "--socket", path], stderr=log)
    failures = []
    try:
        say_until_served(path, daemon)
        behave(folder, path, seconds)
        time.sleep(0.1)
        descriptors = descriptor_count(daemon)
        print(f"at the beginning {descriptors} descriptors, {resident(daemon):.1f} MB")
        for kind in KINDS:
            for attempt in range(ATTEMPTS):
                slower, line = compared(kind, folder, path, seconds)
                if daemon.poll() is not None:
                    sys.exit(f"FAILED  {kind.__name__}: the daemon ended with {daemon.returncode}")
                left = settled(lambda: descriptor_count(daemon), descriptors, 20)
                print(f"{line}; {left} descriptors, {resident(daemon):.1f} MB", flush=True)
                if left > descriptors:
                    failures.append(f"{kind.__name__}: {left} descriptors, {descriptors} before")
                if not slower or "FLOWTIME_UNTIMED" in os.environ:
                    break
            else:
                failures.append(f"{kind.__name__}: too slow beside it, {ATTEMPTS} times")
        kept = settled(lambda: resident(daemon), RESIDENT_MAX, 2)
        if kept > RESIDENT_MAX:
            failures.append(f"{kept:.0f} MB are resident at the end, {RESIDENT_MAX} allowed")
        daemon.terminate()
        if daemon.wait(20) != 0:
            failures.append(f"the daemon left with {daemon.returncode}")
    finally:
        daemon.kill()
    for failure in failures:
        print(f"FAILED  {failure}")
    sys.exit(1 if failures else 0)


def say_until_served(path, daemon):
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline and daemon.poll() is None:
        with contextlib.suppress(OSError):
            return connected(path).close()
        time.sleep(0.01)
    sys.exit("the daemon does not serve")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], float(sys.argv[3]))
