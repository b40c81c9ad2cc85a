#!/usr/bin/env bash
# The one-liner of docs/guides/integrator.md: a request through socat.
set -euo pipefail
socket=$1

reply=$(printf '%s\n' '{"jsonrpc":"2.0","id":1,"method":"echo","params":[1]}' |
  socat -t 10 - "UNIX-CONNECT:$socket")
[ "$reply" = '{"jsonrpc":"2.0","id":1,"result":[1]}' ]
