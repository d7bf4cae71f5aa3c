# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
#
# Configuring and building a CMake preset from any folder, quietly or not; sourced after packages.sh.
# All output goes to stderr, so that a caller's stdout is its own.

root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd)

# CMake reads these when it configures a folder for the first time.
if command -v ccache >/dev/null; then
    export CMAKE_C_COMPILER_LAUNCHER=ccache CMAKE_CXX_COMPILER_LAUNCHER=ccache CCACHE_BASEDIR=$root
fi

# configure_and_build PRESET [CACHE-OPTION…]: build/PRESET/ is up to date afterwards. Ninja configures again by itself
# when a CMake file has changed; options given here always do.
configure_and_build() {
    local preset=$1
    shift
    (
        # Every step says `|| exit`: callers may run this where `set -e` is off.
        cd -- "$root" || exit
        if [[ ! -e build/$preset/build.ninja ]] || (($#)); then
            cmake --preset "$preset" "$@" || exit
        fi
        cmake --build --preset "$preset" -j "$(nproc)"
    ) </dev/null >&2
}

# quietly LOG COMMAND…: runs it with its output in LOG, and shows that only when it fails.
quietly() {
    local log=$1
    shift
    mkdir -p -- "${log%/*}"
    "$@" >"$log" 2>&1 && return 0
    local status=$?
    cat -- "$log" >&2
    say "error: $* ended with status $status; its output is also in $log"
    return "$status"
}
