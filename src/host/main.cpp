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
#include <string_view>

namespace {

constexpr int usage_error = 64;  ///< sysexits.h: EX_USAGE
constexpr std::size_t cell_octets = 8;

}  // namespace

int main(int count, char** arguments) {
    using namespace scca;
    namespace wire = token::wire;
    const std::string_view door = count == 3 ? arguments[1] : "";
    const bool known = door == wire::skf_door || door == wire::pkcs11_door || door == wire::pcsc_door;
    if (!known || !host::harden(wire::descriptor)) {
        static_cast<void>(
            std::fputs("scca-module-host is started by scca-doctor: skf|pkcs11|pcsc PATH, descriptor 3\n", stderr));
        return usage_error;
    }
    host::Breadcrumbs out(wire::descriptor);
    if (door == wire::pkcs11_door) {
        host::look_through_pkcs11(out, arguments[2]);
    } else if (door == wire::pcsc_door) {
        host::look_through_pcsc(out, arguments[2]);
    } else {
        host::look_through_skf(out, arguments[2], cell_octets);
    }
    static_cast<void>(std::fflush(stdout));
    out.done();
    // Nothing of the module is to run any more: no destructors, no atexit.
    _exit(0);
}
