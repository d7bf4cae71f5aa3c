// SPDX-License-Identifier: Apache-2.0
//
// Documents whose signatures hold, however peculiar they are.
#include "cases.hpp"

namespace seal_maker {
namespace {

using Folder = std::filesystem::path;

void write_one(const Folder& path, const SignOrder& order) {
    Document document;
    document.sign(order);
    document.write(path);
}

void write_generations(const Cast& cast, const Folder& folder) {
    Document().write(folder / "not-signed.ofd");
    for (const auto& [name, generation] : {std::pair{"v1", Generation::v1}, std::pair{"v3", Generation::v3},
                                           std::pair{"v4", Generation::v4}, std::pair{"v5", Generation::v5}}) {
        write_one(folder / ("sound-" + std::string(name) + ".ofd"), sound_order(cast, generation));
    }
    SignOrder order = sound_order(cast);
    order.value = [&](const Bytes& xml) {
        SealOrder listed = sound_seal(cast);
        listed.list_type = 2;
        listed.listed = digest_entry(cast.signer);
        SesOrder made = sound_signature(cast, xml);
        made.seal = make_seal(listed);
        return make_ses_signature(made);
    };
    order.seal = {};
    write_one(folder / "digest-list.ofd", order);
}

void write_signed_data(const Cast& cast, const Folder& folder) {
    for (const auto& [name, content] :
         {std::pair{"attributes", SignedContent::attributes}, std::pair{"digest", SignedContent::digest_as_content},
          std::pair{"detached", SignedContent::detached}}) {
        SignOrder order = sound_order(cast);
        order.type = "Sign";
        order.seal = {};
        order.value = [&cast, form = content](const Bytes& xml) {
            return make_signed_data({.content = form, .signature_xml = xml, .signer = &cast.signer});
        };
        write_one(folder / ("signed-data-" + std::string(name) + ".ofd"), order);
    }
    SignOrder bare = sound_order(cast);
    bare.type = "Sign";
    bare.seal = {};
    bare.value = [&](const Bytes& xml) { return sign(cast.signer, xml); };
    write_one(folder / "bare-sm2.ofd", bare);
}

void write_digests(const Cast& cast, const Folder& folder) {
    const auto write = [&](const char* name, const char* method, const char* digest_name, const Holder* key = nullptr) {
        SignOrder order = sound_order(cast);
        order.check_method = method;
        order.digest_name = digest_name;
        order.digest_key = key;
        write_one(folder / name, order);
    };
    write("digest-sm3-oid.ofd", "1.2.156.10197.1.401", "SM3");
    write("digest-sm3-with-z.ofd", "1.2.156.10197.1.401.2", "SM3", &cast.signer);
    write("digest-sha1.ofd", "SHA1", "SHA1");
    write("digest-sha256.ofd", "2.16.840.1.101.3.4.2.1", "SHA256");
    write("digest-md5-by-default.ofd", "", "MD5");
    SignOrder order = sound_order(cast);
    order.value = [&](const Bytes& xml) {
        SesOrder made = sound_signature(cast, xml);
        made.data_hash = sm3_with_z(cast.signer, xml);
        return make_ses_signature(made);
    };
    order.seal = {};
    write_one(folder / "data-hash-with-z.ofd", order);
}

void write_encodings(const Cast& cast, const Folder& folder) {
    const auto write = [&](const char* name, Generation generation, auto change) {
        SignOrder order = sound_order(cast, generation);
        order.seal = {};
        order.value = [&cast, generation, change](const Bytes& xml) {
            SesOrder made = sound_signature(cast, xml, generation);
            change(made);
            return make_ses_signature(made);
        };
        write_one(folder / name, order);
    };
    write("raw-rs.ofd", Generation::v4, [](SesOrder& made) { made.encoding = Encoding::raw_rs; });
    write("negative-integer.ofd", Generation::v4, [](SesOrder& made) { made.encoding = Encoding::negative_integer; });
    write("text-time.ofd", Generation::v1, [](SesOrder& made) { made.time_form = TimeForm::text_in_bits; });
    write("version-2-v1-layout.ofd", Generation::v1, [](SesOrder& made) { made.version = 2; });
    write("json-property.ofd", Generation::v4, [](SesOrder& made) { made.property = "{\"signer\":\"x\"}\n"; });
    SignOrder order = sound_order(cast);
    order.value = [make = order.value](const Bytes& xml) { return joined({make(xml), {0, 0, 0, 0}}); };
    write_one(folder / "trailing-bytes.ofd", order);
}

void write_layouts(const Cast& cast, const Folder& folder) {
    SignOrder order = sound_order(cast);
    order.relative_paths = true;
    write_one(folder / "relative-paths.ofd", order);
    order = sound_order(cast);
    order.value_name = "SignValue.dat";
    write_one(folder / "sign-value-misspelt.ofd", order);
    order = sound_order(cast);
    order.type.clear();
    write_one(folder / "type-absent.ofd", order);
    Document beside("Doc_0/Signatures.xml");
    beside.sign(sound_order(cast));
    beside.write(folder / "list-beside-document.ofd");
    Document prefixed;
    prefixed.sign(sound_order(cast));
    prefixed.write(folder / "data-before-the-zip.ofd", {.before = bytes_of("#!prefix written by a print driver\n")});
    Document undeclared;
    undeclared.sign(sound_order(cast));
    undeclared.add("Doc_0/Signs/Sign_7/SignedValue.dat", "");
    undeclared.write(folder / "undeclared-empty-signature.ofd");
    Document twice;
    twice.sign(sound_order(cast));
    order = sound_order(cast);
    order.id = "s002";
    order.folder = "Doc_0/Signs/Sign_1/";
    twice.sign(order);
    twice.write(folder / "two-signatures.ofd");
    Document none("Doc_0/Signs/Signatures.xml");
    none.replace("OFD.xml", "</ofd:DocBody>", "<ofd:Signatures>/Doc_0/Signatures.xml</ofd:Signatures></ofd:DocBody>");
    none.add("Doc_0/Signatures.xml", "<ofd:Signatures xmlns:ofd=\"http://www.ofdspec.org/2016\"/>");
    none.write(folder / "list-without-signature.ofd");
}

}  // namespace

SignOrder sound_order(const Cast& cast, Generation generation) {
    SignOrder order;
    const Bytes seal = make_seal(sound_seal(cast, generation));
    order.seal = seal;
    order.value = [&cast, generation, seal](const Bytes& xml) {
        SesOrder made = sound_signature(cast, xml, generation);
        made.seal = seal;
        return make_ses_signature(made);
    };
    return order;
}

void write_sound_documents(const Cast& cast, const Folder& folder) {
    write_generations(cast, folder);
    write_signed_data(cast, folder);
    write_digests(cast, folder);
    write_encodings(cast, folder);
    write_layouts(cast, folder);
}

}  // namespace seal_maker
