// SPDX-License-Identifier: Apache-2.0
//
// scca-module-host as it would be with cells of four octets: what a module with a ULONG of 64 bits then does must be
// noticed. For tests only.
#include "host/breadcrumbs.hpp"
#include "host/hardening.hpp"
#include "host/skf.hpp"

#include <unistd.h>

int main(int count, char** arguments) {
    using namespace scca;
    if (count != 3 || !host::harden(token::wire::descriptor)) return 64;
    host::Breadcrumbs out(token::wire::descriptor);
    host::look_through_skf(out, arguments[2], 4);
    out.done();
    _exit(0);
}
