# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
#
# For the benches to read: how long a command takes. Runs nothing by itself.

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
