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

NEWEST = load(
    """
generator: flowtime-sim
mode: Simulation
metadata: {id: bar, title: Bar, version: 1.0.0-rc.1, narrative: long}
window: {start: 2025-01-01T00:00:00Z, timezone: utc}
parameters:
  - {name: rate, type: number, default: 5}
  - {name: period, type: integer, default: 2}
grid: {bins: 2, binSize: 1, binUnit: hours}
classes: [{id: gold, displayName: Gold}, {id: basic}]
traffic:
  arrivals:
    - {nodeId: Desk, classId: gold, pattern: {kind: constant, ratePerBin: "${rate}"}}
    - {nodeId: Desk, classId: basic, pattern: {kind: poisson, rate: 2}}
nodes:
  - {id: load, kind: const, values: [4, 2]}
  - {id: seen, kind: const, source: "file://seen.csv"}
  - {id: done, kind: expr, expr: "MIN(load, 3)", metadata: {unit: orders}}
  - id: noise
    kind: pmf
    pmf: {values: [1, 2], probabilities: [0.5, 0.5]}
    profile: {kind: inline, weights: [1, 3]}
  - {id: waiting, kind: serviceWithBuffer, inflow: load, outflow: done}
  - id: split
    kind: router
    inputs: {queue: done}
    routes: [{target: left, classes: [gold]}, {target: right, weight: 1}]
  - {id: left, kind: expr, expr: "0"}
  - {id: right, kind: expr, expr: "0"}
outputs: [{series: "*", exclude: [noise]}]
rng: {kind: pcg32, seed: 7}
topology:
  nodes:
    - id: Desk
      kind: serviceWithBuffer
      group: front
      ui: {x: 1, y: 2.5}
      constraints: [crew]
      semantics:
        arrivals: load
        served: series:done
        queueDepth: waiting
        parallelism: 2
        external_demand: load
        retryKernel: [0, 0.5]
        aliases: {served: Orders}
      initialCondition: {queueDepth: 3}
      dispatchSchedule: {kind: time-based, periodBins: "${period}", capacitySeries: load}
      wipLimit: 9
      wipOverflow: loss
    - {id: Street, kind: sink, semantics: {arrivals: done, served: done}}
  edges: [{id: e, from: "Desk:out", to: Street, type: throughput, measure: served, weight: 1}]
  constraints: [{id: crew, semantics: {arrivals: load, served: load}}]
"""
)

DESK = ["topology", "nodes", 0]

# Each is refused in the template, and, but for those of templates alone, in the model that it gives.
BAD_NEWEST_TEMPLATES = [
    (["generator"], "other-sim"),
    (["mode"], "replay"),
    (["metadata", "title"], None),
    (["metadata", "version"], "1.0"),
    (["window"], None),
    (["window", "start"], None),
    (["window", "start"], "2025-01-01"),
    (["window", "timezone"], "CET"),
    (["nodes", 3, "profile", "kind"], "random"),
    (["nodes", 3, "profile", "weights"], [-1, 2]),
    (["nodes", 3, "profile", "wieghts"], [1, 2]),
    (["topology"], None),
    (["topology", "owner"], "me"),
    (DESK + ["colour"], "red"),
    (DESK + ["semantics", "arived"], "load"),
]

BAD_NEWEST = [
    (["classes", 0, "id"], None),
    (["classes", 0, "id"], "gold card"),
    (["classes", 0, "label"], "Gold"),
    (["traffic", "departures"], []),
    (["traffic", "arrivals", 0, "nodeId"], None),
    (["traffic", "arrivals", 0, "pattern"], None),
    (["traffic", "arrivals", 0, "pattern", "kind"], "bursts"),
    (["traffic", "arrivals", 0, "pattern", "ratePerBin"], None),
    (["traffic", "arrivals", 0, "pattern", "ratePerBin"], -1),
    (["nodes", 0, "values"], None),
    (["nodes", 4, "inflow"], None),
    (["nodes", 4, "inputs"], {"queue": "load"}),
    (["nodes", 5, "inputs"], None),
    (["nodes", 5, "inputs", "queue"], None),
    (["nodes", 5, "routes"], []),
    (["nodes", 5, "routes", 0, "target"], None),
    (["nodes", 5, "routes", 1, "weight"], None),
    (["topology", "nodes"], []),
    (DESK + ["id"], None),
    (DESK + ["kind"], None),
    (DESK + ["semantics"], None),
    (DESK + ["semantics", "parallelism"], 0.5),
    (DESK + ["semantics", "retryKernel"], ["x"]),
    (DESK + ["semantics", "retryKernel"], [0, -0.5]),
    (DESK + ["semantics", "slaMin"], -5),
    (DESK + ["semantics", "maxAttempts"], -2),
    (DESK + ["wipLimit"], -9),
    (["topology", "edges", 0, "weight"], -1),
    (DESK + ["constraints"], [""]),
    (DESK + ["dispatchSchedule", "kind"], "periodic"),
    (DESK + ["dispatchSchedule", "periodBins"], None),
    (DESK + ["dispatchSchedule", "periodBins"], 0),
    (DESK + ["dispatchSchedule", "every"], 2),
    (["topology", "edges", 0, "from"], None),
    (["topology", "edges", 0, "type"], "magic"),
    (["topology", "edges", 0, "measure"], "money"),
    (["topology", "constraints", 0, "id"], None),
    (["topology", "constraints", 0, "semantics"], None),
    (["topology", "constraints", 0, "semantics", "served"], None),
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
    check_sample(check, "sample", TEMPLATE, BAD_TEMPLATES, BAD_MODELS)
    check_sample(
        check, "newest sample", NEWEST, BAD_NEWEST_TEMPLATES + BAD_NEWEST, BAD_NEWEST
    )


def check_sample(check, noun, template, bad_templates, bad_models):
    check.accepts("template", template, f"the {noun} template")
    found = json.loads(check.run("validate", "-", "--format=json", text=json.dumps(template)))
    check.accepts("diagnostics", found[0]["diagnostics"], f"the {noun} template")
    for path, value in bad_templates:
        bad = edited(template, path, value)
        name = f"template with {path} = {value!r}"
        found = json.loads(
            check.run("validate", "-", "--format=json", text=json.dumps(bad), status=1)
        )
        check.accepts("diagnostics", found[0]["diagnostics"], name)
        check.refuses("template", bad, name)

    model = load(check.run("generate", "--template=-", FIXED, text=json.dumps(template)))
    check.accepts("model", model, f"the {noun} model")
    for path, value in bad_models:
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
