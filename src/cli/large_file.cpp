// SPDX-License-Identifier: Apache-2.0
#include "large_file.hpp"

#include "scca/pki/certificate.hpp"
#include "scca/pki/container.hpp"

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

/// Behind the line that ends the last whole block; npos when none ends in the text.
std::size_t end_of_last_block(std::string_view text) {
    const std::size_t end = text.rfind(block_end);
    if (end == std::string_view::npos) return end;
    const std::size_t line = text.find('\n', end);
    return line == std::string_view::npos ? line : line + 1;
}

}  // namespace

bool begins_like_text(ByteView octets) {
    constexpr std::size_t enough = 4096;
    const ByteView start = octets.first(std::min(enough, octets.size()));
    return std::find(start.begin(), start.end(), std::uint8_t{0}) == start.end();
}

Result<LargeFile> LargeFile::open(const std::string& path) {
    auto stream = token::FileStream::open(path);
    if (!stream) return stream.error();
    return LargeFile(std::move(*stream));
}

void LargeFile::drop_text() {
    const std::size_t begin = text_.find(block_begin);
    // Without a block in it the last octets may still be the start of one.
    const std::size_t kept = std::min(text_.size(), block_begin.size() - 1);
    const std::size_t dropped = begin == std::string::npos ? text_.size() - kept : begin;
    text_.erase(0, dropped);
    offset_ += dropped;
}

Result<Piece> LargeFile::next() {
    while (!ended_) {
        const std::size_t before = text_.size();
        text_.resize(before + read_at_once);
        const auto count = stream_.read(std::span(text_.data() + before, read_at_once));
        text_.resize(before + (count ? *count : 0));
        if (!count) return count.error();
        ended_ = *count == 0;
        drop_text();
        if (ended_ || text_.size() < piece_octets) continue;
        std::size_t end = end_of_last_block(text_);
        if (end == std::string::npos && text_.size() >= longest_block) end = text_.size();
        if (end == std::string::npos) continue;
        Piece piece{Bytes(text_.begin(), text_.begin() + static_cast<std::ptrdiff_t>(end)), offset_};
        text_.erase(0, end);
        offset_ += end;
        return piece;
    }
    Piece last{Bytes(text_.begin(), text_.end()), offset_};
    text_.clear();
    if (as_text(last.content).find(block_begin) == std::string_view::npos) last.content.clear();
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
