#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# tests/bench/seals.sh BUILD [COUNT]: check-seal over COUNT (10,000) seals beside `openssl dgst -sm3 -verify` on the same
# seals in the same run; medians of five, rates in seals a second. Needs `ninja -C BUILD scca-doctor make_seals read_files`.
set -euo pipefail

build=$1
count=${2:-10000}
work=$(mktemp -d)
trap 'rm -rf -- "$work"' EXIT
"$build/make_seals" "$work" "$count"
peers=("$work"/peer/*.tbs)

# shellcheck source=tests/bench/seconds.sh
. "$(dirname "$0")/seconds.sh"
row() { awk -v name="$1" -v n="$2" -v s="$3" 'BEGIN {printf "%-46s %9.0f seals/s  (%.3f s)\n", name, n / s, s}'; }

# OpenSSL has no default signer ID: without distid every seal reads as forged.
openssl_verify() {
    local tbs
    for tbs in "${peers[@]}"; do
        openssl dgst -sm3 -sigopt distid:1234567812345678 -verify "${tbs%.tbs}.pem" -signature "${tbs%.tbs}.sig" "$tbs"
    done
}
held=$(openssl_verify | grep -c '^Verified OK$')
if [ "$held" -ne "${#peers[@]}" ]; then
    echo "seals.sh: openssl verifies $held of ${#peers[@]} seals" >&2
    exit 1
fi

ours=$(seconds "$build/scca-doctor" check-seal --at 2025-06-01 --format csv "$work/seals")
theirs=$(seconds openssl_verify)
row "open, read, close" "$count" "$(seconds "$build/read_files" "$work/seals")"
row "check-seal, everything" "$count" "$ours"
row "check-seal, --jobs 1" "$count" "$(seconds "$build/scca-doctor" check-seal --jobs 1 --at 2025-06-01 --format csv "$work/seals")"
row "check-seal, the signature left out" "$count" \
    "$(seconds "$build/scca-doctor" check-seal --skip seal.signature --at 2025-06-01 --format csv "$work/seals")"
row "openssl dgst -sm3 -verify, a process a seal" "${#peers[@]}" "$theirs"
awk -v n="$count" -v s="$ours" -v m="${#peers[@]}" -v t="$theirs" \
    'BEGIN {printf "check-seal: %.1f times the rate of openssl dgst\n", (n / s) / (m / t)}'
echo "openssl speed -multi 2 (SM2 verifications a second, no file and no digest of one):"
openssl speed -multi 2 -seconds 2 sm2 2>/dev/null | tail -n 1
for some in 1000 "$count"; do
    find "$work/seals" -name '*.esl' -print0 | head -zn "$some" >"$work/list0"
    /usr/bin/time -f "peak memory of check-seal over $some seals: %M KiB" \
        "$build/scca-doctor" check-seal --at 2025-06-01 --format csv --files0-from "$work/list0" 2>&1 >/dev/null | tail -n 1
done
