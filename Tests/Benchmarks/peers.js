// What node reaches: node peers.js OPERATION FILE SECONDS prints the nanoseconds that one run takes.
"use strict";
const [operation, file, seconds] = process.argv.slice(2);
const text = require("fs").readFileSync(file, "utf8");
const value = JSON.parse(text);
const run = { parse: () => JSON.parse(text), write: () => JSON.stringify(value) }[operation];
const now = process.hrtime.bigint;
let sum = 0;
let runs = 0n;
// The first tenth is for the compiler.
for (const share of [0.1, 0.9]) {
  runs = 0n;
  const start = now();
  const end = start + BigInt(Math.round(Number(seconds) * share * 1e9));
  let time = start;
  while (time < end) {
    sum += run() ? 1 : 0;
    runs++;
    time = now();
  }
  if (share > 0.5) console.log((Number(time - start) / Number(runs)).toFixed(1));
}
