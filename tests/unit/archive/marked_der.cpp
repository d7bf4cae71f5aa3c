// SPDX-License-Identifier: Apache-2.0
#include "marked_der.hpp"

#include "markers.hpp"

namespace scca::test {
namespace {

std::string tlv(char tag, const std::string& content) {
    std::string length;
    if (content.size() < 0x80) {
        length = static_cast<char>(content.size());
    } else {
        length = {'\x82', static_cast<char>(content.size() >> 8U), static_cast<char>(content.size() & 0xFFU)};
    }
    return tag + length + content;
}

std::string sequence(const std::string& content) { return tlv('\x30', content); }
std::string octets(const std::string& content) { return tlv('\x04', content); }
std::string utf8(std::string_view text) { return tlv('\x0C', std::string(text)); }
std::string bits(const std::string& content) { return tlv('\x03', '\0' + content); }
std::string oid(std::string_view content) { return tlv('\x06', std::string(content)); }

std::string bmp(std::string_view ascii) {
    std::string wide;
    for (const char c : ascii) wide += {'\0', c};
    return tlv('\x1E', wide);
}

std::string attribute(char arc, const std::string& value) {
    return tlv('\x31', sequence(oid(std::string("\x55\x04") + arc) + value));
}

std::string extension(std::string_view id, const std::string& value) { return sequence(oid(id) + octets(value)); }

std::string subject() {
    using namespace std::string_literals;
    const std::string id(identity);
    return sequence(attribute('\x06', tlv('\x13', "CN")) + attribute('\x03', utf8(person)) +
                    attribute('\x03', tlv('\x13', std::string(person_gbk))) +
                    attribute('\x03', tlv('\x1E', "\x8B\xF8\x84\x5B\x5B\x54\x66\x0E"s)) +
                    attribute('\x05', tlv('\x13', id)) + attribute('\x05', bmp(id)) +
                    attribute('\x0B', utf8("NO.1:" + std::string(credit_code))) +
                    attribute('\x0B', bmp("ID1:" + std::string(mobile))) + attribute('\x07', utf8("x " + id)) +
                    attribute('\x07', bmp(std::string("tel ") + std::string(mobile))));
}

std::string tbs() {
    using namespace std::string_view_literals;
    constexpr auto sm2_key = "\x2A\x86\x48\xCE\x3D\x02\x01"sv;
    constexpr auto sm2_curve = "\x2A\x81\x1C\xCF\x55\x01\x82\x2D"sv;
    constexpr auto sm2_with_sm3 = "\x2A\x81\x1C\xCF\x55\x01\x83\x75"sv;
    const std::string id(identity);
    const std::string key = sequence(sequence(oid(sm2_key) + oid(sm2_curve)) + bits('\4' + std::string(64, '\x5A')));
    const std::string mail = tlv('\x81', std::string(user) + "@example.cn");
    const std::string extensions =
        extension("\x2A\x81\x1C\x86\xF0\x06\x08"sv, tlv('\x13', id)) +
        extension("\x2A\x81\x1C\x86\xF0\x06\x08"sv, octets(id)) + extension("\x2A\x81\x1C\x86\xF0\x06\x08"sv, id) +
        extension("\x55\x1D\x11"sv, sequence(mail + tlv('\xA4', subject()) + tlv('\x86', "http://a/" + id))) +
        extension("\x55\x1D\x0D"sv, sequence(octets(std::string(mobile)) + utf8("/home/" + std::string(user) + "/k")));
    return sequence(tlv('\xA0', tlv('\x02', "\x02")) + tlv('\x02', "\x11\x22") + sequence(oid(sm2_with_sm3)) +
                    subject() + sequence(tlv('\x17', "260101000000Z") + tlv('\x17', "280101000000Z")) + subject() +
                    key + tlv('\xA3', sequence(extensions)));
}

Bytes bytes_of(const std::string& text) { return {text.begin(), text.end()}; }

}  // namespace

Bytes marked_certificate() {
    constexpr std::string_view sm2_with_sm3 = "\x2A\x81\x1C\xCF\x55\x01\x83\x75";
    return bytes_of(sequence(tbs() + sequence(oid(sm2_with_sm3)) + bits(std::string(70, '\x33'))));
}

Bytes marked_seal() {
    using namespace std::string_literals;
    constexpr std::string_view sm2_with_sm3 = "\x2A\x81\x1C\xCF\x55\x01\x83\x75";
    const std::string certificate(as_text(marked_certificate()));
    const std::string number = tlv('\x02', "\x04");
    const std::string time = tlv('\x18', "20260101000000Z");
    const std::string png = "\x89PNG\r\n\x1a\n\0\0\0\x0DIHDR\0\0\0\x28\0\0\0\x28\x08\6\0\0\0"s +
                            std::string(100, '\x7F') + "tEXt" + std::string(person) + " " + std::string(identity);
    const std::string header = sequence(tlv('\x16', "ES") + number + tlv('\x16', "maker"));
    const std::string property = sequence(tlv('\x02', "\x02") + utf8(person) + tlv('\x02', "\x01") +
                                          sequence(octets(certificate)) + time + time + time);
    const std::string picture = sequence(tlv('\x16', "PNG") + octets(png) + number + number);
    const std::string info = sequence(header + tlv('\x16', "esid-1") + property + picture);
    return bytes_of(sequence(info + octets(certificate) + oid(sm2_with_sm3) + bits(std::string(70, '\x33'))));
}

}  // namespace scca::test
