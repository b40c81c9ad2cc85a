"""Talks to the program with python-lsp-jsonrpc, the transport of python-lsp-server, as its client."""

import subprocess
import sys
import threading

from pylsp_jsonrpc.endpoint import Endpoint
from pylsp_jsonrpc.exceptions import JsonRpcException
from pylsp_jsonrpc.streams import JsonRpcStreamReader, JsonRpcStreamWriter

TEMPLATE = "metadata: {id: t}\ngrid: {bins: 1, binSize: 1, binUnit: hours}\nnodes: [\n"


def main(program):
    process = subprocess.Popen(
        [program, "serve", "--stdio"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    published = []
    arrived = threading.Event()

    def diagnostics(params):
        published.append(params)
        arrived.set()

    endpoint = Endpoint(
        {"textDocument/publishDiagnostics": diagnostics},
        JsonRpcStreamWriter(process.stdin).write,
    )
    reader = JsonRpcStreamReader(process.stdout)
    listener = threading.Thread(target=reader.listen, args=(endpoint.consume,))
    listener.start()

    def call(method, params=None):
        return endpoint.request(method, params).result(timeout=60)

    server = call(
        "initialize",
        {"processId": None, "capabilities": {"general": {"positionEncodings": ["utf-8"]}}},
    )
    assert server["serverInfo"]["name"] == "flowtime-sim", server
    assert server["capabilities"]["positionEncoding"] == "utf-8", server
    endpoint.notify("initialized", {})
    endpoint.notify(
        "textDocument/didOpen",
        {"textDocument": {"uri": "file:///t.yaml", "languageId": "yaml", "version": 3, "text": TEMPLATE}},
    )
    assert arrived.wait(60)
    assert published[0]["version"] == 3, published
    assert [d["code"] for d in published[0]["diagnostics"]] == ["yaml-syntax"], published

    made = call("generate", {"templateId": "it-system-microservices", "parameters": {"bins": 6}})
    assert made["model"].startswith("schemaVersion: 1\ngrid:\n  bins: 6\n"), made
    embedded = call("embedProvenance", {"model": made["model"], "provenance": made["provenance"]})
    extracted = call("extractProvenance", {"model": embedded["model"]})
    assert extracted["model"] == made["model"]
    assert extracted["provenance"] == made["provenance"]

    try:
        call("generate", {"templateId": "it-system"})
        raise AssertionError("an unknown template was found")
    except JsonRpcException as error:
        assert error.code == 1001, error
        assert error.data["near"] == ["it-system-microservices"], error.data

    assert call("shutdown") is None
    endpoint.notify("exit")
    assert process.wait(60) == 0
    listener.join(60)
    endpoint.shutdown()


main(sys.argv[1])
