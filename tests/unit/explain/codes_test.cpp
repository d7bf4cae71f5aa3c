// SPDX-License-Identifier: Apache-2.0
#include "scca/explain/explain.hpp"

#include <catch2/catch.hpp>
#include <string>
#include <utility>
#include <vector>

using namespace scca;

namespace {

/// family:symbol of every code read, in order.
std::vector<std::string> codes_in(const std::string& text) {
    std::vector<std::string> codes;
    for (const auto& read : explain::explain(text).codes) {
        codes.push_back(std::string(faq::code_families()[read.code->family].id) + ":" + std::string(read.code->symbol));
    }
    return codes;
}

std::string first_code_in(const std::string& text) {
    const auto codes = codes_in(text);
    return codes.empty() ? std::string() : codes.front();
}

std::string first_problem_in(const std::string& text) {
    const auto matches = explain::explain(text).matches;
    return matches.empty() ? std::string() : std::string(faq::entry(matches.front().id).id);
}

}  // namespace

TEST_CASE("a signed decimal and its hexadecimal are the same code") {
    const std::vector<std::pair<const char*, const char*>> pairs{
        {"-2146435060", "0x8010000C"}, {"-2146434962", "0x8010006E"}, {"-2146434967", "0x80100069"},
        {"-2146893802", "0x80090016"}, {"-2146893792", "0x80090020"}, {"-2146893795", "0x8009001D"},
        {"-2146893818", "0x80090006"}, {"-2146885628", "0x80092004"}, {"-2146885621", "0x8009200B"},
        {"-2146885613", "0x80092013"}, {"-2146762487", "0x800B0109"}, {"-2147023673", "0x800704C7"},
        {"-2147418113", "0x8000FFFF"}, {"-2146881278", "0x80093102"}, {"-2146955245", "0x80081013"},
        {"-2138568446", "0x80880902"}, {"-2113601478", "0x8205003A"}, {"3758227465", "0xE0020009"},
        {"2281701437", "0x8800003D"},  {"167772197", "0x0A000025"},
    };
    for (const auto& [decimal, hexadecimal] : pairs) {
        INFO(decimal << " and " << hexadecimal);
        CHECK_FALSE(codes_in(hexadecimal).empty());
        CHECK(codes_in(decimal) == codes_in(hexadecimal));
    }
}

TEST_CASE("a code that lost its sign or its x in a picture is still read, a number of ten digits is not") {
    CHECK(first_problem_in("要2113601486)") == "key-not-detected");
    CHECK(first_code_in("0vB0000003") == first_code_in("0xB0000003"));
    CHECK_FALSE(first_code_in("0vB0000003").empty());
    CHECK(codes_in("QQ 2113601486").empty());
    CHECK(codes_in("联系 2113600077").empty());
}

TEST_CASE("a locked PIN is the same problem in every spelling of every family") {
    for (const char* text :
         {"0x0A000025", "0x0a000025", "0A000025", "错误码 0a000025", "167772197", "SAR_PIN_LOCKED", "sar_pin_locked",
          "SW1=69 SW2=83", "SW1=0x69, SW2=0x83", "SW: 6983", "status word 69 83", "CKR_PIN_LOCKED", "rv = 0xA4",
          "rv=164", "C_Login 返回 0x000000A4", "０ｘ０Ａ００００２５", "0x 0A00 0025"}) {
        INFO(text);
        CHECK(first_problem_in(text) == "pin-locked");
    }
}

TEST_CASE("a status word marked as hexadecimal needs no context but an error") {
    for (const char* text : {"0x6983", "错误码 0x6983", "读卡失败(0x6983)"}) {
        INFO(text);
        CHECK(first_problem_in(text) == "pin-locked");
    }
    CHECK(codes_in("内存地址 0x6983").empty());
    CHECK(first_code_in("63C2") == "SW:SW 63CX");
    CHECK(codes_in("型号 63C2").empty());
}

TEST_CASE("tries left are read out of a status word") {
    const auto codes = explain::explain("VERIFY: SW1=63 SW2=C2").codes;
    REQUIRE(codes.size() == 1);
    CHECK(codes.front().code->symbol == "SW 63CX");
    CHECK(codes.front().value == 0x63C2);
    CHECK(codes.front().written == "SW1=63 SW2=C2");
    CHECK(codes.front().at == 8);
}

TEST_CASE("OpenSSL's numbers are decimal and only read in its own sentences") {
    CHECK(first_code_in("error 20 at 0 depth lookup: unable to get local issuer certificate") ==
          "X509_V:X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY");
    CHECK(first_code_in("verify error:num=10:certificate has expired") == "X509_V:X509_V_ERR_CERT_HAS_EXPIRED");
    CHECK(first_code_in("Verify return code: 21 (unable to verify the first certificate)") ==
          "X509_V:X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE");
    CHECK(codes_in("第 20 页，共 30 页").empty());
}

TEST_CASE("numbers of every day are no codes") {
    for (const char* text : {"电话 028-85987887", "客服QQ 4008676868", "手机 13812345678", "2026-11-22 09:14:33",
                             "20261122", "身份证 510101199001011234", "510101199001011234", "金额 167772197 元",
                             "合同金额9000.00元整", "中标价2148532253元", "型号 AX63C2", "6983", "12345678",
                             "1234567812345678", "0x", "0x123456789", "SW1=zz SW2=83"}) {
        INFO(text);
        CHECK(codes_in(text).empty());
    }
}

TEST_CASE("families that share a value are both given, the one that the text names first") {
    const auto tca = codes_in("列举证书错误, 错误码：0x01000004");
    const auto sdr = codes_in("SDF_OpenDevice 0x01000004");
    REQUIRE(tca.size() == 2);
    REQUIRE(sdr.size() == 2);
    CHECK(tca.front().starts_with("TCA:"));
    CHECK(sdr.front().starts_with("SDR:"));
}

TEST_CASE("OpenSSL 3 and GM/T 0016 share a prefix and not a meaning") {
    CHECK(first_code_in("error:0A000086:SSL routines::certificate verify failed").starts_with("OPENSSL:"));
    CHECK(first_code_in("SKF_ConnectDev 0x0A000023").starts_with("SAR:"));
}

TEST_CASE("text recognition's B and 8 are forgiven where only one of them is a known code") {
    CHECK(first_code_in("在不受信任的根证书中终止 (0x80080109)") == first_code_in("0x800B0109"));
}

TEST_CASE("a library's own sentence is known by its code even when the table has no advice for it") {
    CHECK(first_code_in("Invalid handle.") == "SCARD:SCARD_E_INVALID_HANDLE");
    CHECK(codes_in("the door has an invalid handle and cannot be opened today").empty());
}

TEST_CASE("every code that has a problem leads to it when pasted as its number") {
    for (const faq::Code& code : faq::codes()) {
        const faq::CodeFamily& family = faq::code_families()[code.family];
        if (!code.has_entry || family.needs_context || code.mask != 0xFFFFFFFF || code.value < 0x10000) continue;
        char text[24];
        std::snprintf(text, sizeof text, "0x%08llX", static_cast<unsigned long long>(code.value));
        INFO(text << " " << code.symbol);
        const auto explanation = explain::explain(text);
        CHECK(std::any_of(explanation.matches.begin(), explanation.matches.end(),
                          [&](const explain::Match& match) { return match.id == code.entry; }));
    }
}
