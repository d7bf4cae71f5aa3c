// SPDX-License-Identifier: Apache-2.0
//
// GM/T 0016 clause 7.6: hashing. SM3 with a signer ID begins with Z of that ID and public key, so that the result is
// the e that SKF_ECCSignData takes. SKF_CloseHandle closes digests; this key makes no other such handle.
#include "key_operations.hpp"
#include "module_state.hpp"

#include <algorithm>
#include <cstring>

namespace gmt0016 {

namespace {

using scca::softkey::guarded;
using scca::softkey::guarded_with;
using scca::softkey::ModuleState;
using scca::softkey::OpenDevice;
using scca::softkey::OpenDigest;

const EVP_MD* algorithm_of(ULONG id) {
    switch (id) {
        case SGD_SM3: return EVP_sm3();
        case SGD_SHA1: return EVP_sha1();
        case SGD_SHA256: return EVP_sha256();
        default: return nullptr;
    }
}

/// Feeds Z = SM3(ENTL || ID || a || b || G || P) to a digest that has just begun.
ULONG begin_with_z(EVP_MD_CTX* context, const ECCPUBLICKEYBLOB* key, std::span<const BYTE> id) {
    if (key == nullptr || id.data() == nullptr) {
        return SAR_INVALIDPARAMERR;
    }
    ECCPUBLICKEYBLOB blob{};
    std::memcpy(&blob, key, sizeof blob);
    scca::softkey::Sm2Point point{};
    std::copy(std::end(blob.XCoordinate) - point.x.size(), std::end(blob.XCoordinate), point.x.begin());
    std::copy(std::end(blob.YCoordinate) - point.y.size(), std::end(blob.YCoordinate), point.y.begin());
    const auto identity = scca::softkey::sm2_identity(point, id);
    if (!identity) {
        return SAR_INDATALENERR;
    }
    std::array<BYTE, EVP_MAX_MD_SIZE> z{};
    unsigned int length = 0;
    const bool done = EVP_Digest(identity->data(), identity->size(), z.data(), &length, EVP_sm3(), nullptr) == 1 &&
                      EVP_DigestUpdate(context, z.data(), length) == 1;
    return done ? SAR_OK : SAR_HASHERR;
}

/// Tells the size, or refuses a short buffer, before the digest is used up.
ULONG check_room(const EVP_MD_CTX* context, const BYTE* buffer, ULONG* size, bool& finish) {
    if (size == nullptr) {
        return SAR_INVALIDPARAMERR;
    }
    const auto needed = static_cast<ULONG>(EVP_MD_CTX_get_size(context));
    const bool fits = *size >= needed;
    finish = buffer != nullptr && fits;
    *size = needed;
    return buffer == nullptr || fits ? SAR_OK : SAR_BUFFER_TOO_SMALL;
}

ULONG update(EVP_MD_CTX* context, const BYTE* bytes, ULONG length) {
    if (bytes == nullptr && length != 0) {
        return SAR_INVALIDPARAMERR;
    }
    return EVP_DigestUpdate(context, bytes, static_cast<std::size_t>(length)) == 1 ? SAR_OK : SAR_HASHERR;
}

}  // namespace

ULONG SKF_DigestInit(DEVHANDLE hDev, ULONG ulAlgID, ECCPUBLICKEYBLOB* pPubKey, BYTE* pucID, ULONG ulIDLen,
                     HANDLE* phHash) {
    return guarded_with<OpenDevice>(hDev, [&](ModuleState& state, OpenDevice& device) {
        const EVP_MD* const algorithm = algorithm_of(ulAlgID);
        if (phHash == nullptr || algorithm == nullptr) {
            return phHash == nullptr ? SAR_INVALIDPARAMERR : SAR_NOTSUPPORTYETERR;
        }
        OpenDigest digest;
        digest.folder = device.folder;
        digest.device = device.device;
        digest.parent = hDev;
        digest.context.reset(EVP_MD_CTX_new());
        if (!digest.context || EVP_DigestInit_ex(digest.context.get(), algorithm, nullptr) != 1) {
            return SAR_HASHERR;
        }
        if (ulAlgID == SGD_SM3 && ulIDLen != 0) {
            const ULONG refused =
                begin_with_z(digest.context.get(), pPubKey, {pucID, static_cast<std::size_t>(ulIDLen)});
            if (refused != SAR_OK) {
                return refused;
            }
        }
        *phHash = state.handles.add(std::move(digest));
        return SAR_OK;
    });
}

ULONG SKF_Digest(HANDLE hHash, BYTE* pbData, ULONG ulDataLen, BYTE* pbHashData, ULONG* pulHashLen) {
    return guarded_with<OpenDigest>(hHash, [&](ModuleState&, OpenDigest& digest) {
        bool finish = false;
        const ULONG refused = check_room(digest.context.get(), pbHashData, pulHashLen, finish);
        if (refused != SAR_OK || !finish) {
            return refused;
        }
        const ULONG failed = update(digest.context.get(), pbData, ulDataLen);
        if (failed != SAR_OK) {
            return failed;
        }
        return EVP_DigestFinal_ex(digest.context.get(), pbHashData, nullptr) == 1 ? SAR_OK : SAR_HASHERR;
    });
}

ULONG SKF_DigestUpdate(HANDLE hHash, BYTE* pbData, ULONG ulDataLen) {
    return guarded_with<OpenDigest>(
        hHash, [&](ModuleState&, OpenDigest& digest) { return update(digest.context.get(), pbData, ulDataLen); });
}

ULONG SKF_DigestFinal(HANDLE hHash, BYTE* pbHashData, ULONG* pulHashLen) {
    return guarded_with<OpenDigest>(hHash, [&](ModuleState&, OpenDigest& digest) {
        bool finish = false;
        const ULONG refused = check_room(digest.context.get(), pbHashData, pulHashLen, finish);
        if (refused != SAR_OK || !finish) {
            return refused;
        }
        return EVP_DigestFinal_ex(digest.context.get(), pbHashData, nullptr) == 1 ? SAR_OK : SAR_HASHERR;
    });
}

ULONG SKF_CloseHandle(HANDLE hHandle) {
    return guarded([&](ModuleState& state, auto&) {
        if (state.handles.find<OpenDigest>(hHandle) == nullptr) {
            return SAR_INVALIDHANDLEERR;
        }
        state.handles.remove(hHandle);
        return SAR_OK;
    });
}

}  // namespace gmt0016
