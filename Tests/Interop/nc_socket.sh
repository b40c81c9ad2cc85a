#!/usr/bin/env bash
# A request through OpenBSD's nc, which ends its side after the last line and waits for the answer.
set -euo pipefail
socket=$1

reply=$(printf '%s\n' '{"jsonrpc":"2.0","id":1,"method":"echo","params":[1]}' | nc -N -U "$socket")
[ "$reply" = '{"jsonrpc":"2.0","id":1,"result":[1]}' ]
