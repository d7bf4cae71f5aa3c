// SPDX-License-Identifier: Apache-2.0
//
// scca-module-host: loads one vendor module in a process of its own and tells its parent on descriptor 3 what it sees
// (wire.hpp). Standard output and error belong to the module. Not for people: `scca-doctor` starts it.
#include "breadcrumbs.hpp"
#include "hardening.hpp"
#include "pcsc.hpp"
#include "pkcs11.hpp"
#include "skf.hpp"

#include <unistd.h>
#include <cstdio>
#include <span>
#include <string_view>

namespace {

using namespace scca;
namespace wire = token::wire;

constexpr int usage_error = 64;  ///< sysexits.h: EX_USAGE
constexpr std::size_t cell_octets = 8;

/// False when the words make no sense.
bool look(host::Breadcrumbs& out, std::string_view door, const char* module) {
    if (door == wire::pkcs11_door) {
        host::look_through_pkcs11(out, module);
    } else if (door == wire::skf_door) {
        host::look_through_skf(out, module, cell_octets);
    } else if (door == wire::pcsc_door) {
        host::look_through_pcsc(out, module);
    } else {
        return false;
    }
    return true;
}

bool sign(host::Breadcrumbs& out, std::string_view door, const char* module, std::span<const char* const> words) {
    const auto order = host::parse_sign_order(words);
    // A module may print the PIN: it is not to stay behind in a buffer of the C library.
    if (std::setvbuf(stdout, nullptr, _IONBF, 0) != 0) return false;
    host::Pin pin;
    if (!order || !pin.read(STDIN_FILENO)) return false;
    if (door == wire::sign_pkcs11_door) {
        host::sign_through_pkcs11(out, module, *order, pin);
    } else if (door == wire::sign_skf_door) {
        host::sign_through_skf(out, module, *order, pin, cell_octets);
    } else {
        return false;
    }
    return true;
}

}  // namespace

int main(int count, char** arguments) {
    const std::span<const char* const> words(arguments, static_cast<std::size_t>(count));
    constexpr std::size_t fixed = 3;
    const bool startable = words.size() >= fixed && host::harden(wire::descriptor);
    host::Breadcrumbs out(wire::descriptor);
    if (!startable || !(words.size() == fixed ? look(out, words[1], words[2])
                                              : sign(out, words[1], words[2], words.subspan(fixed)))) {
        static_cast<void>(
            std::fputs("scca-module-host is started by scca-doctor: skf|pkcs11|pcsc PATH, descriptor 3\n", stderr));
        return usage_error;
    }
    static_cast<void>(std::fflush(stdout));
    out.done();
    // Nothing of the module is to run any more: no destructors, no atexit.
    _exit(0);
}
