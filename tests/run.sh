#!/usr/bin/env bash
# Builds and tests. Ends with the line "N passed, N failed, N skipped"; exit status 0 only if something ran and all of it passed.
#   tests/run.sh          everything; as root on Debian it installs the system packages that are missing
#   tests/run.sh quick    the inner loop: no browsers, no proxies, nothing installed
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

mode=${1:-all}
case $mode in
  all | quick) ;;
  *) echo "usage: tests/run.sh [quick]" >&2; exit 2 ;;
esac

passed=0 failed=0 skipped=0
work=$(mktemp -d "${TMPDIR:-/tmp}/proxyportal-tests.XXXXXX")
finish() {
  local status=$?
  rm -rf "$work"
  echo "$passed passed, $failed failed, $skipped skipped"
  exit "$status"
}
trap finish EXIT

say() { printf '\n== %s\n' "$*"; }

find_dotnet() {
  local place
  for place in '' /usr/share/dotnet /usr/lib/dotnet /opt/dotnet "$HOME/.dotnet"; do
    [[ -z $place ]] || export PATH=$PATH:$place
    ! command -v dotnet > /dev/null || return 0
  done
  echo "The .NET SDK of global.json is needed: https://dot.net" >&2
  return 1
}

# Package by package: what is there in another form (a squid of one's own, say) is left alone.
missing_packages() {
  command -v squid > /dev/null || [[ -x /usr/sbin/squid ]] || echo squid-openssl
  command -v haproxy > /dev/null || [[ -x /usr/sbin/haproxy ]] || echo haproxy
  command -v nginx > /dev/null || [[ -x /usr/sbin/nginx ]] || echo nginx-light
  command -v caddy > /dev/null || echo caddy
  command -v tinyproxy > /dev/null || echo tinyproxy
  [[ -e /usr/lib/freeradius/rlm_rest.so ]] || echo freeradius-rest
  command -v radclient > /dev/null || echo freeradius-utils
  command -v chromium > /dev/null || echo chromium
  compgen -G '/usr/lib/postgresql/*/bin/initdb' > /dev/null || echo postgresql
  command -v clang > /dev/null || echo clang
  command -v curl > /dev/null || echo curl
  command -v pgrep > /dev/null || echo procps
  [[ -e /usr/include/zlib.h ]] || echo zlib1g-dev
  compgen -G '/usr/share/fonts/truetype/*' > /dev/null || echo fonts-dejavu-core
}

install_packages() {
  local packages policy=/usr/sbin/policy-rc.d made_policy=
  mapfile -t packages < <(missing_packages)
  ((${#packages[@]})) || return 0
  say "Installing ${packages[*]}"
  if ((EUID != 0)) || ! command -v apt-get > /dev/null; then
    echo "Install these packages first: ${packages[*]}" >&2
    return 1
  fi
  # Nothing may start by itself: the tests run their own instances.
  if [[ ! -e $policy ]]; then
    printf '#!/bin/sh\nexit 101\n' > "$policy"
    chmod +x "$policy"
    made_policy=yes
  fi
  local status=0
  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${packages[@]}" < /dev/null; } > "$work/apt.log" 2>&1 || status=$?
  [[ -z $made_policy ]] || rm -f "$policy"
  ((status == 0)) || cat "$work/apt.log" >&2
  return "$status"
}

# The runner's own report is counted, not its text: tests print too.
count() {
  local name=$1 status=$2 report=$3 line
  line=$(grep -o '<assembly [^>]*>' "$report" 2> /dev/null | head -n 1 || true)
  attribute() { sed -n "s/.* $1=\"\([0-9]*\)\".*/\1/p" <<< "$line"; }
  local p f e s
  p=$(attribute passed) f=$(attribute failed) e=$(attribute errors) s=$(attribute skipped)
  if ((status != 0 && ${f:-0} + ${e:-0} == 0)); then
    echo "$name ended with status $status and reported no failure" >&2
    f=1
  fi
  passed=$((passed + ${p:-0}))
  failed=$((failed + ${f:-0} + ${e:-0}))
  skipped=$((skipped + ${s:-0}))
}

run_project() {
  local name=$1 status=0
  shift
  say "$name"
  "tests/$name/bin/Release/net10.0/$name" -noColor -noLogo -result-xml "$work/$name.xml" "$@" < /dev/null || status=$?
  count "$name" "$status" "$work/$name.xml"
}

build() {
  dotnet build "$1" -c Release -v quiet -nologo -p:RestoreLockedMode=true "${@:2}"
}

find_dotnet
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_ENVIRONMENT=Production
if [[ $mode == quick ]]; then
  build tests/ProxyPortal.Core.Tests
  build tests/ProxyPortal.Tests
  run_project ProxyPortal.Core.Tests -trait- Category=EndToEnd
  run_project ProxyPortal.Tests -trait- Category=EndToEnd
else
  install_packages
  say "Building"
  build ProxyPortal.sln --disable-build-servers
  say "Publishing the Squid helper"
  dotnet publish src/ProxyPortal.SquidHelper -c Release -o artifacts/helper -v quiet -nologo --disable-build-servers
  export PROXYPORTAL_HELPER=$PWD/artifacts/helper/proxyportal-squid-helper
  for project in ProxyPortal.Core.Tests ProxyPortal.Tests ProxyPortal.EndToEndTests; do
    run_project "$project"
  done
fi

say "Result"
((failed == 0 && passed > 0))
