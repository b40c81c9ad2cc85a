#!/usr/bin/env python3
"""Gives the documents of `flowtime-sim export` to the libraries of the formats.

Usage: check_exports.py PROGRAM FORMAT [FORMAT...]

FORMAT is in-toto, prov, ro-crate, ro-crate-profile, openlineage or signing; each needs what its function imports or
runs. Every bundled template is generated and exported, and one template with parameters of every type. Nothing is
fetched: the JSON-LD context of RO-Crate is the copy that the package rocrate brings, cut down to terms of version 1.1,
since newer ones have more.
"""

import json
import pathlib
import subprocess
import sys
import tempfile
import uuid

ROOT = pathlib.Path(__file__).resolve().parents[2]

# Every type of parameter, and names and values that must be escaped somewhere.
SAMPLE = """\
metadata: {id: sample, title: "Sample \\"é\\" 😀", version: "2.0 beta/1"}
parameters:
  - {name: rate, type: number, default: 1.5e-7}
  - {name: bins, type: integer, default: 2}
  - {name: large, type: integer, default: 9007199254740991}
  - {name: on, type: boolean, default: true}
  - {name: label, type: string, default: "12"}
  - {name: text, type: string, default: "a \\"b\\" \\\\ \\n é"}
  - {name: xs, type: array, arrayOf: number, default: [1, 2.5]}
grid: {bins: "${bins}", binSize: 1, binUnit: hours}
nodes:
  - {id: load, kind: const, values: ["${rate}", "${large}"]}
  - {id: other, kind: const, values: "${xs}"}
outputs:
  - {series: load, as: load.csv, description: "${label} ${on}"}
  - {series: other, as: other.csv, description: "${text}"}
"""


# The terms of https://w3id.org/ro/crate/1.1/context that documents may use without a definition of their own.
TERMS = set(
    """
    CreateAction CreativeWork Dataset File PropertyValue SoftwareApplication SoftwareSourceCode
    about actionStatus conformsTo contentSize datePublished description encodingFormat endTime hasPart identifier
    instrument license mentions name object result schemaVersion softwareVersion value version
    """.split()
)


class Subject:
    """A template, its model and its record, in a directory of their own."""

    def __init__(self, program, folder, template):
        self.program = program
        self.folder = folder
        self.template = template
        self.run(
            "generate", "--template", template, "--output", "model.yaml", "--provenance",
            "provenance.json", "--generated-at", "2025-09-25T12:00:00.25Z",
        )
        self.record = json.loads(self.path("provenance.json").read_text(encoding="utf-8"))

    def path(self, name):
        return pathlib.Path(self.folder, name)

    def run(self, *arguments):
        return subprocess.run(
            [self.program, *arguments], cwd=self.folder, check=True, capture_output=True
        ).stdout

    def export(self, name, *arguments):
        return self.run(
            "export", "provenance.json", "--model", "model.yaml", "--template", self.template,
            "--as", name, *arguments,
        ).decode("utf-8")


def digest(path):
    done = subprocess.run(["sha256sum", path], check=True, capture_output=True, encoding="ascii")
    return done.stdout.split()[0]


def check_in_toto(subject):
    from google.protobuf import json_format
    from in_toto_attestation.predicates.provenance.v1 import provenance_pb2
    from in_toto_attestation.v1 import statement_pb2
    from in_toto_attestation.v1.statement import Statement

    text = subject.export("in-toto")
    # Parsing refuses members that the schema does not have.
    statement = json_format.Parse(text, statement_pb2.Statement())
    Statement.copy_from_pb(statement).validate()
    assert statement.subject[0].digest["sha256"] == digest(subject.path("model.yaml"))
    document = json.loads(text)
    predicate = json_format.ParseDict(document["predicate"], provenance_pb2.Provenance())
    back = json_format.MessageToDict(predicate)
    # A time may have any number of digits.
    times = [d["runDetails"]["metadata"].pop("finishedOn") for d in (back, document["predicate"])]
    assert [time.replace("250000Z", "250Z") for time in times] == ["2025-09-25T12:00:00.250Z"] * 2
    assert back == document["predicate"]
    dependency = predicate.build_definition.resolved_dependencies[0]
    assert "sha256:" + dependency.digest["sha256"] == subject.record["template_hash"]
    parameters = document["predicate"]["buildDefinition"]["externalParameters"]["parameters"]
    assert parameters == subject.record["parameters"]
    alone = json.loads(subject.export("slsa"))
    assert alone == json.loads(text)["predicate"]


def check_prov(subject):
    from prov.constants import PROV_VALUE
    from prov.model import Literal, ProvDocument, ProvEntity

    document = ProvDocument.deserialize(content=subject.export("prov"), format="json")
    again = ProvDocument.deserialize(content=document.serialize(format="json"), format="json")
    assert document == again
    values = {}
    for entity in document.get_records(ProvEntity):
        if entity.get_attribute(PROV_VALUE):
            (value,) = entity.get_attribute(PROV_VALUE)
            values[entity.label] = value.value if isinstance(value, Literal) else value
    expected = subject.record["parameters"]
    assert set(values) == set(expected), (values, expected)
    for name, value in expected.items():
        read = json.loads(values[name]) if isinstance(value, list) else values[name]
        if isinstance(value, str):
            assert read == value, (name, read, value)
        elif isinstance(read, str):
            assert json.loads(read) == value, (name, read, value)
        else:
            assert read == value, (name, read, value)
    assert document.get_provn().count("hadMember(") == len(expected)


def check_ro_crate(subject):
    from rocrate.rocrate import ROCrate

    subject.export("ro-crate", "--output", "crate")
    text = (subject.path("crate") / "ro-crate-metadata.json").read_text(encoding="utf-8")
    document = json.loads(text)
    address, own = document["@context"]
    assert address == "https://w3id.org/ro/crate/1.1/context"
    for entity in document["@graph"]:
        types = entity["@type"] if isinstance(entity["@type"], list) else [entity["@type"]]
        used = {key for key in entity if not key.startswith("@")} | set(types)
        assert used <= TERMS | own.keys(), used - TERMS - own.keys()
    crate = ROCrate(subject.path("crate"))
    for name in ["model.yaml", "template.yaml", "provenance.json"]:
        entity = crate.get(name)
        path = subject.path("crate") / name
        assert entity["sha256"] == digest(path), name
        assert int(entity["contentSize"]) == path.stat().st_size, name
    (action,) = crate.get_by_type("CreateAction")
    assert action["result"].id == "model.yaml"
    values = {e["name"]: e["value"] for e in action["object"] if e.type == "PropertyValue"}
    for name, value in subject.record["parameters"].items():
        read = json.loads(values[name]) if isinstance(value, list) else values[name]
        assert read == value, (name, read, value)


def check_ro_crate_profile(subject):
    import email.message
    import io
    import urllib.request

    import rdflib.parser
    import rocrate.data
    from rocrate_validator import models, services
    from rocrate_validator.utils.http import HttpRequester

    address = "https://w3id.org/ro/crate/1.1/context"
    brought = json.loads(pathlib.Path(rocrate.data.__path__[0], "ro-crate.jsonld").read_bytes())
    terms = {name: brought["@context"][name] for name in TERMS}
    context = json.dumps({"@context": terms}).encode("utf-8")

    class Reply(io.BytesIO):
        status = status_code = 200
        url = address

        def __init__(self):
            super().__init__(context)
            self.headers = email.message.Message()
            self.headers["Content-Type"] = "application/ld+json"

        def geturl(self):
            return address

        def info(self):
            return self.headers

        def json(self):
            return json.loads(context)

        @property
        def content(self):
            return context

        @property
        def text(self):
            return context.decode("utf-8")

    def fetch(request, *arguments, **options):
        if getattr(request, "full_url", request) == address:
            return Reply()
        raise OSError(f"not fetched: {request}")

    urllib.request.urlopen = fetch
    rdflib.parser._urlopen = fetch
    HttpRequester().__dict__["get"] = fetch

    def issues(profile):
        result = services.validate(
            services.ValidationSettings(
                rocrate_uri=str(subject.path("crate")),
                profile_identifier=profile,
                requirement_severity=models.Severity.REQUIRED,
            )
        )
        return [f"{issue.check.identifier} {issue.message}" for issue in result.get_issues()]

    subject.export("ro-crate", "--output", "crate")
    for profile in ["ro-crate-1.1", "process-run-crate-0.5"]:
        assert issues(profile) == []
    metadata = subject.path("crate") / "ro-crate-metadata.json"
    text = metadata.read_text(encoding="utf-8")
    metadata.write_text(text.replace('"instrument"', '"about"'), encoding="utf-8")
    assert issues("process-run-crate-0.5")


def check_openlineage(subject):
    from openlineage.client import event_v2
    from openlineage.client.generated import (
        base,
        dataset_version_dataset,
        documentation_job,
        execution_parameters_run,
        job_type_job,
        processing_engine_run,
    )

    kinds = {
        "version": dataset_version_dataset.DatasetVersionDatasetFacet,
        "documentation": documentation_job.DocumentationJobFacet,
        "executionParameters": execution_parameters_run.ExecutionParametersRunFacet,
        "jobType": job_type_job.JobTypeJobFacet,
        "processing_engine": processing_engine_run.ProcessingEngineRunFacet,
    }

    def facets(given):
        for name, facet in given.items():
            own = {key: value for key, value in facet.items() if not key.startswith("_")}
            assert "_producer" in facet and "_schemaURL" in facet, name
            if name in kinds:
                # Members that the class does not have are refused.
                built = kinds[name](**own)
                assert built._get_schema() == facet["_schemaURL"], (name, facet["_schemaURL"])
            else:
                assert name == "flowtime_provenance", name
                assert own == {"record": subject.record}
        return given

    lines = subject.export("openlineage").splitlines()
    events = [json.loads(line) for line in lines]
    for event in events:
        assert event.pop("schemaURL") == event_v2.RunEvent._get_schema()
        run, job = event.pop("run"), event.pop("job")
        read = event_v2.RunEvent(
            eventType=base.EventType(event.pop("eventType")),
            eventTime=event.pop("eventTime"),
            producer=event.pop("producer"),
            run=event_v2.Run(run["runId"], facets(run["facets"])),
            job=event_v2.Job(job["namespace"], job["name"], facets(job["facets"])),
            inputs=[
                event_v2.InputDataset(d["namespace"], d["name"], facets=facets(d["facets"]))
                for d in event.pop("inputs")
            ],
            outputs=[
                event_v2.OutputDataset(d["namespace"], d["name"], facets=facets(d["facets"]))
                for d in event.pop("outputs")
            ],
        )
        assert not event, event
        identifier = uuid.UUID(read.run.runId)
        assert (identifier.version, identifier.variant) == (8, uuid.RFC_4122)
    assert [json.loads(line)["eventType"] for line in lines] == ["START", "COMPLETE"]
    assert len({json.loads(line)["run"]["runId"] for line in lines}) == 1


def check_signing(subject):
    """The commands of docs/reference/exports.md, "Signing"."""
    page = (ROOT / "docs" / "reference" / "exports.md").read_text(encoding="utf-8")
    section = page.split("\n### With ssh-keygen\n", 1)[1].split("\n### ", 1)[0]
    commands = section.split("```sh\n", 1)[1].split("```", 1)[0]
    environment = {"PATH": f"{pathlib.Path(subject.program).parent}:/usr/bin:/bin", "HOME": subject.folder}

    def run(script):
        return subprocess.run(
            ["bash", "-e"], input=script, cwd=subject.folder, env=environment, capture_output=True,
            encoding="utf-8",
        )

    done = run(commands)
    assert done.returncode == 0, done.stderr
    assert "Good" in done.stdout, done.stdout
    verify = next(line for line in commands.splitlines() if "-Y verify" in line)
    keys = """
      openssl genpkey -algorithm ed25519 -out key.pem
      openssl pkey -in key.pem -pubout -out public.pem
    """
    section = page.split("\n### With openssl\n", 1)[1].split("\n### ", 1)[0]
    commands = section.split("```sh\n", 1)[1].split("```", 1)[0]
    done = run(keys + commands)
    assert done.returncode == 0, done.stderr
    statement = subject.path("statement.json")
    statement.write_text(statement.read_text(encoding="utf-8").replace("sha256", "sha512", 1))
    changed = run(verify)
    assert changed.returncode != 0, changed.stdout
    changed = run(commands.splitlines()[1])
    assert changed.returncode != 0, changed.stdout


CHECKS = {
    "in-toto": check_in_toto,
    "prov": check_prov,
    "ro-crate": check_ro_crate,
    "ro-crate-profile": check_ro_crate_profile,
    "openlineage": check_openlineage,
    "signing": check_signing,
}


def main():
    program = str(pathlib.Path(sys.argv[1]).resolve())
    templates = sorted(str(path) for path in (ROOT / "templates").glob("*.yaml"))
    for name in sys.argv[2:]:
        # The slow ones say nothing more of ten templates than of one.
        chosen = templates[:1] if name in ("ro-crate-profile", "signing") else templates
        for template in [None, *chosen]:
            with tempfile.TemporaryDirectory() as folder:
                if template is None:
                    template = str(pathlib.Path(folder, "sample.yaml"))
                    pathlib.Path(template).write_text(SAMPLE, encoding="utf-8")
                CHECKS[name](Subject(program, folder, template))
        print(f"{name}: {len(chosen) + 1} models")


main()
