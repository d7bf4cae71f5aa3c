// SPDX-License-Identifier: Apache-2.0
#include "scca/core/redaction.hpp"

#include <catch2/catch.hpp>

using namespace scca;

namespace {

/// Made up; the check characters are right.
constexpr std::string_view identity_x = "51010419880229001X";
constexpr std::string_view credit_code = "91510100MA61UT6L7J";

Redactor of_user() {
    return Redactor({.user = "zhangsan", .host = "bid-pc7.office.example", .home = "/home/zhangsan"});
}

std::string swept(std::string_view text) { return of_user().sweep(text); }

}  // namespace

TEST_CASE("an identity number is known by its date of birth and its check character") {
    CHECK(is_identity_number(identity_x));
    CHECK(is_identity_number("51010419880229001x"));
    CHECK_FALSE(is_identity_number("510104198802290011"));
    CHECK_FALSE(is_identity_number("51010419890229001X"));  // 1989 had no 29 February
}

TEST_CASE("a social credit code is known by its check character") {
    CHECK(is_credit_code("91350100M000100Y43"));  // the example of GB 32100
    CHECK_FALSE(is_credit_code("91350100M000100Y44"));
    CHECK_FALSE(is_credit_code("91350100M000100I43"));
}

TEST_CASE("the same value gets the same alias, another value another one") {
    Redactor redactor;
    const std::string first = redactor.alias(PersonalKind::person, "张三");
    CHECK(first == "person-1");
    CHECK(redactor.alias(PersonalKind::person, "李四") == "person-2");
    CHECK(redactor.alias(PersonalKind::person, "张三") == first);
    CHECK(redactor.alias(PersonalKind::number, "张三") == first);
    CHECK(redactor.alias(PersonalKind::person, first) == first);
    // In a saved certificate it filled the room of the name; told, it is as long as any other.
    CHECK(redactor.alias(PersonalKind::person, redactor.alias(PersonalKind::person, "张三", 20)) == first);
    CHECK(redactor.alias(PersonalKind::number, "number-0000") == "number-0");
    CHECK(redactor.alias(PersonalKind::person, "").empty());
}

TEST_CASE("telephone and identity numbers are found in every spelling") {
    for (const std::string_view text : {"13812345678", "+86 138 1234 5678", "+8613812345678", "0086-138-1234-5678",
                                        "86 13812345678", "138-1234-5678", "１３８１２３４５６７８"}) {
        INFO(text);
        Redactor redactor;
        CHECK(redactor.sweep(text) == "number-1");
        CHECK(redactor.sweep("电话13812345678。") == "电话number-1。");
    }
    CHECK(swept("传真 028-85987887") == "传真 number-1");
    CHECK(swept("id51010419880229001x.cer") == "idnumber-1.cer");
    CHECK(swept("cert_510104 19880229 001X_1") == "cert_number-1_1");
    CHECK(swept("SF051010419880229001X") == "SF0number-1");
    CHECK(swept("4321 51010419880229001X, 21; 13812345678") == "4321 number-1, 21; number-2");
    CHECK(swept("代码91350100M000100Y43") == "代码number-1");
}

TEST_CASE("what only looks like a personal number stays") {
    for (const std::string_view text :
         {"2026-11-22T03:04:05Z", "0x0A000025", "12345678901", "138123456789", "510104198802290011",
          "9f86d081884c7d13812345678b822cd15d6c15b0f00a0813812345678aaaaaaa", "1.2.156.10197.1.501", "400-028-1130"}) {
        CHECK(swept(text) == text);
    }
}

TEST_CASE("folders below a home, of this user and of others, lose the name") {
    CHECK(swept("/home/zhangsan/key.cer") == "~/key.cer");
    CHECK(swept("/home/zhangsan") == "~");
    CHECK(swept("/home/zhangsan2/key.cer") == "/home/user-1/key.cer");
    CHECK(swept("open(/home/lisi/key.cer), /home/lisi") == "open(/home/user-1/key.cer), /home/user-1");
    CHECK(swept("C:\\Users\\Li Si\\key.cer") == "C:\\Users\\user-1\\key.cer");
    CHECK(swept("c:\\\\users\\\\lisi\\\\key.cer") == "c:\\\\users\\\\user-1\\\\key.cer");
    CHECK(swept("/usr/lib/x86_64-linux-gnu/libfoo.so") == "/usr/lib/x86_64-linux-gnu/libfoo.so");
}

TEST_CASE("user and host are found inside names of files and keys") {
    CHECK(swept("zhangsanCert.pem") == "user-1Cert.pem");
    CHECK(swept("backup_ZHANGSAN_2") == "backup_user-1_2");
    CHECK(swept("bid-pc7.office.example:22 BID-PC7$") == "host-1:22 host-2$");
    Redactor of_li({.user = "li", .host = "ca", .home = "/home/li"});
    CHECK(of_li.sweep("li_cert.pem, lib, 四川CA") == "user-1_cert.pem, lib, 四川CA");
    Redactor of_root({.user = "root", .host = "localhost", .home = "/root"});
    CHECK(of_root.sweep("untrusted-root /root/x") == "untrusted-root ~/x");
}

TEST_CASE("two letters of a key are not the name of this computer, four are") {
    Redactor of_vm({.user = "li", .host = "vm", .home = "/home/li"});
    CHECK_FALSE(of_vm.finds_personal(as_bytes("\x03vm\xF1\x80.li.\x02")));
    CHECK(of_vm.sweep("on vm") == "on host-1");
    Redactor of_desk({.user = "li", .host = "desk", .home = "/home/li"});
    CHECK(
        of_desk.finds_personal(as_bytes("\x03"
                                        "desk\xF1\x80")));
}

TEST_CASE("a value that has an alias is found wherever else it stands") {
    Redactor redactor;
    REQUIRE(redactor.alias(PersonalKind::person, "张三") == "person-1");
    CHECK(redactor.sweep("张三的签名证书") == "person-1的签名证书");
    REQUIRE(redactor.alias(PersonalKind::number, "A12345") == "number-1");
    CHECK(redactor.sweep("cert-A12345.cer, XA12345") == "cert-number-1.cer, XA12345");
}

TEST_CASE("hexadecimal and base64 that spell something personal are masked") {
    const std::string hex = to_hex(as_bytes("x" + std::string(identity_x)));
    CHECK(swept("#" + hex) == "#number-2");
    CHECK(swept("cert_" + hex).find(hex) == std::string::npos);
    CHECK(swept("eDEzODEyMzQ1Njc4eA==").find("eDEz") == std::string::npos);      // x13812345678x
    CHECK(swept("AHoAaABhAG4AZwBzAGEAbg==").find("AHoA") == std::string::npos);  // zhangsan as UTF-16
    CHECK(swept("3045022100fe8adffe1a3d3045022100fe8adffe1a3d") == "3045022100fe8adffe1a3d3045022100fe8adffe1a3d");
}

TEST_CASE("a company's name keeps its organisation and loses its numbers") {
    Redactor redactor;
    CHECK(redactor.redact_name("CN=四川测试建设有限公司, OU=NO.1:" + std::string(credit_code) +
                               ", OU=NO.2:经办 某某, OU=ID3:Organizational, O=四川测试建设有限公司, SERIALNUMBER=" +
                               std::string(credit_code) + ", C=CN") ==
          "CN=四川测试建设有限公司, OU=NO.1:number-1, OU=NO.2:number-2, OU=ID3:Organizational, O=四川测试建设有限公司, "
          "SERIALNUMBER=number-1, C=CN");
}

TEST_CASE("a person's name is masked when the certificate says so or has no organisation") {
    Redactor redactor;
    CHECK(redactor.redact_name("CN=张三, OU=ID3:Personal, O=某公司, C=CN") ==
          "CN=person-1, OU=ID3:Personal, O=某公司, C=CN");
    CHECK(redactor.redact_name("C=CN, CN=张三") == "C=CN, CN=person-1");
    CHECK(redactor.redact_name("CN=ROOTCA, C=CN") == "CN=ROOTCA, C=CN");
    CHECK(redactor.redact_name("E=zhang@example.com, GN=三, UID=77, 1.2.156.112646.8=x, C=CN") ==
          "E=number-1, GN=number-2, UID=number-3, 1.2.156.112646.8=number-4, C=CN");
}

TEST_CASE("escaped and quoted commas, several values and OpenSSL's slashes do not hide a number") {
    Redactor redactor;
    CHECK(redactor.redact_name("CN=A\\, B 有限公司,O=\"A, B 有限公司\"+SN=77\\,88,C=CN") ==
          "CN=A\\, B 有限公司,O=\"A, B 有限公司\"+SN=number-1,C=CN");
    CHECK(redactor.redact_name("CN=x, O=y, SN=77\\2C88") == "CN=x, O=y, SN=number-1");
    CHECK(redactor.redact_name("/C=CN/O=甲/乙公司/SN=7788/CN=甲") == "/C=CN/O=甲/乙公司/SN=number-2/CN=甲");
    CHECK(redactor.redact_name("CN=x, O=y, OU=#0c0b3133383132333435363738") == "CN=x, O=y, OU=number-3");
    for (const std::string_view odd : {"", ",", "=", "\\", "CN", "CN=", ",,=,", "/=", "\"", "a=\\"}) {
        INFO(odd);
        CHECK(redactor.redact_name(odd).size() < 20);
    }
}

TEST_CASE("any octets at all can be swept") {
    Redactor redactor = of_user();
    std::string octets;
    for (unsigned i = 0; i < 4096; ++i) octets += static_cast<char>(i * 131 % 251 + i / 256);
    for (std::size_t i = 0; i < 64; ++i) CHECK(redactor.sweep(octets.substr(i, 700)).size() > 100);
}
