// SPDX-License-Identifier: Apache-2.0
//
// The table of faults and of those that exclude each other.
#include "faults.hpp"

#include <algorithm>
#include <array>
#include <vector>

namespace scca::softkey {

namespace {

using enum KeyFault;

constexpr std::array<FaultEntry, fault_count> table = {{
    {key_blank, "key-blank", "钥匙是空的：一个应用也没有", "the key is empty: no application on it"},
    {several_keys, "several-keys", "同时插着两把钥匙", "two keys are plugged in at once"},
    {pin_locked, "pin-locked", "密码已锁定：剩余 0 次", "the PIN is locked: no try left"},
    {pin_few_tries, "pin-few-tries", "密码只剩 2 次机会", "only 2 PIN tries left"},
    {pin_initial, "pin-initial", "仍在使用初始密码 12345678", "the initial PIN 12345678 is still set"},
    {pin_wrong, "pin-wrong", "制作时告诉您的密码不是它的密码（配合 --sign-test）",
     "the PIN that was handed out is not the key's (shows with --sign-test)"},
    {sign_operation_failed, "sign-operation-failed", "签名用的不是证书的密钥（配合 --sign-test）",
     "another key signs than the certificate's (shows with --sign-test)"},
    {cert_not_found, "cert-not-found", "容器里没有证书，签章还在",
     "containers without certificates; the seal is there"},
    {cert_pair_incomplete, "cert-pair-incomplete", "只有签名证书，缺加密证书", "the encryption certificate is missing"},
    {cert_unreadable, "cert-unreadable", "签名证书数据中间损坏", "the signing certificate is damaged in its middle"},
    {cert_expiring, "cert-expiring", "证书 30 天后到期", "the certificates expire in 30 days"},
    {cert_expired, "cert-expired", "证书已过期 10 天（应得出 cert-expiring）",
     "the certificates expired 10 days ago (leads to cert-expiring)"},
    {cert_not_yet_valid, "cert-not-yet-valid", "证书 10 天后才生效", "the certificates become valid in 10 days"},
    {cert_other_issuer, "cert-other-issuer", "证书由另一家（虚构的）CA 签发", "issued by another, invented CA"},
    {cert_forged, "cert-forged", "颁发者名称对，签名却不是它的（配合 --trust DIR/ca）",
     "the issuer's name over another key's signature (shows with --trust DIR/ca)"},
    {ca_expired, "ca-expired", "签发证书的 CA 已过期（配合 --trust DIR/ca）",
     "the issuing CA has expired (shows with --trust DIR/ca)"},
    {cert_usage_wrong, "cert-usage-wrong", "签名证书没有数字签名用途",
     "the signing certificate lacks digitalSignature"},
    {cert_weak, "cert-weak", "RSA-1024 证书", "RSA certificates of 1024 bits"},
    {cert_key_mismatch, "cert-key-mismatch", "容器里的签名密钥与证书不是一对",
     "the container's signing key is not the certificate's"},
    {seal_not_on_key, "seal-not-on-key", "钥匙里没有签章", "no seal on the key"},
    {seal_unreadable, "seal-unreadable", "签章数据被截断", "the seal's data are cut off"},
    {seal_expired, "seal-expired", "签章已过期 10 天", "the seal expired 10 days ago"},
    {seal_renewal, "seal-renewal", "签章 30 天后到期", "the seal expires in 30 days"},
    {seal_not_yet_valid, "seal-not-yet-valid", "签章 10 天后才生效", "the seal becomes valid in 10 days"},
    {seal_maker_invalid, "seal-maker-invalid", "制章者证书在制章之前已过期",
     "the seal maker's certificate had expired before the seal was made"},
    {seal_tampered, "seal-tampered", "签章在制作之后被改动了一个字节", "one byte of the seal was changed afterwards"},
    {signature_encoding, "signature-encoding", "签章的签名值写成 r‖s 而不是 DER",
     "the seal's signature is written as r||s instead of DER"},
    {seal_cert_replaced, "seal-cert-replaced", "签章绑定的是同一单位的旧证书",
     "the seal lists the holder's previous certificate"},
    {seal_key_mismatch, "seal-key-mismatch", "签章绑定的是另一单位的证书",
     "the seal lists another holder's certificate"},
    {seal_picture_failed, "seal-picture-failed", "签章图片不是所写的 PNG", "the seal's picture is not the PNG it says"},
}};

/// At most one fault of `group` may be on a key; the sentence says why.
struct Exclusion {
    std::string_view zh, en;
    std::vector<KeyFault> group;
};

/// With `fault` on the key none of `hidden` could be seen.
struct Eclipse {
    KeyFault fault;
    std::string_view zh, en;
    std::vector<KeyFault> hidden;
};

std::vector<Exclusion> exclusions() {
    return {
        {"证书的有效期只能有一种",
         "the certificates have one validity only",
         {cert_expiring, cert_expired, cert_not_yet_valid}},
        {"证书只有一个颁发者名称", "a certificate has one issuer's name only", {cert_other_issuer, cert_forged}},
        {"密码只有一个", "a key has one PIN only", {pin_initial, pin_wrong}},
        {"密码剩余次数只有一个数", "the PIN has one number of tries only", {pin_locked, pin_few_tries}},
        {"签章的有效期只能有一种", "the seal has one validity only", {seal_expired, seal_not_yet_valid, seal_renewal}},
        {"签章只绑定一张证书", "the seal lists one certificate only", {seal_cert_replaced, seal_key_mismatch}},
        {"被改动的签章，签名怎样改写都不成立",
         "no way of writing a signature makes a tampered seal hold",
         {seal_tampered, signature_encoding}},
    };
}

std::vector<Eclipse> eclipses() {
    const std::vector<KeyFault> of_certificates = {
        cert_expiring,     cert_expired,      cert_not_yet_valid, cert_pair_incomplete,
        cert_key_mismatch, cert_other_issuer, cert_forged,        cert_unreadable,
        cert_usage_wrong,  cert_weak,         ca_expired};
    const std::vector<KeyFault> of_binding = {seal_cert_replaced, seal_key_mismatch};
    const std::vector<KeyFault> of_seals = {seal_expired,       seal_not_yet_valid, seal_renewal,
                                            seal_tampered,      seal_maker_invalid, seal_picture_failed,
                                            signature_encoding, seal_cert_replaced, seal_key_mismatch};
    const std::vector<KeyFault> on_the_key = {pin_locked,     pin_few_tries,   pin_initial,
                                              cert_not_found, seal_not_on_key, seal_unreadable};
    const std::vector<KeyFault> of_signing = {pin_wrong, sign_operation_failed};
    auto everything = of_certificates;
    everything.insert(everything.end(), of_seals.begin(), of_seals.end());
    everything.insert(everything.end(), on_the_key.begin(), on_the_key.end());
    everything.insert(everything.end(), of_signing.begin(), of_signing.end());
    auto without_certificates = of_certificates;
    without_certificates.insert(without_certificates.end(), of_signing.begin(), of_signing.end());
    without_certificates.insert(without_certificates.end(), of_binding.begin(), of_binding.end());
    auto without_seal = of_seals;
    without_seal.push_back(seal_unreadable);
    return {
        {key_blank, "空钥匙里没有别的东西", "an empty key has nothing else on it", everything},
        {cert_not_found, "没有证书，就看不出证书或其签章的毛病", "without certificates nothing can be wrong with them",
         without_certificates},
        {cert_unreadable,
         "签名证书读不出来，就看不出它的别的毛病",
         "a signing certificate that cannot be read shows no other fault",
         {cert_key_mismatch, cert_usage_wrong, cert_weak, seal_cert_replaced, seal_key_mismatch, pin_wrong,
          sign_operation_failed}},
        {cert_key_mismatch,
         "证书不是这把密钥的，签名自然验不过",
         "what a key signs cannot verify with another key's certificate",
         {sign_operation_failed}},
        {several_keys, "插着两把钥匙时不做签名校验", "with two keys plugged in no signature is tried", of_signing},
        {pin_few_tries, "密码只剩 2 次机会时不做签名校验", "with two tries left no PIN is sent", of_signing},
        {pin_wrong, "密码不对，就到不了签名这一步", "a wrong PIN leads to no signature", {sign_operation_failed}},
        {pin_locked,
         "密码锁定后先要解锁，那时就要设新密码",
         "a locked PIN must be replaced first, whichever it was",
         {pin_initial, pin_wrong, sign_operation_failed}},
        {seal_not_on_key, "没有签章，就看不出签章的毛病", "without a seal nothing can be wrong with it", without_seal},
        {seal_unreadable, "签章读不出来，就看不出它的别的毛病", "a seal that cannot be read shows no other fault",
         of_seals},
    };
}

std::string_view name_of(KeyFault fault) {
    return std::find_if(table.begin(), table.end(), [&](const auto& entry) { return entry.fault == fault; })->name;
}

std::string sentence(KeyFault one, KeyFault other, std::string_view zh, std::string_view en, Language language) {
    const bool chinese = language == Language::zh;
    const std::string both = std::string(name_of(one)) + (chinese ? " 与 " : " and ") + std::string(name_of(other));
    return both + (chinese ? " 不能同时有：" : " exclude each other: ") + std::string(chinese ? zh : en);
}

}  // namespace

std::span<const FaultEntry> fault_table() { return table; }

std::optional<KeyFault> find_fault(std::string_view name) {
    const auto found = std::find_if(table.begin(), table.end(), [&](const auto& entry) { return entry.name == name; });
    return found == table.end() ? std::nullopt : std::optional(found->fault);
}

std::string names_of(const FaultSet& faults) {
    std::string names;
    for (const auto& entry : table) {
        if (faults.has(entry.fault)) {
            names += (names.empty() ? "" : ", ") + std::string(entry.name);
        }
    }
    return names;
}

std::optional<std::string> find_contradiction(const FaultSet& faults, Language language) {
    for (const auto& [fault, zh, en, hidden] : eclipses()) {
        for (const auto other : hidden) {
            if (faults.has(fault) && faults.has(other)) {
                return sentence(fault, other, zh, en, language);
            }
        }
    }
    for (const auto& [zh, en, group] : exclusions()) {
        std::optional<KeyFault> first;
        for (const auto other : group) {
            if (first && faults.has(other)) {
                return sentence(*first, other, zh, en, language);
            }
            first = !first && faults.has(other) ? std::optional(other) : first;
        }
    }
    return std::nullopt;
}

}  // namespace scca::softkey
