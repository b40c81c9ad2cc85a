"""Kills processes that store runs, and lets their disk fail in every way. Tests/Store/run calls it."""

import argparse
import concurrent.futures
import contextlib
import errno
import hashlib
import json
import os
import random
import shutil
import signal
import struct
import subprocess
import time

CALLS = ["read", "write", "accept", "open", "fsync", "rename", "mkdir", "syncfs"]
ERRORS = {
    "write": [-1, errno.EINTR, errno.EIO, errno.ENOSPC],
    "open": [errno.EINTR, errno.EACCES, errno.EIO, errno.EMFILE, errno.ENOSPC],
    "fsync": [errno.EINTR, errno.EIO, errno.ENOSPC],
    "rename": [errno.EIO, errno.ENOSPC, errno.EACCES],
    "mkdir": [errno.ENOSPC, errno.EACCES],
    "syncfs": [errno.EINTR, errno.EIO, errno.ENOSPC],
}
# After these a program goes on as if nothing had been.
HARMLESS = [-1, errno.EINTR]
SECONDS_MAX = 60
RUNS_PER_FOLDER = 400


def expect(condition, what):
    if not condition:
        raise AssertionError(what)


def digest(path):
    with open(path, "rb") as file:
        return "sha256:" + hashlib.sha256(file.read()).hexdigest()


def read(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file)


def check_whole(directory):
    """What a run is made of, read without the program's help."""
    manifest = read(directory + "/manifest.json")
    record = read(directory + "/run.json")
    index = read(directory + "/series/index.json")
    name = os.path.basename(directory)
    expect(record["runId"] == name, f"{directory}: it says that it is {record['runId']}")
    expect(manifest["modelHash"] == digest(directory + "/model/model.yaml"), f"{directory}: model")
    expect(os.path.getsize(directory + "/spec.yaml") > 0, f"{directory}: spec.yaml is empty")
    read(directory + "/provenance.json"), read(directory + "/model/metadata.json")
    hashes = manifest["seriesHashes"]
    files = {file for file in os.listdir(directory + "/series") if file != "index.json"}
    expect(files == {f"{series}.csv" for series in hashes}, f"{directory}: series are missing")
    expect(hashes == {entry["id"]: entry["hash"] for entry in index["series"]}, f"{directory}: index")
    for series, value in hashes.items():
        expect(value == digest(f"{directory}/series/{series}.csv"), f"{directory}: {series}")


class Store:
    """One data directory, and what its writers said."""

    def __init__(self, program, path):
        self.program, self.path = program, path
        self.answered, self.whole = set(), set()

    def start(self, name, groups=None, environment=None):
        words = [self.program, "store-until-killed", self.path, name] + ([str(groups)] if groups else [])
        return subprocess.Popen(
            words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment, text=True)

    def end(self, process, why=None):
        """Takes what a process said: whole lines, since a line that was cut was not answered."""
        if why:
            process.send_signal(why)
        out, err = process.communicate(timeout=SECONDS_MAX)
        ids = out[: out.rfind("\n") + 1].split()
        self.answered.update(ids)
        return len(ids), err

    def runs(self):
        return {name for name in os.listdir(self.path) if name.startswith("run_")}

    def list(self):
        result = subprocess.run(
            [self.program, "store-list", self.path], capture_output=True, text=True, timeout=SECONDS_MAX)
        expect(result.returncode == 0, f"store-list: {result.returncode}, {result.stderr}")
        return result.stdout.split(), result.stderr

    def check_present(self):
        """While others may write: all that is there is whole."""
        runs = self.runs()
        expect(self.answered <= runs, f"lost: {sorted(self.answered - runs)}")
        for run in sorted(runs - self.whole):
            check_whole(self.path + "/" + run)
        self.whole |= runs

    def check(self):
        """While nobody writes: also what a start makes of it."""
        self.check_present()
        listed, notices = self.list()
        expect(listed == sorted(self.runs()), "not all runs are listed, or others are")
        expect(notices == "", f"notices: {notices}")
        hidden = [name for name in os.listdir(self.path) if name.startswith(".flowtime-")]
        expect(hidden == [], f"left behind: {hidden}")
        again, _ = self.list()
        expect(again == listed, "a second start lists something else")
        index = read(self.path + "/registry-index.json")
        expect([entry["id"] for entry in index["artifacts"]] == listed, "the index file is behind")


def kill(program, folder, count, seed):
    """Two processes store; one or both are killed at a random moment, while a third may be listing."""
    random.seed(seed)
    stores, store, answers, halves = 0, None, 0, 0
    for number in range(count):
        if store is None or len(store.whole) > RUNS_PER_FOLDER:
            if store:
                shutil.rmtree(store.path)
            stores += 1
            store = Store(program, f"{folder}/kills-{stores}")
            os.mkdir(store.path)
        before = len(store.answered)
        writers = [store.start(f"writer-{number}-{place}") for place in range(2)]
        time.sleep(random.uniform(0, 0.1))
        if number % 5 == 0:
            listed, notices = store.list()
            expect(notices == "", f"notices: {notices}")
            expect(set(listed) <= store.runs(), "something is listed that is not there")
            for run in set(listed) - store.whole:
                check_whole(store.path + "/" + run)
        random.shuffle(writers)
        store.end(writers[0], signal.SIGKILL)
        if number % 3 == 0:
            # The other goes on, and sees what the killed one left.
            time.sleep(random.uniform(0.002, 0.05))
            store.check_present()
        store.end(writers[1], signal.SIGKILL)
        answers += len(store.answered) - before
        halves += any(
            os.listdir(f"{store.path}/{name}") for name in os.listdir(store.path) if ".flowtime-stage-" in name)
        store.check()
        if number % 25 == 7:
            os.remove(store.path + "/registry-index.json")
            store.check()
    shutil.rmtree(store.path)
    print(
        f"{count} kills: {answers} runs were answered and are whole, no half run is among them; "
        f"{halves} left a run that was not finished, which is gone")


def refuse(program, folder):
    """Each call that changes the disk fails once, in its turn."""
    library = folder + "/fault.so"

    def environment(call, at, error, counts):
        with open(counts, "wb") as file:
            file.write(bytes(8 * len(CALLS)))
        return os.environ | {
            "LD_PRELOAD": library, "FAULT_CALL": call, "FAULT_AT": str(at), "FAULT_ERROR": str(error),
            "FAULT_COUNT": counts}

    def one(call, at, error):
        place = f"{folder}/refused-{call}-{at}-{error}"
        store = Store(program, place)
        process = store.start("first", groups=1)
        store.end(process)
        counts = place + ".counts"
        process = store.start("second", groups=2, environment=environment(call, at, error, counts))
        answered, message = store.end(process)
        what = f"{call} {at} {error}: {process.returncode}, {message}"
        expect(process.returncode in (0, 1), what)
        if process.returncode == 1:
            expect(error not in HARMLESS and message.startswith("flowtime-bench: cannot "), what)
        else:
            expect(answered == 4, what)
        store.check()
        with open(counts, "rb") as file:
            called = dict(zip(CALLS, struct.unpack(f"{len(CALLS)}q", file.read())))
        shutil.rmtree(place)
        os.remove(counts)
        return called

    called = one("none", 0, 0)
    work = [
        (call, at, error) for call, errors in ERRORS.items() for at in range(1, called[call] + 1)
        for error in errors]
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        list(pool.map(lambda each: one(*each), work))
    print(f"{len(work)} refused calls: a clear message or none needed, nothing lost, nothing left")


@contextlib.contextmanager
def mounted(folder, name, kind):
    """A small file system of its own; None where that is not permitted."""
    path = f"{folder}/{name}"
    os.makedirs(path)
    if kind == "ext4":
        image = path + ".image"
        with open(image, "wb") as file:
            file.truncate(12 << 20)
        made = subprocess.run(["mkfs.ext4", "-q", image], capture_output=True).returncode == 0
        words = ["mount", "-o", "loop", image, path]
    else:
        made, words = True, ["mount", "-t", "tmpfs", "-o", kind, "none", path]
    if not made or subprocess.run(words, capture_output=True).returncode != 0:
        print(f"notice: no {kind} can be mounted here")
        yield None
        return
    try:
        yield path
    finally:
        subprocess.run(["umount", path], check=True)


def fill(program, folder):
    """A disk that is really full, without room and without inodes; then read-only."""
    for name, kind in [("room", "size=3m"), ("inodes", "nr_inodes=400"), ("disk", "ext4")]:
        with mounted(folder, "full-" + name, kind) as path:
            if not path:
                continue
            ballast = path + "/ballast"
            with open(ballast, "wb") as file:
                file.write(bytes(1 << 20))
            spare = [f"{path}/spare{number}" for number in range(100)]
            for each in spare:
                os.close(os.open(each, os.O_CREAT | os.O_WRONLY))
            os.mkdir(path + "/data")
            store = Store(program, path + "/data")
            writers = [store.start("first"), store.start("second")]
            messages = [store.end(each)[1] for each in writers]
            for process, message in zip(writers, messages):
                expect(
                    process.returncode == 1 and "No space left on device" in message,
                    f"{kind}: {process.returncode}, {message}")
            expect(store.answered, f"{kind}: nothing was stored")
            store.check_present()
            listed, _ = store.list()
            expect(listed == sorted(store.runs()), f"{kind}: another list")
            for each in [ballast] + spare:
                os.remove(each)
            # Room again, and all goes on.
            expect(store.end(store.start("third", groups=2))[0] == 4, f"{kind}: no run after there is room")
            store.check()
            subprocess.run(["mount", "-o", "remount,ro", path], check=True)
            expect(store.list()[0] == sorted(store.runs()), f"{kind}: another list when read-only")
            process = store.start("fourth", groups=1)
            _, message = store.end(process)
            expect(
                process.returncode == 1 and "Read-only file system" in message,
                f"{kind}, read-only: {process.returncode}, {message}")
            print(f"full disk, {kind}: {len(store.answered)} runs answered, all whole; then read-only")


def damage(program, folder):
    """What others did to the directory is named, and the rest is as it was."""
    store = Store(program, folder + "/damaged")
    store.end(store.start("one", groups=6))
    store.check()
    runs = sorted(store.runs())
    half = {"schemaVersion": 1, "directory": os.path.realpath(store.path), "artifacts": [{}]}
    for garbage in [b"", b"garbage", b"[]", os.urandom(5000), json.dumps(half).encode()]:
        with open(store.path + "/registry-index.json", "wb") as file:
            file.write(garbage)
        listed, notices = store.list()
        expect(listed == runs and "damaged" in notices, f"after garbage: {notices}")
        aside = [name for name in os.listdir(store.path) if ".corrupted." in name]
        expect(len(aside) == 1, f"{aside}")
        with open(f"{store.path}/{aside[0]}", "rb") as file:
            expect(file.read() == garbage, "the garbage was not kept")
        os.remove(f"{store.path}/{aside[0]}")
        store.check()
    with open(f"{store.path}/{runs[0]}/manifest.json", "r+b") as file:
        file.truncate(30)
    os.remove(f"{store.path}/{runs[1]}/series/node_0@NODE_0@DEFAULT.csv")
    os.remove(store.path + "/registry-index.json")
    listed, notices = store.list()
    expect(listed == runs[1:], "a run with half a manifest is listed, or another is not")
    expect(f"{runs[0]}/manifest.json" in notices and "damaged" in notices, notices)
    expect(store.end(store.start("two", groups=1))[0] == 1, "no run beside a damaged one")
    print("garbage in the index, half a manifest: named, and the rest is as it was")
    shutil.rmtree(store.path)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", default=".build/release/flowtime-bench")
    parser.add_argument("--folder", required=True)
    parser.add_argument("--kills", type=int, default=500)
    parser.add_argument("--seed", type=int, default=random.randrange(1 << 32))
    options = parser.parse_args()
    program = os.path.abspath(options.program)
    print(f"seed {options.seed}")
    damage(program, options.folder)
    fill(program, options.folder)
    refuse(program, options.folder)
    kill(program, options.folder, options.kills, options.seed)


if __name__ == "__main__":
    main()
