#!/usr/bin/env bash
# Runs a model with curl, with the record in a header and in the model, finds it and reads it back.
set -euo pipefail
base=http://$1
cd "$2"

# field NAME: of the JSON object at stdin.
field() { python3 -c 'import json, sys; print(json.load(sys.stdin)[sys.argv[1]])' "$1"; }
fail() {
  printf 'curl: %s\n' "$1" >&2
  exit 1
}

header=$(python3 -c 'import json; print(json.dumps(json.load(open("provenance.json")), separators=(",", ":")))')
model_id=$(field model_id <provenance.json)
answer=$(curl -sS --fail-with-body --data-binary @model.yaml -H "X-Model-Provenance: $header" "$base/v1/run")
run=$(field runId <<<"$answer")

for query in "modelId=$model_id" "templateId=transportation-basic&modelId=$model_id" "source=flowtime-sim&metadata.model_id=$model_id"; do
  curl -sS --fail-with-body "$base/v1/artifacts?$query" | grep -qF "\"id\":\"$run\"" || fail "'$query' does not find $run"
done
curl -sS --fail-with-body -o stored.json "$base/v1/runs/$run/provenance.json"
python3 - <<'PY'
import json
stored = json.load(open("stored.json"))
assert stored.pop("received_at").endswith("Z")
assert stored == json.load(open("provenance.json")), stored
PY
curl -sS --fail-with-body "$base/v1/runs/$run/model" | cmp - model.yaml
[ "$(curl -sS "$base/v1/runs/$run/series/passengers_served" | wc -l)" -eq 7 ] || fail "a series has not 6 bins"

# The same in chunks, as curl sends what has no length, and after a question whether it may.
run=$(curl -sS --fail-with-body -X POST -T - -H 'X-Model-Provenance: model_by_curl' "$base/v1/run" <model.yaml | field runId)
curl -sS "$base/v1/artifacts?modelId=model_by_curl" | grep -qF "\"id\":\"$run\"" || fail "a bare id is not found"
curl -sS --fail-with-body -H 'Expect: 100-continue' --data-binary @model.yaml "$base/v1/run" >/dev/null

# Stored files are not sent again to one who has them.
etag=$(curl -sS -D - -o /dev/null "$base/v1/runs/$run/series/passengers_served" | tr -d '\r' | sed -n 's/^ETag: //Ip')
[ -n "$etag" ] || fail "a series has no ETag"
[ "$(curl -sS -o /dev/null -w '%{http_code}' -H "If-None-Match: $etag" "$base/v1/runs/$run/series/passengers_served")" = 304 ]

# Several answers over one connection; HEAD, and what is not there.
[ "$(curl -sS -o /dev/null -o /dev/null -w '%{num_connects}' "$base/healthz" "$base/v1/healthz")" = 10 ] \
  || fail "the connection is not kept"
[ "$(curl -sSI -o /dev/null -w '%{http_code}' "$base/healthz")" = 200 ]
[ "$(curl -sS -o /dev/null -w '%{http_code}' "$base/v1/runs/run_20250925T120000Z_00000000")" = 404 ]
[ "$(curl -sS --path-as-is -o /dev/null -w '%{http_code}' "$base/v1/artifacts/../../etc/passwd")" = 400 ]
[ "$(curl -sS --http1.0 -o /dev/null -w '%{http_code}' "$base/healthz")" = 200 ]
