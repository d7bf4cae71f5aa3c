// SPDX-License-Identifier: Apache-2.0
//
// Redaction of a whole snapshot: every text is swept, and certificates and seals are masked inside. Walks the same
// tables as the writer, so that a member added there cannot be forgotten here.
#include "der_redaction.hpp"
#include "fields.hpp"

#include "scca/archive/archive.hpp"
#include "scca/pki/container.hpp"
#include "scca/pki/digest.hpp"
#include "scca/pki/revocation.hpp"
#include "scca/pki/seal.hpp"

#include <algorithm>
#include <string_view>

namespace scca::archive {
namespace {

/// Call names, code families and the like: nothing personal looks like one.
bool is_word(std::string_view text) noexcept {
    return text.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_-.:+") ==
           std::string_view::npos;
}

Bytes digest_of(ByteView octets) { return pki::digest(pki::DigestMethod::sha256, octets); }

class Redaction {
public:
    explicit Redaction(Redactor& redactor) : redactor_(redactor) {}

    template <Listed T>
    void redact(T& value) {
        for_each_field<T>([&](const auto& field) { redact(value.*field.member, field.says); });
    }

    [[nodiscard]] std::vector<token::DigestSeen> take_digests() { return std::move(digests_); }

private:
    template <class T>
    void redact(T& value, Says says) {
        if constexpr (Listed<T>) {
            redact(value);
        } else if constexpr (requires { value.has_value(); }) {
            if (value) redact(*value, says);
        } else if constexpr (std::is_same_v<T, std::string>) {
            if (says != Says::word || !is_word(value)) value = redactor_.sweep(value);
        } else if constexpr (std::is_same_v<T, Bytes>) {
            if (says == Says::file) {
                value = masked_file(value);
            } else if (says == Says::name) {
                const std::string swept = redactor_.sweep(as_text(value));
                value.assign(swept.begin(), swept.end());
            } else if (says != Says::octets) {
                value = masked(value);
            }
        } else if constexpr (requires { value.begin(); }) {
            for (auto& item : value) redact(item, says);
        }
    }

    /// What the checks will ask the digest of: the octets as they stand, and what is read out of them.
    void note(ByteView before, ByteView now) {
        if (before.empty() || std::ranges::equal(before, now)) return;
        digests_.push_back({digest_of(now), digest_of(before)});
    }

    void note_certificate(ByteView before, ByteView now) {
        const auto old = pki::parse_certificate(before);
        const auto masked_one = pki::parse_certificate(now);
        if (old && masked_one) note(old->der, masked_one->der);
    }

    void note_seal(const pki::Seal& before, const pki::Seal& now) {
        note(before.der, now.der);
        note_certificate(before.maker_certificate, now.maker_certificate);
        for (std::size_t i = 0; i < std::min(before.signers.size(), now.signers.size()); ++i) {
            note_certificate(before.signers[i].certificate, now.signers[i].certificate);
        }
    }

    Bytes masked(ByteView content) {
        std::set<std::string> persons;
        constexpr std::int64_t of_person = 2;  // GM/T 0031 SES_ESPropertyInfo.type
        const auto seal = pki::parse_seal(content);
        if (seal && seal->type == of_person) persons.insert(seal->name);
        Bytes now = redacted_der(content, persons, redactor_);
        note(content, now);
        note_certificate(content, now);
        const auto masked_seal = pki::parse_seal(now);
        if (seal && masked_seal) note_seal(*seal, *masked_seal);
        return now;
    }

    /// PEM, base64 and bundles become the DER that is in them. A document is left out: it is one to be sent by itself.
    Bytes masked_file(const Bytes& content) {
        if (content.empty()) return {};
        Bytes all;
        const auto append = [&](const Bytes& octets) { all.insert(all.end(), octets.begin(), octets.end()); };
        const pki::FoundContent found = pki::find_content(content);
        if (found.kind == pki::ContentKind::seal) return masked(found.decoded.empty() ? content : found.decoded);
        for (const auto& one : found.certificates) append(masked(one.der));
        if (!all.empty()) return all;
        for (const pki::FoundCrl& list : pki::find_crls(content)) append(masked_list(list.der));
        if (!all.empty()) return all;
        const auto answer = pki::parse_ocsp_answer(content);
        if (!answer) return masked(content);
        const Bytes der = content.front() == 0x30 ? content : pki::parse_base64(content).value_or(Bytes{});
        const Bytes now = masked(der);
        if (const auto after = pki::parse_ocsp_answer(now)) note(answer->der, after->der);
        return now;
    }

    Bytes masked_list(ByteView list) {
        Bytes now = masked(list);
        const auto before = pki::parse_crl(list);
        const auto after = pki::parse_crl(now);
        if (before && after) note(before->der, after->der);
        return now;
    }

    Redactor& redactor_;
    std::vector<token::DigestSeen> digests_;
};

}  // namespace

token::Snapshot redacted(const token::Snapshot& snapshot, Redactor& redactor) {
    if (snapshot.seen_before_redaction) return snapshot;
    // The first walk learns every name and number, so that the second finds it wherever else it stands.
    token::Snapshot rehearsal = snapshot;
    Redaction(redactor).redact(rehearsal);
    token::Snapshot copy = snapshot;
    Redaction redaction(redactor);
    redaction.redact(copy);
    auto digests = redaction.take_digests();
    std::ranges::sort(digests, {}, [](const token::DigestSeen& seen) { return std::pair(seen.now, seen.before); });
    digests.erase(std::unique(digests.begin(), digests.end()), digests.end());
    copy.seen_before_redaction = {std::move(digests), {}};
    return copy;
}

}  // namespace scca::archive
