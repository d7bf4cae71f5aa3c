// SPDX-License-Identifier: Apache-2.0
//
// What an attacker or a bad file brings: cut, changed, deep and endless input. Run under asan too.
#include "fixtures.hpp"
#include "scca/pki/seal.hpp"

#include <random>

using namespace scca;
using namespace scca::pki;

namespace {

bool is_inside(const Fault& fault, std::size_t length) {
    return fault.kind == FaultKind::damaged && fault.number >= 0 && static_cast<std::size_t>(fault.number) <= length &&
           !fault.call.empty() && !fault.text.empty();
}

void append_length(Bytes& out, std::size_t length) {
    out.push_back(0x84);
    for (int shift = 24; shift >= 0; shift -= 8) out.push_back(static_cast<std::uint8_t>(length >> shift));
}

/// Every start of the file is refused with a fault, or read with defects; all inside what there is.
template <class Parse>
void cut_everywhere(const std::string& folder, Parse parse) {
    for (const auto& path : test::fixtures_in(folder)) {
        const Bytes whole = test::read_bytes(path);
        for (std::size_t length = 0; length < whole.size(); ++length) {
            const auto parsed = parse(ByteView(whole).first(length));
            if (!parsed && is_inside(parsed.error(), length)) continue;
            const bool inside = parsed && !parsed->defects.empty() &&
                                std::all_of(parsed->defects.begin(), parsed->defects.end(),
                                            [&](const Fault& fault) { return is_inside(fault, length); });
            if (!inside) FAIL(path << " cut at " << length);
        }
    }
}

/// One to six octets of a random file changed, ten thousand times, the same on every run.
template <class Parse>
void change_at_random(const std::string& folder, Parse parse) {
    std::mt19937 random(20230815);
    std::vector<Bytes> files;
    for (const auto& path : test::fixtures_in(folder)) files.push_back(test::read_bytes(path));
    for (int round = 0; round < 10'000; ++round) {
        Bytes bytes = files[random() % files.size()];
        for (auto changes = 1 + random() % 6; changes > 0; --changes) {
            bytes[random() % bytes.size()] = static_cast<std::uint8_t>(random());
        }
        const auto parsed = parse(bytes);
        const std::vector<Fault> faults = parsed ? parsed->defects : std::vector<Fault>{parsed.error()};
        for (const Fault& fault : faults) {
            if (!is_inside(fault, bytes.size())) FAIL("round " << round << ", " << fault.call);
        }
    }
}

}  // namespace

TEST_CASE("a certificate or seal cut at any octet yields a defect inside its length") {
    cut_everywhere("certificates", parse_certificate);
    cut_everywhere("seals", parse_seal);
}

TEST_CASE("a seal cut in its signature still tells its dates, and only the signature is damaged") {
    const Bytes whole = test::fixture("seals/v4.esl");
    const auto cut = parse_seal(ByteView(whole).first(whole.size() - 5));
    REQUIRE(cut);
    CHECK(cut->valid_to);
    CHECK_FALSE(cut->maker_certificate.empty());
    REQUIRE(cut->defects.size() == 1);
    CHECK(cut->defects[0].call == "SESeal.signedValue");
}

TEST_CASE("ten thousand changed certificates and as many seals are read without harm, every defect inside them") {
    change_at_random("certificates", parse_certificate);
    change_at_random("seals", parse_seal);
}

TEST_CASE("a certificate cut in its signature still tells its dates, and only the signature is damaged") {
    const Bytes whole = test::fixture("certificates/sm2-leaf.der");
    const auto cut = parse_certificate(ByteView(whole).first(whole.size() - 5));
    REQUIRE(cut);
    CHECK(cut->not_after);
    REQUIRE(cut->defects.size() == 1);
    CHECK(cut->defects[0].call == "Certificate.signatureValue");
    CHECK(cut->signature.empty());
}

TEST_CASE("a depth bomb in a name and in an extension ends in a defect") {
    Bytes bomb;
    for (int i = 0; i < 100'000; ++i) bomb.insert(bomb.end(), {0x30, 0x80});
    Bytes whole{0x30, 0x80, 0x30, 0x80, 0x02, 0x01, 0x01};
    whole.insert(whole.end(), bomb.begin(), bomb.end());
    const auto parsed = parse_certificate(whole);
    REQUIRE(parsed);
    CHECK_FALSE(parsed->defects.empty());
}

TEST_CASE("a certificate of ten megabytes of names is bounded in what it keeps") {
    const Bytes attribute{0x31, 0x0B, 0x30, 0x09, 0x06, 0x03, 0x55, 0x04, 0x03, 0x0C, 0x02, 'a', 'b'};
    Bytes names;
    while (names.size() < 10'000'000) names.insert(names.end(), attribute.begin(), attribute.end());
    Bytes tbs{0x02, 0x01, 0x01, 0x30, 0x00, 0x30};
    append_length(tbs, names.size());
    tbs.insert(tbs.end(), names.begin(), names.end());
    Bytes whole{0x30};
    append_length(whole, tbs.size() + 6);
    whole.push_back(0x30);
    append_length(whole, tbs.size());
    whole.insert(whole.end(), tbs.begin(), tbs.end());
    const auto parsed = parse_certificate(whole);
    REQUIRE(parsed);
    CHECK(parsed->issuer.attributes.size() <= 256);
    REQUIRE_FALSE(parsed->defects.empty());
    CHECK(parsed->defects[0].text == "too many attributes");
}
