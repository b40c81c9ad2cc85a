#!/usr/bin/env python3
"""Runs the snippets of docs/guides/integrator.md and compares what they print with what the guide says.

Usage: check_guide.py PROGRAM [--update]

A block `sh run`, `python run` or `js run` is run beside a daemon of its own, with PROGRAM on the path and the files of
`file NAME` blocks in the current directory; the `output` block after it must be its stdout. With --update the guide gets
what the snippets print, and the check still fails. A snippet whose interpreter is absent is named and passed over.
"""

import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
GUIDE = ROOT / "docs" / "guides" / "integrator.md"
INTERPRETERS = {"sh": ["sh", "-e"], "python": [sys.executable], "js": ["node"]}
BLOCK = re.compile(r"^```(\w+) (run|output|file)(?: (\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def absent(language, code):
    needed = [INTERPRETERS[language][0]] + (["jq"] if "jq " in code else [])
    return [name for name in needed if not shutil.which(name)]


def wait_for_daemon(daemon):
    """The daemon says on stderr when it listens."""
    for line in daemon.stderr:
        if "listening" in line:
            return
    sys.exit("the daemon did not start")


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    program = pathlib.Path(sys.argv[1]).resolve()
    text = GUIDE.read_text(encoding="utf-8")
    failures, count, printed = [], 0, None
    replacements = []
    with tempfile.TemporaryDirectory() as folder:
        environment = {
            **os.environ,
            "PATH": f"{program.parent}:{os.environ['PATH']}",
            "XDG_RUNTIME_DIR": folder,
            "FLOWTIME_SIM_TEMPLATES": str(ROOT / "templates"),
        }
        daemon = subprocess.Popen(
            [str(program), "serve", "--socket"],
            env=environment,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )
        try:
            wait_for_daemon(daemon)
            for block in BLOCK.finditer(text):
                language, role, name, code = block.groups()
                if role == "file":
                    pathlib.Path(folder, name).write_text(code, encoding="utf-8")
                elif role == "run":
                    missing = absent(language, code)
                    if missing:
                        print(f"notice: a snippet is not run without {', '.join(missing)}")
                        printed = None
                        continue
                    done = subprocess.run(
                        INTERPRETERS[language],
                        input=code,
                        cwd=folder,
                        env=environment,
                        capture_output=True,
                        encoding="utf-8",
                        timeout=60,
                    )
                    printed = done.stdout
                    count += 1
                    if done.returncode != 0:
                        failures.append(f"exit status {done.returncode}\n{code}\n{done.stderr}")
                elif printed is not None:
                    if printed != code:
                        failures.append(f"the guide says\n{code}\nand not\n{printed}")
                        replacements.append((block.span(4), printed))
                    printed = None
        finally:
            daemon.terminate()
            daemon.wait(timeout=10)
    for failure in failures:
        print(failure)
    if "--update" in sys.argv:
        for (start, end), new in reversed(replacements):
            text = text[:start] + new + text[end:]
        GUIDE.write_text(text, encoding="utf-8")
    print(f"guide: {count} snippets, {len(failures)} failures")
    sys.exit(1 if failures else 0)


main()
