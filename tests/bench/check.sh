#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# tests/bench/check.sh BUILD [RUNS]: how long `check` of a healthy software key takes from start to end, and by how much it
# outlasts a module that hangs; medians of RUNS (21) in milliseconds. Needs `ninja -C BUILD scca-doctor scca-module-host
# softkey_module softkey_cli fakes`.
set -euo pipefail

build=$(cd -- "$1" && pwd)
runs=${2:-21}
work=$(mktemp -d)
trap 'rm -rf -- "$work"' EXIT
"$build/scca-softkey" make "$work/key" >/dev/null
export SCCA_SOFTKEY_DIR=$work/key

# milliseconds RUNS COMMAND…: the median of so many runs of the whole process.
milliseconds() {
    local count=$1 start i
    shift
    for ((i = 0; i < count; ++i)); do
        start=$EPOCHREALTIME
        "$@" >/dev/null 2>&1 </dev/null || true
        awk -v a="$start" -v b="$EPOCHREALTIME" 'BEGIN {printf "%.1f\n", (b - a) * 1000}'
    done | sort -n | sed -n "$((count / 2 + 1))p"
}

module=(--module "$build/libscca-softkey.so")
"$build/scca-doctor" check --module "$build/libscca-softkey.so" >/dev/null  # warms the page cache
printf 'check, healthy key:                %7s ms (150 wanted)\n' "$(milliseconds "$runs" "$build/scca-doctor" check "${module[@]}")"
printf 'check-key, healthy key:            %7s ms\n' "$(milliseconds "$runs" "$build/scca-doctor" check-key "${module[@]}")"
printf 'check --format html, healthy key:  %7s ms\n' "$(milliseconds "$runs" "$build/scca-doctor" check --format html "${module[@]}")"
hanging=$build/tests/fakes/hang_in_enum.so
if [[ -e $hanging ]]; then
    took=$(milliseconds 5 "$build/scca-doctor" check --timeout 1 "${module[@]}" --module "$hanging")
    awk -v t="$took" 'BEGIN {printf "check beside a module that hangs:  %7.1f ms over its second (100 wanted)\n", t - 1000}'
fi
