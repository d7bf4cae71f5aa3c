// SPDX-License-Identifier: Apache-2.0
//
// Finds and reads the parts of a software key's directory. Names come from listing folders, never from a caller's
// text, so no name can lead out of the directory.
#include "key_folder.hpp"

#include <openssl/pem.h>
#include <algorithm>
#include <cstdlib>
#include <system_error>

namespace scca::softkey {

namespace fs = std::filesystem;

namespace {

template <class Wanted>
std::vector<std::string> names_below(const fs::path& parent, std::size_t longest, Wanted wanted) {
    std::vector<std::string> names;
    std::error_code failed;
    for (fs::directory_iterator entry(parent, failed), end; !failed && entry != end; entry.increment(failed)) {
        auto name = entry->path().filename().string();
        std::error_code unknown;
        if (name.size() <= longest && name.front() != '.' && wanted(*entry, unknown)) {
            names.push_back(std::move(name));
        }
    }
    std::sort(names.begin(), names.end());
    return names;
}

fs::path pin_path(const fs::path& application, PinRole role) {
    return application / (role == PinRole::user ? "user.pin" : "admin.pin");
}

BioPtr memory_of(const Bytes& bytes) { return BioPtr(BIO_new_mem_buf(bytes.data(), static_cast<int>(bytes.size()))); }

bool looks_like_pem(const Bytes& bytes) {
    constexpr std::string_view dashes = "-----BEGIN";
    return bytes.size() > dashes.size() && std::equal(dashes.begin(), dashes.end(), bytes.begin());
}

}  // namespace

std::optional<fs::path> find_key_folder() {
    const char* const named = std::getenv("SCCA_SOFTKEY_DIR");
    if (named == nullptr || *named == '\0') {
        return std::nullopt;
    }
    return fs::path(named);
}

std::vector<std::string> folder_names(const fs::path& parent, std::size_t longest) {
    return names_below(parent, longest, [](const fs::directory_entry& entry, std::error_code& failed) {
        return entry.is_directory(failed);
    });
}

std::vector<std::string> file_names(const fs::path& parent, std::size_t longest) {
    return names_below(parent, longest, [](const fs::directory_entry& entry, std::error_code& failed) {
        return entry.is_regular_file(failed);
    });
}

std::vector<std::string> device_names() {
    const auto folder = find_key_folder();
    if (!folder) {
        return {};
    }
    constexpr std::size_t longest_name = 128;
    auto names = folder_names(*folder / devices_folder, longest_name);
    std::erase_if(names, [&](const std::string& name) {
        std::error_code failed;
        return !fs::exists(*folder / devices_folder / name / device_file, failed);
    });
    return names;
}

std::optional<PinRecord> read_pin(const fs::path& application, PinRole role) {
    const auto settings = read_settings(pin_path(application, role));
    if (!settings || !settings->contains("pin")) {
        return std::nullopt;
    }
    return PinRecord{.pin = text_of(*settings, "pin", ""),
                     .tries_max = number_of(*settings, "max", 0),
                     .tries_left = number_of(*settings, "left", 0),
                     .initial = text_of(*settings, "initial", "no") == "yes"};
}

bool replace_pin(const fs::path& application, PinRole role, const PinRecord& record) {
    const std::string content = "pin = " + record.pin + "\nmax = " + std::to_string(record.tries_max) +
                                "\nleft = " + std::to_string(record.tries_left) +
                                "\ninitial = " + (record.initial ? "yes" : "no") + "\n";
    return replace_file(pin_path(application, role), content);
}

FileRights read_rights(const fs::path& application, std::string_view file) {
    const auto settings = read_settings(application / rights_folder / (std::string(file) + ".conf"));
    const Settings none;
    return {.read = number_of(settings ? *settings : none, "read", 0xFF),
            .write = number_of(settings ? *settings : none, "write", 0x10)};
}

fs::path certificate_path(const fs::path& container, KeyUse use) {
    return container / (use == KeyUse::sign ? "sign.crt" : "enc.crt");
}

fs::path key_path(const fs::path& container, KeyUse use) {
    return container / (use == KeyUse::sign ? "sign.key" : "enc.key");
}

std::optional<Bytes> read_certificate(const fs::path& container, KeyUse use) {
    auto bytes = read_file(certificate_path(container, use));
    if (!bytes || !looks_like_pem(*bytes)) {
        return bytes;
    }
    const auto text = memory_of(*bytes);
    char* name = nullptr;
    char* header = nullptr;
    unsigned char* der = nullptr;
    long length = 0;
    if (PEM_read_bio(text.get(), &name, &header, &der, &length) != 1) {
        return bytes;
    }
    bytes->assign(der, der + length);
    OPENSSL_free(name);
    OPENSSL_free(header);
    OPENSSL_free(der);
    return bytes;
}

namespace {

KeyPtr read_key_file(const fs::path& path) {
    const auto bytes = read_file(path);
    if (!bytes || bytes->empty()) {
        return nullptr;
    }
    const auto source = memory_of(*bytes);
    if (looks_like_pem(*bytes)) {
        // Without a callback OpenSSL would ask the terminal for the password of an encrypted key.
        const auto no_password = [](char*, int, int, void*) { return -1; };
        return KeyPtr(PEM_read_bio_PrivateKey(source.get(), nullptr, no_password, nullptr));
    }
    return KeyPtr(d2i_PrivateKey_bio(source.get(), nullptr));
}

}  // namespace

KeyPtr read_key(const fs::path& container, KeyUse use) { return read_key_file(key_path(container, use)); }

KeyPtr read_signing_key(const fs::path& container) {
    auto other = read_key_file(container / signs_with_file);
    return other != nullptr ? std::move(other) : read_key(container, KeyUse::sign);
}

}  // namespace scca::softkey
