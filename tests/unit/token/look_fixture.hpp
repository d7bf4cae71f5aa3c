// SPDX-License-Identifier: Apache-2.0
//
// A look at fake modules: sets their script, takes the time, and holds what must be true after every look, whatever the
// modules did: no child, no descriptor left, and every step of the script played.
#pragma once

#include "scca/token/source.hpp"

#include <catch2/catch.hpp>

#include <chrono>
#include <string>
#include <vector>

namespace scca::token::test {

/// The path of tests/fakes/<name>.so.
[[nodiscard]] std::string fake(const std::string& name);

struct Looked {
    Snapshot snapshot;
    std::chrono::milliseconds took{0};
    std::vector<std::string> ledger;  ///< lines of the scripted fakes, see tests/fakes/script.hpp

    [[nodiscard]] const ModuleSeen& first() const { return snapshot.modules.at(0); }
    [[nodiscard]] std::size_t count(const std::string& line) const;
};

/// How long a module gets here when the test is to wait for its deadline.
inline constexpr std::chrono::milliseconds short_timeout{1000};

/// Twice the 0.3 s that the contract allows above the timeout: two cores are shared.
inline constexpr std::chrono::milliseconds room{600};

[[nodiscard]] Looked look_at(const std::vector<std::string>& modules, const std::string& script = {},
                             std::chrono::milliseconds timeout = std::chrono::seconds(20),
                             const std::string& module_host = SCCA_MODULE_HOST);

[[nodiscard]] Looked look_with(const LookOptions& options, const std::string& script = {});

}  // namespace scca::token::test

template <>
struct Catch::StringMaker<scca::Fault> {
    static std::string convert(const scca::Fault& fault) {
        return "fault " + std::to_string(static_cast<int>(fault.kind)) + " in " + fault.call + ", " + fault.family +
               " " + std::to_string(fault.number) + " \"" + fault.text + "\"";
    }
};
