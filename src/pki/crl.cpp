// SPDX-License-Identifier: Apache-2.0
#include "certificate_parts.hpp"
#include "field_values.hpp"
#include "revocation_parts.hpp"
#include "values.hpp"

#include "scca/pki/container.hpp"

#include <algorithm>
#include <array>

namespace scca::pki {
namespace {

using der::Tag;

constexpr std::size_t max_urls = 64;
constexpr std::uint8_t context_flag(unsigned number) { return static_cast<std::uint8_t>(0x80U | number); }

/// FNV-1a, folded: the index only has to keep apart most of what differs, and compares the octets afterwards.
std::uint32_t key_of(ByteView serial) noexcept {
    std::uint64_t key = 0xcbf29ce484222325U;
    for (const std::uint8_t octet : serial) key = (key ^ octet) * 0x100000001b3U;
    return static_cast<std::uint32_t>(key ^ key >> 32U);
}

bool before(const Crl::Entry& a, const Crl::Entry& b) noexcept { return a.key < b.key; }

/// revokedCertificates: walked without Fields, for a list may have a million entries.
void index_entries(const der::Element& list, Fields& fields, Crl& crl) {
    constexpr std::string_view field = "CertificateList.tbsCertList.revokedCertificates";
    der::Reader reader(list.content, list.content_offset(), 3);
    while (!reader.at_end()) {
        der::Element entry;
        der::Element serial;
        const std::size_t here = reader.offset();
        if (reader.step(entry) != der::Break::none || entry.cut || !entry.is(Tag::sequence) ||
            reader.enter(entry).step(serial) != der::Break::none || !serial.is(Tag::integer)) {
            fields.note(field, here, "no entry begins here");
            break;
        }
        // As many as there are if they are alike: what grows is there twice while it does.
        if (crl.entries.empty()) crl.entries.reserve(list.content.size() / entry.whole.size() + 1);
        crl.entries.push_back({key_of(magnitude(serial.content)), static_cast<std::uint32_t>(entry.offset)});
    }
    std::sort(crl.entries.begin(), crl.entries.end(), before);
}

/// IssuingDistributionPoint (RFC 5280 5.2.5), whose fields are all tagged.
void read_distribution_point(Fields value, CrlScope& scope) {
    constexpr std::string_view field = "CertificateList.tbsCertList.crlExtensions.issuingDistributionPoint";
    const auto sequence = value.need(Tag::sequence, field);
    if (!sequence) return;
    Fields fields = value.enter(*sequence);
    while (fields.more()) {
        const auto part = fields.any(field);
        if (!part) return;
        const bool flag = !part->content.empty() && part->content.front() != 0;
        if (part->tag == context_flag(1)) scope.user_only = flag;
        if (part->tag == context_flag(2)) scope.ca_only = flag;
        if (part->tag == context_flag(3)) scope.some_reasons = true;
        if (part->tag == context_flag(4)) scope.indirect = flag;
        if (part->tag == context_flag(5)) scope.attribute_only = flag;
        if (!part->is(Tag::context_0)) continue;
        Fields name = fields.enter(*part);
        const auto full = name.accept(Tag::context_0, field);
        if (!full) continue;
        Fields names = name.enter(*full);
        while (names.more() && scope.urls.size() < max_urls) {
            const auto one = names.any(field);
            if (one && one->tag == context_flag(6)) scope.urls.emplace_back(as_text(one->content));
        }
    }
}

void read_crl_extension(ByteView oid, bool critical, Fields value, Crl& crl) {
    constexpr std::string_view field = "CertificateList.tbsCertList.crlExtensions";
    const std::uint8_t arc = oid.size() == 3 && oid[0] == 0x55 && oid[1] == 0x1D ? oid[2] : std::uint8_t{0};
    switch (arc) {
        case 20:  // cRLNumber
            if (const auto number = value.need(Tag::integer, field)) crl.number = to_hex(number->content);
            break;
        case 27: crl.scope.delta = true; break;
        case 28: read_distribution_point(value, crl.scope); break;
        case 35: break;  // authorityKeyIdentifier: the signature decides
        default: crl.scope.unknown_critical = crl.scope.unknown_critical || critical;
    }
}

/// TBSCertList (RFC 5280 5.1.2). False when there is not even a date where lists have one.
bool read_tbs(Fields fields, Crl& crl) {
    fields.accept(Tag::integer, "CertificateList.tbsCertList.version");
    fields.need(Tag::sequence, "CertificateList.tbsCertList.signature");
    constexpr std::string_view issuer_field = "CertificateList.tbsCertList.issuer";
    if (const auto name = fields.need(Tag::sequence, issuer_field)) crl.issuer = name_of(*name, fields, issuer_field);
    if (!fields.next_is(Tag::utc_time) && !fields.next_is(Tag::generalized_time)) return false;
    crl.this_update = need_time(fields, "CertificateList.tbsCertList.thisUpdate");
    if (fields.next_is(Tag::utc_time) || fields.next_is(Tag::generalized_time)) {
        crl.next_update = need_time(fields, "CertificateList.tbsCertList.nextUpdate");
    }
    if (const auto list = fields.accept(Tag::sequence, "CertificateList.tbsCertList.revokedCertificates")) {
        index_entries(*list, fields, crl);
    }
    constexpr std::string_view field = "CertificateList.tbsCertList.crlExtensions";
    if (const auto wrapped = fields.accept(Tag::context_0, field)) {
        Fields inside = fields.enter(*wrapped);
        if (const auto list = inside.need(Tag::sequence, field)) {
            for_each_extension(inside.enter(*list), field, [&](ByteView oid, bool critical, Fields value) {
                read_crl_extension(oid, critical, value, crl);
            });
        }
    }
    return true;
}

struct Body {
    std::size_t begin = 0, size = 0;
};

/// The base64 of the next block of PEM, up to the line that ends it or the end of the text. Its label says nothing: RFC
/// 7468 section 7 has "X509 CRL", but certutil of Windows calls whatever it encodes a certificate.
std::optional<Body> next_body(std::string_view text, std::size_t from) {
    constexpr std::string_view dashes = "-----";
    constexpr std::size_t longest_label = 64;
    for (std::size_t at = text.find(pem_begin, from); at != std::string_view::npos; at = text.find(pem_begin, at)) {
        at += pem_begin.size();
        const std::size_t label_end = text.substr(at, longest_label).find(dashes);
        if (label_end == std::string_view::npos) continue;
        const std::size_t begin = at + label_end + dashes.size();
        return Body{begin, std::min(text.find(pem_end, begin), text.size()) - begin};
    }
    return std::nullopt;
}

Revocation read_entry(Fields fields) {
    constexpr std::string_view field = "CertificateList.tbsCertList.revokedCertificates.crlEntryExtensions";
    Revocation found;
    found.at = need_time(fields, "CertificateList.tbsCertList.revokedCertificates.revocationDate");
    const auto list = fields.accept(Tag::sequence, field);
    if (!list) return found;
    for_each_extension(fields.enter(*list), field, [&](ByteView oid, bool, Fields value) {
        if (as_text(oid) == "\x55\x1D\x15") found.reason = enumerated_of(value, field);  // 2.5.29.21
    });
    return found;
}

}  // namespace

std::string_view name_of_reason(std::int64_t reason) noexcept {
    constexpr std::array<std::string_view, 11> names{
        "unspecified",   "keyCompromise",        "cACompromise",    "affiliationChanged",
        "superseded",    "cessationOfOperation", "certificateHold", "",
        "removeFromCRL", "privilegeWithdrawn",   "aACompromise"};
    return reason >= 0 && reason < static_cast<std::int64_t>(names.size()) ? names[static_cast<std::size_t>(reason)]
                                                                           : std::string_view{};
}

std::optional<Revocation> Crl::find(std::string_view serial) const {
    const auto octets = parse_hex(serial);
    if (!octets) return std::nullopt;
    const ByteView wanted = magnitude(*octets);
    const auto [first, last] = std::equal_range(entries.begin(), entries.end(), Entry{key_of(wanted), 0}, before);
    for (auto at = first; at != last; ++at) {
        der::Reader reader(der.subspan(at->offset), at->offset, 3);
        der::Element entry;
        if (reader.step(entry) != der::Break::none) continue;
        Defects ignored(entry.end());
        Fields fields(reader.enter(entry), entry.end(), ignored);
        const auto found = fields.need(Tag::integer, "CertificateList.tbsCertList.revokedCertificates.userCertificate");
        if (found && std::ranges::equal(magnitude(found->content), wanted)) return read_entry(fields);
    }
    return std::nullopt;
}

Result<Crl> parse_crl(ByteView der) {
    const Fault refusal = der::damaged("CertificateList", 0, "no revocation list begins here");
    der::Element outer;
    if (der::Reader(der).step(outer) != der::Break::none || !outer.is(Tag::sequence) || der.size() > UINT32_MAX) {
        return refusal;
    }
    Crl crl;
    crl.der = outer.whole;
    Defects defects(outer.end());
    Fields fields(der::Reader(crl.der).enter(outer), outer.end(), defects);
    const auto tbs = fields.need(Tag::sequence, "CertificateList.tbsCertList");
    if (!tbs || !read_tbs(fields.enter(*tbs), crl)) return refusal;
    crl.tbs_offset = tbs->offset;
    crl.tbs_length = tbs->whole.size();
    crl.signature_oid = need_algorithm(fields, "CertificateList.signatureAlgorithm");
    crl.signature = need_bits(fields, "CertificateList.signatureValue");
    crl.is_cut = outer.cut;
    if (outer.cut) defects.note_end("CertificateList", outer.end(), "the input ends within it");
    crl.defects = defects.take();
    return crl;
}

std::vector<FoundCrl> find_crls(ByteView content) {
    if (looks_like_crl(content)) return {{content, {}}};
    std::vector<FoundCrl> found;
    const auto add = [&](Bytes octets) {
        if (looks_like_crl(octets)) found.push_back({octets, std::move(octets)});
    };
    const std::string_view text = as_text(content);
    for (auto body = next_body(text, 0); body; body = next_body(text, body->begin)) {
        add(decode_base64(as_bytes(text.substr(body->begin, body->size))).octets);
    }
    if (found.empty()) {
        if (auto octets = parse_base64(content)) add(std::move(*octets));
    }
    return found;
}

void take_off_armour(Bytes& content) {
    if (looks_like_crl(content)) return;
    constexpr std::size_t start_octets = 4096;  // more than a list says before its entries
    const std::string_view text = as_text(content);
    const auto body = next_body(text, 0);
    if (!body || text.find(pem_begin, body->begin) != std::string_view::npos) return;
    const std::string_view start = text.substr(body->begin, std::min(body->size, start_octets));
    if (!looks_like_crl(decode_base64(as_bytes(start)).octets)) return;
    const std::size_t size = body->size;
    std::copy_n(content.begin() + static_cast<std::ptrdiff_t>(body->begin), size, content.begin());
    content.resize(decode_base64_in_place(std::span(content).first(size)));
}

}  // namespace scca::pki
