// SPDX-License-Identifier: Apache-2.0
#include "markers.hpp"

#include <algorithm>
#include <cctype>

namespace scca::test {
namespace {

std::string lower(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return text;
}

/// Digits of a number may stand apart; then only the joined text shows them.
std::string joined(const std::string& text) {
    std::string together;
    for (const char c : text) {
        if (c != ' ' && c != '-') together += c;
    }
    return together;
}

std::vector<std::string> decoded_runs(const std::string& text) {
    constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::vector<std::string> decoded;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (alphabet.find(text[i]) == std::string::npos ||
            (i > 0 && std::isalnum(static_cast<unsigned char>(text[i - 1]))))
            continue;
        const std::size_t end = std::min(text.find_first_not_of(alphabet, i), text.size());
        const std::string run = text.substr(i, end - i);
        if (run.size() < 12) continue;
        if (const auto hex = parse_hex(run.substr(0, run.size() & ~std::size_t{1})))
            decoded.emplace_back(as_text(*hex));
        std::string octets;
        unsigned bits = 0;
        unsigned count = 0;
        for (const char c : run) {
            bits = (bits << 6U | static_cast<unsigned>(alphabet.find(c))) & 0xFFFFU;
            count += 6;
            if (count >= 8) octets += static_cast<char>(bits >> (count -= 8) & 0xFFU);
        }
        decoded.push_back(std::move(octets));
    }
    return decoded;
}

}  // namespace

std::string base64(std::string_view text) {
    constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string encoded;
    for (std::size_t i = 0; i < text.size(); i += 3) {
        unsigned group = 0;
        for (std::size_t k = 0; k < 3; ++k)
            group = group << 8U | (i + k < text.size() ? static_cast<unsigned char>(text[i + k]) : 0U);
        for (std::size_t k = 0; k < 4; ++k)
            encoded += i + k > text.size() ? '=' : alphabet[group >> (18 - 6 * k) & 63U];
    }
    return encoded;
}

std::string der(std::string_view text) {
    std::string wide;
    for (const char c : text) wide += {'\0', c};
    const auto tlv = [](char tag, const std::string& content) {
        return std::string{tag, static_cast<char>(content.size())} + content;
    };
    return tlv('\x30', tlv('\x0C', std::string(text)) + tlv('\x1E', wide));
}

std::string disguised() {
    const std::string id(identity);
    std::string text = std::string(person) + " /home/" + std::string(user) + "/a /home/" + std::string(other_user) +
                       "/b C:\\Users\\" + std::string(other_user) + "\\c " + std::string(user) + "_key.cer cert-" + id +
                       ".pem SF0" + id + " " + id.substr(0, 17) + "x tel+86 139-8765-4321, 139 8765 4321; " +
                       std::string(mobile) + " " + std::string(host) + ".local " + std::string(credit_code);
    for (const std::string_view marker : {user, host, identity, mobile}) {
        for (const std::string& octets : {std::string(marker), der(marker)}) {
            text += ' ' + base64(octets) + " #" + to_hex(as_bytes(octets)) + " x_" + base64(octets);
        }
    }
    return text;
}

std::string find_leak(const std::string& output) {
    std::vector<std::string> texts{output, joined(output)};
    for (const std::string& octets : decoded_runs(output)) {
        texts.push_back(octets);
        std::string narrow = octets;  // two-octet text without its zeros
        narrow.erase(std::remove(narrow.begin(), narrow.end(), '\0'), narrow.end());
        texts.push_back(narrow);
    }
    for (const std::string& text : texts) {
        for (const std::string_view marker : markers) {
            const std::size_t at = lower(text).find(lower(std::string(marker)));
            if (at != std::string::npos) return std::string(marker) + " in …" + text.substr(at > 30 ? at - 30 : 0, 90);
        }
    }
    return {};
}

Redactor redactor_here() {
    return Redactor({.user = std::string(user), .host = std::string(host), .home = "/home/" + std::string(user)});
}

}  // namespace scca::test
