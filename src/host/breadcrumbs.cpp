// SPDX-License-Identifier: Apache-2.0
//
// Formats and writes the lines of wire.hpp.
#include "breadcrumbs.hpp"

#include <unistd.h>
#include <array>
#include <cerrno>

namespace scca::host {
namespace {

namespace wire = token::wire;

/// sysexits.h: EX_IOERR.
constexpr int nobody_listens = 74;

std::array<std::uint8_t, 4> big_endian(std::uint32_t number) {
    return {static_cast<std::uint8_t>(number >> 24U), static_cast<std::uint8_t>(number >> 16U),
            static_cast<std::uint8_t>(number >> 8U), static_cast<std::uint8_t>(number)};
}

std::string words(std::string_view verb, std::string_view word) {
    std::string line(verb);
    line += ' ';
    line += word;
    return line;
}

std::string hex_or_nothing(ByteView octets) { return octets.empty() ? std::string(wire::nothing) : to_hex(octets); }

std::string sentence_in_hex(std::string_view sentence) {
    return hex_or_nothing(as_bytes(sentence.substr(0, wire::max_text)));
}

}  // namespace

void Breadcrumbs::say(std::string line) {
    line += '\n';
    said_ += line.size();
    for (std::string_view rest = line; !rest.empty();) {
        const ssize_t count = write(descriptor_, rest.data(), rest.size());
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) _exit(nobody_listens);
        rest.remove_prefix(static_cast<std::size_t>(count));
    }
}

void Breadcrumbs::begin(std::string_view call) { say(words("begin", call)); }

void Breadcrumbs::end(std::string_view call, std::uint32_t code, std::chrono::microseconds took) {
    say(words("end", call) + ' ' + to_hex(big_endian(code)) + ' ' + std::to_string(took.count()));
}

void Breadcrumbs::open(std::string_view kind) { say(words("open", kind)); }

void Breadcrumbs::set(std::string_view field, ByteView octets) {
    say(words("set", field) + ' ' + hex_or_nothing(octets));
}

void Breadcrumbs::set_text(std::string_view field, std::string_view text) {
    set(field, as_bytes(text.substr(0, wire::max_text)));
}

void Breadcrumbs::set_number(std::string_view field, std::uint32_t number) { set(field, big_endian(number)); }

void Breadcrumbs::set_truth(std::string_view field, bool truth) {
    const std::array<std::uint8_t, 1> octet{static_cast<std::uint8_t>(truth ? 1 : 0)};
    set(field, octet);
}

void Breadcrumbs::add(std::string_view field, ByteView octets) {
    say(words("add", field) + ' ' + hex_or_nothing(octets));
}

void Breadcrumbs::close() { say("close"); }

void Breadcrumbs::refused(std::string_view call, std::string_view family, std::uint32_t code) {
    say(words("fault code", call) + ' ' + std::string(family) + ' ' + to_hex(big_endian(code)) + " -");
}

void Breadcrumbs::garbled(std::string_view call, std::string_view sentence) {
    say(words("fault garbled", call) + " - 00000000 " + sentence_in_hex(sentence));
}

void Breadcrumbs::missing(std::string_view call, std::string_view sentence) {
    say(words("fault not_loaded", call) + " - 00000000 " + sentence_in_hex(sentence));
}

void Breadcrumbs::broken(std::string_view call, std::string_view sentence) {
    say(words("broken", call) + ' ' + sentence_in_hex(sentence));
}

void Breadcrumbs::unloadable(std::string_view sentence) { say(words("unloadable", sentence_in_hex(sentence))); }

void Breadcrumbs::done() { say("done"); }

}  // namespace scca::host
