#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Every shell script of the project is clean for shellcheck, sourced files included.
set -euo pipefail

cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.."
mapfile -d '' -t scripts < <(
    # -I leaves binary files out; a script is what says so in its first line.
    grep -rIlZ -m1 -E '^(#!.*\b(ba)?sh$|# shellcheck shell=(ba)?sh)' tools .ci tests completions packaging
)
((${#scripts[@]})) || { echo "error: no script found" >&2; exit 1; }
exec shellcheck --external-sources "${scripts[@]}"
