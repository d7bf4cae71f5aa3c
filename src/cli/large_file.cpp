// SPDX-License-Identifier: Apache-2.0
#include "large_file.hpp"

#include "scca/pki/certificate.hpp"
#include "scca/pki/container.hpp"
#include "scca/pki/der.hpp"

#include <algorithm>
#include <string_view>

namespace scca::cli {
namespace {

constexpr std::size_t read_at_once = 1U << 16U;
constexpr std::size_t piece_octets = 1U << 18U;    ///< enough blocks for one piece
constexpr std::size_t longest_block = 16U << 20U;  ///< one that does not end is given as it is
constexpr std::size_t most_authorities = 64;

/// A block that does not end, as of a bundle, is better taken whole.
bool begins_like_text(ByteView octets) {
    constexpr std::size_t enough = 4096;
    const ByteView start = octets.first(std::min(enough, octets.size()));
    if (std::find(start.begin(), start.end(), std::uint8_t{0}) != start.end()) return false;
    const std::string_view text = as_text(octets);
    const std::size_t begin = text.find(pki::pem_begin);
    return begin == std::string_view::npos || text.find(pki::pem_end, begin) != std::string_view::npos;
}

/// Certificates, one after another, the first of them whole.
bool begins_like_der(ByteView octets) {
    pki::der::Element first;
    return pki::der::Reader(octets).step(first) == pki::der::Break::none && !first.cut &&
           first.is(pki::der::Tag::sequence) && pki::find_content(first.whole).kind == pki::ContentKind::certificates;
}

/// Where its certificates begin, the first of them whole.
std::optional<std::size_t> start_in_bundle(ByteView octets) {
    const auto start = pki::find_bundled(octets);
    return start && begins_like_der(octets.subspan(*start)) ? start : std::nullopt;
}

/// Where the base64 of certificates or a bundle of them begins, in the first octets of a file, all in one block.
std::optional<std::size_t> start_in_armour(ByteView octets) {
    const auto start = Armour::find_start(as_text(octets));
    if (!start) return std::nullopt;
    const Bytes first = Armour().undo(as_text(octets).substr(*start, read_at_once));
    return begins_like_der(first) || start_in_bundle(first) ? start : std::nullopt;
}

/// Before certificates this makes a bundle of them: ContentInfo, the OID of SignedData, [0], SignedData, [0]. Their
/// ends are left open, lest they be taken for octets of a certificate that was cut off.
constexpr std::string_view bundle_head("\x30\x80\x06\x09\x2A\x86\x48\x86\xF7\x0D\x01\x07\x02\xA0\x80\x30\x80\xA0\x80");

/// A certificate, or another kind of one that a bundle may hold (RFC 5652 10.2.2).
bool is_of_list(const pki::der::Reader& reader) {
    return reader.next_is(pki::der::Tag::sequence) || (reader.next_tag().value_or(0) & 0xE0U) == 0xA0U;
}

/// Behind the last element of the list that is whole or, `cut_too`, all that is there of it; npos when there is none.
std::size_t end_of_list(ByteView octets, bool cut_too) {
    pki::der::Reader reader(octets);
    pki::der::Element element;
    std::size_t end = std::string_view::npos;
    while (is_of_list(reader)) {
        const bool whole = reader.step(element) == pki::der::Break::none && !element.cut;
        if (!whole) return cut_too ? octets.size() : end;
        end = reader.offset();
    }
    return end;
}

/// Behind the label that ends the last whole block, and its dashes; npos when none ends in the text. A line may go on
/// with the next block, or be all of the file.
std::size_t end_of_last_block(std::string_view text) {
    constexpr std::size_t dashes = 5;
    const std::size_t end = text.rfind(pki::pem_end);
    if (end == std::string_view::npos) return end;
    const std::size_t label_end = text.find_first_of("-\r\n", end + pki::pem_end.size());
    if (label_end == std::string_view::npos) return label_end;
    const std::size_t behind = std::min(text.find_first_not_of('-', label_end), text.size());
    return std::min(behind, label_end + dashes);
}

}  // namespace

bool may_come_in_pieces(ByteView octets, bool bundles) {
    return begins_like_text(octets) || begins_like_der(octets) ||
           (bundles && (start_in_bundle(octets) || start_in_armour(octets)));
}

Result<LargeFile> LargeFile::open(const std::string& path, bool bundles) {
    auto stream = token::FileStream::open(path);
    if (!stream) return stream.error();
    return LargeFile(std::move(*stream), bundles);
}

void LargeFile::learn_shape() {
    if (const auto start = bundles_ ? start_in_armour(as_bytes(text_)) : std::nullopt) {
        const Bytes octets = armour_.emplace().undo(std::string_view(text_).substr(*start));
        text_.assign(octets.begin(), octets.end());
    }
    if (const auto start = start_in_bundle(as_bytes(text_))) {
        shape_ = Shape::bundle;
        text_.erase(0, *start);
        offset_ = *start;
    } else {
        shape_ = begins_like_der(as_bytes(text_)) ? Shape::der : Shape::text;
    }
}

void LargeFile::drop_text() {
    if (*shape_ != Shape::text) {
        // What follows the certificates and is none is not looked at.
        const bool over = !text_.empty() && !is_of_list(pki::der::Reader(as_bytes(text_)));
        if (over) text_.clear();
        ended_ = ended_ || over;
        return;
    }
    // Without a certificate in it the last line, or its end, may still be the start of one.
    constexpr std::size_t longest_start = 256;
    const std::size_t begin = begin_in_text();
    const std::size_t last_line = text_.find_last_of("\r\n") + 1;
    const std::size_t rest = std::max(last_line, text_.size() - std::min(text_.size(), longest_start));
    const std::size_t dropped = std::min(begin, rest);
    text_.erase(0, dropped);
    offset_ += dropped;
}

std::size_t LargeFile::begin_in_text() const {
    const std::size_t begin = text_.find(pki::pem_begin);
    return std::min(begin, pki::find_bare_base64(std::string_view(text_).substr(0, begin)));
}

std::size_t LargeFile::end_of_whole() const {
    if (*shape_ != Shape::text) return end_of_list(as_bytes(text_), ended_);
    if (ended_ && begin_in_text() != std::string::npos) return text_.size();
    return end_of_last_block(text_);
}

Piece LargeFile::cut_off(std::size_t end) {
    const std::string_view head = shape_ == Shape::bundle && end > 0 ? bundle_head : std::string_view();
    Piece piece{Bytes(head.size() + end), offset_ - head.size()};
    std::copy_n(text_.begin(), end, std::copy(head.begin(), head.end(), piece.content.begin()));
    text_.erase(0, end);
    offset_ += end;
    return piece;
}

std::optional<Fault> LargeFile::fill() {
    const std::size_t before = text_.size();
    text_.resize(before + read_at_once);
    const auto count = stream_.read(std::span(text_.data() + before, read_at_once));
    text_.resize(before + (count ? *count : 0));
    if (!count) return count.error();
    ended_ = *count == 0;
    if (!armour_) return std::nullopt;
    const Bytes octets = armour_->undo(std::string_view(text_).substr(before));
    text_.replace(before, std::string::npos, std::string(octets.begin(), octets.end()));
    return std::nullopt;
}

Result<Piece> LargeFile::next() {
    while (!ended_) {
        if (auto fault = fill()) return std::move(*fault);
        // As much as may_come_in_pieces saw, so that both see the same.
        if (!shape_ && !ended_ && text_.size() < large_octets) continue;
        if (!shape_) learn_shape();
        drop_text();
        if (!ended_ && text_.size() < piece_octets) continue;
        std::size_t end = end_of_whole();
        if (end == std::string::npos && text_.size() >= longest_block) end = text_.size();
        if (end != std::string::npos) return cut_off(end);
    }
    return Piece{{}, offset_};
}

Survey survey(const std::string& path, bool bundles) {
    Survey seen;
    auto file = LargeFile::open(path, bundles);
    if (!file) return seen;
    for (auto piece = file->next(); piece && !piece->content.empty(); piece = file->next()) {
        for (const pki::FoundCertificate& found : pki::find_certificates(piece->content)) {
            ++seen.certificates;
            const auto parsed = pki::parse_certificate(found.der);
            const bool is_ca = parsed && parsed->is_ca.value_or(false);
            seen.only_authorities = seen.only_authorities && is_ca;
            if (is_ca && seen.authorities.size() < most_authorities) seen.authorities.push_back(found.der);
        }
    }
    return file->is_more() ? Survey{} : seen;
}

}  // namespace scca::cli
