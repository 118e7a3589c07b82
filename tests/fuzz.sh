#!/usr/bin/env bash
# Fuzzes the parsers with coverage guidance (SharpFuzz under afl-fuzz).
#   tests/fuzz.sh                     every parser for ten minutes
#   tests/fuzz.sh NAME… [-s SECONDS]  these, this long
#   tests/fuzz.sh --keep …            adds the inputs that reached something new to the corpus in the repository
# Ends with 1 if a parser broke; the input that did it is printed. Needs afl++ (as root on Debian it is installed).
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
project=$root/tests/ProxyPortal.Fuzzing
seconds=600 keep='' names=()
while (($#)); do
  case $1 in
    -s) seconds=$2 && shift ;;
    --keep) keep=yes ;;
    -*) echo "usage: tests/fuzz.sh [--keep] [NAME…] [-s SECONDS]" >&2; exit 2 ;;
    *) names+=("$1") ;;
  esac
  shift
done

if ! command -v afl-fuzz > /dev/null; then
  ((EUID == 0)) || { echo "Install afl++ first." >&2; exit 1; }
  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends afl++ < /dev/null > /dev/null
fi

work=$(mktemp -d "${TMPDIR:-/tmp}/proxyportal-fuzz.XXXXXX")
trap 'rm -rf "$work"' EXIT
(cd "$root" && dotnet tool restore > /dev/null && dotnet publish "$project" -c Release -o "$work/bin" -v quiet -nologo -p:RestoreLockedMode=true)
dotnet sharpfuzz "$work/bin/ProxyPortal.Core.dll"
dotnet sharpfuzz "$work/bin/ProxyPortal.dll" ProxyPortal.Verification ProxyPortal.Credentials ProxyPortal.Integrations
((${#names[@]})) || mapfile -t names < <(dotnet "$work/bin/ProxyPortal.Fuzzing.dll" list)

# Not a native program, nobody changes the machine's settings for it, and a corpus may hold inputs that reach the same.
export AFL_SKIP_BIN_CHECK=1 AFL_SKIP_CPUFREQ=1 AFL_I_DONT_CARE_ABOUT_MISSING_CRASHES=1 AFL_NO_UI=1 AFL_NO_AFFINITY=1 DOTNET_TieredPGO=0
mkdir "$work/out" "$work/min"
broken=0
for name in "${names[@]}"; do
  afl-fuzz -i "$project/Corpus/$name" -o "$work/out/$name" -V "$seconds" -t 10000 -m none -- \
    dotnet "$work/bin/ProxyPortal.Fuzzing.dll" run "$name" > "$work/$name.log" 2>&1 || { tail -n 20 "$work/$name.log" >&2; broken=1; continue; }
  stat() { sed -n "s/^$1 *: *//p" "$work/out/$name/default/fuzzer_stats"; }
  echo "$name: $(stat execs_done) inputs, $(stat corpus_count) kept, $(stat saved_crashes) broke it, $(stat saved_hangs) hung it"
  for found in "$work/out/$name"/default/{crashes,hangs}/id*; do
    [[ -e $found ]] || continue
    broken=1
    base64 -w 0 "$found" && echo
    dotnet "$work/bin/ProxyPortal.Fuzzing.dll" try "$name" "$found" 2>&1 | head -n 3 || true
  done
  if [[ -n $keep ]]; then
    afl-cmin -i "$work/out/$name/default/queue" -o "$work/min/$name" -t 10000 -m none -- dotnet "$work/bin/ProxyPortal.Fuzzing.dll" run "$name" > "$work/$name-min.log" 2>&1 \
      || cp -r "$work/out/$name/default/queue" "$work/min-$name"
    for input in "$work/min/$name"/* "$work/min-$name"/id*; do
      [[ ! -f $input ]] || cp "$input" "$project/Corpus/$name/$(sha256sum "$input" | cut -c1-16)"
    done
  fi
done
exit "$broken"
