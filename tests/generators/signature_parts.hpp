// SPDX-License-Identifier: Apache-2.0
//
// What an OFD keeps in SignedValue.dat: SES_Signature of every generation and GB/T 35275 SignedData, with the mistakes
// of real signature software.
#pragma once

#include "seal_parts.hpp"

namespace seal_maker {

/// How V1 writes its timeInfo BIT STRING.
enum class TimeForm : std::uint8_t { standard, text_in_bits, octet_string };

struct SesOrder {
    Generation generation = Generation::v4;
    std::optional<std::int64_t> version;
    Bytes seal;
    std::string time = "20250301020304Z";
    TimeForm time_form = TimeForm::standard;
    Bytes data_hash;
    std::string property = "/Doc_0/Signs/Sign_0/Signature.xml";
    const Holder* signer = nullptr;
    const Holder* forger = nullptr;  ///< signs in the signer's stead
    Encoding encoding = Encoding::der;
    std::string signer_id{usual_signer_id};
    bool digest_directly = false;  ///< the signature is over data_hash, taken for the digest of TBS_Sign
    std::function<Bytes(const Bytes& signature)> stamp;  ///< [0]; none when empty
};

[[nodiscard]] Bytes make_ses_signature(const SesOrder& order);

/// What a GB/T 35275 signature is made over.
enum class SignedContent : std::uint8_t { digest_as_content, attributes, detached };

struct SignedDataOrder {
    SignedContent content = SignedContent::attributes;
    Bytes signature_xml;
    std::string time = "20250301020304Z";  ///< signingTime attribute
    const Holder* signer = nullptr;
    Encoding encoding = Encoding::der;
    bool with_certificate = true;
};

[[nodiscard]] Bytes make_signed_data(const SignedDataOrder& order);

}  // namespace seal_maker
