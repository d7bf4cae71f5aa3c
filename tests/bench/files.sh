#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# tests/bench/files.sh BUILD [COUNT]: check-cert over COUNT (20,000) PEM files beside its peers, on the same files in the
# same run; medians of five. Rates are files a second. Needs `ninja -C BUILD make_certificates read_files`.
set -euo pipefail

build=$1
count=${2:-20000}
work=$(mktemp -d)
trap 'rm -rf -- "$work"' EXIT
"$build/make_certificates" "$work" "$count"

# seconds COMMAND…: the median wall time of five runs, output thrown away.
seconds() {
    local start end
    for _ in 1 2 3 4 5; do
        start=$EPOCHREALTIME
        "$@" >/dev/null 2>&1 || true
        end=$EPOCHREALTIME
        echo "$start $end"
    done | awk '{printf "%.6f\n", $2 - $1}' | sort -n | sed -n 3p
}
row() { awk -v name="$1" -v n="$2" -v s="$3" 'BEGIN {printf "%-46s %9.0f files/s  (%.3f s)\n", name, n / s, s}'; }

half=$((count / 2))
row "open, read, close" "$count" "$(seconds "$build/read_files" "$work/rsa" "$work/sm2")"
row "check-cert, dates" "$count" "$(seconds "$build/scca-doctor" check-cert --only cert.dates --format csv "$work/rsa" "$work/sm2")"
row "check-cert, everything, no CA" "$count" "$(seconds "$build/scca-doctor" check-cert --format csv "$work/rsa" "$work/sm2")"
row "check-cert, RSA verified" "$half" "$(seconds "$build/scca-doctor" check-cert --format csv --trust "$work/rsa-ca.pem" "$work/rsa")"
row "check-cert, SM2 verified" "$half" "$(seconds "$build/scca-doctor" check-cert --format csv --trust "$work/sm2-ca.pem" "$work/sm2")"
mapfile -t some < <(find "$work/rsa" -name '*.pem' | head -n 200)
per_file() { for file in "${some[@]}"; do openssl x509 -in "$file" -noout -enddate; done; }
row "openssl x509, a process a file" 200 "$(seconds per_file)"
find "$work/rsa" -name "*.pem" -print0 >"$work/list0"
row "openssl verify, RSA, one process" "$half" "$(seconds xargs -0 -a "$work/list0" openssl verify -CAfile "$work/rsa-ca.pem")"
if command -v certtool >/dev/null; then
    cat "$work"/rsa/*.pem >"$work/all.pem"
    row "certtool -i, RSA, one file" "$half" "$(seconds certtool -i --infile "$work/all.pem")"
fi
echo "openssl speed -multi 2 (verifications a second):"
openssl speed -multi 2 -seconds 2 rsa2048 2>/dev/null | tail -n 1
openssl speed -multi 2 -seconds 2 sm2 2>/dev/null | tail -n 1
echo "peak memory of check-cert:"
/usr/bin/time -f '%M KiB' "$build/scca-doctor" check-cert --format csv "$work/rsa" "$work/sm2" 2>&1 >/dev/null | tail -n 1
