#!/usr/bin/env bash
# The API against its own description: a sample desk, an administrator's token, every check schemathesis has.
#   FIRSTLINE_BIN           the program
#   SCHEMATHESIS            the tool
#   FIRSTLINE_API_EXAMPLES  tries an operation (20)
#   FIRSTLINE_API_SEED      the seed (20261121)
set -euo pipefail

bin=${FIRSTLINE_BIN:?FIRSTLINE_BIN names the program, such as target/release/firstline}
tool=${SCHEMATHESIS:?SCHEMATHESIS names the tool; cargo xtask setup installs it}
examples=${FIRSTLINE_API_EXAMPLES:-20}
seed=${FIRSTLINE_API_SEED:-20261121}

here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
desk=
finish() {
    if [ -n "$desk" ]; then
        kill "$desk" 2>/dev/null || true
        wait "$desk" 2>/dev/null || true
    fi
    rm -rf "$work"
}
trap finish EXIT

FIRSTLINE_LOG=warn "$bin" demo --listen 127.0.0.1:0 --json >"$work/told" 2>"$work/log" &
desk=$!
for _ in $(seq 300); do
    grep -q '^{' "$work/told" && break
    kill -0 "$desk" 2>/dev/null || { cat "$work/log" >&2; echo "the desk ended before it said where it listens" >&2; exit 1; }
    sleep 0.1
done
field() { python3 -c 'import json,sys; print(next(json.loads(l) for l in open(sys.argv[1]) if l.startswith("{"))[sys.argv[2]])' "$work/told" "$1"; }
url=$(field url)
token=$(field token)

cd "$work"
status=0
"$tool" --config-file "$here/schemathesis.toml" run "$url/api/firstline/v1/openapi.json" \
    --header "Authorization: Bearer $token" \
    --checks all --max-examples "$examples" --seed "$seed" --rate-limit auto \
    --continue-on-failure --warnings off --suppress-health-check all || status=$?

# A control: the desk still answers, and no fault stands in its log.
curl --fail --silent --show-error --header "Authorization: Bearer $token" "$url/api/firstline/v1/tickets?limit=1" >"$work/after"
grep -q '"items"' "$work/after"
if grep -E 'panicked|an API call failed' "$work/log" >&2; then
    echo "the log of the desk tells of a fault" >&2
    status=1
fi
exit "$status"
