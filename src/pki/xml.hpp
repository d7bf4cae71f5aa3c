// SPDX-License-Identifier: Apache-2.0
//
// XML read by pugixml. Names are compared without their prefix, because vendors choose their own. A document type
// declaration is refused: entities, internal or external, have no place in an OFD.
#pragma once

#include "scca/core/bytes.hpp"
#include "scca/core/result.hpp"

#include <pugixml.hpp>

#include <memory>
#include <string>
#include <string_view>

namespace scca::pki {

/// `name` is the entry that a fault names.
[[nodiscard]] Result<std::unique_ptr<pugi::xml_document>> parse_xml(ByteView content, std::string_view name);

/// Whether the element has this name, whatever its prefix.
[[nodiscard]] bool is_named(const pugi::xml_node& node, std::string_view name) noexcept;
/// The first child element of this name; a null node when there is none, also of a null node.
[[nodiscard]] pugi::xml_node child_of(const pugi::xml_node& node, std::string_view name) noexcept;
/// Its text without white space around it.
[[nodiscard]] std::string text_of(const pugi::xml_node& node);
[[nodiscard]] std::string attribute_of(const pugi::xml_node& node, const char* name);

}  // namespace scca::pki
