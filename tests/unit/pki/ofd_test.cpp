// SPDX-License-Identifier: Apache-2.0
#include "scca/pki/ofd.hpp"
#include "fixtures.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

using namespace scca;
using namespace scca::pki;

namespace {

Bytes document_case(const std::string& name) {
    return test::read_bytes(std::filesystem::path(SCCA_SEAL_CASES) / "documents" / name);
}

OfdDocument whole(const std::string& name) {
    INFO(name);
    auto parsed = parse_ofd(document_case(name));
    REQUIRE(parsed);
    return std::move(parsed).value();
}

std::string refusal(const Bytes& content) {
    const auto parsed = parse_ofd(content);
    REQUIRE_FALSE(parsed);
    return parsed.error().call;
}

}  // namespace

TEST_CASE("a signature of a document is read with all that Signature.xml says of it") {
    const OfdDocument document = whole("sound-v4.ofd");
    CHECK(document.files.size() == 9);
    CHECK(document.uncovered.empty());
    REQUIRE(document.signatures.size() == 1);
    const OfdSignature& signature = document.signatures.front();
    CHECK(signature.id == "s001");
    CHECK(signature.type == "Seal");
    CHECK(signature.provider == "scca-doctor tests");
    CHECK(signature.method == "1.2.156.10197.1.501");
    CHECK(signature.date == "2025-03-01 10:03:04");
    CHECK(signature.xml_path == "Doc_0/Signs/Sign_0/Signature.xml");
    CHECK(signature.value_path == "Doc_0/Signs/Sign_0/SignedValue.dat");
    REQUIRE(signature.stamps.size() == 1);
    CHECK(signature.stamps.front().page == "1");
    CHECK(signature.stamps.front().boundary == "10 10 40 40");
    REQUIRE(signature.value);
    CHECK(signature.seal_copy == signature.value->seal);
    REQUIRE(signature.references.size() == 6);
    for (const OfdReference& reference : signature.references) {
        CHECK(reference.state == ReferenceState::holds);
        CHECK_FALSE(reference.with_z);
    }
}

TEST_CASE("paths are found whether absolute or relative, and a misspelt SignedValue too") {
    CHECK(whole("relative-paths.ofd").signatures.front().value_path == "Doc_0/Signs/Sign_0/SignedValue.dat");
    CHECK(whole("sign-value-misspelt.ofd").signatures.front().value_path == "Doc_0/Signs/Sign_0/SignValue.dat");
    CHECK(whole("list-beside-document.ofd").lists == std::vector<std::string>{"Doc_0/Signatures.xml"});
    CHECK(whole("data-before-the-zip.ofd").offset > 0);
    CHECK(whole("sound-v4.ofd").offset == 0);
}

TEST_CASE("each file of a signature has a state of its own") {
    const auto state_of = [](const OfdDocument& document, std::string_view file) {
        const auto& references = document.signatures.front().references;
        const auto found = std::find_if(references.begin(), references.end(),
                                        [&](const OfdReference& one) { return one.file == file; });
        REQUIRE(found != references.end());
        return found->state;
    };
    constexpr std::string_view page = "Doc_0/Pages/Page_1/Content.xml";
    CHECK(state_of(whole("page-edited.ofd"), page) == ReferenceState::differs);
    CHECK(state_of(whole("page-edited.ofd"), "OFD.xml") == ReferenceState::holds);
    CHECK(state_of(whole("page-missing.ofd"), page) == ReferenceState::missing);
    const auto with_z = whole("digest-sm3-with-z.ofd");
    CHECK(with_z.signatures.front().references.front().with_z);
}

TEST_CASE("an entry whose octets were damaged is unreadable, not merely different") {
    Bytes content = document_case("sound-v4.ofd");
    // The local header of the page: 30 octets, then its name, then the deflated content.
    const std::string_view name = "Doc_0/Pages/Page_1/Content.xml";
    const auto at = std::search(content.begin(), content.end(), name.begin(), name.end());
    REQUIRE(at != content.end());
    *(at + static_cast<std::ptrdiff_t>(name.size()) + 60) ^= 0xFFU;
    const auto parsed = parse_ofd(content);
    REQUIRE(parsed);
    const auto& references = parsed->signatures.front().references;
    CHECK(std::count_if(references.begin(), references.end(),
                        [](const OfdReference& one) { return one.state == ReferenceState::unreadable; }) == 1);
}

TEST_CASE("packages that dare too much are refused as a whole, and the entry is named") {
    CHECK(refusal(document_case("entry-above-root.ofd")) == "../../etc/cron.d/x");
    CHECK(refusal(document_case("entry-absolute.ofd")) == "/etc/cron.d/x");
    CHECK(refusal(document_case("entry-with-drive.ofd")) == "C:\\Windows\\x");
    CHECK(refusal(document_case("entry-twice.ofd")) == "Doc_0/PublicRes.xml");
    CHECK(refusal(document_case("bomb.ofd")) == "Doc_0/Res/zeros.bin");
    CHECK(refusal(document_case("external-entity.ofd")) == "OFD.xml");
    CHECK(refusal(document_case("zip-cut.ofd")) == "zip");
    CHECK(refusal({}) == "OFD");
}

TEST_CASE("a Signature.xml alone is read, and refused when it declares entities") {
    const OfdDocument document = whole("sound-v4.ofd");
    const auto alone = parse_ofd_signature(document.signatures.front().xml);
    REQUIRE(alone);
    CHECK(alone->value_path == "/Doc_0/Signs/Sign_0/SignedValue.dat");
    CHECK(alone->references.front().state == ReferenceState::not_compared);
    CHECK_FALSE(parse_ofd_signature(as_bytes("<!DOCTYPE a><Signature><SignedInfo/></Signature>")));
    CHECK_FALSE(parse_ofd_signature(as_bytes("<Signature/>")));
    CHECK(parse_ofd_signature(as_bytes("<Signature><SignedInfo/></Signature>")));
}

TEST_CASE("a document cut at any octet is refused") {
    const Bytes content = document_case("sound-v1.ofd");
    for (std::size_t length = 0; length < content.size(); length += 7) {
        if (parse_ofd(ByteView(content).first(length))) FAIL("cut at " << length << " passes for whole");
    }
}
