// SPDX-License-Identifier: Apache-2.0
//
// Reading the fields of a damaged structure: what can be read is given, and where it breaks is written down once.
// An input that was cut off is one defect, at the innermost field that it broke, not one for each field that is
// missing.
#pragma once

#include "scca/pki/der.hpp"

#include <cstddef>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace scca::pki {

/// The defects of one input, bounded in number.
class Defects {
public:
    /// `input_end` is the offset behind the last octet that there is.
    explicit Defects(std::size_t input_end) noexcept : input_end_(input_end) {}

    void note(std::string_view field, std::size_t offset, std::string_view text);
    /// The input ended here, too early. Only the first is kept.
    void note_end(std::string_view field, std::size_t offset, std::string_view text);
    /// Written wrongly, and read all the same.
    void note_flaw(std::string_view field, std::size_t offset, std::string_view text);
    [[nodiscard]] bool ended() const noexcept { return ended_; }
    [[nodiscard]] std::size_t input_end() const noexcept { return input_end_; }
    [[nodiscard]] std::vector<Fault> take_flaws() noexcept { return std::exchange(flaws_, {}); }
    /// All of them; the flaws too when they were not taken by themselves.
    [[nodiscard]] std::vector<Fault> take();

private:
    std::size_t input_end_;
    bool ended_ = false;
    std::vector<Fault> list_, flaws_;
};

/// The fields of one constructed value, in order. Lives no longer than the input and the Defects.
class Fields {
public:
    Fields(der::Reader reader, std::size_t end, Defects& defects) noexcept
        : reader_(reader), end_(end), defects_(&defects) {}

    /// Whether another element follows that can be asked for.
    [[nodiscard]] bool more() const noexcept { return !broken_ && !reader_.at_end(); }
    [[nodiscard]] bool next_is(der::Tag tag) const noexcept { return !broken_ && reader_.next_is(tag); }
    [[nodiscard]] bool next_is(std::uint8_t identifier) const noexcept {
        return !broken_ && reader_.next_tag() == identifier;
    }
    [[nodiscard]] std::size_t offset() const noexcept { return reader_.offset(); }

    /// The next element; a defect when there is none.
    std::optional<der::Element> any(std::string_view field);
    /// The next element, of this type; a defect when there is none or it is another, which is then passed over.
    std::optional<der::Element> need(der::Tag tag, std::string_view field);
    /// The next element when it is of this type; no defect when it is not.
    std::optional<der::Element> accept(der::Tag tag, std::string_view field);

    [[nodiscard]] Fields enter(const der::Element& element) const noexcept {
        return {reader_.enter(element), element.end(), *defects_};
    }
    /// The fields inside octets that the structure around them does not know, e.g. an extension's value.
    [[nodiscard]] Fields within(ByteView octets, std::size_t offset) const noexcept {
        return {der::Reader(octets, offset, 1), offset + octets.size(), *defects_};
    }
    void note(std::string_view field, std::size_t offset, std::string_view text) const {
        defects_->note(field, offset, text);
    }
    void note_flaw(std::string_view field, std::size_t offset, std::string_view text) const {
        defects_->note_flaw(field, offset, text);
    }

private:
    /// Fills `element` with the next one; false, and a defect, when there is none.
    bool take(der::Element& element, std::string_view field);
    void note_break(der::Break broke, std::string_view field);
    /// Whether what there is of a cut element is worth entering.
    bool keep_cut(const der::Element& element, std::string_view field);

    der::Reader reader_;
    std::size_t end_;
    Defects* defects_;
    bool broken_ = false;
};

}  // namespace scca::pki
