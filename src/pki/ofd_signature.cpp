// SPDX-License-Identifier: Apache-2.0
//
// Signature.xml (GB/T 33190 clause 18.2), as it stands.
#include "scca/pki/container.hpp"
#include "scca/pki/der.hpp"
#include "scca/pki/ofd.hpp"
#include "scca/pki/refusal.hpp"
#include "xml.hpp"

namespace scca::pki {
namespace {

constexpr std::size_t max_references = 10'000;
constexpr std::size_t max_stamps = 1'000;

/// False when there are more than any package has files.
bool read_references(const pugi::xml_node& list, OfdSignature& signature) {
    std::string method = attribute_of(list, "CheckMethod");
    const bool stated = !method.empty();
    for (const pugi::xml_node& node : list.children()) {
        if (!is_named(node, "Reference")) continue;
        if (signature.references.size() == max_references) return false;
        OfdReference reference;
        reference.file = attribute_of(node, "FileRef");
        const std::string value = text_of(child_of(node, "CheckValue"));
        reference.check_value = parse_base64(as_bytes(value)).value_or(Bytes());
        reference.method = stated ? method : "MD5";
        signature.references.push_back(std::move(reference));
    }
    return true;
}

void read_stamps(const pugi::xml_node& info, OfdSignature& signature) {
    for (const pugi::xml_node& node : info.children()) {
        if (!is_named(node, "StampAnnot") || signature.stamps.size() == max_stamps) continue;
        signature.stamps.push_back(
            {attribute_of(node, "ID"), attribute_of(node, "PageRef"), attribute_of(node, "Boundary")});
    }
}

}  // namespace

Result<OfdSignature> parse_ofd_signature(ByteView xml) {
    const auto document = parse_xml(xml, "Signature.xml");
    if (!document) return document.error();
    const pugi::xml_node root = child_of(**document, "Signature");
    if (!root) return refused("Signature.xml", Refusal::wrong_root);
    const pugi::xml_node info = child_of(root, "SignedInfo");
    if (!info) return der::damaged("Signature.SignedInfo", 0, "missing");
    OfdSignature signature;
    signature.xml.assign(xml.begin(), xml.end());
    signature.value_path = text_of(child_of(root, "SignedValue"));
    signature.seal_path = text_of(child_of(child_of(info, "Seal"), "BaseLoc"));
    signature.provider = attribute_of(child_of(info, "Provider"), "ProviderName");
    signature.method = text_of(child_of(info, "SignatureMethod"));
    signature.date = text_of(child_of(info, "SignatureDateTime"));
    if (!read_references(child_of(info, "References"), signature)) {
        return refused("Signature.xml", Refusal::too_many_entries);
    }
    read_stamps(info, signature);
    return signature;
}

}  // namespace scca::pki
