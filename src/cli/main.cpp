// SPDX-License-Identifier: Apache-2.0
//
// scca-doctor: explains and lists by itself. For a check it goes on as scca-doctor-check, which is linked with
// libcrypto and libzip: loading those takes longer than an explanation.
#include "program.hpp"

#include "scca/faq/words.hpp"
#include "scca/token/companion.hpp"

namespace {

using namespace scca;

/// The same words in the same process; comes back only when that program is not there.
cli::ExitStatus hand_over(char* const* argv, const cli::CommonOptions& common, const cli::Console& console) {
    auto program = token::find_companion("scca-doctor-check");
    const Fault refused = program ? token::become(*program, argv) : program.error();
    return console.fail(cli::ExitStatus::internal,
                        report::fill(faq::words::cli::check_missing.in(console.lang()),
                                     {{"name", "scca-doctor-check"}, {"message", refused.text}}, console.lang()),
                        {}, common.format);
}

}  // namespace

int main(int argc, char** argv) {
    const auto go_on = [argv](const auto&, const cli::CommonOptions& common, const cli::Console& console) {
        return hand_over(argv, common, console);
    };
    return cli::run_program(argc, argv, {go_on, go_on});
}
