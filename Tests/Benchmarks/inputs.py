"""The texts that are measured on: the same in every run."""

import json


class Numbers:
    """A linear congruential generator with the constants of PCG."""

    def __init__(self):
        self.state = 0x853C49E6748FEA9B

    def below(self, bound):
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) % 2**64
        return (self.state >> 33) % bound


def yaml_document(length):
    """A document as people write it: block and flow, quotes, comments, text over several lines."""
    numbers = Numbers()
    parts = ["# generated\nschemaVersion: 1\nnodes:\n"]
    size = len(parts[0])
    item = 0
    while size < length:
        values = ", ".join(f"{numbers.below(1000)}.{numbers.below(10)}" for _ in range(12))
        part = (
            f"  - id: demand_{item}\n    kind: const\n    values: [{values}]\n"
            f"  - id: served_{item} # what passes\n    kind: expr\n"
            f'    expr: "MIN(demand_{item}, {numbers.below(500)}) * 0.9"\n'
            f"    labels: {{team: 'red {item % 7}', tier: {item % 3}}}\n"
            f"    note: >-\n      Requests that arrive in one bin,\n      folded into one line.\n\n"
        )
        parts.append(part)
        size += len(part)
        item += 1
    return "".join(parts).encode()


def template():
    """About 6 KB with ten references."""
    values = ["12", "60", "0.25", "300", "1.5", "42", "7", "0.001", "99", "1000"]

    def reference(place):
        return "${p%d}" % place

    text = "schemaVersion: 1\nmetadata:\n  id: measured\n  title: Measured\nparameters:\n"
    for place, value in enumerate(values):
        text += f"  - name: p{place}\n    type: number\n    default: {value}\n"
    text += f"grid:\n  bins: {reference(0)}\n  binSize: {reference(1)}\n  binUnit: minutes\nnodes:\n"
    for node in range(20):
        text += f"  - id: demand_{node}\n    kind: const\n    values: [{', '.join(['17.5'] * 12)}]\n"
        factor = reference(2 + node) if node < 8 else "0.9"
        text += f'  - id: served_{node}\n    kind: expr\n    expr: "MIN(demand_{node}, 300) * {factor}"\n'
    text += "outputs:\n"
    for node in range(20):
        text += f"  - series: served_{node}\n    as: served_{node}.csv\n"
    while len(text) < 6000:
        text += "# What this template says is made up, and long enough to be like a real one.\n"
    return text.encode()


def json_document(length):
    """Records as an API returns them, about 200 bytes each."""
    numbers = Numbers()
    items = []
    size = 0
    while size < length:
        items.append(
            {
                "id": len(items),
                "name": f"series {numbers.below(100000)}",
                "share": numbers.below(100000) / 1000,
                "isActive": numbers.below(2) == 0,
                "note": 'a line\nwith "quotes" and é',
                "values": [numbers.below(1000) for _ in range(10)],
                "parent": None,
            }
        )
        size += 190
    return json.dumps(items, ensure_ascii=False, separators=(",", ":")).encode()


def json_request():
    """A request of 2 KB as an editor sends it: a model's nodes in its params."""
    numbers = Numbers()
    nodes = [
        {
            "id": f"service_{node}",
            "kind": "const",
            "reads": {"arrivals": f"arrivals_{node}", "served": f"served_{node}", "errors": "none"},
            "values": [numbers.below(10000) / 10000, numbers.below(400) + 0.5, 3],
            "seed": numbers.below(2**31),
            "isActive": node % 2 == 0,
            "note": None if node % 3 else 'line one\nline two, "é"',
        }
        for node in range(9)
    ]
    params = {"templateId": "measured", "nodes": nodes}
    request = {"jsonrpc": "2.0", "id": 17, "method": "generate", "params": params}
    return json.dumps(request, ensure_ascii=False, separators=(",", ":")).encode()


def _nested(length):
    # 200 levels each, since 256 is the limit.
    one = "".join("  " * level + "a:\n" for level in range(40)) + "  " * 40 + "a: 1\n"
    flow = "b: " + "[" * 200 + "1" + "]" * 200 + "\n"
    unit = ("- " + one.replace("\n", "\n  ").rstrip() + "\n- " + flow).encode()
    return unit * (length // len(unit) + 1)


def _aliases(length):
    lines = []
    size = 0
    while size < length:
        line = f"- &anchor{len(lines)} {{k: v}}\n- *anchor{len(lines) // 2}\n"
        lines.append(line)
        size += len(line)
    return "".join(lines).encode()


def _keys(length):
    lines = []
    size = 0
    while size < length:
        line = f"key number {len(lines)}: {len(lines)}\n"
        lines.append(line)
        size += len(line)
    return "".join(lines).encode()


# Each makes a text of about so many bytes.
SHAPES = {
    "deep nesting (40 block, 200 flow levels)": _nested,
    "nesting beyond the limit": lambda n: b"[" * n,
    "block nesting beyond the limit": lambda n: b"- " * (n // 2) + b"\n",
    "one long plain line": lambda n: b"a: " + b"word " * (n // 5) + b"\n",
    "one long quoted line": lambda n: b'a: "' + b"word \\n" * (n // 7) + b'"\n',
    "many keys": _keys,
    "many anchors and aliases": _aliases,
    "one indent": lambda n: b" " * n + b"a: 1\n",
    "one indent after a key": lambda n: b"a:\n" + b" " * n + b"b\n",
    "one indent without text": lambda n: b"a: 1\n" + b" " * n,
    "one long flow list": lambda n: b"a: [" + b"12, " * (n // 4) + b"0]\n",
    "one long flow list on many lines": lambda n: b"a: [\n" + b"  12,\n" * (n // 6) + b"  0]\n",
    "flow list that never ends": lambda n: b"a: [" + b"12, " * (n // 4),
    "quote that never ends": lambda n: b'a: "' + b"word\n  " * (n // 7),
    "empty lines": lambda n: b"a: 1\n" + b"\n" * n + b"b: 2\n",
    "comment lines": lambda n: b"a: 1\n" + b"# c\n" * (n // 4) + b"b: 2\n",
    "literal text of many lines": lambda n: b"a: |\n" + b"  line\n" * (n // 7),
    "documents": lambda n: b"--- a\n" * (n // 6),
    "open braces in keys": lambda n: b"{a: 1}: b\n" * (n // 10),
    "errors in every line": lambda n: b"a: b: c\n" * (n // 8),
    "colons without a space": lambda n: b"a:b\n" * (n // 4),
    "tabs": lambda n: b"a:\n" + b"\tb\n" * (n // 3),
    "question marks": lambda n: b"? a\n" * (n // 4),
    "closing brackets": lambda n: b"]" * n,
    "tags": lambda n: b"- !!str a\n" * (n // 10),
}
