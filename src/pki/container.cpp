// SPDX-License-Identifier: Apache-2.0
#include "scca/pki/container.hpp"

#include "pasted.hpp"
#include "white_space.hpp"

#include "scca/core/result.hpp"
#include "scca/pki/der.hpp"
#include "scca/pki/seal.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <string_view>
#include <utility>

namespace scca::pki {
namespace {

using der::Tag;

/// No file that a person keeps has more; a hostile one must not fill the memory.
constexpr std::size_t max_certificates = 100'000;

bool is_signed_data(ByteView oid) noexcept {
    return as_text(oid) == "\x2A\x86\x48\x86\xF7\x0D\x01\x07\x02" ||    // PKCS #7, 1.2.840.113549.1.7.2
           as_text(oid) == "\x2A\x81\x1C\xCF\x55\x06\x01\x04\x02\x02";  // GB/T 35275, 1.2.156.10197.6.1.4.2.2
}

/// The first element inside another, as far as it is there.
std::optional<der::Element> first_inside(const der::Reader& around, const der::Element& element) {
    der::Reader reader = around.enter(element);
    der::Element first;
    if (reader.step(first) != der::Break::none) return std::nullopt;
    return first;
}

void add(FoundContent& found, ByteView der, std::size_t offset) {
    if (found.certificates.size() < max_certificates)
        found.certificates.push_back({Bytes(der.begin(), der.end()), offset, {}});
}

constexpr std::string_view bundle_field = "ContentInfo.content.certificates";

/// SignedData (RFC 2315 9.1): version, digestAlgorithms, contentInfo, [0] IMPLICIT certificates … A reader of the last;
/// nothing when there are none, or what the way there broke off with.
Result<std::optional<der::Reader>> enter_bundle(ByteView content, std::size_t base) {
    der::Reader file(content, base);
    der::Element info;
    if (file.step(info) != der::Break::none) return std::optional<der::Reader>();
    der::Reader parts = file.enter(info);
    static_cast<void>(parts.read(Tag::oid, bundle_field));
    der::Element wrapped;
    der::Element data;
    if (parts.step(wrapped) != der::Break::none) return der::damaged(bundle_field, parts.offset(), "no SignedData");
    der::Reader inner = parts.enter(wrapped);
    if (inner.step(data) != der::Break::none) return der::damaged(bundle_field, inner.offset(), "no SignedData");
    der::Reader members = inner.enter(data);
    der::Element member;
    while (members.step(member) == der::Break::none) {
        if (member.is(Tag::context_0)) return std::optional(members.enter(member));
    }
    if (info.cut) return der::damaged(bundle_field, members.offset(), "the input ends here");
    return std::optional<der::Reader>();
}

void find_in_bundle(ByteView content, std::size_t base, FoundContent& found) {
    auto list = enter_bundle(content, base);
    if (!list) found.defects.push_back(list.error());
    while (list && *list && !(*list)->at_end()) {
        const auto certificate = (*list)->read(bundle_field);
        if (!certificate) return found.defects.push_back(certificate.error());
        if (certificate->is(Tag::sequence)) add(found, certificate->whole, certificate->offset);
    }
}

/// tbsCertificate begins with [0] version or, in version 1, with serial number, algorithm, issuer and validity.
/// Requests, revocation lists and seal signatures begin with an INTEGER, too, but not with three SEQUENCEs after it.
bool begins_like_tbs(der::Reader fields) {
    if (fields.next_is(Tag::context_0)) return true;
    if (!fields.next_is(Tag::integer)) return false;
    der::Element element;
    static_cast<void>(fields.step(element));
    for (int count = 0; count < 3 && !fields.at_end(); ++count) {
        if (!fields.next_is(Tag::sequence) || fields.step(element) != der::Break::none) return false;
    }
    return true;
}

/// What DER octets are, by the shape of their first elements.
ContentKind kind_of_der(ByteView content) {
    if (looks_like_seal(content)) return ContentKind::seal;
    der::Reader reader(content);
    der::Element outer;
    if (reader.step(outer) != der::Break::none || !outer.is(Tag::sequence)) return ContentKind::unknown;
    const auto first = first_inside(reader, outer);
    if (!first) return ContentKind::unknown;
    if (first->is(Tag::oid) && is_signed_data(first->content)) return ContentKind::bundle;
    if (first->is(Tag::integer)) {
        // PFX (RFC 7292 section 4): version v3(3)
        return first->content.size() == 1 && first->content[0] == 3 ? ContentKind::pkcs12 : ContentKind::unknown;
    }
    if (!first->is(Tag::sequence)) return ContentKind::unknown;
    return begins_like_tbs(reader.enter(outer).enter(*first)) ? ContentKind::certificates : ContentKind::unknown;
}

/// One certificate after another, the first of which begins here. What does not begin like the first is not looked at.
void find_in_der(ByteView content, std::size_t base, FoundContent& found) {
    std::size_t at = 0;
    do {
        der::Element element;
        if (der::Reader(content.subspan(at), base + at).step(element) != der::Break::none) return;
        add(found, element.whole, element.offset);
        at += element.whole.size();
    } while (at < content.size() && kind_of_der(content.subspan(at)) == ContentKind::certificates);
}

void read_der(ByteView octets, std::size_t base, FoundContent& found) {
    const ContentKind kind = kind_of_der(octets);
    if (kind == ContentKind::unknown) return;
    found.kind = kind;
    if (kind == ContentKind::certificates) find_in_der(octets, base, found);
    if (kind == ContentKind::bundle) find_in_bundle(octets, base, found);
    if (kind == ContentKind::seal || kind == ContentKind::pkcs12) found.decoded.assign(octets.begin(), octets.end());
}

/// The same; keeps the octets when they are one certificate and nothing else, as a rule.
void take_der(Bytes& octets, FoundContent& found) {
    der::Element element;
    const bool alone = der::Reader(octets).step(element) == der::Break::none && element.whole.size() == octets.size();
    if (!alone || kind_of_der(octets) != ContentKind::certificates) return read_der(octets, 0, found);
    found.kind = ContentKind::certificates;
    found.certificates.push_back({.der = std::exchange(octets, {}), .offset = 0, .defect = {}});
}

constexpr std::string_view dashes = "-----";
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

/// How much of what can be read of a block is taken.
enum class Taken : std::uint8_t { all, whole };

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
    constexpr std::string_view field = "PEM";
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
}

/// What is in the blocks, and whether the text between them speaks of another that was passed over.
FoundContent find_in_pem(std::string_view text, Taken taken, bool& passed_over) {
    FoundContent found;
    std::size_t from = 0;
    const auto look_between = [&](std::size_t end) {
        passed_over = passed_over || text.substr(from, end - from).find("BEGIN") != std::string_view::npos;
    };
    while (const auto block = next_block(text, from)) {
        look_between(block->offset);
        from = block->end;
        if (!is_wanted_label(block->label)) continue;
        read_block(*block, taken, found);
        if (found.kind == ContentKind::unknown) found.kind = ContentKind::certificates;
    }
    look_between(text.size());
    return found;
}

/// Base64 of any SEQUENCE begins with M; npos when this does not.
std::size_t start_of_base64(std::string_view text) noexcept {
    const std::size_t first = behind_white_space(text, 0);
    return first == text.size() || text[first] != 'M' ? std::string_view::npos : first;
}

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

FoundContent find_as_it_stands(std::string_view text, Taken taken, bool& passed_over) {
    if (text.find(pem_begin) != std::string_view::npos) return find_in_pem(text, taken, passed_over);
    FoundContent found;
    const auto first = start_of_base64(text);
    if (first == std::string_view::npos) return found;
    Base64 base64 = decode_base64(as_bytes(text));
    const bool sound = !base64.breaks_at && (taken == Taken::all || is_whole(base64));
    if (sound) take_der(base64.octets, found);
    for (FoundCertificate& certificate : found.certificates) certificate.offset = first;
    if (found.certificates.empty() || found.kind != ContentKind::certificates) return found;
    FoundCertificate& last = found.certificates.back();
    last.doubtful = is_shifted(base64, text.size(), found.certificates);
    if (last.doubtful) last.defect = der::damaged("base64", text.size(), too_long);
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
    FoundContent better = find_as_it_stands(mended->text, Taken::whole, passed_over);
    // That a block was passed over because it is broken is worth telling, too.
    const auto told = [](const FoundContent& all) { return all.certificates.size() + all.defects.size(); };
    const bool tells_more = whole_ones(better) == whole_ones(found) && told(better) > told(found);
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

std::optional<std::size_t> find_bundled(ByteView content) {
    if (kind_of_der(content) != ContentKind::bundle) return std::nullopt;
    const auto list = enter_bundle(content, 0);
    if (!list || !*list || (*list)->at_end()) return std::nullopt;
    return (*list)->offset();
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
