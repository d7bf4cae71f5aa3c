// SPDX-License-Identifier: Apache-2.0
//
// Documents with one thing wrong each, and packages that must be refused.
#include "cases.hpp"

#include <algorithm>

namespace seal_maker {
namespace {

using Folder = std::filesystem::path;

constexpr const char* page_1 = "Doc_0/Pages/Page_1/Content.xml";
constexpr const char* value_path = "Doc_0/Signs/Sign_0/SignedValue.dat";
constexpr const char* xml_path = "Doc_0/Signs/Sign_0/Signature.xml";

template <class Change>
void write_changed(const Cast& cast, const Folder& path, Change change) {
    Document document;
    document.sign(sound_order(cast));
    change(document);
    document.write(path);
}

void write_changed_files(const Cast& cast, const Folder& folder) {
    write_changed(cast, folder / "page-edited.ofd", [](Document& one) { one.replace(page_1, "100", "900"); });
    write_changed(cast, folder / "page-missing.ofd", [](Document& one) { one.remove(page_1); });
    write_changed(cast, folder / "page-added.ofd",
                  [](Document& one) { one.add("Doc_0/Pages/Page_2/Content.xml", "<ofd:Page/>"); });
    write_changed(cast, folder / "signature-xml-edited.ofd",
                  [](Document& one) { one.replace(xml_path, "10 10 40 40", "90 10 40 40"); });
    write_changed(cast, folder / "signature-xml-missing.ofd", [](Document& one) { one.remove(xml_path); });
    write_changed(cast, folder / "signed-value-missing.ofd", [](Document& one) { one.remove(value_path); });
    write_changed(cast, folder / "signed-value-empty.ofd", [](Document& one) { one.file(value_path).clear(); });
    write_changed(cast, folder / "signed-value-cut.ofd", [](Document& one) {
        Bytes& value = one.file(value_path);
        value.resize(value.size() - 40);
    });
    write_changed(cast, folder / "list-missing.ofd", [](Document& one) { one.remove("Doc_0/Signs/Signatures.xml"); });
    write_changed(cast, folder / "list-malformed.ofd", [](Document& one) {
        Bytes& list = one.file("Doc_0/Signs/Signatures.xml");
        list.resize(list.size() / 2);
    });
    Document partly;
    SignOrder order = sound_order(cast);
    order.leave_out = {page_1};
    partly.sign(order);
    partly.write(folder / "page-not-covered.ofd");
    Document copied;
    order = sound_order(cast);
    order.seal = make_seal(sound_seal(cast, Generation::v5));
    copied.sign(order);
    copied.write(folder / "seal-copy-differs.ofd");
}

/// The seal and the signature as `change` has left the orders for them.
template <class Change>
void write_made(const Cast& cast, const Folder& path, Change change) {
    Document document;
    SignOrder order = sound_order(cast);
    order.seal = {};
    order.value = [&cast, change](const Bytes& xml) {
        SealOrder seal = sound_seal(cast);
        SesOrder made = sound_signature(cast, xml);
        change(seal, made);
        if (made.seal.empty()) made.seal = make_seal(seal);
        return make_ses_signature(made);
    };
    document.sign(order);
    document.write(path);
}

void write_wrong_signatures(const Cast& cast, const Folder& folder) {
    const auto write = [&](const char* name, auto change) {
        write_made(cast, folder / name, [change](SealOrder& seal, SesOrder& made) {
            made.seal.clear();
            change(seal, made);
        });
    };
    write("seal-of-another-maker.ofd", [&cast](SealOrder& seal, SesOrder&) { seal.forger = &cast.other_maker; });
    write("seal-tampered.ofd", [](SealOrder& seal, SesOrder& made) { made.seal = tampered(make_seal(seal)); });
    write("seal-expired-when-signed.ofd", [](SealOrder& seal, SesOrder&) { seal.to = "20250131155959Z"; });
    write("signer-not-listed.ofd", [&cast](SealOrder&, SesOrder& made) { made.signer = &cast.other_signer; });
    write("no-certificate-listed.ofd", [](SealOrder& seal, SesOrder&) { seal.listed = octets(bytes_of("1")); });
    write("signed-after-expiry.ofd", [&cast](SealOrder& seal, SesOrder& made) {
        seal.listed = list_entry(cast.expired_signer);
        made.signer = &cast.expired_signer;
    });
    write("signed-before-validity.ofd", [](SealOrder&, SesOrder& made) { made.time = "20231001020304Z"; });
    write("value-by-another-key.ofd", [&cast](SealOrder&, SesOrder& made) { made.forger = &cast.other_signer; });
    write("data-hash-wrong.ofd", [](SealOrder&, SesOrder& made) { made.data_hash.at(0) ^= 0x01U; });
}

void write_orders_of_signing(const Cast& cast, const Folder& folder) {
    SignOrder first = sound_order(cast);
    SignOrder second = sound_order(cast);
    second.id = "s002";
    second.folder = "Doc_0/Signs/Sign_1/";
    Document listed;
    first.cover_list = true;
    listed.sign(first);
    listed.sign(second);
    listed.write(folder / "list-covered-then-signed-again.ofd");
    Document edited;
    first.cover_list = false;
    edited.sign(first);
    edited.replace(page_1, "100", "900");
    edited.sign(second);
    edited.write(folder / "edited-then-signed-again.ofd");
}

void patch(const Folder& path, std::string_view what, std::string_view with) {
    Bytes content = read_file(path);
    for (auto at = content.begin();;) {
        at = std::search(at, content.end(), what.begin(), what.end());
        if (at == content.end()) break;
        at = std::copy(with.begin(), with.end(), at);
    }
    write_file(path, content);
}

}  // namespace

void write_spoilt_documents(const Cast& cast, const Folder& folder) {
    write_changed_files(cast, folder);
    write_wrong_signatures(cast, folder);
    write_orders_of_signing(cast, folder);
}

void write_hostile_packages(const Cast& cast, const Folder& folder) {
    const auto add = [&](const char* name, const char* entry, std::string_view content) {
        write_changed(cast, folder / name, [&](Document& one) { one.add(entry, content); });
    };
    add("entry-above-root.ofd", "../../etc/cron.d/x", "x");
    add("entry-absolute.ofd", "/etc/cron.d/x", "x");
    add("entry-with-drive.ofd", "C:\\Windows\\x", "x");
    add("bomb.ofd", "Doc_0/Res/zeros.bin", std::string(std::size_t{80} << 20U, '\0'));
    add("entry-twice.ofd", "Doc_0/PublicRes.xmm", "x");
    patch(folder / "entry-twice.ofd", "Doc_0/PublicRes.xmm", "Doc_0/PublicRes.xml");
    const auto declare = [&](const char* name, std::string_view doctype) {
        write_changed(cast, folder / name,
                      [&](Document& one) { one.replace("OFD.xml", "\n", "\n" + std::string(doctype)); });
    };
    declare("external-entity.ofd", "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>");
    declare("xml-bomb.ofd", "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;\">]>");
    write_changed(cast, folder / "no-ofd-xml.ofd", [](Document& one) { one.remove("OFD.xml"); });
    write_changed(cast, folder / "ofd-xml-malformed.ofd", [](Document& one) { one.file("OFD.xml").resize(80); });
    write_changed(cast, folder / "zip-cut.ofd", [](Document&) {});
    Bytes whole = read_file(folder / "zip-cut.ofd");
    whole.resize(whole.size() / 2);
    write_file(folder / "zip-cut.ofd", whole);
    write_file(folder / "not-a-zip.ofd", bytes_of("%PDF-1.7\n"));
}

}  // namespace seal_maker
