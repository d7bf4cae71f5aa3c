// SPDX-License-Identifier: Apache-2.0
#include "container_parts.hpp"

#include "scca/core/result.hpp"
#include "scca/pki/der.hpp"
#include "scca/pki/seal.hpp"

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
bool begins_like_tbs(der::Reader fields, bool may_end) {
    if (fields.next_is(Tag::context_0)) return true;
    if (!fields.next_is(Tag::integer)) return false;
    der::Element element;
    static_cast<void>(fields.step(element));
    for (int count = 0; count < 3 && !(may_end && fields.at_end()); ++count) {
        if (!fields.next_is(Tag::sequence) || fields.step(element) != der::Break::none) return false;
    }
    return true;
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

}  // namespace

ContentKind kind_of_der(ByteView content, bool may_end) {
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
    return begins_like_tbs(reader.enter(outer).enter(*first), may_end) ? ContentKind::certificates
                                                                       : ContentKind::unknown;
}

void read_der(ByteView octets, std::size_t base, FoundContent& found) {
    const ContentKind kind = kind_of_der(octets);
    if (kind == ContentKind::unknown) return;
    found.kind = kind;
    if (kind == ContentKind::certificates) find_in_der(octets, base, found);
    if (kind == ContentKind::bundle) find_in_bundle(octets, base, found);
    if (kind == ContentKind::seal || kind == ContentKind::pkcs12) found.decoded.assign(octets.begin(), octets.end());
}

void take_der(Bytes& octets, FoundContent& found) {
    der::Element element;
    const bool alone = der::Reader(octets).step(element) == der::Break::none && element.whole.size() == octets.size();
    if (!alone || kind_of_der(octets) != ContentKind::certificates) return read_der(octets, 0, found);
    found.kind = ContentKind::certificates;
    found.certificates.push_back({.der = std::exchange(octets, {}), .offset = 0, .defect = {}});
}

std::optional<std::size_t> find_bundled(ByteView content) {
    if (kind_of_der(content) != ContentKind::bundle) return std::nullopt;
    const auto list = enter_bundle(content, 0);
    if (!list || !*list || (*list)->at_end()) return std::nullopt;
    return (*list)->offset();
}

}  // namespace scca::pki
