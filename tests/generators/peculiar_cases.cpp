// SPDX-License-Identifier: Apache-2.0
//
// More of what real software has written: other signer IDs, digests signed as they are, wrong identifiers, packages
// from Windows programs, signers whose certificate was renewed or is not one for signing.
#include "cases.hpp"

namespace seal_maker {
namespace {

using Folder = std::filesystem::path;

template <class Change>
void write_signed(const Cast& cast, const Folder& path, Change change) {
    Document document;
    SignOrder order = sound_order(cast);
    order.seal = {};
    order.value = [&cast, change](const Bytes& xml) {
        SesOrder made = sound_signature(cast, xml);
        change(made);
        return make_ses_signature(made);
    };
    document.sign(order);
    document.write(path);
}

void write_peculiar_seals(const Cast& cast, const Folder& folder) {
    SealOrder order = sound_seal(cast);
    order.signer_id = "1234567811111111";
    write_file(folder / "other-signer-id.esl", make_seal(order));
    order = sound_seal(cast);
    order.algorithm = "1.2.840.113549.1.1.11";
    write_file(folder / "algorithm-of-rsa.esl", make_seal(order));
    order.forger = &cast.other_maker;
    write_file(folder / "algorithm-of-rsa-forged.esl", make_seal(order));
    order = sound_seal(cast, Generation::v5);
    order.version = 4;
    order.picture.type = "png";
    order.listed = joined({list_entry(cast.other_signer), list_entry(cast.signer)});
    write_file(folder / "two-listed.esl", make_seal(order));
    const Holder mixed = make_holder(
        {.name = "测试制章单位", .serial = 33, .generalized_end = true, .bare_extension = true}, &cast.authority);
    order = sound_seal(cast);
    order.maker = &mixed;
    write_file(folder / "peculiar-certificate.esl", make_seal(order));
    order = sound_seal(cast);
    order.name = "6F9619FF-8B86-D011-B42D-00C04FC964FF";
    order.to = "20351231155959Z";  // its certificates end in 2026
    write_file(folder / "uuid-outlives-certificates.esl", make_seal(order));
    const Holder noted = make_holder({.name = "只签发证书的单位", .serial = 30, .key_usage = 0x06}, &cast.authority);
    order = sound_seal(cast);
    order.maker = &noted;
    write_file(folder / "maker-usage.esl", make_seal(order));
    const Holder impostor_issuer = make_holder({.name = "Training Authority", .serial = 1, .authority = true}, nullptr);
    const Holder impostor = make_holder({.name = "测试制章单位", .serial = 31}, &impostor_issuer);
    order = sound_seal(cast);
    order.maker = &impostor;
    write_file(folder / "maker-forged.esl", make_seal(order));
}

void write_peculiar_signers(const Cast& cast, const Folder& folder) {
    write_signed(cast, folder / "signer-renewed.ofd", [&cast](SesOrder& made) {
        made.signer = &cast.expired_signer;  // the same company's other certificate
        made.time = "20250115020304Z";
    });
    const Holder unfit =
        make_holder({.name = "四川测试建设有限公司", .serial = 32, .key_usage = 0x06}, &cast.authority);
    write_signed(cast, folder / "signer-usage.ofd", [&](SesOrder& made) {
        SealOrder seal = sound_seal(cast);
        seal.listed = list_entry(unfit);
        made.seal = make_seal(seal);
        made.signer = &unfit;
    });
    write_signed(cast, folder / "digest-signed-directly.ofd", [](SesOrder& made) { made.digest_directly = true; });
    write_signed(cast, folder / "other-signer-id.ofd", [](SesOrder& made) { made.signer_id = "1234567811111111"; });
    Document document;
    SignOrder order = sound_order(cast);
    order.type = "Sign";
    order.seal = {};
    order.value = [&](const Bytes& xml) {
        return make_signed_data({.content = SignedContent::digest_as_content,
                                 .signature_xml = xml,
                                 .signer = &cast.signer,
                                 .encoding = Encoding::raw_rs});
    };
    document.sign(order);
    document.write(folder / "signed-data-raw-rs.ofd");
}

void write_peculiar_packages(const Cast& cast, const Folder& folder) {
    Document document;
    document.sign(sound_order(cast));
    document.write(folder / "backslash-entries.ofd", {.backslashes = true});
    document.write(folder / "encrypted.ofd", {.password = "1234"});
    Document named;
    named.add("Doc_0/Attachs/附件.txt", "x");
    named.sign(sound_order(cast));
    named.write(folder / "entry-in-gbk.ofd", {.raw_name = {"附件", "\xB8\xBD\xBC\xFE"}});
    Document other;
    other.sign(sound_order(cast));
    other.file("Doc_0/Signs/Signatures.xml") = bytes_of("<html><body>please log in</body></html>");
    other.write(folder / "list-of-another-kind.ofd");
    Document crowd;
    crowd.sign(sound_order(cast));
    std::string declared = "<Signatures>";
    for (int i = 0; i < 300; ++i) declared += "<Signature ID=\"1\" BaseLoc=\"/Doc_0/Signs/Sign_0/Signature.xml\"/>";
    crowd.file("Doc_0/Signs/Signatures.xml") = bytes_of(declared + "</Signatures>");
    crowd.write(folder / "too-many-signatures.ofd");
    Document itself;
    itself.sign(sound_order(cast));
    itself.replace("Doc_0/Signs/Sign_0/Signature.xml", "FileRef=\"/OFD.xml\"",
                   "FileRef=\"/Doc_0/Signs/Sign_0/Signature.xml\"");
    itself.write(folder / "references-itself.ofd");
    write_file(folder / "empty.ofd", {});
    Document half;
    half.sign(sound_order(cast));
    Bytes& value = half.file("Doc_0/Signs/Sign_0/SignedValue.dat");
    value.resize(value.size() / 3);
    half.write(folder / "signed-value-cut-in-seal.ofd");
}

void write_peculiar_values(const Cast& cast, const Folder& folder) {
    const Bytes xml = bytes_of("<Signature/>");
    write_file(folder / "SignedValue.dat", make_signed_data({.signature_xml = xml, .signer = &cast.signer}));
    write_file(folder / "ses-base64.txt", bytes_of(base64(make_ses_signature(sound_signature(cast, xml))) + "\n"));
    Bytes old = bytes_of("ES");
    old.resize(600, 0);
    write_file(folder / "bjca-old.bin", old);
}

}  // namespace

void write_peculiar(const Cast& cast, const Folder& seals, const Folder& documents) {
    write_peculiar_values(cast, documents.parent_path() / "values");
    write_peculiar_seals(cast, seals);
    write_peculiar_signers(cast, documents);
    write_peculiar_packages(cast, documents);
}

}  // namespace seal_maker
