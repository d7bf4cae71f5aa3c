// SPDX-License-Identifier: Apache-2.0
#include "cases.hpp"

namespace seal_maker {
namespace {

using Folder = std::filesystem::path;

/// OBJECT IDENTIFIER whose content is plain text, as one vendor writes them.
Bytes text_as_oid(std::string_view text) { return tlv(0x06, bytes_of(text)); }

Bytes damaged_as_text(const Bytes& content) {
    Bytes damaged;
    for (const std::uint8_t octet : content) {
        if (octet < 0x80) {
            damaged.push_back(octet);
        } else {
            damaged.insert(damaged.end(), {0xEF, 0xBF, 0xBD});  // U+FFFD
        }
    }
    return damaged;
}

void write_generations(const Cast& cast, const Folder& folder) {
    for (const auto& [name, generation] :
         {std::pair{"sound-v1", Generation::v1}, std::pair{"sound-v3", Generation::v3},
          std::pair{"sound-v4", Generation::v4}, std::pair{"sound-v5", Generation::v5}}) {
        write_file(folder / (std::string(name) + ".esl"), make_seal(sound_seal(cast, generation)));
    }
    for (const char* const type : {"gif", "bmp", "JPG", "SVG"}) {
        SealOrder order = sound_seal(cast);
        order.picture = make_picture(type);
        write_file(folder / ("picture-" + std::string(type) + ".esl"), make_seal(order));
    }
    Document().write(folder / "picture.ofd");
    SealOrder nested = sound_seal(cast);
    nested.picture = {"ofd", read_file(folder / "picture.ofd")};
    std::filesystem::remove(folder / "picture.ofd");
    write_file(folder / "picture-ofd.esl", make_seal(nested));
    write_file(folder / "base64.esl", bytes_of(base64(make_seal(sound_seal(cast))) + "\n"));
}

void write_encodings(const Cast& cast, const Folder& folder) {
    for (const auto& [name, encoding] :
         {std::pair{"raw-rs", Encoding::raw_rs}, std::pair{"negative-integer", Encoding::negative_integer},
          std::pair{"non-minimal-integer", Encoding::non_minimal_integer}}) {
        SealOrder order = sound_seal(cast);
        order.encoding = encoding;
        write_file(folder / (std::string(name) + ".esl"), make_seal(order));
    }
    for (const auto& [name, generation] : {std::pair{"v1", Generation::v1}, std::pair{"v4", Generation::v4}}) {
        SealOrder order = sound_seal(cast, generation);
        order.indefinite_lengths = true;
        write_file(folder / (std::string(name) + "-indefinite-lengths.esl"), make_seal(order));
    }
    const Bytes sound = make_seal(sound_seal(cast));
    write_file(folder / "trailing-bytes.esl", joined({sound, {0, 0, 0, 0}}));
    write_file(folder / "damaged-as-text.esl", damaged_as_text(sound));
    write_file(folder / "cut.esl", Bytes(sound.begin(), sound.begin() + static_cast<std::ptrdiff_t>(sound.size() / 2)));
    Bytes old = bytes_of("ES");  // BJCA's old seal: a C structure, no ASN.1
    old.resize(600, 0);
    write_file(folder / "bjca-old-binary.esl", old);
}

void write_extensions(const Cast& cast, const Folder& folder) {
    const auto write = [&](const char* name, const Bytes& extensions) {
        SealOrder order = sound_seal(cast);
        order.extensions = extensions;
        write_file(folder / name, make_seal(order));
    };
    const Bytes type = oid("1.2.156.10197.6.7.2.2.1");
    write("explicit-boolean-false.esl", sequence({extension_item(type, false, true, "2.1")}));
    write("critical-unknown-extension.esl", sequence({extension_item(type, true, false, "2.1")}));
    write("text-as-oid.esl", sequence({extension_item(text_as_oid("tag"), true, false, "x"),
                                       extension_item(text_as_oid("version"), true, false, "1")}));
    write("empty-extensions.esl", sequence({}));
    write("extensions-in-octet-string.esl", octets(sequence({extension_item(type, false, false, "2.1")})));
    write("extensions-tagged.esl", tagged(0, sequence({extension_item(type, false, false, "2.1")})));
}

void write_lists_and_times(const Cast& cast, const Folder& folder) {
    SealOrder order = sound_seal(cast, Generation::v1);
    order.version = 2;
    write_file(folder / "version-2-v1-layout.esl", make_seal(order));
    order = sound_seal(cast, Generation::v1);
    order.listed = ia5("1");
    write_file(folder / "ia5-string-in-list.esl", make_seal(order));
    order = sound_seal(cast, Generation::v1);
    order.generalized_times = true;
    write_file(folder / "v1-generalized-times.esl", make_seal(order));
    order = sound_seal(cast);
    order.list_type = 2;
    order.listed = digest_entry(cast.signer);
    write_file(folder / "digest-list.esl", make_seal(order));
    order = sound_seal(cast);
    order.created = "20231120020000Z";
    write_file(folder / "created-before-makers-certificate.esl", make_seal(order));
    order = sound_seal(cast);
    order.to = "20250430155959Z";
    write_file(folder / "expired.esl", make_seal(order));
    order = sound_seal(cast);
    order.from = "20250731160000Z";
    write_file(folder / "not-yet-valid.esl", make_seal(order));
}

void write_failures(const Cast& cast, const Folder& folder) {
    SealOrder order = sound_seal(cast);
    order.forger = &cast.other_maker;
    write_file(folder / "signed-by-another-maker.esl", make_seal(order));
    order = sound_seal(cast);
    order.picture.content = bytes_of("not a picture");
    write_file(folder / "not-a-picture.esl", make_seal(order));
    write_file(folder / "tampered.esl", tampered(make_seal(sound_seal(cast))));
}

}  // namespace

SealOrder sound_seal(const Cast& cast, Generation generation) {
    SealOrder order;
    order.generation = generation;
    order.listed = list_entry(cast.signer);
    order.picture = make_picture("PNG");
    order.maker = &cast.maker;
    return order;
}

void write_seals(const Cast& cast, const Folder& folder) {
    write_generations(cast, folder);
    write_encodings(cast, folder);
    write_extensions(cast, folder);
    write_lists_and_times(cast, folder);
    write_failures(cast, folder);
}

}  // namespace seal_maker
