// SPDX-License-Identifier: Apache-2.0
//
// Which field of wire.hpp belongs where, as one table: a new field is a new row.
#include "scca/token/wire.hpp"
#include "wire_reader.hpp"
#include "wire_words.hpp"

#include <array>

namespace scca::token {

struct WireReader::FieldRow {
    Kind kind;
    std::string_view field;
    bool (*put)(WireReader& reader, ByteView octets);
};

std::span<const WireReader::FieldRow> WireReader::field_table() {
    namespace fields = wire::fields;
    using Reader = WireReader;
    static constexpr std::array rows{
        FieldRow{Kind::module, fields::abi, [](Reader& r, ByteView o) { return assign(r.seen_.abi, o); }},
        FieldRow{Kind::token, fields::device, [](Reader& r, ByteView o) { return assign(r.token().device, o); }},
        FieldRow{Kind::token, fields::reference, [](Reader& r, ByteView o) { return assign(r.token().reference, o); }},
        FieldRow{Kind::application, fields::reference,
                 [](Reader& r, ByteView o) { return assign(r.application().reference, o); }},
        FieldRow{Kind::container, fields::reference,
                 [](Reader& r, ByteView o) { return assign(r.container().reference, o); }},
        FieldRow{Kind::container, fields::signature,
                 [](Reader& r, ByteView o) { return assign(r.container().signature, o); }},
        FieldRow{Kind::token, fields::label, [](Reader& r, ByteView o) { return assign(r.token().label, o); }},
        FieldRow{Kind::token, fields::manufacturer,
                 [](Reader& r, ByteView o) { return assign(r.token().manufacturer, o); }},
        FieldRow{Kind::token, fields::serial, [](Reader& r, ByteView o) { return assign(r.token().serial, o); }},
        FieldRow{Kind::token, fields::state, [](Reader& r, ByteView o) { return assign(r.token().state, o); }},
        FieldRow{Kind::reader, fields::name, [](Reader& r, ByteView o) { return assign(r.reader().name, o); }},
        FieldRow{Kind::reader, fields::state, [](Reader& r, ByteView o) { return assign(r.reader().state, o); }},
        FieldRow{Kind::reader, fields::atr, [](Reader& r, ByteView o) { return assign(r.reader().atr, o); }},
        FieldRow{Kind::reader, fields::connected,
                 [](Reader& r, ByteView o) { return assign(r.reader().connected, o); }},
        FieldRow{Kind::reader, fields::vendor, [](Reader& r, ByteView o) { return assign(r.reader().vendor, o); }},
        FieldRow{Kind::application, fields::name,
                 [](Reader& r, ByteView o) { return assign(r.application().name, o); }},
        FieldRow{Kind::application, fields::pin_tries_max,
                 [](Reader& r, ByteView o) { return assign(r.application().pin.tries_max, o); }},
        FieldRow{Kind::application, fields::pin_tries_left,
                 [](Reader& r, ByteView o) { return assign(r.application().pin.tries_left, o); }},
        FieldRow{Kind::application, fields::pin_locked,
                 [](Reader& r, ByteView o) { return assign(r.application().pin.locked, o); }},
        FieldRow{Kind::application, fields::pin_few,
                 [](Reader& r, ByteView o) { return assign(r.application().pin.few, o); }},
        FieldRow{Kind::application, fields::pin_initial,
                 [](Reader& r, ByteView o) { return assign(r.application().pin.initial, o); }},
        FieldRow{Kind::application, fields::hides_objects,
                 [](Reader& r, ByteView o) { return assign(r.application().hides_objects, o); }},
        FieldRow{Kind::application, fields::containers_left,
                 [](Reader& r, ByteView o) { return assign(r.application().containers_left, o); }},
        FieldRow{Kind::application, fields::files_left,
                 [](Reader& r, ByteView o) { return assign(r.application().files_left, o); }},
        FieldRow{Kind::container, fields::name, [](Reader& r, ByteView o) { return assign(r.container().name, o); }},
        FieldRow{Kind::container, fields::algorithm,
                 [](Reader& r, ByteView o) { return assign(r.container().algorithm, o); }},
        FieldRow{Kind::certificate, fields::role,
                 [](Reader& r, ByteView o) { return assign(r.container().certificates.back().role, o); }},
        FieldRow{Kind::certificate, fields::content,
                 [](Reader& r, ByteView o) { return assign(r.container().certificates.back().content, o); }},
        FieldRow{Kind::public_key, fields::role,
                 [](Reader& r, ByteView o) { return assign(r.container().public_keys.back().role, o); }},
        FieldRow{Kind::public_key, fields::algorithm,
                 [](Reader& r, ByteView o) { return assign(r.container().public_keys.back().algorithm, o); }},
        FieldRow{Kind::public_key, fields::content,
                 [](Reader& r, ByteView o) { return assign(r.container().public_keys.back().content, o); }},
        FieldRow{Kind::file, fields::name, [](Reader& r, ByteView o) { return assign(r.file().name, o); }},
        FieldRow{Kind::file, fields::size, [](Reader& r, ByteView o) { return assign(r.file().size, o); }},
        FieldRow{Kind::file, fields::needs_pin, [](Reader& r, ByteView o) { return assign(r.file().needs_pin, o); }},
        FieldRow{Kind::file, fields::content, [](Reader& r, ByteView o) { return assign(r.file().content, o); }},
    };
    static_assert(rows.size() <= 64, "a bit for each in Open::fields_set");
    return rows;
}

bool WireReader::take_field(Words words, bool append) {
    if (words.size() != 2 || call_open_) return false;
    // A module's own field may come while a token is open: it is found out by looking at one.
    const Kind kind = words[0] == wire::fields::abi ? Kind::module : innermost();
    std::uint64_t& fields_set = kind == Kind::module ? module_fields_set_ : open_.back().fields_set;
    const auto rows = field_table();
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (rows[i].kind != kind || rows[i].field != words[0]) continue;
        const std::uint64_t bit = std::uint64_t{1} << i;
        if (append ? words[0] != wire::fields::content : (fields_set & bit) != 0) return false;
        const auto octets = words[1] == wire::nothing ? Bytes() : parse_hex(words[1]);
        if (!octets || !rows[i].put(*this, *octets)) return false;
        fields_set |= bit;
        return true;
    }
    return false;
}

}  // namespace scca::token
