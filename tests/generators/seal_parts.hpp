// SPDX-License-Identifier: Apache-2.0
//
// Seals of all four generations (GM/T 0031-2014, V3, GB/T 38540-2020, GM/T 0031-2025) and the mistakes that real seal
// software makes in them.
#pragma once

#include "training_keys.hpp"

#include <functional>
#include <optional>
#include <string>

namespace seal_maker {

enum class Generation : std::uint8_t { v1 = 1, v3 = 3, v4 = 4, v5 = 5 };

/// The people of every case. The CA issued the certificates of all but the stranger's maker.
struct Cast {
    Holder authority, maker, other_maker, signer, other_signer, expired_signer;
};

[[nodiscard]] Cast make_cast();

struct Picture {
    std::string type = "PNG";
    Bytes content;
};

/// A picture of this type, as small as it can be, whose header says 3 × 2 pixels where it has one.
[[nodiscard]] Picture make_picture(const std::string& type);

struct SealOrder {
    Generation generation = Generation::v4;
    std::optional<std::int64_t> version;  ///< header.version; the generation's own otherwise
    std::string name = "四川测试建设有限公司";
    Bytes listed;                ///< the entries of certList, one after another
    std::int64_t list_type = 1;  ///< 1 certificates, 2 digests
    std::string created = "20240115020000Z", from = "20240114160000Z", to = "20261231155959Z";
    bool generalized_times = false;  ///< in V1, which has UTCTime
    Picture picture;
    Bytes extensions;                ///< the whole extDatas element; empty: absent
    const Holder* maker = nullptr;   ///< whose certificate stands in the seal
    const Holder* forger = nullptr;  ///< signs in the maker's stead
    Encoding encoding = Encoding::der;
    bool indefinite_lengths = false;  ///< V4 signs what it wrote, V1 signs the DER of it
    std::string signer_id{usual_signer_id}, algorithm = "1.2.156.10197.1.501";
    std::function<Bytes(const Bytes& signature)> stamp;  ///< V5 [0]; none when empty
};

[[nodiscard]] Bytes list_entry(const Holder& holder);
/// CertDigestObj of the certificate: SM3.
[[nodiscard]] Bytes digest_entry(const Holder& holder);
[[nodiscard]] Bytes extension_item(const Bytes& type, bool critical, bool write_false, std::string_view value);

[[nodiscard]] Bytes make_seal(const SealOrder& order);
/// The last digit of the seal's number is another one, and nobody signed that.
[[nodiscard]] Bytes tampered(Bytes seal);

}  // namespace seal_maker
