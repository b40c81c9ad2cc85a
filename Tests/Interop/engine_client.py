"""Python's http.client: one connection for everything, bodies with a length and in chunks."""

import http.client
import json
import sys

address, directory = sys.argv[1:]
model = open(f"{directory}/model.yaml", "rb").read()
record = json.load(open(f"{directory}/provenance.json"))
connection = http.client.HTTPConnection(address, timeout=30)
connection.connect()
socket = connection.sock


def ask(method, target, body=None, headers={}, status=200, chunked=False):
    connection.request(method, target, body=body, headers=headers, encode_chunked=chunked)
    answer = connection.getresponse()
    content = answer.read()
    assert answer.status == status, (target, answer.status, content)
    assert connection.sock is socket, f"{target} ended the connection"
    return content


def run(record, **options):
    headers = {"X-Model-Provenance": json.dumps(record), **options.pop("headers", {})}
    return json.loads(ask("POST", "/v1/run", headers=headers, **options))["runId"]


def pieces():
    for start in range(0, len(model), 100):
        yield model[start : start + 100]


ways = [
    dict(body=model),
    dict(body=pieces(), headers={"Transfer-Encoding": "chunked"}, chunked=True),
]
for number, way in enumerate(ways):
    mine = dict(record, model_id=f"{record['model_id']}_{number}", note="käse \U0001f44d", count=150, rate=0.05)
    name = run(mine, **way)
    for query in (f"modelId={mine['model_id']}", f"metadata.note=k%C3%A4se%20%F0%9F%91%8D&model_id={mine['model_id']}"):
        found = json.loads(ask("GET", f"/v1/artifacts?{query}"))
        assert [entry["id"] for entry in found["artifacts"]] == [name], (query, found)
    found = json.loads(ask("GET", "/v1/artifacts?templateId=transportation-basic&limit=1000"))
    assert name in [entry["id"] for entry in found["artifacts"]]
    stored = json.loads(ask("GET", f"/v1/runs/{name}/provenance.json"))
    assert stored.pop("received_at").endswith("Z")
    assert stored == mine, stored
    assert ask("GET", f"/v1/runs/{name}/model") == model
    lines = ask("GET", f"/v1/runs/{name}/series/passengers_served").decode().splitlines()
    assert len(lines) == 7, lines

# Refusals that leave the connection as it is.
problem = json.loads(ask("POST", "/v1/run", body=b"nodes: [", status=400))
assert problem["kind"] == "model-invalid" and problem["diagnostics"][0]["range"], problem
ask("GET", "/v1/nothing", status=404)
ask("DELETE", "/v1/run", status=405)
ask("GET", "/v1/artifacts?limit=x", status=400)
assert json.loads(ask("GET", "/healthz")) == {"status": "ok"}
connection.close()
