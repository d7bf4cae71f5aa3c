// SPDX-License-Identifier: Apache-2.0
//
// A Snapshot as a file: one JSON document that can be sent to a help desk and judged again there. Writes every member
// of every struct and reads nothing else; opens no file and runs nothing that is named in one. Redaction keeps all
// lengths inside certificates and seals, so that the copy is read like the original.
#pragma once

#include "scca/core/redaction.hpp"
#include "scca/core/result.hpp"
#include "scca/token/snapshot.hpp"

#include <cstdint>
#include <string>

namespace scca::archive {

/// Of the document. It grows when a member is added, taken away or means something else.
inline constexpr std::int64_t snapshot_version = 1;

/// {snapshot_version, tool, snapshot}, ends with a line feed.
[[nodiscard]] std::string render_snapshot(const token::Snapshot& snapshot);

/// Refuses what is no whole document of this version. The fault's `call` is "newer" when a newer program wrote it
/// (`number` is its version), "older" likewise, "snapshot" when it is no saved snapshot at all, and else the path of
/// the member that is wrong; its `text` says why.
[[nodiscard]] Result<token::Snapshot> parse_snapshot(ByteView content);

/// A copy without personal values, in which `seen_before_redaction` tells the digests of what was changed; its answers
/// are left to whoever can give them. A copy that is redacted already stays as it is.
[[nodiscard]] token::Snapshot redacted(const token::Snapshot& snapshot, Redactor& redactor);

}  // namespace scca::archive
