// SPDX-License-Identifier: Apache-2.0
#include "pem.hpp"

#include "container_parts.hpp"
#include "white_space.hpp"

#include "scca/pki/der.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <span>

namespace scca::pki {
namespace {

constexpr std::string_view dashes = "-----";
constexpr std::string_view field = "PEM";
constexpr std::string_view too_long = "more than a certificate came out of it";

/// The labels (RFC 7468, and OpenSSL's older ones) whose content is certificates.
bool is_wanted_label(std::string_view label) noexcept {
    constexpr std::array<std::string_view, 6> labels{"CERTIFICATE", "X509 CERTIFICATE",    "TRUSTED CERTIFICATE",
                                                     "PKCS7",       "PKCS #7 SIGNED DATA", "CMS"};
    return std::find(labels.begin(), labels.end(), label) != labels.end();
}

struct PemBlock {
    std::string_view label, body;
    std::size_t offset = 0;  ///< of "-----BEGIN"
    std::size_t end = 0;     ///< where to look for the next one
    bool closed = false;
};

/// At the end of the line with the label; but chat programs make one line of many, and then right behind the dashes. A
/// certificate in base64 begins with "MI".
std::size_t begin_of_body(std::string_view text, std::size_t label_end, std::size_t line_end) noexcept {
    const std::size_t begin = behind_white_space(text, label_end + dashes.size());
    return begin < line_end && text.substr(begin, 2) == "MI" ? begin : line_end;
}

std::optional<PemBlock> next_block(std::string_view text, std::size_t from) {
    PemBlock block;
    block.offset = text.find(pem_begin, from);
    if (block.offset == std::string_view::npos) return std::nullopt;
    const std::size_t label = behind_white_space(text, block.offset + pem_begin.size());
    const std::size_t line_end = std::min(text.find_first_of("\r\n", label), text.size());
    const std::string_view line = text.substr(label, line_end - label);
    block.label = line.substr(0, line.find(dashes));
    const std::size_t begin = begin_of_body(text, label + block.label.size(), line_end);
    block.label = block.label.substr(0, block.label.find_last_not_of("- ") + 1);  // some of its dashes may be lost
    // A block that lost its last line ends where the next one begins.
    const std::size_t next = std::min(text.find(pem_begin, begin), text.size());
    const std::size_t end = text.substr(0, next).find(pem_end, begin);
    block.closed = end != std::string_view::npos;
    block.end = block.closed ? end : next;
    block.body = text.substr(begin, block.end - begin);
    return block;
}

/// RFC 1421 headers ("Proc-Type: …") end with an empty line; certificates have none, but bundles made by hand do.
std::string_view without_headers(std::string_view body) noexcept {
    if (body.find(':') == std::string_view::npos) return body;
    const auto empty_line = std::min({body.find("\n\n"), body.find("\r\n\r\n"), body.find("\r\r")});
    return empty_line == std::string_view::npos ? body : body.substr(empty_line);
}

/// One element and nothing behind it: whoever left out or put in a character of its base64 has changed its length.
bool is_whole(const Base64& base64) {
    der::Element element;
    return !base64.breaks_at && der::Reader(base64.octets).step(element) == der::Break::none && !element.cut &&
           element.whole.size() == base64.octets.size();
}

/// Whether some of these characters were lost or got in, so that what was read is shifted: their number cannot be, or
/// more octets came of them than the certificates have. Another element may follow (OpenSSL's TRUSTED CERTIFICATE), and
/// white space.
bool is_shifted(const Base64& base64, std::size_t characters, std::span<const FoundCertificate> read) {
    if (base64.breaks_at == characters) return true;
    std::size_t used = 0;
    for (const FoundCertificate& one : read) used += one.der.size();
    if (used >= base64.octets.size()) return false;
    const ByteView rest = ByteView(base64.octets).subspan(used);
    der::Element next;
    const bool follows =
        der::Reader(rest).step(next) == der::Break::none && !next.cut && next.whole.size() == rest.size();
    return !follows && std::any_of(rest.begin(), rest.end(), [](std::uint8_t octet) {
        return octet != 0 && octet != '\n' && octet != '\r' && octet != ' ';
    });
}

void read_block(const PemBlock& block, Taken taken, FoundContent& found) {
    const std::string_view body = without_headers(block.body);
    const std::size_t before = found.certificates.size();
    const auto note = [&](std::size_t offset, std::string_view text) {
        Fault defect = der::damaged(field, offset, text);
        if (found.certificates.size() == before) {
            found.defects.push_back(std::move(defect));
        } else {
            found.certificates.back().defect = std::move(defect);
        }
    };
    Base64 base64 = decode_base64(as_bytes(body));
    if (taken == Taken::all || is_whole(base64)) take_der(base64.octets, found);
    const auto read = std::span(found.certificates).subspan(before);
    for (FoundCertificate& one : read) one.offset = block.offset;
    const bool shifted =
        !read.empty() && found.kind == ContentKind::certificates && is_shifted(base64, body.size(), read);
    if (shifted) read.back().doubtful = true;
    if (base64.breaks_at) {
        note(block.end - body.size() + *base64.breaks_at, "no base64 here");
    } else if (shifted) {
        note(block.end, too_long);
    } else if (read.empty()) {
        note(block.offset, "no certificate in it");
    } else if (!block.closed) {
        note(block.end, "its last line is missing");
    }
    if (found.kind == ContentKind::unknown) found.kind = ContentKind::certificates;
}

/// Whatever its label, which somebody may have misspelt; by its first characters.
bool is_certificate(std::string_view base64) {
    constexpr std::size_t enough = 2048;
    return kind_of_der(decode_base64(as_bytes(base64.substr(0, enough))).octets, false) == ContentKind::certificates;
}

bool is_of_base64(char c) noexcept {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '+' || c == '/' ||
           c == '=';
}

/// The line that begins here, without white space around it; `at` becomes where the next one does.
std::string_view take_line(std::string_view text, std::size_t& at) noexcept {
    const std::size_t end = std::min(text.find_first_of("\r\n", at), text.size());
    std::string_view line = text.substr(at, end - at);
    at = end + (text.substr(end).starts_with("\r\n") ? 2 : 1);
    line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size()));
    return line.substr(0, line.find_last_not_of(" \t") + 1);
}

bool begins_like_certificate(std::string_view line) {
    constexpr std::size_t enough = 32;  // no word is that long
    return line.size() >= enough && line.starts_with("MI") &&
           std::all_of(line.begin(), line.begin() + enough, is_of_base64);
}

/// Lines of base64 that begin like a certificate and stand in no block: they lost the line that begins it, or never had
/// one. The last is shorter than the first, as a rule; one with a blank in it is none of them.
std::optional<PemBlock> next_bare(std::string_view text, std::size_t from, std::size_t end) {
    const std::string_view within = text.substr(0, end);
    for (std::size_t at = from; at < end;) {
        const std::string_view first = take_line(within, at);
        if (!begins_like_certificate(first)) continue;
        std::string_view last = first;
        while (at < end && last.size() >= first.size()) {
            std::size_t next = at;
            const std::string_view line = take_line(within, next);
            if (line.empty() || !is_of_base64(line.front()) || line.find_first_of(" \t") != std::string_view::npos)
                break;
            last = line;
            at = next;
        }
        PemBlock bare;
        bare.closed = true;
        bare.offset = static_cast<std::size_t>(first.data() - text.data());
        bare.end = static_cast<std::size_t>(last.data() + last.size() - text.data());
        bare.body = text.substr(bare.offset, bare.end - bare.offset);
        if (is_certificate(bare.body)) return bare;
    }
    return std::nullopt;
}

/// Whether the last line, or the one before a short last one, is base64. Looks back no further than lines are long.
bool ends_in_base64(std::string_view text) {
    constexpr std::size_t enough = 32;
    constexpr std::size_t longest_line = 256;
    if (text.size() > longest_line) text.remove_prefix(text.size() - longest_line);
    for (int lines = 0; lines < 2; ++lines) {
        text = text.substr(0, text.find_last_not_of(" \t\r\n") + 1);
        const std::string_view line = text.substr(text.find_last_of("\r\n") + 1);
        if (line.size() >= enough && std::all_of(line.begin(), line.end(), is_of_base64)) return true;
        text.remove_suffix(line.size());
    }
    return false;
}

/// Lines that end a block which nothing begins, below base64: what they ended is lost.
void note_lost(std::string_view text, std::size_t begin, std::size_t end, FoundContent& found) {
    constexpr std::size_t longest_label = 64;
    const std::string_view within = text.substr(0, end);
    for (std::size_t at = within.find(pem_end, begin); at < end; at = within.find(pem_end, at + pem_end.size())) {
        const std::size_t behind = behind_white_space(text, at + pem_end.size());
        const std::string_view label = text.substr(behind, longest_label);
        if (!is_wanted_label(label.substr(0, label.find(dashes)))) continue;
        if (!ends_in_base64(within.substr(begin, at - begin))) continue;
        found.defects.push_back(der::damaged(field, at, "no line begins what ends here"));
        if (found.kind == ContentKind::unknown) found.kind = ContentKind::certificates;
    }
}

/// Base64 that nothing begins; only what is whole is taken.
void read_between(std::string_view text, std::size_t begin, std::size_t end, FoundContent& found) {
    for (std::size_t at = begin; at < end;) {
        const auto bare = next_bare(text, at, end);
        note_lost(text, at, bare ? bare->offset : end, found);
        if (!bare) return;
        read_block(*bare, Taken::whole, found);
        at = behind_white_space(text, bare->end);
        if (text.substr(at).starts_with(pem_end)) at += pem_end.size();
    }
}

/// What is in the blocks and between them, and whether the text there speaks of another that was passed over.
FoundContent find_in_pem(std::string_view text, Taken taken, bool& passed_over) {
    FoundContent found;
    std::size_t from = 0;
    const auto look_between = [&](std::size_t end) {
        passed_over = passed_over || text.substr(from, end - from).find("BEGIN") != std::string_view::npos;
        read_between(text, from, end, found);
    };
    while (const auto block = next_block(text, from)) {
        look_between(block->offset);
        from = block->closed ? block->end + pem_end.size() : block->end;
        if (is_wanted_label(block->label) || is_certificate(block->body)) read_block(*block, taken, found);
    }
    look_between(text.size());
    return found;
}

}  // namespace

std::size_t start_of_base64(std::string_view text) noexcept {
    const std::size_t first = behind_white_space(text, 0);
    return first == text.size() || text[first] != 'M' ? std::string_view::npos : first;
}

std::size_t find_bare_base64(std::string_view text) {
    const auto bare = next_bare(text, 0, text.size());
    return bare ? bare->offset : std::string_view::npos;
}

FoundContent find_as_it_stands(std::string_view text, Taken taken, bool& passed_over) {
    if (text.find(pem_begin) != std::string_view::npos) return find_in_pem(text, taken, passed_over);
    FoundContent found;
    const auto first = start_of_base64(text);
    Base64 base64 = first == std::string_view::npos ? Base64() : decode_base64(as_bytes(text));
    const bool sound = !base64.breaks_at && (taken == Taken::all || is_whole(base64));
    if (sound) take_der(base64.octets, found);
    if (found.kind == ContentKind::unknown) {
        read_between(text, 0, text.size(), found);
        return found;
    }
    for (FoundCertificate& certificate : found.certificates) certificate.offset = first;
    if (found.certificates.empty() || found.kind != ContentKind::certificates) return found;
    FoundCertificate& last = found.certificates.back();
    last.doubtful = is_shifted(base64, text.size(), found.certificates);
    if (last.doubtful) last.defect = der::damaged("base64", text.size(), too_long);
    return found;
}

}  // namespace scca::pki
