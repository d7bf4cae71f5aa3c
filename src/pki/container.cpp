// SPDX-License-Identifier: Apache-2.0
#include "scca/pki/container.hpp"

#include "container_parts.hpp"
#include "pasted.hpp"
#include "pem.hpp"
#include "white_space.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

namespace scca::pki {
namespace {

/// Whether text in UTF-16 that holds PEM has the lower octet of a character first; nothing when there is none.
std::optional<bool> find_wide_pem(ByteView content) {
    using namespace std::string_view_literals;
    const std::size_t at = as_text(content).find("B\0E\0G\0I\0N"sv);
    return at == std::string_view::npos ? std::nullopt : std::optional(at % 2 == 0);
}

/// Text in UTF-16, one octet a character.
struct Narrowed {
    Bytes text;
    std::size_t begin = 0;  ///< of its first character in the file
};

Narrowed narrowed(ByteView content, std::size_t begin, bool little) {
    Narrowed narrow{{}, begin};
    narrow.text.reserve(content.size() / 2);
    for (std::size_t at = begin; at + 1 < content.size(); at += 2) {
        const std::uint32_t first = content[at];
        const std::uint32_t second = content[at + 1];
        const std::uint32_t code = little ? second << 8U | first : first << 8U | second;
        const char other = is_wide_space(code) ? ' ' : '?';
        narrow.text.push_back(static_cast<std::uint8_t>(code < 0x80 ? code : static_cast<std::uint32_t>(other)));
    }
    return narrow;
}

/// As Notepad and PowerShell save it, with a byte order mark, and as programs hand it on, without: then it begins with
/// ASCII. White space and ASCII as they are, '?' for the rest, which is never part of PEM.
std::optional<Narrowed> find_narrowed(ByteView content) {
    const auto begins = [&](bool first, bool second) {
        return content.size() >= 4 && (content[0] != 0) == first && (content[1] != 0) == second &&
               (content[2] != 0) == first && (content[3] != 0) == second;
    };
    const std::string_view mark = as_text(content).substr(0, 2);
    const bool marked = mark == "\xFF\xFE" || mark == "\xFE\xFF";
    const bool little = marked ? mark == "\xFF\xFE" : begins(true, false);
    if (!marked && !little && !begins(false, true)) return std::nullopt;
    return narrowed(content, marked ? 2 : 0, little);
}

/// Places in a text as they are in the file that it was made from.
FoundContent placed(FoundContent found, auto place_of) {
    const auto put = [&](Fault& defect) {
        defect.number = static_cast<std::int64_t>(place_of(static_cast<std::size_t>(defect.number)));
    };
    for (FoundCertificate& one : found.certificates) {
        one.offset = place_of(one.offset);
        if (one.defect) put(*one.defect);
    }
    for (Fault& defect : found.defects) put(defect);
    return found;
}

std::size_t whole_ones(const FoundContent& found) {
    return static_cast<std::size_t>(std::count_if(found.certificates.begin(), found.certificates.end(),
                                                  [](const FoundCertificate& one) { return !one.defect; }));
}

/// What cannot be read as it stands is tried with what mail and chat programs did to it undone. That is taken where it
/// gives more certificates, all of them whole, or finds at all that there is one.
FoundContent find_in_text(std::string_view text) {
    bool passed_over = false;
    FoundContent found = find_as_it_stands(text, Taken::all, passed_over);
    const bool unknown = found.kind == ContentKind::unknown;
    const bool sound = found.defects.empty() && whole_ones(found) == found.certificates.size();
    if (!unknown && sound && !passed_over) return found;
    const auto mended = find_mended(text);
    if (!mended) return found;
    bool passed_over_again = false;
    FoundContent better = find_as_it_stands(mended->text, Taken::whole, passed_over_again);
    // That a block was passed over because it is broken is worth telling, too, and where it begins.
    const auto told = [](const FoundContent& all) { return all.certificates.size() + all.defects.size(); };
    const bool tells_more = passed_over && whole_ones(better) == whole_ones(found) && told(better) >= told(found);
    if (whole_ones(better) <= whole_ones(found) && !unknown && !tells_more) return found;
    // Where none can be read, one place is enough.
    if (better.certificates.empty()) better.defects.resize(std::min<std::size_t>(better.defects.size(), 1));
    return placed(std::move(better), [&](std::size_t at) { return mended->place_of(at); });
}

FoundContent find_in_narrowed(const Narrowed& narrow) {
    return placed(find_in_text(as_text(narrow.text)), [&](std::size_t at) { return narrow.begin + at * 2; });
}

}  // namespace

bool looks_like_pkcs12(ByteView content) {
    constexpr std::size_t enough = 64;
    if (kind_of_der(content) == ContentKind::pkcs12) return true;
    const auto first = start_of_base64(as_text(content));
    if (first == std::string_view::npos) return false;
    const ByteView start = content.subspan(first, std::min(enough, content.size() - first));
    return kind_of_der(decode_base64(start).octets) == ContentKind::pkcs12;
}

FoundContent find_content(ByteView content) {
    FoundContent found;
    read_der(content, 0, found);
    if (found.kind != ContentKind::unknown) return found;
    if (const auto narrow = find_narrowed(content)) return find_in_narrowed(*narrow);
    found = find_in_text(as_text(content));
    if (found.kind != ContentKind::unknown) return found;
    // Behind Chinese, which has no octet that is zero.
    const auto little = find_wide_pem(content);
    return little ? find_in_narrowed(narrowed(content, 0, *little)) : found;
}

std::vector<FoundCertificate> find_certificates(ByteView content) { return find_content(content).certificates; }

}  // namespace scca::pki
