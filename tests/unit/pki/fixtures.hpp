// SPDX-License-Identifier: Apache-2.0
//
// The files that tests/fixtures/pki/make.py made, and, for the optional test, those in $SCCA_SAMPLES.
#pragma once

#include "scca/pki/certificate.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

namespace scca::test {

inline Bytes read_bytes(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    INFO(path.string());
    REQUIRE(file);
    return Bytes(std::istreambuf_iterator<char>(file), {});
}

inline std::filesystem::path fixture_folder() { return SCCA_PKI_FIXTURES; }

inline Bytes fixture(const std::string& name) { return read_bytes(fixture_folder() / name); }

inline std::vector<std::filesystem::path> fixtures_in(const std::string& folder) {
    std::vector<std::filesystem::path> paths;
    for (const auto& entry : std::filesystem::directory_iterator(fixture_folder() / folder)) {
        paths.push_back(entry.path());
    }
    std::sort(paths.begin(), paths.end());
    REQUIRE(paths.size() > 10);
    return paths;
}

/// "certificates/<name>.der", which must be readable as far as to be a value.
inline pki::Certificate certificate(const std::string& name) {
    INFO(name);
    const auto parsed = pki::parse_certificate(fixture("certificates/" + name + ".der"));
    REQUIRE(parsed);
    return *parsed;
}

}  // namespace scca::test
