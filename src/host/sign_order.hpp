// SPDX-License-Identifier: Apache-2.0
//
// What is to be signed in a signature test, as wire.hpp hands it over. Refuses what is not exactly of that form.
#pragma once

#include "scca/core/bytes.hpp"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace scca::host {

struct SignTask {
    Bytes container;             ///< its reference
    std::string_view algorithm;  ///< one of wire::algorithm_words
    Bytes input;                 ///< SM2: e; RSA: a DigestInfo; EC: the digest
};

struct SignOrder {
    Bytes token, application;  ///< their references
    Bytes message;             ///< of which `input` is the digest
    std::vector<SignTask> tasks;
};

/// From the arguments after the module's path.
[[nodiscard]] std::optional<SignOrder> parse_sign_order(std::span<const char* const> words);

}  // namespace scca::host
