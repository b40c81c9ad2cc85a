"""Talks to the program with pygls, the way an editor's client does."""

import asyncio
import sys

from lsprotocol import types
from pygls.lsp.client import LanguageClient

TEMPLATE = "metadata: {id: t, title: 'ü👍'}\nnodes: [\n"


async def main(program):
    client = LanguageClient("interop", "1")
    published = asyncio.get_running_loop().create_future()

    @client.feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
    def diagnostics(params):
        if not published.done():
            published.set_result(params)

    await client.start_io(program, "serve", "--stdio")
    server = await client.initialize_async(
        types.InitializeParams(capabilities=types.ClientCapabilities())
    )
    assert server.server_info.name == "flowtime-sim", server
    assert server.capabilities.position_encoding == types.PositionEncodingKind.Utf16, server
    client.initialized(types.InitializedParams())
    client.text_document_did_open(
        types.DidOpenTextDocumentParams(
            types.TextDocumentItem(uri="file:///t.yaml", language_id="yaml", version=1, text=TEMPLATE)
        )
    )
    params = await asyncio.wait_for(published, 60)
    assert params.uri == "file:///t.yaml" and params.version == 1, params
    first = params.diagnostics[0]
    assert first.code == "yaml-syntax" and first.source == "flowtime-sim", first
    assert (first.range.start.line, first.range.start.character) == (1, 7), first
    assert first.code_description.href.endswith("#yaml-syntax"), first

    made = await client.protocol.send_request_async(
        "generate", {"templateId": "manufacturing-line", "generatedAt": "2025-09-25T12:00:00Z"}
    )
    assert made.model.startswith("schemaVersion: 1\n"), made
    assert made.provenance.model_id.startswith("model_20250925T120000Z_"), made

    await client.shutdown_async(None)
    client.exit(None)
    await client.stop()


asyncio.run(asyncio.wait_for(main(sys.argv[1]), 120))
