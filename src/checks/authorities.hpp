// SPDX-License-Identifier: Apache-2.0
//
// Whom to trust, read once for any number of snapshots, and a memory of what was already verified: in a batch the same
// intermediate stands above every certificate, and the same certificate comes many times. Asked about octets that
// redaction has changed, it gives the answer that was found before, or none. For one thread.
#pragma once

#include "remembered_seals.hpp"

#include "scca/pki/name_limits.hpp"
#include "scca/pki/revocation.hpp"
#include "scca/pki/verify.hpp"
#include "scca/token/snapshot.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace scca::checks {

class Authorities {
public:
    /// The CA certificates in these files (--trust). Of so many signatures it is remembered what was found out.
    explicit Authorities(const std::vector<token::FileGiven>& trust,
                         std::size_t remembered = pki::Verifier::most_remembered);

    /// Judge::get_ready.
    void get_ready();
    /// Whether --trust was given at all: then a chain that does not reach it has failed.
    [[nodiscard]] bool given() const noexcept { return given_; }
    [[nodiscard]] const std::vector<pki::Certificate>& trusted() const noexcept { return trusted_; }

    /// What the name of whoever issued a certificate says.
    struct IssuerName {
        Bytes der;  ///< of the name
        std::string text;
        bool is_scca = false;
    };
    /// Remembered of the last one, since most certificates of a batch have the same issuer.
    [[nodiscard]] const IssuerName& issuer_of(const pki::Certificate& certificate);

    [[nodiscard]] pki::SignatureCheck verify_issued(const pki::Certificate& certificate,
                                                    const pki::Certificate& issuer);
    /// Whether the issuer signed the list with this SHA-256; remembered, for a list of many megabytes takes a while.
    [[nodiscard]] const pki::SignerCheck& verify_crl(const pki::Crl& crl, const Bytes& crl_sha256,
                                                     const pki::Certificate& issuer);
    /// Whether the issuer, or whom it appointed, signed the OCSP answer.
    [[nodiscard]] pki::SignerCheck verify_ocsp_answer(const pki::OcspAnswer& answer, const pki::Certificate& issuer);
    /// Whether the owner of this key made the seal; of one seen before, remembered.
    [[nodiscard]] pki::SignatureCheck verify_seal(const pki::Seal& seal, const pki::PublicKey& maker);
    /// Whether the seal's list has the certificate: octet by octet, or by its SM3 digest, which some make with Z.
    [[nodiscard]] bool lists(const pki::Seal& seal, const pki::Certificate& certificate);
    /// Whether the CA may issue for the names in the certificate; remembered.
    [[nodiscard]] pki::NamesHeld verify_names(const pki::Certificate& certificate, const pki::Certificate& ca);
    /// Which name it is that the CA may not issue for; nothing of octets that redaction has changed.
    [[nodiscard]] std::optional<pki::BrokenLimit> find_broken_limit(const pki::Certificate& certificate,
                                                                    const pki::Certificate& ca) const;
    /// SHA-256 of these octets as they were before any redaction.
    [[nodiscard]] Bytes sha256_of(ByteView octets) const;
    /// The same of octets whose SHA-256 is this now; itself where nothing was changed, so it lives as long as that.
    [[nodiscard]] const Bytes& before_redaction(const Bytes& sha256) const;

    /// What a redacted snapshot tells of its octets before they were changed.
    void recall(const token::SeenBeforeRedaction& seen);
    /// From now on each answer is also written down here; it must outlive this object.
    void write_down(std::vector<token::AnswerSeen>& answers) noexcept { written_ = &answers; }
    [[nodiscard]] pki::Verifier& verifier() noexcept { return verifier_; }

private:
    /// A question as it is remembered: about which octets, and whose key or certificate, by SHA-256 as they were.
    struct Question {
        token::QuestionSeen kind = token::QuestionSeen::issued;
        Bytes of, by;

        auto operator<=>(const Question&) const = default;
    };
    struct Told {
        std::string answer, how;
    };
    [[nodiscard]] bool is_redacted(ByteView octets) const;
    /// The answer that was found before; nothing of octets that are as they were. `unanswered` of redacted ones that
    /// nobody asked about.
    [[nodiscard]] std::optional<Told> find_told(const Question& question, bool redacted,
                                                std::string_view unanswered) const;
    void write(const Question& question, std::string_view answer, std::string_view how);
    [[nodiscard]] pki::SignerCheck check_crl(const pki::Crl& crl, const pki::Certificate& issuer);
    [[nodiscard]] pki::SignatureCheck recalled_or(const Question& question, bool redacted, auto verify);
    [[nodiscard]] pki::SignerCheck signer_recalled_or(const Question& question, bool redacted, auto verify);

    bool given_;
    std::vector<pki::Certificate> trusted_;
    IssuerName last_issuer_;
    pki::Verifier verifier_;
    RememberedSeals seals_;
    std::map<Bytes, pki::SignerCheck> lists_;
    std::map<Question, pki::NamesHeld> names_;
    std::map<Bytes, Bytes> before_;  ///< SHA-256 as it is, to SHA-256 as it was
    std::map<Question, Told> told_;
    std::vector<token::AnswerSeen>* written_ = nullptr;
};

}  // namespace scca::checks
