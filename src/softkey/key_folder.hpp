// SPDX-License-Identifier: Apache-2.0
//
// How a software key lies on disk, for the module that reads it and the program that makes it:
//
//   KEY/softkey.conf                            marks the directory as ours
//   KEY/ca/*.pem                                the training CAs; no part of the key itself
//   KEY/devices/DEVICE/device.conf              label, manufacturer, issuer, serial
//     applications/APPLICATION/user.pin         pin, max, left, initial (yes or no); admin.pin likewise
//       containers/CONTAINER/{sign,enc}.{crt,key}   PEM or DER; a missing file is a missing object
//       containers/CONTAINER/signs-with.key     signs instead of sign.key: a fault
//       files/NAME                              a data file's bytes
//       rights/NAME.conf                        its read and write rights, as GM/T 0016 numbers
//
// Nothing here is secret: PINs and private keys lie open, because it is a training key and must never be a real one.
#pragma once

#include "openssl_handles.hpp"
#include "settings.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace scca::softkey {

inline constexpr std::string_view marker_file = "softkey.conf";
inline constexpr std::string_view authorities_folder = "ca";
inline constexpr std::string_view devices_folder = "devices";
inline constexpr std::string_view device_file = "device.conf";
inline constexpr std::string_view applications_folder = "applications";
inline constexpr std::string_view containers_folder = "containers";
inline constexpr std::string_view signs_with_file = "signs-with.key";
inline constexpr std::string_view files_folder = "files";
inline constexpr std::string_view rights_folder = "rights";

enum class PinRole { user, admin };
enum class KeyUse { sign, encrypt };

struct PinRecord {
    std::string pin;
    std::uint32_t tries_max = 0;
    std::uint32_t tries_left = 0;
    bool initial = false;
};

struct FileRights {
    std::uint32_t read = 0;
    std::uint32_t write = 0;
};

/// The directory that $SCCA_SOFTKEY_DIR names; nothing when it names none: then no key is plugged in.
[[nodiscard]] std::optional<std::filesystem::path> find_key_folder();

/// Names of the folders (or plain files) below `parent` in byte order, none longer than `longest` bytes.
[[nodiscard]] std::vector<std::string> folder_names(const std::filesystem::path& parent, std::size_t longest);
[[nodiscard]] std::vector<std::string> file_names(const std::filesystem::path& parent, std::size_t longest);

/// Names of the devices that are plugged in.
[[nodiscard]] std::vector<std::string> device_names();

/// Nothing when the application has no such PIN.
[[nodiscard]] std::optional<PinRecord> read_pin(const std::filesystem::path& application, PinRole role);
[[nodiscard]] bool replace_pin(const std::filesystem::path& application, PinRole role, const PinRecord& record);

/// A file without a rights file is readable by anyone and writable by the user.
[[nodiscard]] FileRights read_rights(const std::filesystem::path& application, std::string_view file);

[[nodiscard]] std::filesystem::path certificate_path(const std::filesystem::path& container, KeyUse use);
[[nodiscard]] std::filesystem::path key_path(const std::filesystem::path& container, KeyUse use);

/// The certificate's bytes as a key hands them out: DER as it lies there, however damaged; PEM decoded.
[[nodiscard]] std::optional<Bytes> read_certificate(const std::filesystem::path& container, KeyUse use);

/// Null when there is none or it cannot be read.
[[nodiscard]] KeyPtr read_key(const std::filesystem::path& container, KeyUse use);
/// The key that signs: the container's signing key, unless it was made with another.
[[nodiscard]] KeyPtr read_signing_key(const std::filesystem::path& container);

}  // namespace scca::softkey
