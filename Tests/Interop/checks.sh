# What the scripts here share: `source` it, then call `check` for each client and `finish_checks` at the end.

failed=()
absent=()

# check NAME PRESENT COMMAND...: PRESENT is a command that succeeds where the client is installed.
check() {
  local name=$1 present=$2
  shift 2
  if ! sh -c "$present" >/dev/null 2>&1; then
    printf 'absent  %s\n' "$name"
    absent+=("$name")
  elif timeout "${check_time:-120}" "$@"; then
    printf 'ok      %s\n' "$name"
  else
    printf 'FAILED  %s\n' "$name"
    failed+=("$name")
  fi
}

# A client that is not installed is a failure with FLOWTIME_INTEROP=all.
finish_checks() {
  if [ "${#absent[@]}" -gt 0 ] && [ "${FLOWTIME_INTEROP:-}" = all ]; then return 1; fi
  [ "${#failed[@]}" -eq 0 ]
}
