# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
#
# The Debian packages that the project needs, in one place, and the function that installs what is missing of them.
# Sourced by the scripts of tools/ and .ci/; refuses to guess: where it may not install, it says what to install.

# To build: compiler, CMake and Ninja, then the libraries that the README names.
export build_packages=(
    g++ cmake ninja-build pkg-config ccache
    libssl-dev libfmt-dev libcli11-dev nlohmann-json3-dev libtomlplusplus-dev libutf8proc-dev libpcsclite-dev libzip-dev libpugixml-dev
)

# To test: the test framework, the second compiler, and the programs that the tests drive.
export test_packages=(
    catch2 libp11-kit-dev softhsm2 opensc opensc-pkcs11 pcscd clang libclang-rt-14-dev python3 python3-jsonschema openssl mandoc
    zsh fish bash bash-completion shellcheck
)

# To make the Debian packages and have them looked at; the tests do both.
export package_packages=(dpkg-dev file lintian)
test_packages+=("${package_packages[@]}")

# Foreign readers of what the program writes, and what spreads its work; where locales and terminals are made; another
# maker of certificates, which the benchmark of files asks, too.
test_packages+=(parallel prometheus locales tmux gnutls-bin)

# A browser is big: only the CI machine installs it. Without it the tests that open a page are disabled.
export ci_packages=(chromium)

# To check the source text.
export check_packages=(clang-format-14 clang-tidy-14)

say() { printf 'tools/%s: %s\n' "${0##*/}" "$*" >&2; }

# install_packages NAME…: installs what is missing, quietly; does nothing, and asks nobody, when all is there.
install_packages() {
    if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
        say "this is no Debian; the equivalents of these packages are needed: $*"
        return 0
    fi
    local present missing=() name
    present=" $(dpkg-query -W -f='${Package}=${db:Status-Status} ' "$@" 2>/dev/null || true)"
    for name in "$@"; do
        [[ $present == *" $name=installed "* ]] || missing+=("$name")
    done
    ((${#missing[@]})) || return 0

    local as_root=()
    if ((EUID != 0)); then
        if ! command -v sudo >/dev/null; then
            say "error: packages are missing and this is neither root nor has it sudo"
            say "hint: as root: apt-get install ${missing[*]}"
            return 77
        fi
        as_root=(sudo)
    fi
    say "installing ${missing[*]}"
    local apt=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=300 -o Dpkg::Use-Pty=0)
    local log
    log=$(mktemp)
    if ! { "${apt[@]}" update && "${apt[@]}" install -y --no-install-recommends "${missing[@]}"; } </dev/null >"$log" 2>&1; then
        cat "$log" >&2
        rm -f "$log"
        say "error: apt-get could not install them"
        return 69
    fi
    rm -f "$log"
}
