"""Echoes with python-lsp-jsonrpc, which Tests/Benchmarks/rpc measures beside the daemon.

python rpc_peer.py SOCKET
"""

import socketserver
import sys

from pylsp_jsonrpc.endpoint import Endpoint
from pylsp_jsonrpc.streams import JsonRpcStreamReader, JsonRpcStreamWriter


class Client(socketserver.StreamRequestHandler):
    def handle(self):
        endpoint = Endpoint({"echo": lambda params: params}, JsonRpcStreamWriter(self.wfile).write)
        JsonRpcStreamReader(self.rfile).listen(endpoint.consume)
        endpoint.shutdown()


class Server(socketserver.ThreadingUnixStreamServer):
    daemon_threads = True
    request_queue_size = 64


Server(sys.argv[1], Client).serve_forever()
