// SPDX-License-Identifier: Apache-2.0
#include "large_file.hpp"

#include "scca/pki/certificate.hpp"
#include "scca/pki/container.hpp"
#include "scca/pki/der.hpp"

#include <algorithm>
#include <string_view>

namespace scca::cli {
namespace {

constexpr std::string_view block_begin = "-----BEGIN ";
constexpr std::string_view block_end = "-----END ";
constexpr std::size_t read_at_once = 1U << 16U;
constexpr std::size_t piece_octets = 1U << 18U;    ///< enough blocks for one piece
constexpr std::size_t longest_block = 16U << 20U;  ///< one that does not end is given as it is
constexpr std::size_t most_authorities = 64;

bool begins_like_text(ByteView octets) {
    constexpr std::size_t enough = 4096;
    const ByteView start = octets.first(std::min(enough, octets.size()));
    return std::find(start.begin(), start.end(), std::uint8_t{0}) == start.end();
}

/// Certificates, one after another, the first of them whole; not a bundle, whose end alone tells what is in it.
bool begins_like_der(ByteView octets) {
    pki::der::Element first;
    return pki::der::Reader(octets).step(first) == pki::der::Break::none && !first.cut &&
           first.is(pki::der::Tag::sequence) && pki::find_content(first.whole).kind == pki::ContentKind::certificates;
}

/// Behind the last element that is whole; npos when none is.
std::size_t end_of_last_element(ByteView octets) {
    pki::der::Reader reader(octets);
    pki::der::Element element;
    std::size_t end = std::string_view::npos;
    while (reader.next_is(pki::der::Tag::sequence)) {
        if (reader.step(element) != pki::der::Break::none || element.cut) break;
        end = reader.offset();
    }
    return end;
}

/// Behind the line that ends the last whole block; npos when none ends in the text.
std::size_t end_of_last_block(std::string_view text) {
    const std::size_t end = text.rfind(block_end);
    if (end == std::string_view::npos) return end;
    const std::size_t line = text.find('\n', end);
    return line == std::string_view::npos ? line : line + 1;
}

}  // namespace

bool may_come_in_pieces(ByteView octets) { return begins_like_text(octets) || begins_like_der(octets); }

Result<LargeFile> LargeFile::open(const std::string& path) {
    auto stream = token::FileStream::open(path);
    if (!stream) return stream.error();
    return LargeFile(std::move(*stream));
}

void LargeFile::drop_text() {
    if (*is_der_) {
        // What follows the certificates and is none is not looked at.
        const bool over = !text_.empty() && !pki::der::Reader(as_bytes(text_)).next_is(pki::der::Tag::sequence);
        if (over) text_.clear();
        ended_ = ended_ || over;
        return;
    }
    const std::size_t begin = text_.find(block_begin);
    // Without a block in it the last octets may still be the start of one.
    const std::size_t kept = std::min(text_.size(), block_begin.size() - 1);
    const std::size_t dropped = begin == std::string::npos ? text_.size() - kept : begin;
    text_.erase(0, dropped);
    offset_ += dropped;
}

std::size_t LargeFile::end_of_whole() const {
    return *is_der_ ? end_of_last_element(as_bytes(text_)) : end_of_last_block(text_);
}

Result<Piece> LargeFile::next() {
    while (!ended_) {
        const std::size_t before = text_.size();
        text_.resize(before + read_at_once);
        const auto count = stream_.read(std::span(text_.data() + before, read_at_once));
        text_.resize(before + (count ? *count : 0));
        if (!count) return count.error();
        ended_ = *count == 0;
        if (!is_der_) is_der_ = begins_like_der(as_bytes(text_));
        drop_text();
        if (ended_ || text_.size() < piece_octets) continue;
        std::size_t end = end_of_whole();
        if (end == std::string::npos && text_.size() >= longest_block) end = text_.size();
        if (end == std::string::npos) continue;
        Piece piece{Bytes(text_.begin(), text_.begin() + static_cast<std::ptrdiff_t>(end)), offset_};
        text_.erase(0, end);
        offset_ += end;
        return piece;
    }
    Piece last{Bytes(text_.begin(), text_.end()), offset_};
    text_.clear();
    const bool has_block = as_text(last.content).find(block_begin) != std::string_view::npos;
    if (!is_der_.value_or(false) && !has_block) last.content.clear();
    return last;
}

Survey survey(const std::string& path) {
    Survey seen;
    auto file = LargeFile::open(path);
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
    return seen;
}

}  // namespace scca::cli
