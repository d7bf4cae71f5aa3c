// SPDX-License-Identifier: Apache-2.0
#include "ofd_package.hpp"

#include <zip.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <stdexcept>

namespace seal_maker {
namespace {

constexpr std::string_view declaration = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
constexpr std::string_view name_space = " xmlns:ofd=\"http://www.ofdspec.org/2016\"";

std::string element(std::string_view name, std::string_view content, std::string_view attributes = {}) {
    std::string text = "<ofd:" + std::string(name) + std::string(attributes) + ">";
    return text.append(content) + "</ofd:" + std::string(name) + ">";
}

std::string attribute(std::string_view name, std::string_view value) {
    return " " + std::string(name) + "=\"" + std::string(value) + "\"";
}

std::string page(std::string_view text) {
    return std::string(declaration) +
           element("Page", element("Content", element("Layer", element("TextObject", element("TextCode", text)))),
                   name_space);
}

std::string path_from(const SignOrder& order, const std::string& name) {
    return order.relative_paths ? name.substr(order.folder.size()) : "/" + name;
}

std::string name_in(const PackageForm& form, std::string name) {
    const auto& [part, octets] = form.raw_name;
    const std::size_t at = part.empty() ? std::string::npos : name.find(part);
    if (at != std::string::npos) name.replace(at, part.size(), octets);
    if (form.backslashes) std::replace(name.begin(), name.end(), '/', '\\');
    return name;
}

}  // namespace

Document::Document(std::string list_path) : list_path_(std::move(list_path)) {
    add("OFD.xml", std::string(declaration) + element("OFD",
                                                      element("DocBody", element("DocInfo", element("DocID", "42")) +
                                                                             element("DocRoot", "Doc_0/Document.xml")),
                                                      std::string(name_space) + " Version=\"1.0\" DocType=\"OFD\""));
    add("Doc_0/Document.xml",
        std::string(declaration) +
            element("Document",
                    element("CommonData", element("MaxUnitID", "9") + element("PublicRes", "PublicRes.xml")) +
                        element("Pages",
                                "<ofd:Page ID=\"1\" BaseLoc=\"Pages/Page_0/Content.xml\"/>"
                                "<ofd:Page ID=\"2\" BaseLoc=\"Pages/Page_1/Content.xml\"/>"),
                    name_space));
    add("Doc_0/PublicRes.xml", std::string(declaration) + element("Res", "", name_space));
    add("Doc_0/Pages/Page_0/Content.xml", page("投标函"));
    add("Doc_0/Pages/Page_1/Content.xml", page("报价：100 元"));
}

Bytes& Document::file(const std::string& name) {
    const auto found = std::find_if(files_.begin(), files_.end(), [&](const auto& one) { return one.first == name; });
    if (found == files_.end()) throw std::invalid_argument(name);
    return found->second;
}

void Document::add(const std::string& name, std::string_view text) { files_.emplace_back(name, bytes_of(text)); }

void Document::remove(const std::string& name) {
    std::erase_if(files_, [&](const auto& one) { return one.first == name; });
}

void Document::replace(const std::string& name, std::string_view what, std::string_view with) {
    Bytes& content = file(name);
    std::string text(content.begin(), content.end());
    const std::size_t at = text.find(what);
    if (at == std::string::npos) throw std::invalid_argument(std::string(what));
    text.replace(at, what.size(), with);
    content = bytes_of(text);
}

void Document::write_list(const SignOrder& order) {
    if (declared_.empty()) {
        replace("OFD.xml", "</ofd:DocBody>", element("Signatures", "/" + list_path_) + "</ofd:DocBody>");
        add(list_path_, "");
    }
    declared_ += "<ofd:Signature" + attribute("ID", order.id) +
                 (order.type.empty() ? std::string() : attribute("Type", order.type)) +
                 attribute("BaseLoc", "/" + order.folder + "Signature.xml") + "/>";
    file(list_path_) = bytes_of(std::string(declaration) +
                                element("Signatures", element("MaxSignId", order.id) + declared_, name_space));
}

std::string Document::references(const SignOrder& order) const {
    std::string text;
    for (const auto& [name, content] : files_) {
        const bool left = std::find(order.leave_out.begin(), order.leave_out.end(), name) != order.leave_out.end();
        const bool of_other = name.find("Sign_") != std::string::npos && name.find(order.folder) == std::string::npos;
        if (left || of_other || (name == list_path_ && !order.cover_list)) continue;
        const Bytes value =
            order.digest_key == nullptr ? digest(order.digest_name, content) : sm3_with_z(*order.digest_key, content);
        const std::string path =
            order.relative_paths && name.starts_with(order.folder) ? path_from(order, name) : "/" + name;
        text += element("Reference", element("CheckValue", base64(value)), attribute("FileRef", path));
    }
    return element("References", text,
                   order.check_method.empty() ? std::string() : attribute("CheckMethod", order.check_method));
}

void Document::sign(const SignOrder& order) {
    write_list(order);
    if (!order.seal.empty()) files_.emplace_back(order.folder + "Seal.esl", order.seal);
    const std::string seal = order.seal.empty()
                                 ? std::string()
                                 : element("Seal", element("BaseLoc", path_from(order, order.folder + "Seal.esl")));
    const std::string info = "<ofd:Provider ProviderName=\"scca-doctor tests\" Company=\"none\" Version=\"1\"/>" +
                             element("SignatureMethod", "1.2.156.10197.1.501") +
                             element("SignatureDateTime", order.date) + references(order) +
                             "<ofd:StampAnnot ID=\"s901\" PageRef=\"1\" Boundary=\"10 10 40 40\"/>" + seal;
    const std::string xml = std::string(declaration) +
                            element("Signature",
                                    element("SignedInfo", info) +
                                        element("SignedValue", path_from(order, order.folder + "SignedValue.dat")),
                                    name_space);
    add(order.folder + "Signature.xml", xml);
    files_.emplace_back(order.folder + order.value_name, order.value(bytes_of(xml)));
}

void Document::write(const std::filesystem::path& path, const PackageForm& form) const {
    std::filesystem::remove(path);
    zip_t* const archive = zip_open(path.c_str(), ZIP_CREATE | ZIP_TRUNCATE, nullptr);
    if (archive == nullptr) throw std::runtime_error(path.string());
    for (const auto& [name, content] : files_) {
        zip_source_t* const source = zip_source_buffer(archive, content.data(), content.size(), 0);
        const std::string own = name_in(form, name);
        const zip_flags_t encoding = own == name ? ZIP_FL_ENC_UTF_8 : ZIP_FL_ENC_CP437;
        const zip_int64_t entry = zip_file_add(archive, own.c_str(), source, encoding);
        if (entry < 0) throw std::runtime_error(name);
        if (form.password.empty()) continue;
        zip_file_set_encryption(archive, static_cast<zip_uint64_t>(entry), ZIP_EM_AES_128, form.password.c_str());
    }
    if (zip_close(archive) != 0) throw std::runtime_error(path.string());
    if (!form.before.empty()) write_file(path, joined({form.before, read_file(path)}));
}

Bytes read_file(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

void write_file(const std::filesystem::path& path, const Bytes& content) {
    std::ofstream out(path, std::ios::binary | std::ios::trunc);
    out.write(reinterpret_cast<const char*>(content.data()), static_cast<std::streamsize>(content.size()));
    if (!out) throw std::runtime_error(path.string());
}

}  // namespace seal_maker
