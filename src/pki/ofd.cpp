// SPDX-License-Identifier: Apache-2.0
//
// OFD.xml → Signatures.xml → Signature.xml → SignedValue.dat, and what is left over.
#include "scca/pki/ofd.hpp"

#include "ofd_paths.hpp"
#include "ofd_references.hpp"
#include "scca/pki/der.hpp"
#include "scca/pki/refusal.hpp"
#include "xml.hpp"
#include "zip_package.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

namespace scca::pki {
namespace {

constexpr std::uint64_t max_xml = std::uint64_t{16} << 20U;
constexpr std::uint64_t max_value = std::uint64_t{64} << 20U;
constexpr std::size_t max_signatures = 256;
constexpr std::size_t max_bodies = 64;

Fault missing(std::string_view name) { return refused(name, Refusal::not_there); }

class OfdReader {
public:
    explicit OfdReader(ZipPackage package) : package_(std::move(package)) {}

    Result<OfdDocument> read() && {
        document_.offset = package_.offset();
        for (const ZipPackage::Entry& entry : package_.entries()) document_.files.push_back(entry.name);
        const auto root = find_root();
        if (!root) return missing("OFD.xml");
        const auto xml = read_xml(*root);
        if (!xml) return xml.error();
        const pugi::xml_node ofd = child_of(**xml, "OFD");
        if (!ofd) return refused(package_.entries()[*root].name, Refusal::wrong_root);
        std::size_t bodies = 0;
        for (const pugi::xml_node& body : ofd.children()) {
            if (!is_named(body, "DocBody") || ++bodies > max_bodies) continue;
            if (auto fault = read_body(body, package_.entries()[*root].name)) return *std::move(fault);
        }
        if (bodies == 0) return der::damaged("OFD.xml", 0, "no DocBody");
        find_uncovered();
        return std::move(document_);
    }

private:
    /// "OFD.xml" at the root, in any case of letters.
    [[nodiscard]] std::optional<std::size_t> find_root() const {
        if (const auto exact = package_.find("OFD.xml")) return exact;
        for (const char* const name : {"ofd.xml", "OFD.XML", "Ofd.xml"}) {
            if (const auto found = package_.find(name)) return found;
        }
        return std::nullopt;
    }

    Result<std::unique_ptr<pugi::xml_document>> read_xml(std::size_t entry) {
        const auto content = package_.read(entry, max_xml);
        if (!content) return content.error();
        return parse_xml(*content, package_.entries()[entry].name);
    }

    std::optional<Fault> read_body(const pugi::xml_node& body, const std::string& root) {
        const FoundPath document = find_path(package_, text_of(child_of(body, "DocRoot")), root, "");
        if (!document.entry) return missing(document.name.empty() ? "Document.xml" : document.name);
        const std::string folder(folder_of(document.name));
        const std::string list = text_of(child_of(body, "Signatures"));
        if (list.empty()) return std::nullopt;
        const FoundPath path = find_path(package_, list, root, folder);
        if (!path.entry) return missing(path.name);
        const auto xml = read_xml(*path.entry);
        if (!xml) return xml.error();
        document_.lists.push_back(path.name);
        ReferenceComparison comparison(package_, folder);
        const pugi::xml_node declared = child_of(**xml, "Signatures");
        if (!declared) return refused(path.name, Refusal::wrong_root);
        for (const pugi::xml_node& node : declared.children()) {
            if (!is_named(node, "Signature")) continue;
            // One that is not looked at must not pass for good.
            if (document_.signatures.size() == max_signatures) return refused(path.name, Refusal::too_many_entries);
            OfdSignature signature = read_signature(attribute_of(node, "BaseLoc"), path.name, folder);
            signature.id = attribute_of(node, "ID");
            signature.type = attribute_of(node, "Type") == "Sign" ? "Sign" : "Seal";
            if (!signature.fault) comparison.compare(signature);
            document_.signatures.push_back(std::move(signature));
        }
        return std::nullopt;
    }

    OfdSignature read_signature(const std::string& location, const std::string& list, const std::string& folder) {
        const FoundPath path = find_path(package_, location, list, folder);
        const auto without = [&](Fault fault) {
            OfdSignature signature;
            signature.xml_path = path.name;
            signature.fault = std::move(fault);
            return signature;
        };
        if (!path.entry) return without(missing(path.name.empty() ? "Signature.xml" : path.name));
        const auto xml = package_.read(*path.entry, max_xml);
        if (!xml) return without(xml.error());
        auto parsed = parse_ofd_signature(*xml);
        if (!parsed) {
            Fault fault = parsed.error();
            if (fault.call == "Signature.xml") fault.call = path.name;
            return without(std::move(fault));
        }
        OfdSignature signature = std::move(*parsed);
        signature.xml_path = path.name;
        read_value(signature, folder);
        read_seal_copy(signature, folder);
        return signature;
    }

    /// Stated and real names differ in the field: SignValue.dat, SignedValue.dat.
    FoundPath find_value(const OfdSignature& signature, const std::string& folder) const {
        constexpr std::array<std::string_view, 2> names{"SignedValue.dat", "SignValue.dat"};
        const std::string_view stated =
            signature.value_path.empty() ? names.front() : std::string_view(signature.value_path);
        FoundPath found = find_path(package_, stated, signature.xml_path, folder);
        for (const std::string_view name : names) {
            if (found.entry) break;
            std::string beside = std::string(folder_of(found.name)).append(name);
            if (const auto entry = package_.find(beside)) found = {std::move(beside), entry};
        }
        return found;
    }

    void read_value(OfdSignature& signature, const std::string& folder) {
        const FoundPath path = find_value(signature, folder);
        signature.value_path = path.name;
        if (!path.entry) {
            signature.fault = missing(path.name);
            return;
        }
        const auto content = package_.read(*path.entry, max_value);
        if (!content) {
            signature.fault = content.error();
            return;
        }
        auto value = parse_signed_value(*content);
        if (!value) {
            signature.fault = value.error();
            return;
        }
        signature.value = std::move(*value);
        if (!signature.value->defects.empty()) signature.fault = signature.value->defects.front();
    }

    void read_seal_copy(OfdSignature& signature, const std::string& folder) {
        if (signature.seal_path.empty()) return;
        const FoundPath path = find_path(package_, signature.seal_path, signature.xml_path, folder);
        signature.seal_path = path.name;
        if (!path.entry) return;
        if (auto content = package_.read(*path.entry, max_value)) signature.seal_copy = std::move(*content);
    }

    /// The files of the signatures themselves are covered otherwise, Signatures.xml must stay open for the next
    /// signature, and the two files of GM/T 0099 protect the whole package.
    void find_uncovered() {
        std::set<std::string_view> covered{"OFDEntries.xml", "signedvalue.dat"};
        covered.insert(document_.lists.begin(), document_.lists.end());
        for (const OfdSignature& signature : document_.signatures) {
            covered.insert({signature.xml_path, signature.value_path, signature.seal_path});
            for (const OfdReference& reference : signature.references) covered.insert(reference.file);
        }
        for (const ZipPackage::Entry& entry : package_.entries()) {
            if (entry.size > 0 && !covered.contains(entry.name)) document_.uncovered.push_back(entry.name);
        }
    }

    ZipPackage package_;
    OfdDocument document_;
};

}  // namespace

bool looks_like_zip(ByteView content) noexcept { return find_zip(content).has_value(); }

Result<OfdDocument> parse_ofd(ByteView content) {
    if (content.empty()) return refused("OFD", Refusal::empty);
    auto package = ZipPackage::open(content);
    if (!package) return package.error();
    return OfdReader(std::move(*package)).read();
}

}  // namespace scca::pki
