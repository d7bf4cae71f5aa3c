// SPDX-License-Identifier: Apache-2.0
//
// Lays out the directory that key_folder.hpp describes. All days are counted from the order's moment: certificates
// from -200 to +529 (two years), the seal from -190 to +500 inside them; a fault moves only what it is about.
#include "make_key.hpp"

#include "key_folder.hpp"
#include "make_seal.hpp"
#include "training_authorities.hpp"

#include <openssl/obj_mac.h>
#include <openssl/rand.h>
#include <algorithm>
#include <array>
#include <fstream>
#include <system_error>

namespace scca::softkey {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view training_pin = "135790";
constexpr std::string_view initial_pin = "12345678";  // the guide's
constexpr std::string_view unknown_pin = "246802";
constexpr std::uint32_t pin_tries = 6;
constexpr auto sign_usage = "digitalSignature,nonRepudiation";
constexpr auto encrypt_usage = "keyEncipherment,dataEncipherment,keyAgreement";

// Credit codes with a right check digit over organisation numbers that nobody was given.
constexpr std::string_view credit_code = "91510100000000000E";
constexpr std::string_view other_credit_code = "91510100000000001H";

/// A company that does not exist.
struct Holder {
    std::string name, credit_code;
};

struct Pair {
    KeyPtr sign_key, encrypt_key;
    X509Ptr sign, encrypt;
};

void write_file(const fs::path& path, std::string_view content) {
    fs::create_directories(path.parent_path());
    std::ofstream file(path, std::ios::binary | std::ios::trunc);
    file.write(content.data(), static_cast<std::streamsize>(content.size()));
    file.close();
    if (!file) {
        throw fs::filesystem_error("cannot write", path, std::make_error_code(std::errc::io_error));
    }
}

std::string_view text_of_bytes(const Bytes& bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

void clear_folder(const fs::path& folder) {
    if (fs::exists(folder) && !fs::is_directory(folder)) {
        throw ForeignFolder(folder.string());
    }
    if (fs::exists(folder) && !fs::is_empty(folder) && !fs::exists(folder / marker_file)) {
        throw ForeignFolder(folder.string());
    }
    fs::remove_all(folder / devices_folder);
    fs::remove_all(folder / authorities_folder);
    write_file(folder / marker_file,
               "# scca-doctor 软件钥匙（练习用）：不是真钥匙，私钥和密码都明文放着，不得用于投标。\n"
               "# A software key for training: no real key; private keys and PINs lie open. Not for bidding.\n"
               "format = 1\n");
}

NameParts subject_of(const Holder& holder) {
    return {{NID_countryName, "CN"},
            {NID_stateOrProvinceName, "四川省"},
            {NID_localityName, "成都市"},
            {NID_organizationName, holder.name},
            {NID_organizationalUnitName, "ID3:Organizational"},
            {NID_serialNumber, holder.credit_code},
            {NID_commonName, holder.name}};
}

/// Before anything is written; throws std::invalid_argument.
void check_holder(const Holder& holder) {
    const auto is_control = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; };
    if (holder.name.empty() || std::any_of(holder.name.begin(), holder.name.end(), is_control)) {
        throw std::invalid_argument(holder.name);
    }
    check_name_parts(subject_of(holder));
}

Validity certificate_validity(const FaultSet& faults, Moment at) {
    if (faults.has(KeyFault::cert_expired)) return validity_around(at, -375, -10);
    if (faults.has(KeyFault::cert_expiring)) return validity_around(at, -335, 30);
    if (faults.has(KeyFault::cert_not_yet_valid)) return validity_around(at, 10, 739);
    return validity_around(at, -200, 529);
}

Validity seal_validity(const FaultSet& faults, Moment at) {
    if (faults.has(KeyFault::seal_expired)) return validity_around(at, -190, -10);
    if (faults.has(KeyFault::seal_renewal)) return validity_around(at, -190, 30);
    if (faults.has(KeyFault::seal_not_yet_valid)) return validity_around(at, 10, 500);
    return validity_around(at, -190, 500);
}

/// The workshop of one key: its orders, its CAs and its moment.
class KeyMaker {
public:
    KeyMaker(const KeyOrder& order, bool rsa)
        : order_(order), rsa_(rsa), authorities_(make_training_authorities(order.faults, rsa, order.at)) {}

    [[nodiscard]] const TrainingAuthorities& authorities() const { return authorities_; }

    /// Writes one device with `faults`, which for a second key are none.
    void write_device(const std::string& name, const Holder& holder, const FaultSet& faults) const;

private:
    [[nodiscard]] KeyPtr make_holder_key(const FaultSet& faults) const {
        constexpr unsigned int weak_bits = 1024;
        constexpr unsigned int usual_bits = 2048;
        return rsa_ ? make_rsa_key(faults.has(KeyFault::cert_weak) ? weak_bits : usual_bits) : make_sm2_key();
    }
    [[nodiscard]] X509Ptr issue_to(const Holder& holder, EVP_PKEY* key, Validity validity, std::string usage) const {
        return issue_certificate({.subject = subject_of(holder),
                                  .holder_key = key,
                                  .issuer = &authorities_.issuing,
                                  .forger_key = authorities_.forger_key.get(),
                                  .validity = validity,
                                  .key_usage = std::move(usage)});
    }
    [[nodiscard]] Pair make_pair(const Holder& holder, const FaultSet& faults) const;
    [[nodiscard]] Bytes listed_certificate(const Holder& holder, const FaultSet& faults, const Pair& pair) const;
    void write_container(const fs::path& container, const FaultSet& faults, const Pair& pair) const;
    void write_seal(const fs::path& application, const Holder& holder, const FaultSet& faults, const Pair& pair) const;

    const KeyOrder& order_;
    bool rsa_;
    TrainingAuthorities authorities_;
};

Pair KeyMaker::make_pair(const Holder& holder, const FaultSet& faults) const {
    const auto validity = certificate_validity(faults, order_.at);
    const bool misused = faults.has(KeyFault::cert_usage_wrong);
    Pair pair;
    pair.sign_key = make_holder_key(faults);
    pair.encrypt_key = make_holder_key(faults);
    pair.sign = issue_to(holder, pair.sign_key.get(), validity, misused ? encrypt_usage : sign_usage);
    pair.encrypt = issue_to(holder, pair.encrypt_key.get(), validity, encrypt_usage);
    return pair;
}

Bytes KeyMaker::listed_certificate(const Holder& holder, const FaultSet& faults, const Pair& pair) const {
    const bool replaced = faults.has(KeyFault::seal_cert_replaced);
    if (!replaced && !faults.has(KeyFault::seal_key_mismatch)) {
        return certificate_der(pair.sign.get());
    }
    const Holder other{"成都练习示例劳务有限公司", std::string(other_credit_code)};
    const auto key = rsa_ ? make_rsa_key(2048) : make_sm2_key();
    const auto validity = validity_around(order_.at, -560, 169);
    return certificate_der(issue_to(replaced ? holder : other, key.get(), validity, sign_usage).get());
}

/// Breaks the DER where the public key begins: X.690 8.1.3.5 reserves FF as the first octet of a length.
void damage(Bytes& der, const X509* certificate) {
    Bytes key(static_cast<std::size_t>(std::max(0, i2d_X509_PUBKEY(X509_get_X509_PUBKEY(certificate), nullptr))));
    auto* end = key.data();
    i2d_X509_PUBKEY(X509_get_X509_PUBKEY(certificate), &end);
    const auto found = std::search(der.begin(), der.end(), key.begin(), key.end());
    require(!key.empty() && found != der.end(), "public key");
    *(found + 1) = 0xFF;
}

void KeyMaker::write_container(const fs::path& container, const FaultSet& faults, const Pair& pair) const {
    const bool mismatch = faults.has(KeyFault::cert_key_mismatch);
    const auto stranger = mismatch ? make_holder_key(faults) : nullptr;
    write_file(key_path(container, KeyUse::sign), key_pem(mismatch ? stranger.get() : pair.sign_key.get()));
    if (faults.has(KeyFault::sign_operation_failed)) {
        write_file(container / signs_with_file, key_pem(make_holder_key(faults).get()));
    }
    const bool pair_incomplete = faults.has(KeyFault::cert_pair_incomplete);
    if (!pair_incomplete) {
        write_file(key_path(container, KeyUse::encrypt), key_pem(pair.encrypt_key.get()));
    }
    if (faults.has(KeyFault::cert_not_found)) {
        return;
    }
    if (!pair_incomplete) {
        write_file(certificate_path(container, KeyUse::encrypt), certificate_pem(pair.encrypt.get()));
    }
    if (faults.has(KeyFault::cert_unreadable)) {
        auto der = certificate_der(pair.sign.get());
        damage(der, pair.sign.get());
        write_file(certificate_path(container, KeyUse::sign), text_of_bytes(der));
    } else {
        write_file(certificate_path(container, KeyUse::sign), certificate_pem(pair.sign.get()));
    }
}

void KeyMaker::write_seal(const fs::path& application, const Holder& holder, const FaultSet& faults,
                          const Pair& pair) const {
    if (faults.has(KeyFault::seal_not_on_key)) {
        return;
    }
    constexpr std::string_view file = "seal.esl";
    const bool before_replacing = faults.has(KeyFault::seal_cert_replaced);
    const auto seal = make_seal({.name = holder.name + "（练习章）",
                                 .listed_certificate = listed_certificate(holder, faults, pair),
                                 .created = validity_around(order_.at, before_replacing ? -400 : -190, 0).from,
                                 .validity = seal_validity(faults, order_.at),
                                 .maker = &authorities_.seal_maker,
                                 .faults = faults});
    write_file(application / files_folder / file, text_of_bytes(seal));
    write_file(application / rights_folder / (std::string(file) + ".conf"),
               "# GM/T 0016: 0x00 nobody, 0x01 administrator, 0x10 user, 0xFF anyone\nread = 0xFF\nwrite = 0x10\n");
}

PinRecord user_pin(const FaultSet& faults) {
    const bool initial = faults.has(KeyFault::pin_initial);
    const std::uint32_t few = faults.has(KeyFault::pin_few_tries) ? 2 : pin_tries;
    const std::string_view usual = initial ? initial_pin : training_pin;
    return {.pin = std::string(faults.has(KeyFault::pin_wrong) ? unknown_pin : usual),
            .tries_max = pin_tries,
            .tries_left = faults.has(KeyFault::pin_locked) ? 0 : few,
            .initial = initial};
}

std::string random_serial() {
    std::array<std::uint8_t, 4> random{};
    require(RAND_bytes(random.data(), static_cast<int>(random.size())) == 1, "random number");
    std::string serial = "TRAINING-";
    for (const auto byte : random) {
        constexpr std::string_view digits = "0123456789ABCDEF";
        serial += digits[byte >> 4];
        serial += digits[byte & 0x0F];
    }
    return serial;
}

void KeyMaker::write_device(const std::string& name, const Holder& holder, const FaultSet& faults) const {
    const auto device = order_.folder / devices_folder / name;
    write_file(device / device_file,
               "label = scca-doctor 练习软件钥匙\n"
               "manufacturer = scca-doctor 软件钥匙（练习用）\n"
               "issuer = scca-doctor training, not a real key\n"
               "serial = " +
                   random_serial() + "\n");
    if (faults.has(KeyFault::key_blank)) {
        return;
    }
    const auto application = device / applications_folder / "SCCA-TRAINING";
    const auto pair = make_pair(holder, faults);
    write_container(application / containers_folder / "training-container-1", faults, pair);
    write_seal(application, holder, faults, pair);
    const PinRecord admin{.pin = "admin-135790", .tries_max = pin_tries, .tries_left = pin_tries, .initial = false};
    if (!replace_pin(application, PinRole::user, user_pin(faults)) ||
        !replace_pin(application, PinRole::admin, admin)) {
        throw fs::filesystem_error("cannot write", application, std::make_error_code(std::errc::io_error));
    }
}

}  // namespace

std::string make_key(const KeyOrder& order) {
    check_holder({order.holder, std::string(credit_code)});
    const KeyMaker maker(order, order.rsa || order.faults.has(KeyFault::cert_weak));
    clear_folder(order.folder);
    for (const auto& [name, pem] : maker.authorities().pem_files) {
        write_file(order.folder / authorities_folder / name, pem);
    }
    maker.write_device("softkey-1", {order.holder, std::string(credit_code)}, order.faults);
    if (order.faults.has(KeyFault::several_keys)) {
        maker.write_device("softkey-2", {"成都练习另一把钥匙有限公司", std::string(other_credit_code)}, {});
    }
    if (order.faults.has(KeyFault::key_blank)) return {};
    return std::string(order.faults.has(KeyFault::pin_initial) ? initial_pin : training_pin);
}

}  // namespace scca::softkey
