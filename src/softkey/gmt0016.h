// SPDX-License-Identifier: Apache-2.0
//
// The interface of GM/T 0016-2012 (智能密码钥匙密码应用接口规范), written from the standard for the software key
// alone: host/ has a reading of its own, so that one mistake cannot hide in both. The standard leaves packing open and
// calls ULONG 32-bit; modules in the field differ, so two definitions choose the ABI: SOFTKEY_ULONG64 makes ULONG, LONG
// and BOOL 64 bits wide, SOFTKEY_NATURAL leaves the structures unpacked. It knows no other vendor's extensions.
#pragma once

#include <stdint.h>

namespace gmt0016 {

#ifdef SOFTKEY_ULONG64
using softkey_ulong_t = uint64_t;
using BOOL = int64_t;
#else
using softkey_ulong_t = uint32_t;
using BOOL = int32_t;
#endif
using ULONG = softkey_ulong_t;
using DWORD = softkey_ulong_t;
using BYTE = uint8_t;
using HANDLE = void*;
using DEVHANDLE = HANDLE;
using HAPPLICATION = HANDLE;
using HCONTAINER = HANDLE;

inline constexpr BOOL TRUE = 1;
inline constexpr BOOL FALSE = 0;

// PIN types, access rights, container types, device states, events: tables of clause 6.
inline constexpr ULONG ADMIN_TYPE = 0;
inline constexpr ULONG USER_TYPE = 1;
inline constexpr ULONG SECURE_NEVER_ACCOUNT = 0x00;
inline constexpr ULONG SECURE_ADM_ACCOUNT = 0x01;
inline constexpr ULONG SECURE_USER_ACCOUNT = 0x10;
inline constexpr ULONG SECURE_ANYONE_ACCOUNT = 0xFF;
inline constexpr ULONG CONTAINER_EMPTY = 0;
inline constexpr ULONG CONTAINER_RSA = 1;
inline constexpr ULONG CONTAINER_SM2 = 2;
inline constexpr ULONG DEV_ABSENT_STATE = 0;
inline constexpr ULONG DEV_PRESENT_STATE = 1;
inline constexpr ULONG DEV_INSERTED = 1;
inline constexpr ULONG DEV_REMOVED = 2;

// Algorithm identifiers of GM/T 0006 that this key names.
inline constexpr ULONG SGD_SM4_ECB = 0x00000401;
inline constexpr ULONG SGD_RSA = 0x00010000;
inline constexpr ULONG SGD_SM2_1 = 0x00020100;
inline constexpr ULONG SGD_SM3 = 0x00000001;
inline constexpr ULONG SGD_SHA1 = 0x00000002;
inline constexpr ULONG SGD_SHA256 = 0x00000004;

// Annex A; only the codes that this key gives. The spelling "FOUNT" is the standard's.
inline constexpr ULONG SAR_OK = 0x00000000;
inline constexpr ULONG SAR_FAIL = 0x0A000001;
inline constexpr ULONG SAR_UNKNOWNERR = 0x0A000002;
inline constexpr ULONG SAR_NOTSUPPORTYETERR = 0x0A000003;
inline constexpr ULONG SAR_FILEERR = 0x0A000004;
inline constexpr ULONG SAR_INVALIDHANDLEERR = 0x0A000005;
inline constexpr ULONG SAR_INVALIDPARAMERR = 0x0A000006;
inline constexpr ULONG SAR_READFILEERR = 0x0A000007;
inline constexpr ULONG SAR_WRITEFILEERR = 0x0A000008;
inline constexpr ULONG SAR_NAMELENERR = 0x0A000009;
inline constexpr ULONG SAR_OBJERR = 0x0A00000D;
inline constexpr ULONG SAR_MEMORYERR = 0x0A00000E;
inline constexpr ULONG SAR_TIMEOUTERR = 0x0A00000F;
inline constexpr ULONG SAR_INDATALENERR = 0x0A000010;
inline constexpr ULONG SAR_INDATAERR = 0x0A000011;
inline constexpr ULONG SAR_GENRANDERR = 0x0A000012;
inline constexpr ULONG SAR_HASHERR = 0x0A000014;
inline constexpr ULONG SAR_KEYNOTFOUNTERR = 0x0A00001B;
inline constexpr ULONG SAR_CERTNOTFOUNTERR = 0x0A00001C;
inline constexpr ULONG SAR_BUFFER_TOO_SMALL = 0x0A000020;
inline constexpr ULONG SAR_KEYINFOTYPEERR = 0x0A000021;
inline constexpr ULONG SAR_NOT_EVENTERR = 0x0A000022;
inline constexpr ULONG SAR_DEVICE_REMOVED = 0x0A000023;
inline constexpr ULONG SAR_PIN_INCORRECT = 0x0A000024;
inline constexpr ULONG SAR_PIN_LOCKED = 0x0A000025;
inline constexpr ULONG SAR_PIN_LEN_RANGE = 0x0A000027;
inline constexpr ULONG SAR_USER_PIN_NOT_INITIALIZED = 0x0A000029;
inline constexpr ULONG SAR_USER_TYPE_INVALID = 0x0A00002A;
inline constexpr ULONG SAR_USER_NOT_LOGGED_IN = 0x0A00002D;
inline constexpr ULONG SAR_APPLICATION_NOT_EXISTS = 0x0A00002E;
inline constexpr ULONG SAR_FILE_NOT_EXIST = 0x0A000031;

#ifndef SOFTKEY_NATURAL
#pragma pack(push, 1)
#endif
struct VERSION {
    BYTE major, minor;
};
struct DEVINFO {
    VERSION Version;
    char Manufacturer[64], Issuer[64], Label[32], SerialNumber[32];
    VERSION HWVersion, FirmwareVersion;
    ULONG AlgSymCap, AlgAsymCap, AlgHashCap, DevAuthAlgId, TotalSpace, FreeSpace, MaxECCBufferSize, MaxBufferSize;
    BYTE Reserved[64];
};
struct RSAPUBLICKEYBLOB {
    ULONG AlgID, BitLen;
    BYTE Modulus[256], PublicExponent[4];  // big-endian, right-aligned
};
struct ECCPUBLICKEYBLOB {
    ULONG BitLen;
    BYTE XCoordinate[64], YCoordinate[64];  // big-endian, right-aligned: SM2 leaves the first 32 bytes zero
};
struct ECCSIGNATUREBLOB {
    BYTE r[64], s[64];  // aligned as the coordinates are
};
struct BLOCKCIPHERPARAM {
    BYTE IV[32];
    ULONG IVLen, PaddingType, FeedBitLen;
};
struct FILEATTRIBUTE {
    char FileName[32];
    ULONG FileSize, ReadRights, WriteRights;
};
#ifndef SOFTKEY_NATURAL
#pragma pack(pop)
#endif
struct RSAPRIVATEKEYBLOB;  // never leaves or enters this key
struct ECCPRIVATEKEYBLOB;
struct ECCCIPHERBLOB;
struct ENVELOPEDKEYBLOB;

#pragma GCC visibility push(default)
extern "C" {
// 7.1 device. A ULONG* marked [io] holds the buffer's size on entry and the needed size on return.
ULONG SKF_WaitForDevEvent(char* szDevName, ULONG* pulDevNameLen /*[io]*/, ULONG* pulEvent);
ULONG SKF_CancelWaitForDevEvent();
ULONG SKF_EnumDev(BOOL bPresent, char* szNameList, ULONG* pulSize /*[io]*/);
ULONG SKF_ConnectDev(char* szName, DEVHANDLE* phDev);
ULONG SKF_DisConnectDev(DEVHANDLE hDev);
ULONG SKF_GetDevState(char* szDevName, ULONG* pulDevState);
ULONG SKF_SetLabel(DEVHANDLE hDev, char* szLabel);
ULONG SKF_GetDevInfo(DEVHANDLE hDev, DEVINFO* pDevInfo);
ULONG SKF_LockDev(DEVHANDLE hDev, ULONG ulTimeOut);
ULONG SKF_UnlockDev(DEVHANDLE hDev);
ULONG SKF_Transmit(DEVHANDLE hDev, BYTE* pbCommand, ULONG ulCommandLen, BYTE* pbData, ULONG* pulDataLen);

// 7.2 access control
ULONG SKF_ChangeDevAuthKey(DEVHANDLE hDev, BYTE* pbKeyValue, ULONG ulKeyLen);
ULONG SKF_DevAuth(DEVHANDLE hDev, BYTE* pbAuthData, ULONG ulLen);
ULONG SKF_ChangePIN(HAPPLICATION hApp, ULONG ulPINType, char* szOldPin, char* szNewPin, ULONG* pulRetryCount);
ULONG SKF_GetPINInfo(HAPPLICATION hApp, ULONG ulPINType, ULONG* pulMaxRetryCount, ULONG* pulRemainRetryCount,
                     BOOL* pbDefaultPin);
ULONG SKF_VerifyPIN(HAPPLICATION hApp, ULONG ulPINType, char* szPIN, ULONG* pulRetryCount);
ULONG SKF_UnblockPIN(HAPPLICATION hApp, char* szAdminPIN, char* szNewUserPIN, ULONG* pulRetryCount);
ULONG SKF_ClearSecureState(HAPPLICATION hApp);

// 7.3 applications
ULONG SKF_CreateApplication(DEVHANDLE hDev, char* szAppName, char* szAdminPin, DWORD dwAdminPinRetryCount,
                            char* szUserPin, DWORD dwUserPinRetryCount, DWORD dwCreateFileRights, HAPPLICATION* phApp);
ULONG SKF_EnumApplication(DEVHANDLE hDev, char* szAppName, ULONG* pulSize /*[io]*/);
ULONG SKF_DeleteApplication(DEVHANDLE hDev, char* szAppName);
ULONG SKF_OpenApplication(DEVHANDLE hDev, char* szAppName, HAPPLICATION* phApp);
ULONG SKF_CloseApplication(HAPPLICATION hApp);

// 7.4 files
ULONG SKF_CreateFile(HAPPLICATION hApp, char* szFileName, ULONG ulFileSize, ULONG ulReadRights, ULONG ulWriteRights);
ULONG SKF_DeleteFile(HAPPLICATION hApp, char* szFileName);
ULONG SKF_EnumFiles(HAPPLICATION hApp, char* szFileList, ULONG* pulSize /*[io]*/);
ULONG SKF_GetFileInfo(HAPPLICATION hApp, char* szFileName, FILEATTRIBUTE* pFileInfo);
ULONG SKF_ReadFile(HAPPLICATION hApp, char* szFileName, ULONG ulOffset, ULONG ulSize, BYTE* pbOutData,
                   ULONG* pulOutLen /*[io]*/);
ULONG SKF_WriteFile(HAPPLICATION hApp, char* szFileName, ULONG ulOffset, BYTE* pbData, ULONG ulSize);

// 7.5 containers
ULONG SKF_CreateContainer(HAPPLICATION hApp, char* szContainerName, HCONTAINER* phContainer);
ULONG SKF_DeleteContainer(HAPPLICATION hApp, char* szContainerName);
ULONG SKF_EnumContainer(HAPPLICATION hApp, char* szContainerName, ULONG* pulSize /*[io]*/);
ULONG SKF_OpenContainer(HAPPLICATION hApp, char* szContainerName, HCONTAINER* phContainer);
ULONG SKF_CloseContainer(HCONTAINER hContainer);
ULONG SKF_GetContainerType(HCONTAINER hContainer, ULONG* pulContainerType);
ULONG SKF_ImportCertificate(HCONTAINER hContainer, BOOL bSignFlag, BYTE* pbCert, ULONG ulCertLen);
ULONG SKF_ExportCertificate(HCONTAINER hContainer, BOOL bSignFlag, BYTE* pbCert, ULONG* pulCertLen /*[io]*/);

// 7.6 cryptography: what this key does
ULONG SKF_GenRandom(DEVHANDLE hDev, BYTE* pbRandom, ULONG ulRandomLen);
ULONG SKF_RSASignData(HCONTAINER hContainer, BYTE* pbData, ULONG ulDataLen, BYTE* pbSignature,
                      ULONG* pulSignLen /*[io]*/);
ULONG SKF_RSAVerify(DEVHANDLE hDev, RSAPUBLICKEYBLOB* pRSAPubKeyBlob, BYTE* pbData, ULONG ulDataLen, BYTE* pbSignature,
                    ULONG ulSignLen);
ULONG SKF_ECCSignData(HCONTAINER hContainer, BYTE* pbData, ULONG ulDataLen, ECCSIGNATUREBLOB* pSignature);
ULONG SKF_ECCVerify(DEVHANDLE hDev, ECCPUBLICKEYBLOB* pECCPubKeyBlob, BYTE* pbData, ULONG ulDataLen,
                    ECCSIGNATUREBLOB* pSignature);
ULONG SKF_ExportPublicKey(HCONTAINER hContainer, BOOL bSignFlag, BYTE* pbBlob, ULONG* pulBlobLen /*[io]*/);
ULONG SKF_DigestInit(DEVHANDLE hDev, ULONG ulAlgID, ECCPUBLICKEYBLOB* pPubKey, BYTE* pucID, ULONG ulIDLen,
                     HANDLE* phHash);
ULONG SKF_Digest(HANDLE hHash, BYTE* pbData, ULONG ulDataLen, BYTE* pbHashData, ULONG* pulHashLen /*[io]*/);
ULONG SKF_DigestUpdate(HANDLE hHash, BYTE* pbData, ULONG ulDataLen);
ULONG SKF_DigestFinal(HANDLE hHash, BYTE* pbHashData, ULONG* pulHashLen /*[io]*/);
ULONG SKF_CloseHandle(HANDLE hHandle);

// 7.6 cryptography: what it refuses with SAR_NOTSUPPORTYETERR
ULONG SKF_GenExtRSAKey(DEVHANDLE hDev, ULONG ulBitsLen, RSAPRIVATEKEYBLOB* pBlob);
ULONG SKF_GenRSAKeyPair(HCONTAINER hContainer, ULONG ulBitsLen, RSAPUBLICKEYBLOB* pBlob);
ULONG SKF_ImportRSAKeyPair(HCONTAINER hContainer, ULONG ulSymAlgId, BYTE* pbWrappedKey, ULONG ulWrappedKeyLen,
                           BYTE* pbEncryptedData, ULONG ulEncryptedDataLen);
ULONG SKF_RSAExportSessionKey(HCONTAINER hContainer, ULONG ulAlgId, RSAPUBLICKEYBLOB* pPubKey, BYTE* pbData,
                              ULONG* pulDataLen, HANDLE* phSessionKey);
ULONG SKF_ExtRSAPubKeyOperation(DEVHANDLE hDev, RSAPUBLICKEYBLOB* pRSAPubKeyBlob, BYTE* pbInput, ULONG ulInputLen,
                                BYTE* pbOutput, ULONG* pulOutputLen);
ULONG SKF_ExtRSAPriKeyOperation(DEVHANDLE hDev, RSAPRIVATEKEYBLOB* pRSAPriKeyBlob, BYTE* pbInput, ULONG ulInputLen,
                                BYTE* pbOutput, ULONG* pulOutputLen);
ULONG SKF_GenECCKeyPair(HCONTAINER hContainer, ULONG ulAlgId, ECCPUBLICKEYBLOB* pBlob);
ULONG SKF_ImportECCKeyPair(HCONTAINER hContainer, ENVELOPEDKEYBLOB* pEnvelopedKeyBlob);
ULONG SKF_ECCExportSessionKey(HCONTAINER hContainer, ULONG ulAlgId, ECCPUBLICKEYBLOB* pPubKey, ECCCIPHERBLOB* pData,
                              HANDLE* phSessionKey);
ULONG SKF_ExtECCEncrypt(DEVHANDLE hDev, ECCPUBLICKEYBLOB* pECCPubKeyBlob, BYTE* pbPlainText, ULONG ulPlainTextLen,
                        ECCCIPHERBLOB* pCipherText);
ULONG SKF_ExtECCDecrypt(DEVHANDLE hDev, ECCPRIVATEKEYBLOB* pECCPriKeyBlob, ECCCIPHERBLOB* pCipherText,
                        BYTE* pbPlainText, ULONG* pulPlainTextLen);
ULONG SKF_ExtECCSign(DEVHANDLE hDev, ECCPRIVATEKEYBLOB* pECCPriKeyBlob, BYTE* pbData, ULONG ulDataLen,
                     ECCSIGNATUREBLOB* pSignature);
ULONG SKF_ExtECCVerify(DEVHANDLE hDev, ECCPUBLICKEYBLOB* pECCPubKeyBlob, BYTE* pbData, ULONG ulDataLen,
                       ECCSIGNATUREBLOB* pSignature);
ULONG SKF_GenerateAgreementDataWithECC(HCONTAINER hContainer, ULONG ulAlgId, ECCPUBLICKEYBLOB* pTempECCPubKeyBlob,
                                       BYTE* pbID, ULONG ulIDLen, HANDLE* phAgreementHandle);
ULONG SKF_GenerateAgreementDataAndKeyWithECC(HANDLE hContainer, ULONG ulAlgId, ECCPUBLICKEYBLOB* pSponsorECCPubKeyBlob,
                                             ECCPUBLICKEYBLOB* pSponsorTempECCPubKeyBlob,
                                             ECCPUBLICKEYBLOB* pTempECCPubKeyBlob, BYTE* pbID, ULONG ulIDLen,
                                             BYTE* pbSponsorID, ULONG ulSponsorIDLen, HANDLE* phKeyHandle);
ULONG SKF_GenerateKeyWithECC(HANDLE hAgreementHandle, ECCPUBLICKEYBLOB* pECCPubKeyBlob,
                             ECCPUBLICKEYBLOB* pTempECCPubKeyBlob, BYTE* pbID, ULONG ulIDLen, HANDLE* phKeyHandle);
ULONG SKF_ImportSessionKey(HCONTAINER hContainer, ULONG ulAlgId, BYTE* pbWrapedData, ULONG ulWrapedLen, HANDLE* phKey);
ULONG SKF_SetSymmKey(DEVHANDLE hDev, BYTE* pbKey, ULONG ulAlgID, HANDLE* phKey);
ULONG SKF_EncryptInit(HANDLE hKey, BLOCKCIPHERPARAM EncryptParam);
ULONG SKF_Encrypt(HANDLE hKey, BYTE* pbData, ULONG ulDataLen, BYTE* pbEncryptedData, ULONG* pulEncryptedLen);
ULONG SKF_EncryptUpdate(HANDLE hKey, BYTE* pbData, ULONG ulDataLen, BYTE* pbEncryptedData, ULONG* pulEncryptedLen);
ULONG SKF_EncryptFinal(HANDLE hKey, BYTE* pbEncryptedData, ULONG* pulEncryptedDataLen);
ULONG SKF_DecryptInit(HANDLE hKey, BLOCKCIPHERPARAM DecryptParam);
ULONG SKF_Decrypt(HANDLE hKey, BYTE* pbEncryptedData, ULONG ulEncryptedLen, BYTE* pbData, ULONG* pulDataLen);
ULONG SKF_DecryptUpdate(HANDLE hKey, BYTE* pbEncryptedData, ULONG ulEncryptedLen, BYTE* pbData, ULONG* pulDataLen);
ULONG SKF_DecryptFinal(HANDLE hKey, BYTE* pbDecryptedData, ULONG* pulDecryptedDataLen);
ULONG SKF_MacInit(HANDLE hKey, BLOCKCIPHERPARAM* pMacParam, HANDLE* phMac);
ULONG SKF_Mac(HANDLE hMac, BYTE* pbData, ULONG ulDataLen, BYTE* pbMacData, ULONG* pulMacLen);
ULONG SKF_MacUpdate(HANDLE hMac, BYTE* pbData, ULONG ulDataLen);
ULONG SKF_MacFinal(HANDLE hMac, BYTE* pbMacData, ULONG* pulMacDataLen);
}
#pragma GCC visibility pop

}  // namespace gmt0016
