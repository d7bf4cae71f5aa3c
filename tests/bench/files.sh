#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# tests/bench/files.sh BUILD [COUNT]: check-cert over COUNT (100,000) PEM files, half RSA-2048 and half SM2, beside its
# peers, on the same files in the same run. Rates are files a second, of whole processes; medians of five, or of seven
# pairs. The files lie in memory where there is a folder for that: no peer waits for a disk. Needs
# `ninja -C BUILD make_certificates read_files`.
set -euo pipefail

build=$1
count=${2:-100000}
memory=/dev/shm
[ -w "$memory" ] || memory=${TMPDIR:-/tmp}
work=$(mktemp -d -p "$memory")
trap 'rm -rf -- "$work"' EXIT
"$build/make_certificates" "$work" "$count"

# shellcheck source=tests/bench/seconds.sh
. "$(dirname "$0")/seconds.sh"
# row NAME COUNT SECONDS: a line of the table; the rate stays in $rate.
row() {
    rate=$(awk -v n="$2" -v s="$3" 'BEGIN {printf "%.0f", n / s}')
    printf '%-46s %9d files/s  (%s s)\n' "$1" "$rate" "$3"
}
# speed ALGORITHM: verifications a second of two processes.
speed() { openssl speed -multi 2 -seconds 1 "$1" 2>/dev/null | awk 'END {printf "%.0f", $NF}'; }
doctor() { "$build/scca-doctor" check-cert --format csv "$@"; }
export -f doctor
export build

# Rates of two commands that take turns, and the ratio pair by pair: so it holds when the machine's speed drifts.
# compare NAME COUNT RATE_COMMAND DOCTOR_ARGUMENT…: RATE_COMMAND prints the peer's rate; leaves the medians in $rate,
# $peer and $ratio.
compare() {
    local name=$1 files=$2 command=$3 start end
    read -r rate peer ratio < <(
        for _ in 1 2 3 4 5 6 7; do
            # A system short of memory has dropped the program's own pages meanwhile; openssl speed counts from when it
            # runs.
            doctor --trust "$work/rsa-ca.pem" "$work/rsa-ca.pem" >/dev/null || true
            start=$EPOCHREALTIME
            doctor "${@:4}" >/dev/null || true
            end=$EPOCHREALTIME
            echo "$files $start $end $($command)"
        done | awk '{rate = $1 / ($3 - $2); printf "%.0f %.0f %.3f\n", rate, $4, rate / $4}' |
            sort -k3 -n | awk 'NR == 4'
    )
    printf '%-46s %9d files/s\n' "$name" "$rate"
}
read_rate() {
    local start=$EPOCHREALTIME
    "$build/read_files" "$work/rsa" "$work/sm2" >/dev/null
    awk -v n="$count" -v a="$start" -v b="$EPOCHREALTIME" 'BEGIN {printf "%.0f", n / (b - a)}'
}
rsa_rate() { speed rsa2048; }
sm2_rate() { speed sm2; }

half=$((count / 2))
compare "check-cert, dates" "$count" read_rate --only cert.dates "$work/rsa" "$work/sm2"
dates=$ratio reading=$peer
row "check-cert, everything, no CA" "$count" "$(seconds doctor "$work/rsa" "$work/sm2")"
verified=(--only cert.dates --only cert.chain --only cert.signature)
compare "check-cert, dates, RSA-2048 verified" "$half" rsa_rate "${verified[@]}" --trust "$work/rsa-ca.pem" "$work/rsa"
rsa=$ratio rsa_speed=$peer
compare "check-cert, everything, RSA-2048 verified" "$half" rsa_rate --trust "$work/rsa-ca.pem" "$work/rsa"
rsa_whole=$ratio
compare "check-cert, dates, SM2 verified" "$half" sm2_rate "${verified[@]}" --trust "$work/sm2-ca.pem" "$work/sm2"
sm2=$ratio sm2_speed=$peer
compare "check-cert, everything, SM2 verified" "$half" sm2_rate --trust "$work/sm2-ca.pem" "$work/sm2"
sm2_whole=$ratio

echo "open, read, close: $reading files/s; openssl speed -multi 2: rsa2048 $rsa_speed, sm2 $sm2_speed verifications/s"
echo "dates : open, read, close (at least 0.2): $dates"
echo "RSA-2048 verified : openssl speed (at least 0.55): dates and signature $rsa, everything $rsa_whole"
echo "SM2 verified : openssl speed (at least 0.8): dates and signature $sm2, everything $sm2_whole"

mapfile -t some < <(find "$work/rsa" -name '*.pem' | head -n 200)
per_file() { for file in "${some[@]}"; do openssl x509 -in "$file" -noout -enddate; done; }
row "openssl x509, a process a file" 200 "$(seconds per_file)"
find "$work/rsa" -name "*.pem" -print0 >"$work/list0"
row "openssl verify, RSA-2048, one process" "$half" "$(seconds xargs -0 -a "$work/list0" openssl verify -CAfile "$work/rsa-ca.pem")"
xargs -0 -a "$work/list0" cat >"$work/all.pem"
row "check-cert, RSA-2048, one file" "$half" "$(seconds doctor "$work/all.pem")"
if command -v certtool >/dev/null; then
    row "certtool -i, RSA-2048, one file" "$half" "$(seconds certtool -i --infile "$work/all.pem")"
fi

# peak NAME ARGUMENT…: the most memory that check-cert took, with what it remembers of RSA signatures.
peak() {
    printf '%-46s %9s KiB\n' "$1" "$(/usr/bin/time -f '%M' "$build/scca-doctor" check-cert --format csv \
        --trust "$work/rsa-ca.pem" "${@:2}" 2>&1 >/dev/null | tail -n 1)"
}
peak "peak memory, $count files" "$work/rsa" "$work/sm2"
peak "peak memory, $half certificates in one file" "$work/all.pem"
find "$work/rsa" "$work/sm2" -name "*.pem" -print0 >"$work/names0"
for _ in {1..50}; do cat "$work/names0"; done >"$work/names0-50"
peak "peak memory, the $count files 50 times" --files0-from "$work/names0-50"
for _ in {1..40}; do cat "$work/all.pem"; done >"$work/all-40.pem"
peak "peak memory, $((half * 40)) certificates in one file" "$work/all-40.pem"
