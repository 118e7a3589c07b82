#!/usr/bin/env bash
# Side-by-side load benchmarks. Without arguments: POST /api/v1/verify against a bare Kestrel endpoint.
#   tests/bench.sh index [--users N] [--devices N]     load time and memory of the directory
#   tests/bench.sh timing [--requests N] [--runs N] [--surfaces sign-in …]     whether refusals that look alike take alike
#   tests/bench.sh [verify] [--rounds N] [--seconds N] [--connections N] [--cases hot …] [--self-check] [--json FILE] [--help]
# Changes nothing in the repository: data and logs live in a temporary directory and go with it.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
case ${1:-} in
  '' | -*) verb=verify ;;
  *) verb=$1 && shift ;;
esac

work=$(mktemp -d "${TMPDIR:-/tmp}/proxyportal-bench.XXXXXX")
runner=
cleanup() {
  [[ -z $runner ]] || kill "$runner" 2>/dev/null || true
  # The runner ends its servers itself; a file is left only when it was interrupted.
  for file in "$work"/*.pid; do
    [[ ! -e $file ]] || kill -9 "$(<"$file")" 2>/dev/null || true
  done
  rm -rf "$work"
}
trap cleanup EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

build() {
  # Locked: a benchmark must not rewrite the lock files. The build server would keep a core busy afterwards.
  (cd "$root" && dotnet build "$1" -c Release -v quiet -nologo --disable-build-servers -p:RestoreLockedMode=true -p:UseSharedCompilation=false)
}
build src/ProxyPortal >&2
build tests/ProxyPortal.Benchmarks >&2

# Servers and client on a core each: sharing them would hide what a server costs.
pin=()
if command -v taskset >/dev/null && taskset -c 0 true 2>/dev/null && taskset -c 1 true 2>/dev/null; then
  export BENCH_SERVER_CORE=0
  pin=(taskset -c 1)
else
  unset BENCH_SERVER_CORE
fi

export BENCH_WORK=$work
export BENCH_PORTAL=$root/src/ProxyPortal/bin/Release/net10.0/ProxyPortal.dll
"${pin[@]}" dotnet "$root/tests/ProxyPortal.Benchmarks/bin/Release/net10.0/ProxyPortal.Benchmarks.dll" "$verb" "$@" &
runner=$!
status=0
wait "$runner" || status=$?
runner=
exit "$status"
