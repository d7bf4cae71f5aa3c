// SPDX-License-Identifier: Apache-2.0
//
// Judge: from what was seen to what it means. Climbs the ladder for every subject; a rung that breaks blocks what
// stands on it, so every failed finding is a root cause. Pure: the same Snapshot and Options give the same Report.
#pragma once

#include "scca/core/calendar.hpp"
#include "scca/pki/verify.hpp"
#include "scca/report/report.hpp"
#include "scca/token/snapshot.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace scca::checks {

/// Which part of the ladder was asked for.
enum class Part : std::uint8_t {
    everything,    ///< check
    key,           ///< check-key: everything but the insides of certificates and seals
    certificates,  ///< check-cert
    seals,         ///< check-seal
    no_key,        ///< check --no-key: machine and modules
};

struct RevocationSources;

/// Reads the revocation lists and OCSP answers that were given. A batch does so once and gives them to every judgement:
/// a list may have a million entries. They are read where they stand: the files must outlive what is returned.
[[nodiscard]] std::shared_ptr<const RevocationSources> open_revocation(
    const std::vector<token::FileGiven>& crls, const std::vector<token::FileGiven>& ocsp_answers);

/// What an address gave, opened: lists, an OCSP answer, certificates of CAs, or the fault that came instead. The same
/// one serves any number of judgements, in any thread.
struct FetchedDocument;
using FetchedDocuments = std::vector<std::shared_ptr<const FetchedDocument>>;
[[nodiscard]] std::shared_ptr<const FetchedDocument> open_fetched(token::FetchedSeen fetched);

/// An address to ask, because a certificate names it.
struct Wish {
    std::string url;
    Bytes request;  ///< an OCSPRequest to post; empty: read what is there

    bool operator==(const Wish&) const = default;
};

struct Options {
    std::string command = "check";
    Part part = Part::everything;
    Moment at{};
    std::int64_t warn_days = 60;   ///< the CA's renewal window (guide 2.2)
    std::vector<Rung> only, skip;  ///< a rung left out leaves no finding and blocks nothing
    bool sign_test = false;        ///< a key was to make a signature
    bool online = false;           ///< revocation may be asked for at the addresses that certificates name
    std::shared_ptr<const RevocationSources> revocation;  ///< in place of those given with it; nothing: read them
    bool in_brief = false;  ///< what no table has a column for is left out: a certificate's key usage and SHA-256
    std::size_t remembered = pki::Verifier::most_remembered;  ///< signatures of which it is known whether they hold
};

class Authorities;

/// Judges any number of snapshots alike: trust is read once, keys and verified signatures are kept. For one thread.
class Judge {
public:
    Judge(Options options, const std::vector<token::FileGiven>& trust);
    ~Judge();
    Judge(const Judge&) = delete;
    Judge& operator=(const Judge&) = delete;

    /// Has OpenSSL load its algorithms now, by a signature of those to be trusted, and not with the first snapshot.
    void get_ready();
    /// The snapshot's own `trust` is not looked at. `fetched` counts as what the snapshot itself has from addresses.
    [[nodiscard]] report::Report judge(const token::Snapshot& snapshot, const FetchedDocuments& fetched = {});
    /// The same for small files, each in a snapshot of its own: all of them take a step before any takes the next,
    /// which is quicker.
    [[nodiscard]] std::vector<report::Report> judge_together(std::span<const token::Snapshot> snapshots);

    /// What would help to answer a rung that is still unknown: nothing unless `online`, and nothing that was fetched
    /// already. The OCSP responder is asked before the list, which may be long, and the next one only when the first
    /// has not answered. Nobody asks again after the last round, so what is left is wished for together, within bounds.
    [[nodiscard]] std::vector<Wish> find_wishes(const token::Snapshot& snapshot, bool is_last,
                                                const FetchedDocuments& fetched = {});

private:
    struct Ways;

    Options options_;
    std::unique_ptr<Authorities> authorities_;
    std::unique_ptr<const Ways> ways_;         ///< chosen once
    std::unique_ptr<const Ways> asking_ways_;  ///< to find wishes; null when nothing may be asked
};

[[nodiscard]] report::Report judge(const token::Snapshot& snapshot, const Options& options);

/// Why there is nothing to judge in a file: it could not be read, or is nothing that is known here, or nothing of this
/// part. Nothing when there is.
[[nodiscard]] std::optional<Fault> find_given_fault(const token::FileGiven& file, Part part);

/// How far a key has come, for somebody who watches it being plugged in.
struct Stages {
    bool inserted = false;     ///< USB shows what is a key, or may be one
    bool recognised = false;   ///< a module shows a key
    bool read = false;         ///< and something on it
    bool certificate = false;  ///< and a certificate
};
[[nodiscard]] Stages find_stages(const token::Snapshot& snapshot);

/// A signature test that may be made: one PIN for one application of one token, and the keys there that sign.
struct SignWish {
    struct Task {
        Bytes container;  ///< ContainerSeen::reference
        token::KeyAlgorithm algorithm = token::KeyAlgorithm::unknown;
        Bytes input;  ///< SM2: e of GM/T 0009; RSA: a DigestInfo of SHA-256; EC: SHA-256
    };
    token::Route route;
    Bytes application;       ///< ApplicationSeen::reference
    std::string token_name;  ///< for the question
    std::optional<std::uint32_t> tries_left;
    std::vector<Task> tasks;
};

/// Nothing when no PIN may be sent: no key that signs, more than one token or application with such keys, few tries
/// left, or, through SKF, a token that does not tell how many. Through PKCS#11 most tokens tell nothing but flags;
/// there a PIN may be sent when none of them is set.
[[nodiscard]] std::optional<SignWish> find_sign_wish(const token::Snapshot& snapshot, const Options& options,
                                                     ByteView challenge);

/// What is true of the octets of this snapshot, and cannot be found out any more once they are redacted: which
/// signature holds, which seal lists which certificate. They belong into `seen_before_redaction` of the redacted copy.
[[nodiscard]] std::vector<token::AnswerSeen> find_answers(const token::Snapshot& snapshot);

/// What a fault is called in a finding's evidence: call, family, code, symbol, signal, exit_status, deadline_ms,
/// message.
[[nodiscard]] report::Fields evidence_of(const Fault& fault);

}  // namespace scca::checks
