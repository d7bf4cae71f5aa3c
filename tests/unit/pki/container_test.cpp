// SPDX-License-Identifier: Apache-2.0
#include "scca/pki/container.hpp"

#include "fixtures.hpp"

using namespace scca;
using namespace scca::pki;

namespace {

FoundContent found_in(const std::string& name) {
    INFO(name);
    return find_content(test::fixture("containers/" + name));
}

Bytes leaf() { return test::fixture("certificates/sm2-leaf.der"); }
Bytes ca() { return test::fixture("certificates/sm2-ca.der"); }

}  // namespace

TEST_CASE("certificates are found in DER, PEM, base64 and bundles whatever the file is called") {
    for (const auto* name : {"two-with-key-and-text.pem", "two.der", "bundle.p7b", "bundle-pem.p7b"}) {
        INFO(name);
        const FoundContent found = found_in(name);
        CHECK(found.defects.empty());
        REQUIRE(found.certificates.size() == 2);
        CHECK(found.certificates[0].der == leaf());
        CHECK(found.certificates[1].der == ca());
    }
    for (const auto* name : {"one-of-windows.pem", "bare-base64.txt", "bare-base64-utf16.txt",
                             "bare-base64-wide-spaces.txt", "bundle-gm.p7b"}) {
        INFO(name);
        const FoundContent found = found_in(name);
        CHECK(found.defects.empty());
        REQUIRE(found.certificates.size() == 1);
        CHECK(found.certificates[0].der == leaf());
    }
    CHECK(found_in("bundle-ber.p7b").certificates.size() == 1);
    CHECK(found_in("bundle-ber.p7b").certificates[0].der == test::fixture("certificates/rsa-sha256.der"));
}

TEST_CASE("PEM is read as chat programs, web pages and Windows have changed it") {
    for (const auto* name : {"two-in-one-line.pem", "two-with-spaces-for-lines.pem", "two-base64-in-one-line.pem",
                             "two-of-old-macintosh.pem", "two-with-wide-spaces.pem", "two-with-marks-without-width.pem",
                             "two-utf16-little.pem", "two-utf16-big.pem"}) {
        INFO(name);
        const FoundContent found = found_in(name);
        CHECK(found.defects.empty());
        REQUIRE(found.certificates.size() == 2);
        CHECK(found.certificates[0].der == leaf());
        CHECK_FALSE(found.certificates[0].defect);
        CHECK(found.certificates[1].der == ca());
        CHECK_FALSE(found.certificates[1].defect);
    }
}

TEST_CASE("what mail, chat programs, JSON and XML did to PEM is undone, and every octet is the right one") {
    std::size_t count = 0;
    for (const auto& path : test::fixtures_in("containers")) {
        const std::string name = path.filename();
        if (!name.starts_with("mangled-") || name == "mangled-but-lacking.txt") continue;
        INFO(name);
        ++count;
        const FoundContent found = find_content(test::read_bytes(path));
        CHECK(found.defects.empty());
        REQUIRE(found.certificates.size() == 2);
        CHECK(found.certificates[0].der == leaf());
        CHECK_FALSE(found.certificates[0].defect);
        CHECK(found.certificates[1].der == ca());
        CHECK_FALSE(found.certificates[1].defect);
    }
    CHECK(count == 24);
}

TEST_CASE("where a certificate stands in a text that was mended is told in octets of the file") {
    const Bytes file = test::fixture("containers/mangled-nested-mail-quote.txt");
    const auto found = find_certificates(file);
    REQUIRE(found.size() == 2);
    for (const FoundCertificate& one : found) CHECK(as_text(file).substr(one.offset, 10) == "-----BEGIN");
}

TEST_CASE("of one with broken dashes beside a whole one nothing is taken but every octet of it") {
    std::string text(as_text(test::fixture("containers/mangled-last-em-dashes.txt")));
    REQUIRE(find_certificates(as_bytes(text)).size() == 2);
    const std::size_t last_line = text.rfind('\n', text.rfind("END") - 8);
    text.erase(last_line - 4, 4);
    const FoundContent found = find_content(as_bytes(text));
    REQUIRE(found.certificates.size() == 1);
    CHECK(found.certificates[0].der == leaf());
    CHECK_FALSE(found.certificates[0].defect);
    REQUIRE(found.defects.size() == 1);
    CHECK(text.substr(static_cast<std::size_t>(found.defects[0].number)).starts_with("\u2014"));
}

TEST_CASE("a block whose first line lost its dashes is read, or told of where it stands, and never passed over") {
    const auto pem = [](const Bytes& der) { return to_base64(der) + '\n'; };
    const std::string whole = "-----BEGIN CERTIFICATE-----\n" + pem(ca()) + "-----END CERTIFICATE-----\n";
    const std::string last = "-----END CERTIFICATE-----\n";
    for (const std::string first : {"BEGIN CERTIFICATE\n", "BEGIN CERTIFICATE-----\n", "-----BEGIN CERTIFICATE\n",
                                    "- BEGIN CERTIFICATE -\r\n", "> BEGIN CERTIFICATE\n> "}) {
        for (const std::string& end : {last, std::string("END CERTIFICATE\n"), std::string("-----END CERTIFICATE\n"),
                                       std::string("END CERTIFICATE-----\n"), std::string("\n")}) {
            for (const bool comes_first : {true, false}) {
                const std::string bare = first + pem(leaf()) + end;
                const std::string text = comes_first ? bare + whole : whole + "text\n" + bare;
                INFO(text);
                const FoundContent found = find_content(as_bytes(text));
                CHECK(found.defects.empty());
                REQUIRE(found.certificates.size() == 2);
                CHECK(found.certificates[comes_first ? 0 : 1].der == leaf());
                CHECK(found.certificates[comes_first ? 1 : 0].der == ca());
                // What can no longer be read says where.
                const std::size_t at = (comes_first ? 0 : text.size() - bare.size()) + first.size() + 100;
                const FoundContent broken = find_content(as_bytes(std::string(text).insert(at, "!")));
                std::vector<Fault> told = broken.defects;
                for (const FoundCertificate& one : broken.certificates) {
                    if (one.defect) told.push_back(*one.defect);
                    CHECK((one.defect || one.der == ca()));
                }
                REQUIRE(told.size() == 1);
                CHECK(told[0].call == "PEM");
                CHECK(static_cast<std::size_t>(told[0].number) == at);
            }
        }
    }
}

TEST_CASE("base64 of a certificate beside whole blocks is read, or told of, whatever begins it") {
    const auto lines = [](const Bytes& der) {
        const std::string base64 = to_base64(der);
        std::string folded;
        for (std::size_t at = 0; at < base64.size(); at += 64) folded += base64.substr(at, 64) + "\r\n";
        return folded;
    };
    const std::string whole = "-----BEGIN CERTIFICATE-----\n" + lines(ca()) + "-----END CERTIFICATE-----\n";
    const std::string last = "-----END CERTIFICATE-----\n";
    for (const std::string first : {"", "-----BGIN CERTIFICATE-----\n", "-----BEGIN CERTFICATE-----\r\n",
                                    "the second:\n", "-----BEGIN  CERTIFICAT-----\n", "CERTIFICATE\n  "}) {
        for (const std::string& end :
             {last, std::string("\nlocalhost\n"), std::string("--- end ---\n"), std::string()}) {
            for (const bool comes_first : {true, false}) {
                const std::string bare = first + lines(leaf()) + end;
                const std::string text = comes_first ? "text\n" + bare + whole : whole + "text\n" + bare;
                INFO(text);
                const FoundContent found = find_content(as_bytes(text));
                REQUIRE(found.certificates.size() == 2);
                CHECK(found.certificates[comes_first ? 0 : 1].der == leaf());
                CHECK(found.certificates[comes_first ? 1 : 0].der == ca());
                CHECK_FALSE(found.certificates[comes_first ? 1 : 0].defect);
                const std::size_t at = text.find(first + lines(leaf()).substr(0, 64)) + first.size() + 200;
                const FoundContent broken = find_content(as_bytes(std::string(text).insert(at, "!")));
                REQUIRE(broken.certificates.size() + broken.defects.size() == 2);
                for (const FoundCertificate& one : broken.certificates) CHECK((one.defect || one.der == ca()));
            }
        }
    }
    // Of what lost its first lines, too, it is told that it is lost, beside whole ones and alone.
    const std::string rest = lines(leaf()).substr(66) + last;
    for (const std::string& text :
         {whole + "text\n" + rest, rest + whole, whole + "-----BEGIN CERTIFICATE----\n\n" + rest, rest}) {
        const FoundContent found = find_content(as_bytes(text));
        INFO(text);
        CHECK(found.kind == ContentKind::certificates);
        CHECK(found.certificates.size() + found.defects.size() == (text == rest ? 1U : 2U));
        CHECK(std::count_if(found.certificates.begin(), found.certificates.end(),
                            [](const FoundCertificate& one) { return !one.defect; }) == (text == rest ? 0 : 1));
    }
    const std::string request =
        "MIICijCCAXICAQAwRTELMAkGA1UEBhMCQ04xEzARBgNVBAgMClNvbWUtU3RhdGUxITAfBgNVBAoMGEludGVybmV0IFdpZGdp\n";
    for (const std::string& other :
         {request, "-----BEGIN CERTIFICATE REQUEST-----\n" + request, "-----BEGIN REQUEST-----\n" + request}) {
        const FoundContent found = find_content(as_bytes(whole + other + whole));
        INFO(other);
        CHECK(found.certificates.size() == 2);
        CHECK(found.defects.empty());
    }
    for (const char* other :
         {"MIGHAgEAMBMGByqGSM49AgEGCCqBHM9VAYItBG0wawIBAQQg\n", "MIDNIGHTMIDNIGHTMIDNIGHTMIDNIGHTMIDNIGHT\n", "MII\n",
          "MI MI MI\n", "-----BEGIN X509 CRL-----\nMIGHAgEAMBMGByqGSM49AgEG\n-----END X509 CRL-----\n"}) {
        const FoundContent found = find_content(as_bytes(other + whole + other));
        INFO(other);
        CHECK(found.certificates.size() == 1);
        CHECK(found.defects.empty());
    }
}

TEST_CASE("words about certificates beside a whole block are no block") {
    const std::string whole = "-----BEGIN CERTIFICATE-----\n" + to_base64(ca()) + "\n-----END CERTIFICATE-----\n";
    for (const char* words :
         {"BEGIN CERTIFICATE\n", "BEGIN CERTIFICATE\nof whom nothing is here\n", "BEGIN PRIVATE KEY\n",
          "BEGIN CERTIFICATE means that it begins\nMIIB\n", "END CERTIFICATE\n",
          "BEGIN PRIVATE KEY\nMIGHAgEAMBMGByqGSM49AgEGCCqBHM9VAYItBG0wawIBAQQg\nEND PRIVATE KEY\n"}) {
        for (const std::string& text : {words + whole, whole + words}) {
            INFO(text);
            const FoundContent found = find_content(as_bytes(text));
            CHECK(found.defects.empty());
            REQUIRE(found.certificates.size() == 1);
            CHECK(found.certificates[0].der == ca());
            CHECK_FALSE(found.certificates[0].defect);
        }
    }
}

TEST_CASE("a number of a line is one only where it counts on from the line above") {
    const std::string text(as_text(test::fixture("containers/mangled-numbered-with-blanks.txt")));
    const std::size_t third = text.find("\n   3 ");
    REQUIRE(third != std::string::npos);
    const auto numbered = [&](const char* with) { return std::string(text).replace(third, 6, with); };
    CHECK(find_certificates(as_bytes(numbered("\n   3 "))).size() == 2);
    for (const FoundCertificate& one : find_certificates(as_bytes(numbered("\n   7 ")))) CHECK(one.der == ca());
}

TEST_CASE("of a mangled text that lacks a line nothing is taken for whole") {
    const FoundContent found = found_in("mangled-but-lacking.txt");
    CHECK(found.kind == ContentKind::certificates);
    CHECK(found.certificates.empty());
    REQUIRE(found.defects.size() == 1);
    CHECK(found.defects[0].call == "PEM");
    // Signs put in between, as many as make octets of their own, are no part of it either.
    std::string text(as_text(test::fixture("containers/mangled-mail-quote.txt")));
    text.insert(text.rfind("\n> ", text.find("END")) + 3, "AAAA");
    for (const FoundCertificate& one : find_content(as_bytes(text)).certificates) CHECK(one.der == ca());
    CHECK(find_content(as_bytes(text)).defects.size() == 1);
}

TEST_CASE("a place in a file of UTF-16 is told in octets of the file") {
    const Bytes file = test::fixture("containers/damaged-utf16.pem");
    const FoundContent found = find_content(file);
    REQUIRE(found.certificates.size() == 1);
    CHECK(found.certificates[0].offset == 2);
    REQUIRE(found.certificates[0].defect);
    CHECK(file[static_cast<std::size_t>(found.certificates[0].defect->number)] == '!');
}

TEST_CASE("each certificate tells where in the file it stands") {
    const Bytes file = test::fixture("containers/two-with-key-and-text.pem");
    const auto found = find_certificates(file);
    REQUIRE(found.size() == 2);
    CHECK(found[0].offset == 0);
    CHECK(as_text(file).substr(found[1].offset, 27) == "-----BEGIN CERTIFICATE-----");
    CHECK(find_certificates(test::fixture("containers/two.der"))[1].offset == leaf().size());
}

TEST_CASE("the start of a bundle tells where its certificates begin") {
    for (const auto* name : {"bundle.p7b", "bundle-ber.p7b", "bundle-gm.p7b"}) {
        INFO(name);
        const Bytes file = test::fixture(std::string("containers/") + name);
        const std::size_t begin = find_certificates(file).front().offset;
        CHECK(find_bundled(ByteView(file).first(begin + 1)) == begin);
        for (std::size_t length = 0; length <= begin; ++length) {
            CHECK_FALSE(find_bundled(ByteView(file).first(length)).has_value());
        }
    }
    for (const auto* name : {"bundle-pem.p7b", "two.der", "key.p12"}) {
        INFO(name);
        CHECK_FALSE(find_bundled(test::fixture(std::string("containers/") + name)).has_value());
    }
}

TEST_CASE("the kind of a file shows in its content") {
    CHECK(found_in("bundle.p7b").kind == ContentKind::bundle);
    CHECK(found_in("bundle-pem.p7b").kind == ContentKind::bundle);
    CHECK(found_in("two.der").kind == ContentKind::certificates);
    CHECK(found_in("key.p12").kind == ContentKind::pkcs12);
    CHECK(found_in("key.p12").decoded == test::fixture("containers/key.p12"));
    CHECK(found_in("seal-base64.txt").kind == ContentKind::seal);
    CHECK(found_in("seal-base64.txt").decoded.front() == 0x30);
    CHECK(find_content(test::fixture("seals/v4.esl")).kind == ContentKind::seal);
    for (const auto* text : {"", " ", "hello", "M", "Made of letters", "-----BEGIN ", "0\x02"}) {
        INFO(text);
        CHECK(find_content(as_bytes(text)).kind == ContentKind::unknown);
    }
    CHECK(found_in("private-key-only.pem").kind == ContentKind::unknown);
    CHECK(found_in("request.csr").kind == ContentKind::unknown);
    // A seal signature begins with version, seal and time.
    CHECK(find_content(*parse_hex("300b30090201043000180130"
                                  "0000"))
              .kind == ContentKind::unknown);
}

TEST_CASE("a damaged PEM block is a defect at its place and does not hide the whole ones") {
    const FoundContent found = found_in("damaged-then-whole.pem");
    const Bytes file = test::fixture("containers/damaged-then-whole.pem");
    REQUIRE_FALSE(found.certificates.empty());
    // What could be read of the damaged one carries its defect.
    const auto& defect = found.certificates.front().defect;
    REQUIRE((defect || found.defects.size() == 1));
    CHECK(file[static_cast<std::size_t>((defect ? *defect : found.defects[0]).number)] == '!');
    CHECK_FALSE(found.certificates.back().defect);
    CHECK(found.certificates.back().der == ca());
}

TEST_CASE("a certificate whose text has a character too many is no certificate to rely on") {
    const Bytes file = test::fixture("containers/without-last-line.pem");
    const std::string text = std::string(as_text(file)) + "-----END CERTIFICATE-----\n";
    const auto is_doubtful = [](const std::string& changed) {
        const FoundContent found = find_content(as_bytes(changed));
        return std::all_of(found.certificates.begin(), found.certificates.end(),
                           [](const FoundCertificate& one) { return one.doubtful && one.defect; });
    };
    CHECK_FALSE(is_doubtful(text));
    const std::size_t begin = text.find('\n') + 1;
    const std::size_t end = text.find("-----END");
    for (const auto* strange : {"22 ", "A", "AB", "ABC", "ABCD", "12345"}) {
        INFO(strange);
        const std::string changed = std::string(text).insert(end - 20, strange);
        CHECK(is_doubtful(changed));
        CHECK(is_doubtful(changed.substr(begin, changed.find("-----END") - begin)));
    }
}

TEST_CASE("a PEM file cut short gives what there is of its certificate") {
    CHECK(found_in("without-last-line.pem").certificates.at(0).der == leaf());
    CHECK(found_in("without-last-line.pem").certificates.at(0).defect);
    const FoundContent cut = found_in("cut.pem");
    REQUIRE(cut.certificates.size() == 1);
    const auto parsed = parse_certificate(cut.certificates[0].der);
    REQUIRE(parsed);
    CHECK_FALSE(parsed->defects.empty());
    CHECK(parsed->issuer.find("CN") == "训练用CA");
}

TEST_CASE("base64 is read with white space, without padding and in the URL alphabet") {
    CHECK(parse_base64(as_bytes("aGk=")) == Bytes{'h', 'i'});
    CHECK(parse_base64(as_bytes("\xEF\xBB\xBF a G\r\nk ")) == Bytes{'h', 'i'});
    CHECK(parse_base64(as_bytes("-_-_")) == parse_base64(as_bytes("+/+/")));
    CHECK(parse_base64(as_bytes("aA==")) == Bytes{'h'});
    // The two alphabets mixed, a letter too many, padding that fills no group: something got in there.
    for (const auto* text : {"", "a", "aGk!", "aA==aA==", "=", "签章", "-/-/", "+_+_", "aGkxaGk-aGk/", "aGkxa",
                             "aGkxaGkx=", "aGkxaG=", "aGkxaGk=="}) {
        INFO(text);
        CHECK_FALSE(parse_base64(as_bytes(text)));
    }
}

TEST_CASE("every start of every file is looked into without harm") {
    for (const auto& path : test::fixtures_in("containers")) {
        const Bytes whole = test::read_bytes(path);
        for (std::size_t length = 0; length < whole.size(); length += 3) {
            const FoundContent found = find_content(ByteView(whole).first(length));
            for (const Fault& fault : found.defects) {
                if (fault.number < 0 || static_cast<std::size_t>(fault.number) > length) FAIL(path << " at " << length);
            }
        }
    }
}
