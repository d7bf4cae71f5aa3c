// SPDX-License-Identifier: Apache-2.0
//
// Puts markers into every member of a snapshot, by the table that writer and redaction walk, and looks for them in the
// saved file, also inside whatever base64 and DER it holds.
#include "archive/der_redaction.hpp"
#include "archive/fields.hpp"
#include "marked_der.hpp"
#include "markers.hpp"

#include "scca/archive/archive.hpp"
#include "scca/pki/certificate.hpp"
#include "scca/pki/seal.hpp"

#include <catch2/catch.hpp>

using namespace scca;
using namespace scca::test;

namespace {

/// Every text is all markers; every octet string that may hold somebody's data is `content`.
class Marking {
public:
    explicit Marking(Bytes content) : content_(std::move(content)) {}

    template <archive::Listed T>
    void mark(T& value) {
        archive::for_each_field<T>([&](const auto& field) { mark(value.*field.member, field.says); });
    }

private:
    template <class T>
    void mark(T& value, archive::Says says) {
        if constexpr (std::is_same_v<T, std::optional<token::SeenBeforeRedaction>>) {
            value.reset();
        } else if constexpr (archive::Listed<T>) {
            mark(value);
        } else if constexpr (std::is_same_v<T, std::string>) {
            value = disguised();
            ++marked_;
        } else if constexpr (std::is_same_v<T, Bytes>) {
            value = says == archive::Says::octets ? Bytes(32, 0x5A) : content_;
            const std::string words = disguised();
            if (says == archive::Says::name) value.assign(words.begin(), words.end());
        } else if constexpr (requires { value.emplace(); }) {
            mark(value.emplace(), says);
        } else if constexpr (requires { value.emplace_back(); }) {
            mark(value.emplace_back(), says);
        }
    }

    Bytes content_;

public:
    int marked_ = 0;
};

token::Snapshot marked_snapshot(Bytes content) {
    token::Snapshot snapshot;
    Marking marking(std::move(content));
    marking.mark(snapshot);
    CHECK(marking.marked_ > 40);
    return snapshot;
}

Bytes pem_of(const Bytes& der) {
    const std::string text =
        "Holder: " + disguised() + "\n-----BEGIN CERTIFICATE-----\n" + to_base64(der) + "\n-----END CERTIFICATE-----\n";
    return {text.begin(), text.end()};
}

std::string find_any_leak(const std::string& text) {
    return text.find(person_gbk) == std::string::npos ? find_leak(text) : "the name as GBK";
}

/// As a reader of the saved file would see it: every octet string by itself, with nothing encoded around it.
std::string find_leak_in_octets(const token::Snapshot& snapshot) {
    std::string all;
    const auto& application = snapshot.modules.at(0).tokens.at(0).applications.at(0);
    all += as_text(application.containers.at(0).certificates.at(0).content);
    all += as_text(application.files.at(0).content);
    for (const auto* files : {&snapshot.files, &snapshot.trust, &snapshot.crls, &snapshot.ocsp_answers}) {
        all += as_text(files->at(0).content);
    }
    std::string narrow = all;
    std::erase(narrow, '\0');
    const std::string leak = find_any_leak(all);
    return leak.empty() ? find_any_leak(narrow) : leak;
}

std::vector<std::pair<std::string, std::int64_t>> places_of(const std::vector<Fault>& defects) {
    std::vector<std::pair<std::string, std::int64_t>> places;
    for (const Fault& defect : defects) places.emplace_back(defect.call, defect.number);
    return places;
}

}  // namespace

TEST_CASE("the marked certificate and seal are whole, and full of markers") {
    const auto certificate = pki::parse_certificate(marked_certificate());
    REQUIRE(certificate);
    CHECK(certificate->defects.empty());
    CHECK(certificate->subject.find("CN") == person);
    const auto seal = pki::parse_seal(marked_seal());
    REQUIRE(seal);
    CHECK(seal->defects.empty());
    CHECK(seal->name == person);
    CHECK_FALSE(find_leak_in_octets(marked_snapshot(marked_certificate())).empty());
    CHECK_FALSE(find_leak(archive::render_snapshot(marked_snapshot(marked_seal()))).empty());
}

TEST_CASE("no personal marker reaches a saved file, whatever member it stood in") {
    const std::string words = disguised();
    const Bytes plain(words.begin(), words.end());
    for (const Bytes& content : {marked_certificate(), marked_seal(), pem_of(marked_certificate()), plain}) {
        Redactor redactor = redactor_here();
        token::Snapshot snapshot = marked_snapshot(content);
        // Whose name it is has to be told somewhere: in a free text alone nobody could know.
        snapshot.modules[0].tokens[0].applications[0].containers[0].certificates[0].content = marked_certificate();
        const token::Snapshot safe = archive::redacted(snapshot, redactor);
        CHECK(find_leak(archive::render_snapshot(safe)) == "");
        CHECK(find_leak_in_octets(safe) == "");
    }
}

TEST_CASE("a redacted certificate reads like the one it was, but for its holder") {
    Redactor redactor = redactor_here();
    const Bytes original = marked_certificate();
    const Bytes masked = archive::redacted_der(original, {}, redactor);
    REQUIRE(masked.size() == original.size());
    const auto before = pki::parse_certificate(original);
    const auto after = pki::parse_certificate(masked);
    REQUIRE((before && after));
    CHECK(after->defects.empty());
    CHECK(after->serial == before->serial);
    CHECK(after->not_after == before->not_after);
    CHECK(after->public_key.spki == before->public_key.spki);
    CHECK(after->signature == before->signature);
    // The same value, the same alias: issuer and subject were one name, and are.
    CHECK(after->is_self_issued());
    CHECK(after->subject.find("C") == "CN");
    CHECK(after->subject.find("SERIALNUMBER").starts_with("number-0000"));
}

TEST_CASE("a redacted seal keeps its shape, its dates and what its picture says of itself") {
    Redactor redactor = redactor_here();
    const Bytes original = marked_seal();
    const Bytes masked = archive::redacted_der(original, {std::string(person)}, redactor);
    const auto before = pki::parse_seal(original);
    const auto after = pki::parse_seal(masked);
    REQUIRE((before && after));
    CHECK(after->defects.empty());
    CHECK(after->name.starts_with("person-"));
    CHECK(after->valid_to == before->valid_to);
    CHECK(after->picture.content.size() == before->picture.content.size());
    CHECK(as_text(after->picture.content).starts_with("\x89PNG"));
    // Holder and maker were one certificate, octet for octet, and are.
    CHECK(after->signers.at(0).certificate == after->maker_certificate);
}

TEST_CASE("a certificate or seal cut anywhere breaks where it broke before, and leaks nothing") {
    for (const bool seal : {false, true}) {
        const Bytes whole = seal ? marked_seal() : marked_certificate();
        for (std::size_t size = 0; size < whole.size(); size += 3) {
            const Bytes cut(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size));
            Redactor redactor = redactor_here();
            const Bytes masked = archive::redacted_der(cut, {std::string(person)}, redactor);
            const auto before = pki::parse_certificate(cut);
            const auto after = pki::parse_certificate(masked);
            const auto seal_before = pki::parse_seal(cut);
            const auto seal_after = pki::parse_seal(masked);
            INFO(size);
            REQUIRE(masked.size() == size);
            REQUIRE((!before || places_of(before->defects) == places_of(after->defects)));
            REQUIRE((!seal_before || places_of(seal_before->defects) == places_of(seal_after->defects)));
            REQUIRE(find_any_leak(std::string(as_text(masked))) == "");
        }
    }
}

/// A name or number that stands in these octets, one or two to a character.
std::string find_readable_marker(const Bytes& octets) {
    constexpr std::string_view wide_person = "\x8B\xF8\x84\x5B\x5B\x54\x66\x0E";
    const std::string_view text = as_text(octets);
    for (const std::string_view marker : {user, identity, mobile, person, credit_code, person_gbk, wide_person}) {
        std::string wide;
        for (const char c : marker) wide += {'\0', c};
        const bool found = text.find(marker) != std::string_view::npos || text.find(wide) != std::string_view::npos;
        if (found) return std::string(marker);
    }
    return {};
}

TEST_CASE("a certificate or seal with any octet destroyed leaks nothing") {
    // A length that grows or shrinks, a type that becomes another, a part that is one no more.
    struct Destroyed {
        Bytes whole;
        std::vector<unsigned> ways;
        std::size_t step;
    };
    for (const auto& [whole, ways, step] :
         {Destroyed{marked_certificate(), {0xFF, 0x02}, 1}, Destroyed{marked_seal(), {0x20}, 3}}) {
        for (const unsigned by : ways) {
            for (std::size_t at = 0; at < whole.size(); at += step) {
                token::Snapshot snapshot;
                Bytes& content = snapshot.trust.emplace_back().content = whole;
                content[at] = static_cast<std::uint8_t>(content[at] ^ by);
                Redactor redactor = redactor_here();
                INFO(whole.size() << " octets, " << at << " by " << by);
                CHECK(find_readable_marker(archive::redacted(snapshot, redactor).trust.front().content) == "");
            }
        }
    }
}

TEST_CASE("a certificate with any octet destroyed breaks first where it broke first") {
    const Bytes whole = marked_certificate();
    for (std::size_t at = 4; at < whole.size(); at += 1) {
        Bytes spoilt = whole;
        spoilt[at] ^= 0xFFU;
        Redactor redactor = redactor_here();
        const Bytes masked = archive::redacted_der(spoilt, {}, redactor);
        const auto before = pki::parse_certificate(spoilt);
        const auto after = pki::parse_certificate(masked);
        INFO(at);
        REQUIRE(before.has_value() == after.has_value());
        if (!before) continue;
        REQUIRE(before->defects.empty() == after->defects.empty());
        CHECK((before->defects.empty() || places_of({before->defects.front()}) == places_of({after->defects.front()})));
    }
}
