// SPDX-License-Identifier: Apache-2.0
//
// scca-doctor-check: everything that scca-doctor can do. It stands in libexec and takes the place of scca-doctor for a
// check.
#include "check.hpp"
#include "explain_check.hpp"
#include "program.hpp"

int main(int argc, char** argv) {
    return scca::cli::run_program(argc, argv, {scca::cli::run_check, scca::cli::run_explain_check});
}
