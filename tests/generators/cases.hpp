// SPDX-License-Identifier: Apache-2.0
//
// The cases, each a file named by what is wrong with it, or by what is peculiar about it.
#pragma once

#include "ofd_package.hpp"

#include <filesystem>

namespace seal_maker {

/// A sound V4 seal of the cast, to be changed.
[[nodiscard]] SealOrder sound_seal(const Cast& cast, Generation generation = Generation::v4);
/// A sound signature of the cast's signer over `signature_xml`, to be changed.
[[nodiscard]] SesOrder sound_signature(const Cast& cast, const Bytes& signature_xml,
                                       Generation generation = Generation::v4);
/// A sound signature order, to be changed.
[[nodiscard]] SignOrder sound_order(const Cast& cast, Generation generation = Generation::v4);

void write_seals(const Cast& cast, const std::filesystem::path& folder);
void write_signed_values(const Cast& cast, const std::filesystem::path& folder);
void write_sound_documents(const Cast& cast, const std::filesystem::path& folder);
void write_spoilt_documents(const Cast& cast, const std::filesystem::path& folder);
void write_hostile_packages(const Cast& cast, const std::filesystem::path& folder);
void write_time_stamps(const Cast& cast, const std::filesystem::path& seals, const std::filesystem::path& documents);
void write_peculiar(const Cast& cast, const std::filesystem::path& seals, const std::filesystem::path& documents);

}  // namespace seal_maker
