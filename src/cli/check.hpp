// SPDX-License-Identifier: Apache-2.0
//
// check, check-key, check-cert and check-seal: look, judge, tell.
#pragma once

#include "command_line.hpp"

namespace scca::cli {

[[nodiscard]] ExitStatus run_check(const CheckRequest& request, const CommonOptions& common, const Console& console);

}  // namespace scca::cli
