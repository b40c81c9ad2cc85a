#!/usr/bin/env bash
# The conversation of a shell script: printf in, one line a message out.
set -euo pipefail
program=$1

replies=$(printf '%s\n' \
  '{"jsonrpc":"2.0","id":1,"method":"echo","params":["é"]}' \
  '{"jsonrpc":"2.0","id":2,"method":"generate","params":{"templateId":"transportation-basic"}}' \
  '{"jsonrpc":"2.0","id":3,"method":"shutdown"}' \
  '{"jsonrpc":"2.0","method":"exit"}' | "$program" serve --stdio)

[ "$(wc -l <<<"$replies")" -eq 3 ]
[ "$(sed -n 1p <<<"$replies")" = '{"jsonrpc":"2.0","id":1,"result":["é"]}' ]
sed -n 2p <<<"$replies" | grep -q '"model":"schemaVersion: 1\\n'
[ "$(sed -n 3p <<<"$replies")" = '{"jsonrpc":"2.0","id":3,"result":null}' ]
