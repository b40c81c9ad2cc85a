// node's http with an agent that keeps its connections: run, query and read back, many at once.
"use strict";
const http = require("node:http");
const fs = require("node:fs");
const assert = require("node:assert");

const [address, directory] = process.argv.slice(2);
const [host, port] = address.split(":");
const agent = new http.Agent({ keepAlive: true, maxSockets: 4 });
const model = fs.readFileSync(`${directory}/model.yaml`);
const record = JSON.parse(fs.readFileSync(`${directory}/provenance.json`, "utf8"));
const sockets = new Set();

function ask(method, path, headers = {}, body) {
  return new Promise((resolve, reject) => {
    const request = http.request({ host, port, agent, method, path, headers }, (answer) => {
      const parts = [];
      answer.on("data", (part) => parts.push(part));
      answer.on("end", () => resolve({ status: answer.statusCode, body: Buffer.concat(parts).toString() }));
      answer.on("error", reject);
    });
    request.on("socket", (socket) => sockets.add(socket));
    request.on("error", reject);
    // Without a length node sends chunks.
    if (body) {
      request.write(body.subarray(0, 10));
      request.write(body.subarray(10));
    }
    request.end();
  });
}

async function walk(number) {
  const mine = { ...record, model_id: `${record.model_id}_node${number}` };
  const ran = await ask("POST", "/v1/run", { "X-Model-Provenance": JSON.stringify(mine) }, model);
  assert.strictEqual(ran.status, 200, ran.body);
  const { runId, series } = JSON.parse(ran.body);
  assert.strictEqual(series.passengers_served.length, 6);
  for (const query of [`modelId=${mine.model_id}`, `source=flowtime-sim&modelId=${mine.model_id}`]) {
    const found = JSON.parse((await ask("GET", `/v1/artifacts?${query}`)).body);
    assert.deepStrictEqual(found.artifacts.map(({ id }) => id), [runId], query);
  }
  const { received_at, ...stored } = JSON.parse((await ask("GET", `/v1/runs/${runId}/provenance.json`)).body);
  assert.match(received_at, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{7}Z$/);
  assert.deepStrictEqual(stored, mine);
  const csv = await ask("GET", `/v1/runs/${runId}/series/passengers_served`);
  const values = csv.body.trim().split("\n").slice(1).map((line) => Number(line.split(",")[1]));
  assert.deepStrictEqual(values, series.passengers_served);
}

async function main() {
  await Promise.all(Array.from({ length: 20 }, (_, number) => walk(number)));
  const listed = JSON.parse((await ask("GET", "/v1/artifacts?templateId=transportation-basic&limit=1000")).body);
  assert.ok(listed.artifacts.length >= 20);
  assert.strictEqual((await ask("GET", "/v1/nothing")).status, 404);
  assert.ok(sockets.size <= 4, `${sockets.size} connections`);
  agent.destroy();
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
