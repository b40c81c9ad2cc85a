// Talks to a daemon from bare node: a Unix socket, one line of JSON a message, no package.
"use strict";
const net = require("node:net");
const readline = require("node:readline");
const assert = require("node:assert");

const socket = net.connect(process.argv[2]);
const waiting = new Map();
let nextID = 1;

readline.createInterface({ input: socket }).on("line", (line) => {
  const message = JSON.parse(line);
  const { resolve, reject } = waiting.get(message.id);
  waiting.delete(message.id);
  if (message.error) reject(Object.assign(new Error(message.error.message), message.error));
  else resolve(message.result);
});

function call(method, params) {
  const id = nextID++;
  socket.write(JSON.stringify({ jsonrpc: "2.0", id, method, params }) + "\n");
  return new Promise((resolve, reject) => waiting.set(id, { resolve, reject }));
}

async function main() {
  const { templates } = await call("listTemplates", {});
  assert.ok(templates.length >= 5);
  for (const { templateId } of templates) {
    const { model, provenance, provenanceHeader } = await call("generate", { templateId });
    assert.match(model, /^schemaVersion: 1\n/);
    assert.match(provenance.model_id, /^model_\d{8}T\d{6}(\.\d{6})?Z_[0-9a-f]{8}$/);
    assert.deepStrictEqual(JSON.parse(provenanceHeader), provenance);
    assert.match(provenanceHeader, /^[\x20-\x7e]+$/);
    assert.strictEqual((await call("validateModel", { model })).valid, true);
  }
  // Many at once: each promise gets its own answer.
  const texts = Array.from({ length: 500 }, (_, index) => ["é👍".repeat(index), index]);
  assert.deepStrictEqual(await Promise.all(texts.map((params) => call("echo", params))), texts);
  await assert.rejects(call("generate", { templateId: "nothing-like-it" }), { code: 1001 });
  socket.end();
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
