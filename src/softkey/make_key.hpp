// SPDX-License-Identifier: Apache-2.0
//
// Makes a whole software key in a directory: training CAs, two certificates with their keys, PINs and a seal, healthy
// or with faults. It writes only below a directory that is new, empty or already a software key.
#pragma once

#include "dates.hpp"
#include "faults.hpp"

#include <filesystem>
#include <stdexcept>
#include <string>

namespace scca::softkey {

inline constexpr std::string_view default_holder = "四川练习建设工程有限公司";

struct KeyOrder {
    std::filesystem::path folder;
    FaultSet faults;
    std::string holder = std::string(default_holder);
    bool rsa = false;
    Moment at;  // the moment around which all validities lie
};

/// The directory is somebody else's; it was not touched.
class ForeignFolder : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// Returns the user PIN, which is empty for an empty key. Throws ForeignFolder, std::filesystem::filesystem_error when
/// a file cannot be written, std::invalid_argument when the holder's name cannot stand in a certificate.
[[nodiscard]] std::string make_key(const KeyOrder& order);

}  // namespace scca::softkey
