// SPDX-License-Identifier: Apache-2.0
//
// scca-module-host: loads one vendor module in a process of its own and tells its parent on descriptor 3 what it sees
// (wire.hpp). Standard output and error belong to the module. Not for people: `scca-doctor` starts it.
#include "breadcrumbs.hpp"
#include "hardening.hpp"
#include "skf.hpp"

#include <unistd.h>
#include <cstdio>
#include <string_view>

namespace {

constexpr int usage_error = 64;  ///< sysexits.h: EX_USAGE
constexpr std::size_t cell_octets = 8;

}  // namespace

int main(int count, char** arguments) {
    using namespace scca;
    if (count != 3 || std::string_view(arguments[1]) != "skf" || !host::harden(token::wire::descriptor)) {
        static_cast<void>(std::fputs("scca-module-host is started by scca-doctor: skf PATH, descriptor 3\n", stderr));
        return usage_error;
    }
    host::Breadcrumbs out(token::wire::descriptor);
    host::look_through_skf(out, arguments[2], cell_octets);
    static_cast<void>(std::fflush(stdout));
    out.done();
    // Nothing of the module is to run any more: no destructors, no atexit.
    _exit(0);
}
