// SPDX-License-Identifier: Apache-2.0
#include "revocation_sources.hpp"

#include "dossier.hpp"
#include "wishes.hpp"

#include "scca/pki/container.hpp"
#include "scca/pki/verify.hpp"

#include <algorithm>
#include <array>

namespace scca::checks {
namespace {

using namespace std::chrono_literals;

/// Why a source does not say that all is well; the first is nearest to an answer and is told when there are several.
enum class Lack : std::uint8_t {
    none,
    expired,
    not_yet_valid,
    no_next_update,
    status_unknown,
    partial_list,
    damaged,
    cut,
    signer_expired,
    signer_not_appointed,
    wrong_signer,
    unsupported_algorithm,
    responder_refused,
    no_answer,
    other_certificate,
    other_issuer,
};

std::string_view name_of(Lack lack) noexcept {
    constexpr std::array<std::string_view, 16> names{"",
                                                     "expired",
                                                     "not-yet-valid",
                                                     "no-next-update",
                                                     "status-unknown",
                                                     "partial-list",
                                                     "damaged",
                                                     "cut",
                                                     "signer-expired",
                                                     "signer-not-appointed",
                                                     "wrong-signer",
                                                     "unsupported-algorithm",
                                                     "responder-refused",
                                                     "no-answer",
                                                     "other-certificate",
                                                     "other-issuer"};
    return names[static_cast<std::size_t>(lack)];
}

struct Reading {
    RevocationState state = RevocationState::unanswered;
    Lack lack = Lack::no_answer;
    report::Fields evidence;
};

/// How far apart the clocks of CA and reader may be.
constexpr auto clock_tolerance = 5min;
/// How long an OCSP answer holds that names no end: "newer information is available all the time" (RFC 6960 2.4).
constexpr auto longest_without_end = 24h;

Lack lack_of_freshness(const std::optional<Moment>& from, const std::optional<Moment>& to, Moment at) {
    if (!from) return Lack::damaged;
    if (at + clock_tolerance < *from) return Lack::not_yet_valid;
    if (!to) return Lack::no_next_update;
    return at > *to ? Lack::expired : Lack::none;
}

/// Of a list or answer whose end is missing the signature was not read, or not all of it.
Lack lack_of_signer(const pki::SignerCheck& check, bool is_cut) {
    if (check.holds) return Lack::none;
    if (is_cut) return Lack::cut;
    for (const Lack lack : {Lack::signer_expired, Lack::signer_not_appointed, Lack::unsupported_algorithm}) {
        if (name_of(lack) == check.reason) return lack;
    }
    return Lack::wrong_signer;
}

void put_moment(report::Fields& evidence, report::Key key, const std::optional<Moment>& moment) {
    if (moment) evidence.push_back({key, *moment});
}

Reading lacking(Lack lack, report::Fields evidence) { return {RevocationState::unanswered, lack, std::move(evidence)}; }

Reading revoked(const pki::Revocation& revocation, report::Fields evidence) {
    put_moment(evidence, "revoked_at", revocation.at);
    if (revocation.reason) {
        const std::string_view name = pki::name_of_reason(*revocation.reason);
        evidence.push_back({"reason", name.empty() ? std::to_string(*revocation.reason) : std::string(name)});
    }
    return {RevocationState::revoked, Lack::none, std::move(evidence)};
}

bool is_suspension(const pki::Revocation& revocation) {
    constexpr std::int64_t certificate_hold = 6;
    return revocation.reason == certificate_hold;
}

/// Whether the list leaves out what it would say of this certificate.
bool leaves_out(const pki::CrlScope& scope, const pki::Certificate& certificate) {
    if (scope.delta || scope.indirect || scope.some_reasons || scope.attribute_only || scope.unknown_critical)
        return true;
    const bool ca = certificate.is_ca.value_or(false);
    if ((scope.ca_only && !ca) || (scope.user_only && ca)) return true;
    const auto named = [&](const std::string& url) {
        return std::find(certificate.crl_urls.begin(), certificate.crl_urls.end(), url) != certificate.crl_urls.end();
    };
    return !scope.urls.empty() && std::none_of(scope.urls.begin(), scope.urls.end(), named);
}

Reading read_crl(const RevocationSource& source, const pki::Certificate& certificate, const pki::Certificate& issuer,
                 const Dossier& dossier) {
    const pki::Crl& crl = *source.crl;
    report::Fields evidence{{"kind", std::string("crl")}};
    put_moment(evidence, "this_update", crl.this_update);
    put_moment(evidence, "next_update", crl.next_update);
    if (!crl.number.empty()) evidence.push_back({"crl_number", crl.number});
    if (!pki::same_name(crl.issuer, certificate.issuer)) {
        evidence.push_back({"crl_issuer", crl.issuer.text(), report::Privacy::name});
        return lacking(Lack::other_issuer, std::move(evidence));
    }
    const pki::SignerCheck& signer = dossier.authorities->verify_crl(crl, source.crl_sha256, issuer);
    if (const Lack lack = lack_of_signer(signer, crl.is_cut); lack != Lack::none) {
        return lacking(lack, std::move(evidence));
    }
    if (!signer.how.empty()) evidence.push_back({"how", signer.how});
    const Lack stale = lack_of_freshness(crl.this_update, crl.next_update, dossier.options->at);
    // An entry of an indirect list may be another issuer's, and removeFromCRL (8) lifts a suspension.
    const auto listed = crl.scope.indirect ? std::nullopt : crl.find(certificate.serial);
    if (listed && listed->reason != 8 && (stale == Lack::none || !is_suspension(*listed))) {
        return revoked(*listed, std::move(evidence));
    }
    if (!crl.defects.empty()) return lacking(Lack::damaged, std::move(evidence));
    if (leaves_out(crl.scope, certificate)) return lacking(Lack::partial_list, std::move(evidence));
    if (stale != Lack::none) return lacking(stale, std::move(evidence));
    return {RevocationState::good, Lack::none, std::move(evidence)};
}

Lack lack_of_freshness(const pki::OcspSingle& single, Moment at) {
    const Lack lack = lack_of_freshness(single.this_update, single.next_update, at);
    if (lack != Lack::no_next_update) return lack;
    return at - *single.this_update > longest_without_end ? Lack::expired : Lack::none;
}

Reading read_ocsp(const pki::OcspAnswer& answer, const pki::Certificate& certificate, const pki::Certificate& issuer,
                  const Dossier& dossier) {
    report::Fields evidence{{"kind", std::string("ocsp")}};
    if (answer.response_status != 0) {
        const std::string_view name = pki::name_of_response_status(answer.response_status);
        evidence.push_back(
            {"response_status", name.empty() ? std::to_string(answer.response_status) : std::string(name)});
        return lacking(Lack::responder_refused, std::move(evidence));
    }
    put_moment(evidence, "produced_at", answer.produced_at);
    const pki::OcspSingle* const single = pki::find_single(answer, certificate, issuer);
    if (single == nullptr) {
        return lacking(answer.singles.empty() ? Lack::damaged : Lack::other_certificate, std::move(evidence));
    }
    put_moment(evidence, "this_update", single->this_update);
    put_moment(evidence, "next_update", single->next_update);
    const pki::SignerCheck signer = dossier.authorities->verify_ocsp_answer(answer, issuer);
    if (const Lack lack = lack_of_signer(signer, answer.is_cut); lack != Lack::none) {
        return lacking(lack, std::move(evidence));
    }
    if (!signer.how.empty()) evidence.push_back({"how", signer.how});
    const Lack stale = lack_of_freshness(*single, dossier.options->at);
    const bool told = single->status == pki::OcspStatus::revoked;
    if (told && (stale == Lack::none || !is_suspension(single->revocation))) {
        return revoked(single->revocation, std::move(evidence));
    }
    if (stale != Lack::none) return lacking(stale, std::move(evidence));
    if (single->status == pki::OcspStatus::unknown) return lacking(Lack::status_unknown, std::move(evidence));
    if (!answer.defects.empty()) return lacking(Lack::damaged, std::move(evidence));
    return {RevocationState::good, Lack::none, std::move(evidence)};
}

/// Whether a source from the network was asked about this certificate.
bool concerns(const token::FetchedSeen& fetched, const pki::Certificate& certificate, const pki::Certificate& issuer) {
    const auto names = [&](const std::vector<std::string>& urls) {
        return std::find(urls.begin(), urls.end(), fetched.url) != urls.end();
    };
    if (fetched.request_sha256.empty()) return names(certificate.crl_urls);
    return names(certificate.ocsp_urls) &&
           fetched.request_sha256 == pki::sha256(pki::make_ocsp_request(certificate, issuer));
}

Reading read_source(const RevocationSource& source, const pki::Certificate& certificate, const pki::Certificate& issuer,
                    const Dossier& dossier) {
    if (source.fault) return lacking(Lack::no_answer, evidence_of(*source.fault));
    if (source.crl) return read_crl(source, certificate, issuer, dossier);
    return read_ocsp(*source.ocsp, certificate, issuer, dossier);
}

/// Revoked before good before the lack that is nearest to an answer.
bool weighs_more(const Reading& a, const Reading& b) {
    constexpr auto weight = [](RevocationState state) {
        return state == RevocationState::revoked ? 2 : state == RevocationState::good ? 1 : 0;
    };
    if (weight(a.state) != weight(b.state)) return weight(a.state) > weight(b.state);
    return a.state == RevocationState::unanswered && a.lack < b.lack;
}

void open_crls(RevocationSource empty, ByteView content, RevocationSources& sources) {
    auto lists = pki::find_crls(content);
    for (pki::FoundCrl& found : lists) {
        RevocationSource& source = sources.list.emplace_back(empty);
        if (auto parsed = pki::parse_crl(found.der)) {
            source.crl = std::move(*parsed);
            source.crl_sha256 = pki::sha256(source.crl->der);
        } else {
            source.fault = parsed.error();
        }
        if (!found.decoded.empty()) sources.decoded.push_back(std::move(found.decoded));
    }
    if (!lists.empty()) return;
    empty.fault = Fault{FaultKind::damaged, "CertificateList", {}, 0, "no revocation list begins here"};
    sources.list.push_back(std::move(empty));
}

void open_ocsp(RevocationSource source, ByteView content, RevocationSources& sources) {
    if (auto parsed = pki::parse_ocsp_answer(content)) {
        source.ocsp = std::move(*parsed);
    } else {
        source.fault = parsed.error();
    }
    sources.list.push_back(std::move(source));
}

using Open = void (*)(RevocationSource empty, ByteView content, RevocationSources& sources);

void open_source(std::string place, const std::optional<Fault>& fault, ByteView content, Open open,
                 RevocationSources& sources) {
    RevocationSource empty;
    empty.place = std::move(place);
    if (!fault) return open(std::move(empty), content, sources);
    empty.fault = fault;
    sources.list.push_back(std::move(empty));
}

void open_content(ByteView content, FetchedDocument& document) {
    const token::FetchedSeen& seen = document.seen;
    const bool was_read = seen.request_sha256.empty();
    open_source(seen.url, seen.fault, content, was_read ? open_crls : open_ocsp, document.revocation);
    if (document.revocation.list.front().crl || seen.fault || !was_read) return;  // and no certificates
    for (const pki::FoundCertificate& found : pki::find_certificates(content)) {
        auto parsed = pki::parse_certificate(found.der);
        if (parsed && parsed->is_ca.value_or(false)) document.authorities.push_back(std::move(*parsed));
    }
}

}  // namespace

bool FetchedDocument::points_into_content() const noexcept {
    return revocation.list.front().crl.has_value() && revocation.decoded.empty();
}

std::shared_ptr<const RevocationSources> open_revocation(const std::vector<token::FileGiven>& crls,
                                                         const std::vector<token::FileGiven>& ocsp_answers) {
    auto sources = std::make_shared<RevocationSources>();
    for (const token::FileGiven& file : crls) {
        open_source(file.path, file.fault, file.content, open_crls, *sources);
    }
    for (const token::FileGiven& file : ocsp_answers) {
        open_source(file.path, file.fault, file.content, open_ocsp, *sources);
    }
    return sources;
}

std::shared_ptr<const FetchedDocument> open_fetched(token::FetchedSeen fetched) {
    auto document = std::make_shared<FetchedDocument>();
    document->seen = std::move(fetched);
    token::FetchedSeen& seen = document->seen;
    open_content(seen.content, *document);
    if (!document->points_into_content()) seen.content = {};
    return document;
}

std::shared_ptr<const FetchedDocument> open_fetched_there(const token::FetchedSeen& fetched) {
    auto document = std::make_shared<FetchedDocument>();
    document->seen.url = fetched.url;
    document->seen.request_sha256 = fetched.request_sha256;
    document->seen.fault = fetched.fault;
    open_content(fetched.content, *document);
    return document;
}

RevocationAnswer find_revocation(const pki::Certificate& certificate, const pki::Certificate& issuer,
                                 const Dossier& dossier) {
    std::optional<Reading> best;
    const auto consider = [&](const RevocationSources& sources, report::Privacy privacy) {
        for (const RevocationSource& source : sources.list) {
            Reading reading = read_source(source, certificate, issuer, dossier);
            if (best && !weighs_more(reading, *best)) continue;
            reading.evidence.push_back({"source", source.place, privacy});
            best = std::move(reading);
        }
    };
    consider(*dossier.revocation, report::Privacy::path);
    for (const auto& document : dossier.fetched) {
        if (concerns(document->seen, certificate, issuer)) consider(document->revocation, report::Privacy::open);
    }
    if (best && best->state != RevocationState::unanswered) return {best->state, std::move(best->evidence)};
    auto unasked = dossier.options->online ? find_unasked(certificate, dossier) : std::vector<std::string>{};
    const std::string_view reason = best ? name_of(best->lack) : unasked.empty() ? "no-address" : "address-not-asked";
    report::Fields evidence{{"reason", std::string(reason)}};
    if (best) std::move(best->evidence.begin(), best->evidence.end(), std::back_inserter(evidence));
    if (!unasked.empty()) evidence.push_back({"not_asked", std::move(unasked)});
    return {RevocationState::unanswered, std::move(evidence)};
}

const pki::Certificate* find_real_issuer(const pki::Certificate& certificate, const Dossier& dossier) {
    const Chain& chain = chain_of(certificate, dossier);
    if (chain.issuers.empty()) return nullptr;
    return holds(chain.checks.front()) ? chain.issuers.front() : nullptr;
}

}  // namespace scca::checks
