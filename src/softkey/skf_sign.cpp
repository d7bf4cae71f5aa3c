// SPDX-License-Identifier: Apache-2.0
//
// GM/T 0016 clause 7.6: random bytes, signing and verifying. Signing needs the user's login and the container's signing
// key; the encryption key signs nothing. SM2 takes the 32 bytes of e, RSA a DigestInfo.
#include "key_operations.hpp"
#include "module_state.hpp"

#include <openssl/rand.h>
#include <algorithm>
#include <cstring>

namespace gmt0016 {

namespace {

using scca::softkey::guarded_with;
using scca::softkey::ModuleState;
using scca::softkey::OpenContainer;
using scca::softkey::OpenDevice;
using scca::softkey::PinRole;
using scca::softkey::Sm2Point;
using scca::softkey::Sm2Signature;

constexpr std::size_t digest_size = 32;
constexpr ULONG longest_input = 4096;

bool may_sign(const ModuleState& state, const OpenContainer& container) {
    const auto application = container.folder.parent_path().parent_path();
    return state.logged_in.contains({application, PinRole::user});
}

/// The last 32 bytes of a 64-byte field; false when the bytes before them are not zero.
bool take_number(const BYTE (&field)[64], std::array<std::uint8_t, 32>& number) {
    const auto* const middle = std::end(field) - number.size();
    std::copy(middle, std::end(field), number.begin());
    return std::all_of(std::begin(field), middle, [](BYTE byte) { return byte == 0; });
}

}  // namespace

ULONG SKF_GenRandom(DEVHANDLE hDev, BYTE* pbRandom, ULONG ulRandomLen) {
    return guarded_with<OpenDevice>(hDev, [&](ModuleState&, OpenDevice&) {
        constexpr ULONG most = 1U << 20;
        if (pbRandom == nullptr || ulRandomLen > most) {
            return pbRandom == nullptr ? SAR_INVALIDPARAMERR : SAR_INDATALENERR;
        }
        return RAND_bytes(pbRandom, static_cast<int>(ulRandomLen)) == 1 ? SAR_OK : SAR_GENRANDERR;
    });
}

ULONG SKF_ECCSignData(HCONTAINER hContainer, BYTE* pbData, ULONG ulDataLen, ECCSIGNATUREBLOB* pSignature) {
    return guarded_with<OpenContainer>(hContainer, [&](ModuleState& state, OpenContainer& container) {
        if (pbData == nullptr || pSignature == nullptr) {
            return SAR_INVALIDPARAMERR;
        }
        if (ulDataLen != digest_size) {
            return SAR_INDATALENERR;
        }
        const auto key = scca::softkey::read_signing_key(container.folder);
        if (!scca::softkey::is_sm2(key.get())) {
            return key == nullptr ? SAR_KEYNOTFOUNTERR : SAR_KEYINFOTYPEERR;
        }
        if (!may_sign(state, container)) {
            return SAR_USER_NOT_LOGGED_IN;
        }
        const auto signature = scca::softkey::sm2_sign(key.get(), {pbData, digest_size});
        if (!signature) {
            return SAR_FAIL;
        }
        ECCSIGNATUREBLOB blob{};
        std::copy(signature->r.begin(), signature->r.end(), std::end(blob.r) - signature->r.size());
        std::copy(signature->s.begin(), signature->s.end(), std::end(blob.s) - signature->s.size());
        std::memcpy(pSignature, &blob, sizeof blob);
        return SAR_OK;
    });
}

ULONG SKF_ECCVerify(DEVHANDLE hDev, ECCPUBLICKEYBLOB* pECCPubKeyBlob, BYTE* pbData, ULONG ulDataLen,
                    ECCSIGNATUREBLOB* pSignature) {
    return guarded_with<OpenDevice>(hDev, [&](ModuleState&, OpenDevice&) {
        if (pECCPubKeyBlob == nullptr || pbData == nullptr || pSignature == nullptr) {
            return SAR_INVALIDPARAMERR;
        }
        if (ulDataLen != digest_size) {
            return SAR_INDATALENERR;
        }
        ECCPUBLICKEYBLOB blob{};
        std::memcpy(&blob, pECCPubKeyBlob, sizeof blob);
        ECCSIGNATUREBLOB signature{};
        std::memcpy(&signature, pSignature, sizeof signature);
        Sm2Point point{};
        Sm2Signature numbers{};
        if (!take_number(blob.XCoordinate, point.x) || !take_number(blob.YCoordinate, point.y) ||
            !take_number(signature.r, numbers.r) || !take_number(signature.s, numbers.s)) {
            return SAR_INDATAERR;
        }
        const auto key = scca::softkey::sm2_public_key(point);
        if (key == nullptr) {
            return SAR_INDATAERR;
        }
        return scca::softkey::sm2_verify(key.get(), {pbData, digest_size}, numbers) ? SAR_OK : SAR_FAIL;
    });
}

ULONG SKF_RSASignData(HCONTAINER hContainer, BYTE* pbData, ULONG ulDataLen, BYTE* pbSignature, ULONG* pulSignLen) {
    return guarded_with<OpenContainer>(hContainer, [&](ModuleState& state, OpenContainer& container) {
        if (pbData == nullptr || pulSignLen == nullptr) {
            return SAR_INVALIDPARAMERR;
        }
        const auto key = scca::softkey::read_signing_key(container.folder);
        if (!scca::softkey::is_rsa(key.get())) {
            return key == nullptr ? SAR_KEYNOTFOUNTERR : SAR_KEYINFOTYPEERR;
        }
        const auto size = static_cast<std::size_t>(EVP_PKEY_get_size(key.get()));
        if (ulDataLen > size - 11) {
            return SAR_INDATALENERR;
        }
        if (pbSignature == nullptr || *pulSignLen < size) {
            *pulSignLen = static_cast<ULONG>(size);
            return pbSignature == nullptr ? SAR_OK : SAR_BUFFER_TOO_SMALL;
        }
        if (!may_sign(state, container)) {
            return SAR_USER_NOT_LOGGED_IN;
        }
        const auto signature = scca::softkey::rsa_sign(key.get(), {pbData, static_cast<std::size_t>(ulDataLen)});
        return signature ? scca::softkey::put_bytes(*signature, pbSignature, pulSignLen) : SAR_FAIL;
    });
}

ULONG SKF_RSAVerify(DEVHANDLE hDev, RSAPUBLICKEYBLOB* pRSAPubKeyBlob, BYTE* pbData, ULONG ulDataLen, BYTE* pbSignature,
                    ULONG ulSignLen) {
    return guarded_with<OpenDevice>(hDev, [&](ModuleState&, OpenDevice&) {
        if (pRSAPubKeyBlob == nullptr || pbData == nullptr || pbSignature == nullptr) {
            return SAR_INVALIDPARAMERR;
        }
        if (ulDataLen > longest_input || ulSignLen > longest_input) {
            return SAR_INDATALENERR;
        }
        RSAPUBLICKEYBLOB blob{};
        std::memcpy(&blob, pRSAPubKeyBlob, sizeof blob);
        const auto key = scca::softkey::rsa_public_key(
            {.modulus = {std::begin(blob.Modulus), std::end(blob.Modulus)},
             .exponent = {std::begin(blob.PublicExponent), std::end(blob.PublicExponent)}});
        if (key == nullptr) {
            return SAR_INDATAERR;
        }
        const bool holds = scca::softkey::rsa_verify(key.get(), {pbData, static_cast<std::size_t>(ulDataLen)},
                                                     {pbSignature, static_cast<std::size_t>(ulSignLen)});
        return holds ? SAR_OK : SAR_FAIL;
    });
}

}  // namespace gmt0016
