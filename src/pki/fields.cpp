// SPDX-License-Identifier: Apache-2.0
#include "fields.hpp"

namespace scca::pki {
namespace {

constexpr std::size_t max_defects = 64;

}  // namespace

void Defects::note(std::string_view field, std::size_t offset, std::string_view text) {
    if (list_.size() < max_defects) list_.push_back(der::damaged(field, offset, text));
}

void Defects::note_end(std::string_view field, std::size_t offset, std::string_view text) {
    if (!ended_) note(field, offset, text);
    ended_ = true;
}

std::optional<der::Element> Fields::any(std::string_view field) {
    if (broken_) return std::nullopt;
    const std::size_t here = reader_.offset();
    const der::Step next = reader_.step();
    const bool at_input_end = end_ == defects_->input_end();
    if (next.broke != der::Break::none) {
        broken_ = true;
        const bool end = next.broke == der::Break::end && here == defects_->input_end();
        if (end || (at_input_end && next.broke != der::Break::depth)) {
            defects_->note_end(field, here, der::text_of(next.broke));
        } else if (next.broke == der::Break::end) {
            defects_->note(field, here, "missing");
        } else {
            defects_->note(field, here, der::text_of(next.broke));
        }
        return std::nullopt;
    }
    if (next.element.cut) {
        broken_ = true;
        // What is left of a SEQUENCE can still be read, and tells better where it breaks.
        if (!at_input_end) defects_->note(field, here, "longer than what holds it");
        if (next.element.is_constructed()) return next.element;
        if (at_input_end) defects_->note_end(field, here, "the input ends within it");
        return std::nullopt;
    }
    return next.element;
}

std::optional<der::Element> Fields::need(der::Tag tag, std::string_view field) {
    const std::size_t here = reader_.offset();
    const bool there = more();
    const bool right = next_is(tag);
    const auto element = any(field);
    if (there && !right && element) {
        defects_->note(field, here, "another type stands here");
        return std::nullopt;
    }
    return element;
}

std::optional<der::Element> Fields::accept(der::Tag tag, std::string_view field) {
    return next_is(tag) ? any(field) : std::nullopt;
}

}  // namespace scca::pki
