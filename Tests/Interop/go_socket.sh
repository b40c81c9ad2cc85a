#!/usr/bin/env bash
# Builds the client in Go, with Debian's packages and without a module or a network, and lets it talk to the daemon.
set -euo pipefail
socket=$1
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cp "$(dirname "$0")/client_go.go" "$scratch"
(cd "$scratch" && GO111MODULE=off GOPATH=/usr/share/gocode GOCACHE="$scratch/cache" go build -o client client_go.go)
"$scratch/client" "$socket"
