#!/usr/bin/env bash
# Side-by-side load benchmarks. Without arguments: POST /api/v1/verify against a bare Kestrel endpoint.
#   tests/bench.sh [verify] [--rounds N] [--seconds N] [--connections N] [--cases hot …] [--self-check] [--json FILE] [--help]
#   tests/bench.sh peers      against nginx, OpenLDAP and FreeRADIUS
#   tests/bench.sh attack     what verified users notice of others who guess
#   tests/bench.sh squid      through a real Squid, with our helper and with its own
#   tests/bench.sh helper     helpers on their standard input
#   tests/bench.sh index [--users N] [--devices N]     load time and memory of the directory
#   tests/bench.sh bulk [--users N]     import and changes of many users, and what others notice of them
#   tests/bench.sh lists [--users N]     the users page in every order, by every filter and search
#   tests/bench.sh notices [--users N]     telling many users that their access ends
#   tests/bench.sh timing [--requests N] [--runs N] [--surfaces sign-in …]     whether refusals that look alike take alike
#   tests/bench.sh all        all of it, and one table of aims
# Changes nothing in the repository: data and logs live in a temporary directory and go with it. As root on Debian it installs the
# programs to compare with; what is missing otherwise is reported as not measured.
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
  while IFS= read -r file; do
    kill -9 "$(<"$file")" 2>/dev/null || true
  done < <(find "$work" -name '*.pid')
  rm -rf "$work"
}
trap cleanup EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

has() { command -v "$1" >/dev/null || [[ -x /usr/sbin/$1 ]]; }

missing_packages() {
  case $verb in
    peers | all)
      has nginx || echo nginx-light
      has slapd || echo slapd
      has freeradius || echo freeradius
      ;;&
    squid | helper | all)
      has squid || echo squid-openssl
      has openssl || echo openssl
      has clang || echo clang
      [[ -e /usr/include/zlib.h ]] || echo zlib1g-dev
      ;;
  esac
}

install_packages() {
  local packages policy=/usr/sbin/policy-rc.d made_policy=
  mapfile -t packages < <(missing_packages)
  ((${#packages[@]})) || return 0
  if ((EUID != 0)) || ! command -v apt-get >/dev/null; then
    echo "Not measured for want of: ${packages[*]}" >&2
    return 0
  fi
  # Nothing may start by itself: the benchmark runs its own instances.
  if [[ ! -e $policy ]]; then
    printf '#!/bin/sh\nexit 101\n' >"$policy"
    chmod +x "$policy"
    made_policy=yes
  fi
  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${packages[@]}" </dev/null; } >"$work/apt.log" 2>&1 ||
    { echo "Not measured, because these could not be installed: ${packages[*]}" >&2 && tail -n 3 "$work/apt.log" >&2; }
  [[ -z $made_policy ]] || rm -f "$policy"
}

build() {
  # Locked: a benchmark must not rewrite the lock files. The build server would keep a core busy afterwards.
  (cd "$root" && dotnet build "$1" -c Release -v quiet -nologo --disable-build-servers -p:RestoreLockedMode=true -p:UseSharedCompilation=false)
}

publish_helper() {
  (cd "$root" && dotnet publish src/ProxyPortal.SquidHelper -c Release -o "$work/helper" -v quiet -nologo --disable-build-servers -p:RestoreLockedMode=true -p:UseSharedCompilation=false) ||
    { echo "The Squid helper could not be published; what needs it is not measured." >&2 && return 0; }
  export BENCH_HELPER=$work/helper/proxyportal-squid-helper
}

install_packages
build src/ProxyPortal >&2
build tests/ProxyPortal.Benchmarks >&2
case $verb in
  squid | helper | all) [[ -n ${BENCH_HELPER:-} ]] || publish_helper >&2 ;;
esac

# Servers and client on a core each: sharing them would hide what a server costs.
# Index and lists have no client; work on many users shares the machine with verification, as it does where the portal runs.
pin=()
if [[ ! $verb =~ ^(index|lists|bulk|notices)$ ]] && command -v taskset >/dev/null && taskset -c 0 true 2>/dev/null && taskset -c 1 true 2>/dev/null; then
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
