// SPDX-License-Identifier: Apache-2.0
//
// A small OFD document (GB/T 33190) that can be signed, changed and written. Its paths are absolute and its names those
// of the standard unless an order says otherwise.
#pragma once

#include "signature_parts.hpp"

#include <filesystem>
#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace seal_maker {

struct SignOrder {
    std::string id = "s001", type = "Seal";  ///< an empty type is not written
    std::string folder = "Doc_0/Signs/Sign_0/";
    std::string value_name = "SignedValue.dat";
    std::string check_method = "SM3";    ///< an empty one is not written: then it is MD5
    std::string digest_name = "SM3";     ///< OpenSSL's name for it
    const Holder* digest_key = nullptr;  ///< SM3 with Z of this holder
    std::string date = "2025-03-01 10:03:04";
    bool relative_paths = false;
    bool cover_list = false;             ///< Signatures.xml among the references
    std::vector<std::string> leave_out;  ///< files that are not referenced
    Bytes seal;                          ///< written as Seal.esl when not empty
    /// SignedValue of Signature.xml
    std::function<Bytes(const Bytes& signature_xml)> value;
};

/// How the zip archive is written.
struct PackageForm {
    Bytes before = {};                                  ///< stands in front of it
    bool backslashes = false;                           ///< in the names of entries
    std::string password = {};                          ///< of every entry; none when empty
    std::pair<std::string, std::string> raw_name = {};  ///< a part of names that is replaced by other octets
};

class Document {
public:
    explicit Document(std::string list_path = "Doc_0/Signs/Signatures.xml");

    [[nodiscard]] Bytes& file(const std::string& name);
    void add(const std::string& name, std::string_view text);
    void remove(const std::string& name);
    void replace(const std::string& name, std::string_view what, std::string_view with);
    void sign(const SignOrder& order);

    void write(const std::filesystem::path& path, const PackageForm& form = {}) const;

private:
    void write_list(const SignOrder& order);
    [[nodiscard]] std::string references(const SignOrder& order) const;

    std::string list_path_, declared_;
    std::vector<std::pair<std::string, Bytes>> files_;
};

[[nodiscard]] Bytes read_file(const std::filesystem::path& path);
void write_file(const std::filesystem::path& path, const Bytes& content);

}  // namespace seal_maker
