// SPDX-License-Identifier: Apache-2.0
//
// Device nodes and the udev rules that open them to a user.
#pragma once

#include "scca/token/snapshot.hpp"

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace scca::token {

/// May this user read and write it? Follows no more than access(2) does: access control lists count, a
/// container's device filter does not.
[[nodiscard]] NodeSeen look_at_node(const std::filesystem::path& path);

/// The lines of all rule files that grant access to somebody, kept until every device has been compared.
class UdevRules {
public:
    explicit UdevRules(const std::vector<std::filesystem::path>& folders);

    /// The first file with a rule for this USB vendor, or for this SCSI vendor; empty when there is none.
    [[nodiscard]] std::string find_rule(std::uint16_t vendor_id, std::string_view scsi_vendor) const;

private:
    struct Line {
        std::string file;
        std::string text;  ///< in lower case
    };
    void keep_lines(const std::filesystem::path& file);

    std::vector<Line> lines_;
};

}  // namespace scca::token
