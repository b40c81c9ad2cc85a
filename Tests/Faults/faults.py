"""Lets each single system call of the program fail, one a run. Tests/Faults/run calls it.

faults.py PROGRAM FOLDER
"""

import concurrent.futures
import contextlib
import errno
import json
import os
import shutil
import signal
import socket
import struct
import subprocess
import sys
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.realpath(__file__))))
SHORT = -1  # the call does only a byte of what it could
CALLS = ["read", "write", "accept", "open", "fsync", "rename"]
ERRORS = {
    "read": [SHORT, errno.EINTR, errno.EAGAIN, errno.EIO, errno.ECONNRESET, errno.ENOMEM],
    "write": [SHORT, errno.EINTR, errno.EAGAIN, errno.EIO, errno.ENOSPC, errno.EPIPE, errno.ECONNRESET],
    "accept": [
        errno.EINTR, errno.EAGAIN, errno.ECONNABORTED, errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.ENOBUFS],
    "open": [errno.EINTR, errno.EACCES, errno.EIO, errno.EMFILE, errno.ENFILE, errno.ENOENT, errno.ENOSPC],
    "fsync": [errno.EINTR, errno.EIO, errno.ENOSPC],
    "rename": [errno.EIO, errno.ENOSPC, errno.EACCES],
}
# After these a program goes on as if nothing had been.
HARMLESS = [SHORT, errno.EINTR, errno.EAGAIN]
SECONDS_MAX = 30
CLOCK = "2026-01-01T00:00:00Z"
MODEL = "it-system-microservices"


class Wrong(Exception):
    pass


def expect(condition, what):
    if not condition:
        raise Wrong(what)


def line(identifier, method, params):
    message = {"jsonrpc": "2.0", "method": method, "params": params}
    return json.dumps(message if identifier is None else message | {"id": identifier}).encode() + b"\n"


def conversation():
    """Lines of a client, among them one that is worked on by another thread."""
    with open(os.path.join(ROOT, "templates", MODEL + ".yaml"), encoding="utf-8") as file:
        template = file.read()
    large = template + "# " + "x" * 70_000 + "\n"
    return [
        line(1, "echo", ["x" * 300]),
        line(2, "listTemplates", {}),
        line(3, "generate", {"templateId": MODEL, "generatedAt": CLOCK}),
        line(4, "validateTemplate", {"template": large}),
        line(5, "generate", {"templateId": "nothing-like-it"}),
        line(6, "echo", {"last": True}),
    ]


class Fault:
    def __init__(self, call, at, error, counts, library):
        self.call, self.at, self.error, self.counts = call, at, error, counts
        with open(counts, "wb") as file:
            file.write(bytes(8 * len(CALLS)))
        self.environment = os.environ | {
            "LD_PRELOAD": library, "FAULT_CALL": call, "FAULT_AT": str(at), "FAULT_ERROR": str(error),
            "FAULT_COUNT": counts}

    def called(self):
        with open(self.counts, "rb") as file:
            return dict(zip(CALLS, struct.unpack(f"{len(CALLS)}q", file.read())))

    @property
    def is_harmless(self):
        return self.at == 0 or self.error in HARMLESS

    def __str__(self):
        name = "does a byte" if self.error == SHORT else errno.errorcode.get(self.error, "")
        return f"{self.call} {self.at} {name}"


def ended(process, fault, output=None):
    """Checks how a process ended; gives its status and stderr."""
    try:
        out, complaint = process.communicate(output, timeout=SECONDS_MAX)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
        raise Wrong("hangs") from None
    complaint = complaint or b""
    expect(process.returncode >= 0, f"dies of signal {-process.returncode}: {complaint[-300:]}")
    expect(process.returncode in (0, 1, 3), f"status {process.returncode}")
    if fault.is_harmless:
        expect(process.returncode == 0, f"status {process.returncode}: {complaint[-300:]}")
    return process.returncode, out, complaint


# ---- What is played ----


def generate(program, folder, fault, expected):
    """A command that replaces two files."""
    names = ["m.yaml", "p.json"]
    old = b"what was there\n"
    for name in names:
        with open(os.path.join(folder, name), "wb") as file:
            file.write(old)
    process = subprocess.Popen(
        [program, "generate", "--template", MODEL, "--output", "m.yaml", "--provenance", "p.json", "--generated-at", CLOCK],
        cwd=folder, env=fault.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    status, _, complaint = ended(process, fault)
    expect(sorted(os.listdir(folder)) == names, f"leaves {os.listdir(folder)}")
    texts = []
    for name in names:
        with open(os.path.join(folder, name), "rb") as file:
            texts.append(file.read())
    if expected is None:
        return texts
    for name, text, whole in zip(names, texts, expected):
        expect(text in (old, whole), f"{name} is neither the old file nor the new one")
        if status == 0:
            expect(text == whole, f"{name} is the old file, and the status is 0")
    if status:
        expect(complaint, "says nothing")
    return texts


def replies(lines, fault, is_cut, expected):
    """Checks what came back: each line whole unless the stream was cut, each id once, no reply but the right one."""
    whole = lines.split(b"\n")
    rest = whole.pop()
    expect(is_cut or not rest, f"half a line: {rest[-100:]}")
    found = {}
    for reply in whole:
        message = json.loads(reply)
        expect(message["id"] not in found, f"two replies to {message['id']}")
        found[message["id"]] = reply
    if not is_cut:
        expect(sorted(found) == list(range(1, 7)), f"replies to {sorted(found)}")
    if expected:
        for identifier, reply in found.items():
            # A template that could not be read is missing, and that is what is said then.
            if fault.is_harmless or fault.call == "write":
                expect(reply == expected[identifier], f"another reply to {identifier}: {reply[:200]}")
    return found


def standard_streams(program, folder, fault, expected):
    """An editor that says all at once and goes."""
    process = subprocess.Popen(
        [program, "serve", "--stdio"], cwd=folder, env=fault.environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE)
    status, out, complaint = ended(process, fault, b"".join(conversation()))
    expect(status == 0 or complaint, "says nothing")
    return replies(out, fault, status != 0, expected)


def daemon(program, folder, fault, expected):
    """A daemon with three clients one after another, whose templates are read again in between."""
    path = os.path.join(folder, "d.sock")
    log_path = os.path.join(folder, "log")
    with open(log_path, "wb") as log:
        process = subprocess.Popen(
            [program, "serve", "--socket", path], cwd=folder, env=fault.environment, stderr=log, stdout=subprocess.DEVNULL)
    try:
        deadline = time.monotonic() + SECONDS_MAX
        while not os.path.exists(path):
            if process.poll() is not None:
                break
            expect(time.monotonic() < deadline, "does not begin to serve")
            time.sleep(0.002)
        found = None
        if process.poll() is None:
            served = 0
            for turn in range(3):
                found, is_cut = client(path, fault, expected if turn == 0 else None)
                served += not is_cut
                # The templates may be read again at any time from here on.
                if turn < 2 and process.poll() is None:
                    process.send_signal(signal.SIGHUP)
            expect(process.poll() is None, f"the daemon ends with {process.returncode}")
            expect(served >= (3 if fault.is_harmless else 2), f"{served} of 3 clients are served")
            process.terminate()
        with open(log_path, "rb") as log:
            complaint = log.read()
        status, _, _ = ended(process, fault)
        expect(found is None or status == 0, f"status {status} at its end")
        expect(found is not None or status == 3 and complaint, f"status {status} at its start, and says {complaint!r}")
        return found
    finally:
        process.kill()
        process.wait()


def client(path, fault, expected):
    """Gives the replies, and whether the connection ended before the last of them."""
    arrived = b""
    is_cut = False
    try:
        with socket.socket(socket.AF_UNIX) as connection:
            connection.settimeout(SECONDS_MAX)
            while True:
                try:
                    connection.connect(path)
                    break
                except (ConnectionRefusedError, FileNotFoundError):
                    time.sleep(0.002)
            connection.sendall(b"".join(conversation()))
            connection.shutdown(socket.SHUT_WR)
            while part := connection.recv(1 << 16):
                arrived += part
    except TimeoutError:
        raise Wrong("a client waits for ever") from None
    except OSError:
        is_cut = True
    is_cut = is_cut or arrived.count(b"\n") < 6
    return replies(arrived, fault, is_cut, expected), is_cut


def play(scenario, program, scratch, library):
    """Plays a scenario without a fault, then with each; gives how many, and what went wrong."""
    folder = os.path.join(scratch, scenario.__name__)

    def once(number, call, at, error, expected):
        own = f"{folder}-{number}"
        os.mkdir(own)
        fault = Fault(call, at, error, own + ".count", library)
        try:
            return scenario(program, own, fault, expected), fault.called()
        except Exception as problem:
            return f"{scenario.__name__}: {fault}: {problem if isinstance(problem, Wrong) else repr(problem)}", None
        finally:
            shutil.rmtree(own, ignore_errors=True)
            with contextlib.suppress(FileNotFoundError):
                os.unlink(own + ".count")

    expected, called = once(0, "read", 0, 0, None)
    if called is None:
        sys.exit(f"FAILED  without a fault: {expected}")
    faults = [(call, at, error) for call in CALLS for at in range(1, called[call] + 1) for error in ERRORS[call]]
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        results = list(pool.map(lambda entry: once(entry[0] + 1, *entry[1], expected), enumerate(faults)))
    failures = [result for result, counts in results if counts is None]
    counted = ", ".join(f"{count} {call}" for call, count in called.items() if count)
    print(f"{scenario.__name__:18} {len(faults):5} runs ({counted}), {len(failures)} wrong", flush=True)
    return failures


def main(program, scratch):
    program = os.path.realpath(program)
    templates = os.path.join(scratch, "templates")
    os.mkdir(templates)
    for name in (MODEL, "manufacturing-line"):
        shutil.copy(os.path.join(ROOT, "templates", name + ".yaml"), templates)
    os.environ["FLOWTIME_SIM_TEMPLATES"] = templates
    failures = []
    for scenario in (generate, standard_streams, daemon):
        failures += play(scenario, program, scratch, os.path.join(scratch, "fault.so"))
    for failure in failures:
        print(f"FAILED  {failure}")
    sys.exit(1 if failures else 0)


main(sys.argv[1], sys.argv[2])
