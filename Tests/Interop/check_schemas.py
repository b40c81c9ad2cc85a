#!/usr/bin/env python3
"""Holds protocol/schemas against what the program reads and writes.

Usage: check_schemas.py PROGRAM

Every bundled template must fit template.schema.json, every model made from one model.schema.json, every record
provenance.schema.json, every list of findings diagnostics.schema.json, and every answer openrpc.json. Documents that
the program refuses for their form must be refused by the schema too. Needs PyYAML and jsonschema; without them it says
so and passes.
"""

import copy
import json
import pathlib
import re
import subprocess
import sys

try:
    import jsonschema
    import referencing
    import referencing.jsonschema
    import yaml
except ImportError as missing:
    print(f"notice: schemas are not checked: {missing}")
    sys.exit(0)

ROOT = pathlib.Path(__file__).resolve().parents[2]
SCHEMAS = ROOT / "protocol" / "schemas"


class CoreLoader(yaml.SafeLoader):
    """Plain scalars as the core schema of YAML 1.2 has them: `no` is text, `1e3` a number."""

    yaml_implicit_resolvers = {}


def resolve(tag, pattern):
    CoreLoader.add_implicit_resolver("tag:yaml.org,2002:" + tag, re.compile(pattern), None)


resolve("null", r"^(~|null|Null|NULL|)$")
resolve("bool", r"^(true|True|TRUE|false|False|FALSE)$")
resolve("int", r"^[-+]?[0-9]+$")
resolve("float", r"^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$")


def construct_int(loader, node):
    return int(loader.construct_scalar(node))


CoreLoader.add_constructor("tag:yaml.org,2002:int", construct_int)


def load(text):
    return yaml.load(text, Loader=CoreLoader)


def read_schemas():
    schemas = {p.name: json.loads(p.read_text(encoding="utf-8")) for p in SCHEMAS.glob("*.json")}
    registry = referencing.Registry().with_resources(
        (name, referencing.Resource.from_contents(schema)) for name, schema in schemas.items()
    )
    validators = {}
    for name, schema in schemas.items():
        jsonschema.Draft202012Validator.check_schema(schema)
        validators[name.removesuffix(".schema.json")] = jsonschema.Draft202012Validator(
            schema, registry=registry
        )
    written = dict(schemas["provenance.schema.json"])
    written["allOf"] = written["allOf"] + [{"$ref": "#/$defs/written"}]
    validators["written"] = jsonschema.Draft202012Validator(written, registry=registry)
    return validators


def read_document():
    """openrpc.json, and a validator for each result and param, by method and name."""
    document = json.loads((ROOT / "protocol" / "openrpc.json").read_text(encoding="utf-8"))
    registry = referencing.Registry().with_resource(
        "openrpc.json", referencing.jsonschema.DRAFT202012.create_resource(document)
    )
    pointers = {}
    for place, method in enumerate(document["methods"]):
        if "result" in method:
            pointers[method["name"], "result"] = f"/methods/{place}/result/schema"
        for index, param in enumerate(method["params"]):
            pointer = f"/methods/{place}/params/{index}/schema"
            if "$ref" in param:
                name = param["$ref"].rsplit("/", 1)[1]
                pointer = f"/components/contentDescriptors/{name}/schema"
                param = document["components"]["contentDescriptors"][name]
            pointers[method["name"], param["name"]] = pointer
    validators = {
        key: jsonschema.Draft202012Validator({"$ref": "openrpc.json#" + pointer}, registry=registry)
        for key, pointer in pointers.items()
    }
    return document, validators


class Check:
    def __init__(self, program):
        self.program = program
        self.document, self.validators = read_document()
        self.validators.update(read_schemas())
        self.count = 0
        self.failures = []

    def run(self, *arguments, text=None, status=0):
        done = subprocess.run(
            [self.program, *arguments], input=text, capture_output=True, encoding="utf-8", cwd=ROOT
        )
        if done.returncode != status:
            sys.exit(f"{arguments}: exit status {done.returncode}\n{done.stderr}")
        return done.stdout

    def accepts(self, schema, document, name):
        self.count += 1
        for error in self.validators[schema].iter_errors(document):
            path = "/".join(map(str, error.absolute_path))
            self.failures.append(f"{name}: {schema}: {path}: {error.message[:200]}")

    def refuses(self, schema, document, name):
        self.count += 1
        if self.validators[schema].is_valid(document):
            self.failures.append(f"{name}: {schema}: accepts what the program refuses")


def edited(document, path, value):
    """A copy with `value` at `path`; None takes the key away."""
    result = copy.deepcopy(document)
    place = result
    for step in path[:-1]:
        place = place[step]
    if value is None:
        del place[path[-1]]
    else:
        place[path[-1]] = value
    return result


TEMPLATE = load(
    """
schemaVersion: 1
metadata: {id: bar, title: Bar, version: "1.0", tags: [a, 1]}
parameters:
  - {name: bins, type: integer, default: 3, min: 1, maximum: 9}
  - {name: unit, type: string, default: hours, enum: [hours, days]}
  - {name: pattern, type: array, arrayOf: int, default: [1, 2], fit: repeat}
  - {name: share, type: number, default: 0.5, required: true}
  - {name: low, type: number, default: 1}
grid: {bins: "${bins}", binSize: 1, binUnit: "${unit}", start: 2025-01-01T00:00:00Z}
nodes:
  - {id: a, kind: const, values: "${pattern}"}
  - {id: b, kind: pmf, pmf: {values: ["${low}", 2], probabilities: ["${share}", 0.5]}}
  - {id: c, kind: expr, expr: "a * ${share}"}
outputs:
  - {series: c, as: "c_${unit}.csv", description: all of it}
  - {series: "*"}
rng: {kind: pcg32, seed: "7"}
"""
)

# What the program refuses with an error about the form of one place, and so must the schema.
BAD_TEMPLATES = [
    (["schemaVersion"], 2),
    (["metadata"], None),
    (["metadata", "id"], None),
    (["metadata", "author"], "me"),
    (["parameters", 0, "type"], "int"),
    (["parameters", 0, "default"], "3"),
    (["parameters", 0, "name"], "1st"),
    (["parameters", 0, "fit"], "repeat"),
    (["parameters", 0, "max"], 9),
    (["parameters", 2, "fit"], "stretch"),
    (["parameters", 2, "default"], 5),
    (["parameters", 2, "default"], []),
    (["parameters", 3, "required"], "yes"),
    (["grid"], None),
    (["grid", "bins"], 0),
    (["grid", "bins"], "3"),
    (["grid", "binSize"], 1001),
    (["grid", "binUnit"], "hour"),
    (["grid", "start"], "2025-01-01"),
    (["nodes"], []),
    (["nodes", 0, "id"], "a b"),
    (["nodes", 0, "kind"], "Const"),
    (["nodes", 0, "expr"], "b"),
    (["nodes", 0, "values"], []),
    (["nodes", 0, "values"], ["x"]),
    (["nodes", 1, "pmf", "values"], None),
    (["nodes", 1, "pmf", "probabilities"], ["${share}", 1.5]),
    (["nodes", 2, "expr"], None),
    (["nodes", 2, "expression"], "a"),
    (["outputs"], []),
    (["outputs", 0, "series"], None),
    (["outputs", 0, "as"], "c.json"),
    (["outputs", 0, "file"], "c.csv"),
    (["outputs", 0, "filename"], "c.csv"),
    (["outputs", 0, "source"], "c"),
    (["rng", "kind"], "mt19937"),
    (["rng", "seed"], -1),
    (["topology"], {}),
]

BAD_MODELS = [
    (["schemaVersion"], None),
    (["schemaVersion"], "1"),
    (["metadata"], {}),
    (["grid", "bins"], 10001),
    (["grid", "binUnit"], "Hours"),
    (["nodes", 0, "dependencies"], []),
    (["nodes", 0, "kind"], "expr"),
    (["outputs", 0, "as"], "out/c.csv"),
    (["outputs", 0, "source"], "a"),
    (["rng"], {"kind": "pcg32"}),
    (["provenance"], "model_1"),
    (["provenance"], {"template_id": "a"}),
    (["provenance"], {"model_id": "m", "template_id": "a", "model_hash": "sha256:0"}),
]

FIXED = "--generated-at=2025-09-25T12:00:00Z"


def check_refusals(check):
    check.accepts("template", TEMPLATE, "the sample template")
    found = json.loads(check.run("validate", "-", "--format=json", text=json.dumps(TEMPLATE)))
    check.accepts("diagnostics", found[0]["diagnostics"], "the sample template")
    for path, value in BAD_TEMPLATES:
        bad = edited(TEMPLATE, path, value)
        name = f"template with {path} = {value!r}"
        found = json.loads(
            check.run("validate", "-", "--format=json", text=json.dumps(bad), status=1)
        )
        check.accepts("diagnostics", found[0]["diagnostics"], name)
        check.refuses("template", bad, name)

    model = load(check.run("generate", "--template=-", FIXED, text=json.dumps(TEMPLATE)))
    check.accepts("model", model, "the sample model")
    for path, value in BAD_MODELS:
        bad = edited(model, path, value)
        name = f"model with {path} = {value!r}"
        found = json.loads(
            check.run("validate", "--model", "-", "--format=json", text=json.dumps(bad), status=1)
        )
        check.accepts("diagnostics", found[0]["diagnostics"], name)
        check.refuses("model", bad, name)


def check_templates(check):
    templates = json.loads(check.run("list", "--templates=templates", "--format=json"))["templates"]
    if not templates:
        sys.exit("no bundled templates")
    for template in templates:
        name = template["templateId"]
        text = check.run("show", name, "--text", "--templates=templates")
        check.accepts("template", load(text), name)
        jsonschema.Draft202012Validator.check_schema(template["parametersSchema"])
        defaults = {p["name"]: p["default"] for p in template["parameters"] if "default" in p}
        check.validators["parameters"] = jsonschema.Draft202012Validator(
            template["parametersSchema"]
        )
        check.accepts("parameters", defaults, name)
        for bins in ("1", "7", "48"):
            for naming in ("snake_case", "camelCase"):
                model = load(
                    check.run(
                        "generate",
                        f"--template={name}",
                        f"--params=bins={bins}",
                        "--embed-provenance",
                        f"--provenance-naming={naming}",
                        "--templates=templates",
                    )
                )
                check.accepts("model", model, f"{name}, bins={bins}, {naming}")
                check.accepts("provenance", model["provenance"], f"{name}, {naming}")
                if naming == "snake_case":
                    check.accepts("written", model["provenance"], f"{name}, {naming}")


def check_document(check):
    """Examples fit the schemas of openrpc.json, and so do answers about the bundled templates."""
    for method in check.document["methods"]:
        name = method["name"]
        for example in method.get("examples", []):
            check.accepts((name, "result"), example["result"]["value"], f"{name}, example")
            for param in example["params"] if name != "echo" else []:
                check.accepts((name, param["name"]), param["value"], f"{name}, example")
    requests = [("status", {}), ("listTemplates", {}), ("rpc.discover", {})]
    listed = json.loads(check.run("list", "--templates=templates", "--format=json"))
    for template in listed["templates"]:
        named = {"templateId": template["templateId"]}
        requests += [("getTemplate", named), ("validateTemplate", named), ("generate", named)]
        requests += [("generate", {**named, "provenanceNaming": "camelCase"})]
    lines = [
        json.dumps({"jsonrpc": "2.0", "id": place, "method": method, "params": params}) + "\n"
        for place, (method, params) in enumerate(requests)
    ]
    replies = check.run("serve", "--stdio", "--templates=templates", text="".join(lines))
    for (method, params), reply in zip(requests, replies.splitlines(), strict=True):
        check.accepts((method, "result"), json.loads(reply)["result"], f"{method} {params}")


def check_repetitions(check):
    """What openrpc.json repeats of diagnostics.schema.json must be the same."""
    repeated = check.document["components"]["schemas"]
    text = (SCHEMAS / "diagnostics.schema.json").read_text(encoding="utf-8")
    schemas = json.loads(text)["$defs"]
    for name, schema in schemas.items():
        moved = json.dumps(schema)
        for other in schemas:
            moved = moved.replace(f"#/$defs/{other}", f"#/components/schemas/{other.capitalize()}")
        check.count += 1
        if json.loads(moved) != repeated[name.capitalize()]:
            check.failures.append(f"{name}: openrpc.json and diagnostics.schema.json differ")


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    check = Check(str(pathlib.Path(sys.argv[1]).resolve()))
    check_templates(check)
    check_refusals(check)
    check_document(check)
    check_repetitions(check)
    for failure in check.failures:
        print(failure)
    print(f"schemas: {check.count} checks, {len(check.failures)} failures")
    sys.exit(1 if check.failures else 0)


main()
