#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# run.sh BUILD [MEBIBYTES]: every benchmark of explain on a release build; the log has 256 MiB unless told otherwise. Prints
# medians and ratios. Build first: ninja -C BUILD scca-doctor explain_bench fts_bench log_agreement

set -eu
build=${1:?usage: run.sh BUILD [MEBIBYTES]}
size=${2:-256}
here=$(cd "$(dirname "$0")" && pwd)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

"$build/fts_bench" "$here/../data/explain"
"$build/log_agreement" "$here/../data/explain" | grep all
python3 "$here/make_log.py" "$folder" "$size"
sync "$folder/log.txt" # or its way to the disk is measured, too
python3 - "$build/scca-doctor" "$folder" <<'PYTHON'
import statistics, subprocess, sys, time

doctor, folder = sys.argv[1:]


def median(words, times):
    runs = []
    for _ in range(times):
        start = time.perf_counter()
        subprocess.run(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL)
        runs.append(time.perf_counter() - start)
    return statistics.median(runs)


def compare(name, ours, theirs, times):
    median(ours, 1), median(theirs, 1)
    mine, other = median(ours, times), median(theirs, times)
    print(f"{name}: {mine * 1e3:.1f} ms, {theirs[0]} {other * 1e3:.1f} ms; it takes {other / mine:.2f} times as long")


compare("explain 0x0A000025", [doctor, "explain", "0x0A000025"], ["openssl", "version"], 101)
compare("explain --log", [doctor, "explain", "--log", f"{folder}/log.txt"],
        ["rg", "-F", "-f", f"{folder}/patterns.txt", f"{folder}/log.txt"], 5)
PYTHON
