// SPDX-License-Identifier: Apache-2.0
#include "fields.hpp"

#include <algorithm>
#include <iterator>

namespace scca::pki {
namespace {

constexpr std::size_t max_defects = 64;

}  // namespace

void Defects::note(std::string_view field, std::size_t offset, std::string_view text) {
    if (list_.size() < max_defects) list_.push_back(der::damaged(field, offset, text));
}

void Defects::note_flaw(std::string_view field, std::size_t offset, std::string_view text) {
    if (flaws_.size() < max_defects) flaws_.push_back(der::damaged(field, offset, text));
}

std::vector<Fault> Defects::take() {
    std::move(flaws_.begin(), flaws_.end(), std::back_inserter(list_));
    flaws_.clear();
    return std::move(list_);
}

void Defects::note_end(std::string_view field, std::size_t offset, std::string_view text) {
    if (!ended_) note(field, offset, text);
    ended_ = true;
}

void Fields::note_break(der::Break broke, std::string_view field) {
    const std::size_t here = reader_.offset();
    if (end_ == defects_->input_end() && broke != der::Break::depth) {
        defects_->note_end(field, here, der::text_of(broke));
    } else {
        defects_->note(field, here, broke == der::Break::end ? "missing" : der::text_of(broke));
    }
}

bool Fields::keep_cut(const der::Element& element, std::string_view field) {
    const bool at_input_end = end_ == defects_->input_end();
    if (!at_input_end) defects_->note(field, element.offset, "longer than what holds it");
    // What is left of a SEQUENCE can still be read, and tells better where it breaks.
    if (element.is_constructed()) return true;
    if (at_input_end) defects_->note_end(field, element.offset, "the input ends within it");
    return false;
}

bool Fields::take(der::Element& element, std::string_view field) {
    if (broken_) return false;
    const der::Break broke = reader_.step(element);
    if (broke == der::Break::none && !element.cut) return true;
    broken_ = true;
    if (broke == der::Break::none) return keep_cut(element, field);
    note_break(broke, field);
    return false;
}

std::optional<der::Element> Fields::any(std::string_view field) {
    std::optional<der::Element> element(std::in_place);
    if (!take(*element, field)) element.reset();
    return element;
}

std::optional<der::Element> Fields::need(der::Tag tag, std::string_view field) {
    std::optional<der::Element> element(std::in_place);
    if (!take(*element, field)) {
        element.reset();
    } else if (!der::matches(element->tag, tag)) {
        defects_->note(field, element->offset, "another type stands here");
        element.reset();
    }
    return element;
}

std::optional<der::Element> Fields::accept(der::Tag tag, std::string_view field) {
    return next_is(tag) ? any(field) : std::nullopt;
}

}  // namespace scca::pki
