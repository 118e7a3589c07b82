#!/usr/bin/env bash
# Builds and tests. Ends with the line "N passed, N failed, N skipped"; exit status 0 only if something ran and all of it passed.
#   tests/run.sh          everything, what uses a database on SQLite and on PostgreSQL; as root on Debian it installs the system
#                         packages that are missing
#   tests/run.sh quick    the inner loop: no browsers, no proxies, no PostgreSQL, nothing installed
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

mode=${1:-all}
case $mode in
  all | quick) ;;
  *) echo "usage: tests/run.sh [quick]" >&2; exit 2 ;;
esac

passed=0 failed=0 skipped=0
work=$(mktemp -d "${TMPDIR:-/tmp}/proxyportal-tests.XXXXXX")
running='' postgres=''

# Ends a process group of ours, gently and then for good. A server that is asked twice drops its clients.
end_group() {
  local signal
  for signal in TERM INT KILL; do
    kill -"$signal" -- "-$1" 2> /dev/null || return 0
    for _ in {1..50}; do
      kill -0 -- "-$1" 2> /dev/null || return 0
      sleep 0.1
    done
  done
}

finish() {
  local status=$?
  trap - EXIT
  trap '' HUP INT TERM
  [[ -z $running ]] || end_group "$running"
  [[ -z $postgres ]] || end_group "$postgres"
  rm -rf "$work"
  echo "$passed passed, $failed failed, $skipped skipped"
  exit "$status"
}
trap finish EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM

# Starts a command in a session of its own: finish can end it with all that it started, and the terminal cannot stop it for being in the
# background. Its number is in $started.
start() {
  setsid "$@" < /dev/null &
  started=$!
}

# Runs a command to its end. Waiting for it, rather than calling it, lets a signal end both at once.
attend() {
  local status=0
  start "$@"
  running=$started
  wait "$running" || status=$?
  running=''
  return "$status"
}

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
  /usr/bin/python3 -c 'import aiosmtpd' 2> /dev/null || echo python3-aiosmtpd
  command -v curl > /dev/null || echo curl
  command -v wget > /dev/null || echo wget
  command -v git > /dev/null || echo git
  command -v npm > /dev/null || echo npm
  command -v go > /dev/null || echo golang-go
  command -v javac > /dev/null || echo default-jdk-headless
  python3 -m pip --version > /dev/null 2>&1 || echo python3-pip
  python3 -c 'import requests' 2> /dev/null || echo python3-requests
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

# run_project NAME WHERE ARGUMENT...: one run of one project; a project may run several times, each with a report of its own.
run_project() {
  local name=$1 where=$2 status=0 report
  shift 2
  report=$work/$name.${where:-only}.xml
  say "$name${where:+ on $where}"
  # A test that waits for ever must fail here, by its name, not end the whole run without a word.
  attend timeout -s KILL 2100 "tests/$name/bin/Release/net10.0/$name" -noColor -noLogo -diagnostics -longRunning 300 -result-xml "$report" "$@" || status=$?
  count "$name" "$status" "$report"
}

# A PostgreSQL of our own, on a socket in our folder; no TCP. What it keeps may be lost at any time, so it flushes nothing, and no
# database lives long enough to be worth compiling queries or cleaning up for.
start_postgres() {
  local folder=$work/postgres installed=(/usr/lib/postgresql/*/bin) as=() bin
  bin=${installed[-1]}
  mkdir "$folder"
  # It refuses to run as root, and its account must come through to its folder.
  if ((EUID == 0)); then
    chmod 711 "$work"
    chown postgres: "$folder"
    as=(setpriv --reuid=postgres --regid=postgres --clear-groups)
  fi
  say "Starting PostgreSQL"
  (
    cd "$folder"
    "${as[@]}" "$bin/initdb" -D "$folder/data" -A trust -U proxyportal --no-sync -E UTF8 --locale=C.UTF-8 > "$folder/initdb.log"
  ) || return 1
  start "${as[@]}" "$bin/postgres" -D "$folder/data" -k "$folder" -c listen_addresses= -c fsync=off -c synchronous_commit=off \
    -c full_page_writes=off -c jit=off -c autovacuum=off -c max_connections=200 -c logging_collector=off > "$work/postgres.log" 2>&1
  postgres=$started
  for _ in {1..300}; do
    if "$bin/pg_isready" -q -h "$folder"; then
      export PROXYPORTAL_POSTGRES="Host=$folder;Username=proxyportal;Database=postgres"
      return 0
    fi
    kill -0 "$postgres" 2> /dev/null || break
    sleep 0.1
  done
  cat "$work/postgres.log" >&2
  return 1
}

build() {
  attend dotnet build "$1" -c Release -v quiet -nologo -p:RestoreLockedMode=true "${@:2}"
}

find_dotnet
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_ENVIRONMENT=Production
if [[ $mode == quick ]]; then
  build tests/ProxyPortal.Core.Tests
  build tests/ProxyPortal.Tests
  run_project ProxyPortal.Core.Tests '' -trait- Category=EndToEnd
  run_project ProxyPortal.Tests SQLite -trait- Category=EndToEnd
else
  install_packages
  say "Building"
  build ProxyPortal.sln --disable-build-servers
  say "Publishing the Squid helper"
  attend dotnet publish src/ProxyPortal.SquidHelper -c Release -o artifacts/helper -v quiet -nologo --disable-build-servers
  export PROXYPORTAL_HELPER=$PWD/artifacts/helper/proxyportal-squid-helper
  run_project ProxyPortal.Core.Tests ''
  run_project ProxyPortal.Tests SQLite
  start_postgres
  # Only what says so by a trait is left out; DatabaseTraitTests hold what may say so.
  PROXYPORTAL_TEST_DATABASE=Postgres run_project ProxyPortal.Tests PostgreSQL -trait- Database=None -trait- Database=Sqlite
  run_project ProxyPortal.EndToEndTests ''
fi

say "Result"
((failed == 0 && passed > 0))
