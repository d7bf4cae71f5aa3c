// SPDX-License-Identifier: Apache-2.0
//
// GM/T 0016 clause 7.5 and SKF_ExportPublicKey: containers with their two certificates and two public keys. Nothing
// here needs a login. A certificate comes out byte for byte as it lies on the key, however damaged.
#include "key_operations.hpp"
#include "module_state.hpp"

#include <algorithm>
#include <cstring>

namespace gmt0016 {

namespace {

using scca::softkey::containers_folder;
using scca::softkey::guarded;
using scca::softkey::guarded_with;
using scca::softkey::KeyUse;
using scca::softkey::ModuleState;
using scca::softkey::OpenApplication;
using scca::softkey::OpenContainer;

constexpr std::size_t longest_container_name = 64;  // 7.5.2

KeyUse use_of(BOOL sign_flag) { return sign_flag != FALSE ? KeyUse::sign : KeyUse::encrypt; }

std::vector<std::string> containers_of(const OpenApplication& application) {
    return scca::softkey::folder_names(application.folder / containers_folder, longest_container_name);
}

template <class Blob>
std::span<const BYTE> bytes_of(const Blob& blob) {
    return {reinterpret_cast<const BYTE*>(&blob), sizeof blob};
}

ECCPUBLICKEYBLOB ecc_blob(const scca::softkey::Sm2Point& point) {
    ECCPUBLICKEYBLOB blob{};
    blob.BitLen = 256;
    std::copy(point.x.begin(), point.x.end(), std::end(blob.XCoordinate) - point.x.size());
    std::copy(point.y.begin(), point.y.end(), std::end(blob.YCoordinate) - point.y.size());
    return blob;
}

/// Nothing for a key larger than the blob has room for.
std::optional<RSAPUBLICKEYBLOB> rsa_blob(const scca::softkey::RsaNumbers& numbers) {
    RSAPUBLICKEYBLOB blob{};
    if (numbers.modulus.size() > sizeof blob.Modulus || numbers.exponent.size() > sizeof blob.PublicExponent) {
        return std::nullopt;
    }
    blob.AlgID = SGD_RSA;
    blob.BitLen = static_cast<ULONG>(numbers.modulus.size() * 8);
    std::copy(numbers.modulus.begin(), numbers.modulus.end(), std::end(blob.Modulus) - numbers.modulus.size());
    std::copy(numbers.exponent.begin(), numbers.exponent.end(),
              std::end(blob.PublicExponent) - numbers.exponent.size());
    return blob;
}

}  // namespace

ULONG SKF_EnumContainer(HAPPLICATION hApp, char* szContainerName, ULONG* pulSize) {
    return guarded_with<OpenApplication>(hApp, [&](ModuleState&, OpenApplication& application) {
        return scca::softkey::put_names(containers_of(application), szContainerName, pulSize);
    });
}

ULONG SKF_OpenContainer(HAPPLICATION hApp, char* szContainerName, HCONTAINER* phContainer) {
    return guarded_with<OpenApplication>(hApp, [&](ModuleState& state, OpenApplication& application) {
        // Annex A has no code for a container that is not there; "object error" says it best.
        const ULONG refused =
            scca::softkey::check_name(szContainerName, longest_container_name, containers_of(application), SAR_OBJERR);
        if (phContainer == nullptr || refused != SAR_OK) {
            return phContainer == nullptr ? SAR_INVALIDPARAMERR : refused;
        }
        OpenContainer container;
        container.folder = application.folder / containers_folder / szContainerName;
        container.device = application.device;
        container.parent = hApp;
        *phContainer = state.handles.add(std::move(container));
        return SAR_OK;
    });
}

ULONG SKF_CloseContainer(HCONTAINER hContainer) {
    return guarded([&](ModuleState& state, auto&) {
        if (state.handles.find<OpenContainer>(hContainer) == nullptr) {
            return SAR_INVALIDHANDLEERR;
        }
        state.handles.remove(hContainer);
        return SAR_OK;
    });
}

ULONG SKF_GetContainerType(HCONTAINER hContainer, ULONG* pulContainerType) {
    return guarded_with<OpenContainer>(hContainer, [&](ModuleState&, OpenContainer& container) {
        if (pulContainerType == nullptr) {
            return SAR_INVALIDPARAMERR;
        }
        *pulContainerType = CONTAINER_EMPTY;
        for (const auto use : {KeyUse::encrypt, KeyUse::sign}) {
            const auto key = scca::softkey::read_key(container.folder, use);
            if (scca::softkey::is_rsa(key.get())) {
                *pulContainerType = CONTAINER_RSA;
            } else if (scca::softkey::is_sm2(key.get())) {
                *pulContainerType = CONTAINER_SM2;
            }
        }
        return SAR_OK;
    });
}

ULONG SKF_ExportCertificate(HCONTAINER hContainer, BOOL bSignFlag, BYTE* pbCert, ULONG* pulCertLen) {
    return guarded_with<OpenContainer>(hContainer, [&](ModuleState&, OpenContainer& container) {
        const auto certificate = scca::softkey::read_certificate(container.folder, use_of(bSignFlag));
        if (!certificate) {
            return SAR_CERTNOTFOUNTERR;
        }
        return scca::softkey::put_bytes(*certificate, pbCert, pulCertLen);
    });
}

ULONG SKF_ExportPublicKey(HCONTAINER hContainer, BOOL bSignFlag, BYTE* pbBlob, ULONG* pulBlobLen) {
    return guarded_with<OpenContainer>(hContainer, [&](ModuleState&, OpenContainer& container) {
        const auto key = scca::softkey::read_key(container.folder, use_of(bSignFlag));
        if (const auto point = scca::softkey::sm2_point(key.get())) {
            return scca::softkey::put_bytes(bytes_of(ecc_blob(*point)), pbBlob, pulBlobLen);
        }
        const auto numbers = scca::softkey::rsa_numbers(key.get());
        const auto blob = numbers ? rsa_blob(*numbers) : std::nullopt;
        if (!blob) {
            return key == nullptr ? SAR_KEYNOTFOUNTERR : SAR_KEYINFOTYPEERR;
        }
        return scca::softkey::put_bytes(bytes_of(*blob), pbBlob, pulBlobLen);
    });
}

}  // namespace gmt0016
