// Echoes from bare node, which Tests/Benchmarks/rpc measures beside the daemon.
//
//   node rpc_peer.js SOCKET
"use strict";
const net = require("node:net");

const server = net.createServer((socket) => {
  let arrived = Buffer.alloc(0);
  socket.on("error", () => socket.destroy());
  socket.on("data", (bytes) => {
    arrived = arrived.length ? Buffer.concat([arrived, bytes]) : bytes;
    const replies = [];
    for (;;) {
      const headerEnd = arrived.indexOf("\r\n\r\n");
      if (headerEnd < 0) break;
      const field = /^Content-Length: *(\d+)/im.exec(arrived.toString("latin1", 0, headerEnd));
      if (!field) return socket.destroy();
      const end = headerEnd + 4 + Number(field[1]);
      if (arrived.length < end) break;
      const { id, params } = JSON.parse(arrived.toString("utf8", headerEnd + 4, end));
      const reply = JSON.stringify({ jsonrpc: "2.0", id, result: params });
      replies.push(`Content-Length: ${Buffer.byteLength(reply)}\r\n\r\n${reply}`);
      arrived = arrived.subarray(end);
    }
    if (replies.length) socket.write(replies.join(""));
  });
});
server.listen(process.argv[2]);
