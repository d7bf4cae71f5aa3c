// SPDX-License-Identifier: Apache-2.0
#include "xml.hpp"

#include "scca/pki/der.hpp"
#include "scca/pki/refusal.hpp"

namespace scca::pki {
namespace {

Refusal refusal_of(std::string_view doctype) noexcept {
    const auto has = [&](std::string_view word) { return doctype.find(word) != std::string_view::npos; };
    if (has("SYSTEM") || has("PUBLIC")) return Refusal::external_entity;
    return has("<!ENTITY") ? Refusal::entity_bomb : Refusal::doctype;
}

}  // namespace

Result<std::unique_ptr<pugi::xml_document>> parse_xml(ByteView content, std::string_view name) {
    auto document = std::make_unique<pugi::xml_document>();
    constexpr unsigned options = pugi::parse_default | pugi::parse_doctype;
    const pugi::xml_parse_result parsed = document->load_buffer(content.data(), content.size(), options);
    for (const pugi::xml_node& node : document->children()) {
        if (node.type() == pugi::node_doctype) return refused(name, refusal_of(node.value()));
    }
    if (!parsed) {
        const auto offset = static_cast<std::size_t>(parsed.offset < 0 ? 0 : parsed.offset);
        return der::damaged(name, offset, parsed.description());
    }
    return document;
}

bool is_named(const pugi::xml_node& node, std::string_view name) noexcept {
    const std::string_view whole = node.name();
    const std::size_t colon = whole.find(':');
    return node.type() == pugi::node_element &&
           (colon == std::string_view::npos ? whole : whole.substr(colon + 1)) == name;
}

pugi::xml_node child_of(const pugi::xml_node& node, std::string_view name) noexcept {
    for (const pugi::xml_node& child : node.children()) {
        if (is_named(child, name)) return child;
    }
    return {};
}

std::string text_of(const pugi::xml_node& node) {
    std::string text;  // comments may stand between its parts
    for (const pugi::xml_node& part : node.children()) {
        if (part.type() == pugi::node_pcdata || part.type() == pugi::node_cdata) text += part.value();
    }
    constexpr std::string_view space = " \t\r\n";
    const std::size_t first = text.find_first_not_of(space);
    if (first == std::string::npos) return {};
    return text.substr(first, text.find_last_not_of(space) - first + 1);
}

std::string attribute_of(const pugi::xml_node& node, const char* name) { return node.attribute(name).value(); }

}  // namespace scca::pki
