"""Measures FlowTime Sim beside its peers and prints tables. Tests/Benchmarks/run calls it.

Rounds take turns, so that a slow spell of the machine falls on all alike; figures are medians over the rounds.
"""

import argparse
import os
import shutil
import statistics
import subprocess
import sys

import inputs


class Contest:
    """One text and those who work on it; all do the same work."""

    def __init__(self, title, text, contestants, bars):
        self.title = title
        self.text = text
        self.contestants = contestants  # name: command without file and seconds
        self.bars = bars  # (other's name, least ratio of its time to ours)
        self.times = {name: [] for name in contestants}


def measured(command):
    """Nanoseconds that a program measured and the most memory it had, in bytes; None, and why on stderr, if it cannot."""
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    # Both are a few lines at most: neither pipe fills while the other is read.
    output, complaint = process.stdout.read(), process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = status
    process.stdout.close()
    process.stderr.close()
    if status != 0 or not output.strip():
        print(f"{' '.join(command)}: {complaint.strip()[-300:]}", file=sys.stderr)
        return None, 0
    return float(output.split()[-1]), usage.ru_maxrss * 1024


def nanoseconds(command):
    return measured(command)[0]


def floor_substitution(program, folder, path):
    """Nanoseconds of the substitution in a program that measures much else; it is ended once that is known.

    The program wants the text as `template.yaml`, with its own values in place beside it.
    """
    with subprocess.Popen(
        [program, folder, os.path.dirname(path), os.path.dirname(path)], stdout=subprocess.PIPE, text=True
    ) as process:
        for line in process.stdout:
            if "substitution" in line:
                process.kill()
                return float(line.split("\t")[1]) * 1000
    return None


def write(folder, name, text):
    path = os.path.join(folder, name)
    with open(path, "wb") as file:
        file.write(text)
    return path


def shown(time):
    for unit, factor in (("ns", 1), ("us", 1e3), ("ms", 1e6)):
        if time < 1000 * factor:
            return f"{time / factor:.1f} {unit}"
    return f"{time / 1e9:.2f} s"


def contests(options, folder):
    ours = [options.bench, "single"]
    node = [options.node, os.path.join(os.path.dirname(__file__), "peers.js")] if options.node else None
    python = [options.python, os.path.join(os.path.dirname(__file__), "peers.py")] if options.python else None
    c = [options.peers] if options.peers else None
    foundation = [options.foundation] if options.foundation else None

    def contest(title, name, text, operation, others, bars):
        here = {"ours": ours + [operation]}
        for other, (program, what) in others.items():
            if program:
                here[other] = program + [what]
        result = Contest(title, text, here, bars)
        result.path = write(folder, name, text)
        return result

    with open(options.template, "rb") as file:
        small = file.read()
    large = inputs.yaml_document(20 << 20)
    yaml = {
        "libyaml events": (c, "events"),
        "libyaml node tree": (c, "nodes"),
        "rapidyaml tree": (python, "ryml-tree"),
    }
    json = {
        "node": (node, "parse"),
        "JSONSerialization": (foundation, "parse"),
        "orjson": (python, "orjson-parse"),
    }
    json_out = {
        "node": (node, "write"),
        "JSONSerialization": (foundation, "write"),
        "orjson": (python, "orjson-write"),
    }
    found = [
        contest(
            f"YAML to tree, template of {len(small):,} bytes", "small.yaml", small, "yaml-tree",
            yaml | {"PyYAML (C) compose": (python, "pyyaml-compose")},
            [("libyaml events", 1.0), ("libyaml node tree", 2.0)]),
        contest(
            f"YAML to tree, {len(large) / 1e6:.1f} MB", "large.yaml", large, "yaml-tree", yaml,
            [("libyaml events", 0.8), ("rapidyaml tree", 1.5)]),
        contest(
            f"YAML read and written, {len(small):,} bytes", "small.yaml", small, "yaml-roundtrip",
            {"libyaml parse and emit": (c, "roundtrip")}, [("libyaml parse and emit", 1.0)]),
    ]
    texts = (("a request", inputs.json_request()), ("records", inputs.json_document(1 << 20)))
    for name, text in texts:
        title = f"{name}, {len(text):,} bytes"
        found.append(contest(
            f"JSON to tree, {title}", f"{name}.json", text, "json-parse", json,
            [("node", 1.1), ("JSONSerialization", 6.0)]))
        found.append(contest(
            f"JSON written, {title}", f"{name}.json", text, "json-write", json_out,
            [("node", 0.8), ("JSONSerialization", 50.0)]))
    found.append(contest(
        "SHA-256, 1 MB", "sha.bin", bytes(range(256)) * 4096, "sha256", {"plain C": (c, "sha256")},
        [("plain C", 0.7)]))
    found.append(substitution(options, folder, contest, c))
    return found


def substitution(options, folder, contest, c):
    """Values put in place of references: of the text that `--floor` is measured on, if there is one."""
    references = inputs.template()
    if options.floor:
        with open(os.path.join(options.floor_inputs, "template.yaml"), "rb") as file:
            references = file.read()
    found = contest(
        f"values for 10 parameters put in, template of {len(references):,} bytes", "references.yaml", references,
        "substitute", {"plain C with memchr": (c, "substitute")}, [("plain C with memmem", 0.8)])
    if options.floor:
        path = os.path.join(options.floor_inputs, "template.yaml")
        found.contestants["plain C with memmem"] = lambda: floor_substitution(options.floor, folder, path)
        found.times["plain C with memmem"] = []
    return found


def compare(options, folder):
    found = contests(options, folder)
    for _ in range(options.rounds):
        for contest in found:
            for name, command in contest.contestants.items():
                if callable(command):
                    time = command()
                else:
                    time = nanoseconds(command + [contest.path, str(options.seconds)])
                if time is not None:
                    contest.times[name].append(time)
    print("| work | who | time | MB/s | times ours | bar | |")
    print("|---|---|---|---|---|---|---|")
    for contest in found:
        if not contest.times["ours"]:
            continue
        ours = statistics.median(contest.times["ours"])
        bars = dict(contest.bars)
        for name, times in contest.times.items():
            if not times:
                continue
            time = statistics.median(times)
            ratio = time / ours
            bar = bars.get(name)
            verdict = "" if bar is None else "met" if ratio >= bar else "missed"
            print(
                f"| {contest.title} | {name} | {shown(time)} | {len(contest.text) / time * 1e3:.1f} | "
                f"{ratio:.2f} | {'' if bar is None else bar} | {verdict} |")


def child_usage(command):
    """User and system seconds of a process, the most memory it had in bytes, and what it said on stderr."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    said = process.stderr.read()
    process.stderr.close()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = status
    if status != 0:
        sys.exit(f"{' '.join(command)}: {said.strip()[-300:]}")
    return usage.ru_utime, usage.ru_stime, usage.ru_maxrss * 1024, said


def instructions(options, path):
    """Instructions of one reading: what a second one adds under callgrind. None without it."""
    if not shutil.which("valgrind"):
        return None
    totals = []
    for count in (1, 2):
        said = child_usage([
            "valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null",
            options.bench, "single", "yaml-tree", path, f"{count}x"])[3]
        totals.append(int(said.split("Collected :")[1].split()[0]))
    return totals[1] - totals[0]


def scale(options, folder):
    """Time per byte at sizes far apart, as processor time: a busy machine takes turns away, not work."""
    texts = []
    for megabytes in (1, 10, 100):
        path = os.path.join(folder, f"scale-{megabytes}.yaml")
        # A child begins with the memory of its parent: what makes the text must not be the one that measures.
        maker = os.fork()
        if maker == 0:
            write(folder, os.path.basename(path), inputs.yaml_document(megabytes << 20))
            os._exit(0)
        os.waitpid(maker, 0)
        texts.append((path, os.path.getsize(path), max(2, 200 // megabytes)))
    user = {path: [] for path, _, _ in texts}
    system = {path: [] for path, _, _ in texts}
    peaks = {}
    # What a child begins with, which hides the peak of a small text.
    floor = child_usage([options.bench, "single", "yaml-tree", write(folder, "empty.yaml", b"a: 1\n"), "1x"])[2]
    for _ in range(options.rounds):
        for path, size, count in texts:
            once = child_usage([options.bench, "single", "yaml-tree", path, "1x"])
            often = child_usage([options.bench, "single", "yaml-tree", path, f"{count + 1}x"])
            user[path].append((often[0] - once[0]) / count / size * 1e9)
            system[path].append((often[1] - once[1]) / count / size * 1e9)
            peaks[path] = max(peaks.get(path, 0), once[2] / size)
    print("| bytes | user time per byte | system time per byte | instructions per byte | peak memory per byte |")
    print("|---:|---:|---:|---:|---:|")
    rates = []
    for path, size, _ in texts:
        # Valgrind takes fifty times as long: ten megabytes show whether a byte costs more instructions.
        count = instructions(options, path) if size < 20 << 20 else None
        rates.append(statistics.median(user[path]))
        peak = f"{peaks[path]:.1f}" if peaks[path] * size > 2 * floor else ""
        print(
            f"| {size:,} | {rates[-1]:.2f} ns | {statistics.median(system[path]):.2f} ns | "
            f"{f'{count / size:.2f}' if count else ''} | {peak} |")
        os.remove(path)
    print(f"\nUser time per byte, 100 MB to 1 MB: {rates[-1] / rates[0]:.2f} (bar: at most 1.3). Peak memory is that of "
          "the whole process with the text (bar: at most 12 times the text).")


def linearity(options, folder):
    base = 128 << 10
    print("| shape | " + " | ".join(f"{base * factor >> 10} KB" for factor in (1, 2, 4, 8)) + " | last to first |")
    print("|---|---|---|---|---|---|")
    slow = []
    for name, make in inputs.SHAPES.items():
        rates = []
        for factor in (1, 2, 4, 8):
            text = make(base * factor)
            path = write(folder, "shape.yaml", text)
            times = [
                nanoseconds([options.bench, "single", "yaml-tree", path, str(options.seconds / 2)])
                for _ in range(3)]
            rates.append(statistics.median(time for time in times if time is not None) / len(text))
        ratio = rates[-1] / rates[0]
        # Eight times the size: a quadratic case would show 8, a logarithm less than 1.3, and caches end in between.
        if ratio > 2.5:
            slow.append(name)
        print(f"| {name} | " + " | ".join(f"{rate:.1f}" for rate in rates) + f" | {ratio:.2f} |")
    print("\nUnit: ns per byte." + (f" Not linear: {', '.join(slow)}." if slow else " None grows faster than its size."))


def main():
    parser = argparse.ArgumentParser()
    for name in ("bench", "folder", "template", "peers", "node", "python", "foundation", "floor", "floor-inputs"):
        parser.add_argument("--" + name, default="")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--seconds", type=float, default=0.3)
    parser.add_argument("parts", nargs="*", default=["compare", "scale", "linearity"])
    options = parser.parse_args()
    # The memory of this process counts in what "scale" measures: it comes first, while that is small.
    parts = {"scale": scale, "compare": compare, "linearity": linearity}
    for name, part in parts.items():
        if name in options.parts:
            part(options, options.folder)
            print()
            sys.stdout.flush()


if __name__ == "__main__":
    main()
