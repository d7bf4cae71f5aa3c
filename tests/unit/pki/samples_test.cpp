// SPDX-License-Identifier: Apache-2.0
//
// Certificates and seals that others made, in the folder $SCCA_SAMPLES; without it these tests have nothing to say.
#include "fixtures.hpp"
#include "scca/pki/verify.hpp"

#include <cstdlib>
#include <optional>

using namespace scca;
using namespace scca::pki;

namespace {

std::optional<std::filesystem::path> samples() {
    const char* folder = std::getenv("SCCA_SAMPLES");
    if (folder == nullptr) return std::nullopt;
    return folder;
}

}  // namespace
