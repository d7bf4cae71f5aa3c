// SPDX-License-Identifier: Apache-2.0
//
// What a saved snapshot is made of: a table of members for each struct, and the words of each enumeration. Writer,
// reader and redaction walk these tables, so a new member is one line here; one that is forgotten, or stands in another
// order than in its struct, does not compile.
#pragma once

#include "scca/token/snapshot.hpp"

#include <array>
#include <string_view>
#include <tuple>
#include <utility>

namespace scca::archive {

/// What redaction does with a member.
enum class Says : std::uint8_t {
    text,    ///< whatever somebody wrote: swept
    word,    ///< our own vocabulary; swept only when it is none
    der,     ///< octets that may be a certificate or a seal: masked inside; anything else is blanked
    file,    ///< octets of a file that may be PEM or base64: what it holds is masked
    name,    ///< a name in octets of any character set: swept like text
    octets,  ///< keys and digests: stay
};

template <class T, class M>
struct Field {
    std::string_view key;
    M T::*member;
    Says says;
};

template <class T, class M>
constexpr Field<T, M> field(std::string_view key, M T::*member, Says says = Says::text) {
    return {key, member, says};
}

/// Every member, in the order of the struct.
template <class T>
inline constexpr std::tuple<> fields_of{};

template <class T>
concept Listed = std::tuple_size_v<std::remove_cvref_t<decltype(fields_of<T>)>> >
0;

/// The struct can be made of the listed members in their order, and of nothing more.
template <class T, class... M>
consteval bool lists_all_members(const std::tuple<Field<T, M>...>&) {
    return requires { T{std::declval<M>()...}; }
    &&!requires { T{std::declval<M>()..., {}}; };
}

using namespace token;

template <>
inline constexpr auto fields_of<Fault> = std::tuple{
    field("kind", &Fault::kind), field("call", &Fault::call, Says::word), field("family", &Fault::family, Says::word),
    field("number", &Fault::number), field("text", &Fault::text)};

template <>
inline constexpr auto fields_of<Step> = std::tuple{field("call", &Step::call, Says::word), field("code", &Step::code),
                                                   field("duration_us", &Step::duration)};

template <>
inline constexpr auto fields_of<CertificateSeen> =
    std::tuple{field("role", &CertificateSeen::role), field("content", &CertificateSeen::content, Says::der)};

template <>
inline constexpr auto fields_of<PublicKeySeen> =
    std::tuple{field("role", &PublicKeySeen::role), field("algorithm", &PublicKeySeen::algorithm),
               field("content", &PublicKeySeen::content, Says::octets)};

template <>
inline constexpr auto fields_of<ContainerSeen> = std::tuple{field("name", &ContainerSeen::name),
                                                            field("reference", &ContainerSeen::reference, Says::name),
                                                            field("algorithm", &ContainerSeen::algorithm),
                                                            field("certificates", &ContainerSeen::certificates),
                                                            field("public_keys", &ContainerSeen::public_keys),
                                                            field("signature", &ContainerSeen::signature, Says::octets),
                                                            field("faults", &ContainerSeen::faults)};

template <>
inline constexpr auto fields_of<FileSeen> =
    std::tuple{field("name", &FileSeen::name), field("size", &FileSeen::size), field("needs_pin", &FileSeen::needs_pin),
               field("content", &FileSeen::content, Says::der), field("fault", &FileSeen::fault)};

template <>
inline constexpr auto fields_of<PinSeen> =
    std::tuple{field("tries_max", &PinSeen::tries_max), field("tries_left", &PinSeen::tries_left),
               field("locked", &PinSeen::locked), field("few", &PinSeen::few), field("initial", &PinSeen::initial)};

template <>
inline constexpr auto fields_of<Route> =
    std::tuple{field("module", &Route::module), field("door", &Route::door), field("token", &Route::token, Says::name)};

template <>
inline constexpr auto fields_of<ReaderSeen> = std::tuple{field("name", &ReaderSeen::name),
                                                         field("state", &ReaderSeen::state),
                                                         field("atr", &ReaderSeen::atr, Says::octets),
                                                         field("connected", &ReaderSeen::connected),
                                                         field("vendor", &ReaderSeen::vendor),
                                                         field("faults", &ReaderSeen::faults),
                                                         field("answer_fault", &ReaderSeen::answer_fault)};

template <>
inline constexpr auto fields_of<ApplicationSeen> =
    std::tuple{field("name", &ApplicationSeen::name),
               field("reference", &ApplicationSeen::reference, Says::name),
               field("route", &ApplicationSeen::route),
               field("pin", &ApplicationSeen::pin),
               field("containers", &ApplicationSeen::containers),
               field("files", &ApplicationSeen::files),
               field("hides_objects", &ApplicationSeen::hides_objects),
               field("containers_left", &ApplicationSeen::containers_left),
               field("files_left", &ApplicationSeen::files_left),
               field("faults", &ApplicationSeen::faults)};

template <>
inline constexpr auto fields_of<TokenSeen> = std::tuple{field("device", &TokenSeen::device),
                                                        field("reference", &TokenSeen::reference, Says::name),
                                                        field("label", &TokenSeen::label),
                                                        field("manufacturer", &TokenSeen::manufacturer),
                                                        field("serial", &TokenSeen::serial),
                                                        field("state", &TokenSeen::state),
                                                        field("applications", &TokenSeen::applications),
                                                        field("faults", &TokenSeen::faults)};

template <>
inline constexpr auto fields_of<ModuleSeen> = std::tuple{field("path", &ModuleSeen::path),
                                                         field("exports_skf", &ModuleSeen::exports_skf),
                                                         field("exports_pkcs11", &ModuleSeen::exports_pkcs11),
                                                         field("file_faults", &ModuleSeen::file_faults),
                                                         field("load_fault", &ModuleSeen::load_fault),
                                                         field("answer_fault", &ModuleSeen::answer_fault),
                                                         field("abi", &ModuleSeen::abi),
                                                         field("refusals", &ModuleSeen::refusals),
                                                         field("printed", &ModuleSeen::printed),
                                                         field("steps", &ModuleSeen::steps),
                                                         field("tokens", &ModuleSeen::tokens),
                                                         field("readers", &ModuleSeen::readers),
                                                         field("tokens_elsewhere", &ModuleSeen::tokens_elsewhere),
                                                         field("duration_ms", &ModuleSeen::duration)};

template <>
inline constexpr auto fields_of<NodeSeen> =
    std::tuple{field("path", &NodeSeen::path), field("refusal", &NodeSeen::refusal), field("mode", &NodeSeen::mode),
               field("owner", &NodeSeen::owner), field("group", &NodeSeen::group)};

template <>
inline constexpr auto fields_of<UsbInterfaceSeen> =
    std::tuple{field("interface_class", &UsbInterfaceSeen::interface_class),
               field("driver", &UsbInterfaceSeen::driver, Says::word), field("is_fido", &UsbInterfaceSeen::is_fido)};

template <>
inline constexpr auto fields_of<UsbDeviceSeen> = std::tuple{field("address", &UsbDeviceSeen::address),
                                                            field("vendor_id", &UsbDeviceSeen::vendor_id),
                                                            field("product_id", &UsbDeviceSeen::product_id),
                                                            field("manufacturer", &UsbDeviceSeen::manufacturer),
                                                            field("product", &UsbDeviceSeen::product),
                                                            field("interfaces", &UsbDeviceSeen::interfaces),
                                                            field("node", &UsbDeviceSeen::node),
                                                            field("scsi_units", &UsbDeviceSeen::scsi_units),
                                                            field("scsi_vendor", &UsbDeviceSeen::scsi_vendor),
                                                            field("scsi_nodes", &UsbDeviceSeen::scsi_nodes),
                                                            field("udev_rule", &UsbDeviceSeen::udev_rule)};

template <>
inline constexpr auto fields_of<UsbSeen> =
    std::tuple{field("is_visible", &UsbSeen::is_visible), field("nodes_looked_at", &UsbSeen::nodes_looked_at),
               field("devices", &UsbSeen::devices)};

template <>
inline constexpr auto fields_of<ModuleFound> = std::tuple{field("path", &ModuleFound::path),
                                                          field("exports_skf", &ModuleFound::exports_skf),
                                                          field("exports_pkcs11", &ModuleFound::exports_pkcs11),
                                                          field("origin", &ModuleFound::origin),
                                                          field("bar", &ModuleFound::bar),
                                                          field("culprit", &ModuleFound::culprit)};

template <>
inline constexpr auto fields_of<ProgramSeen> =
    std::tuple{field("name", &ProgramSeen::name), field("path", &ProgramSeen::path)};

template <>
inline constexpr auto fields_of<MachineSeen> =
    std::tuple{field("built_at", &MachineSeen::built_at), field("helper_port", &MachineSeen::helper_port),
               field("helper_listens", &MachineSeen::helper_listens), field("middleware", &MachineSeen::middleware)};

template <>
inline constexpr auto fields_of<FileGiven> =
    std::tuple{field("path", &FileGiven::path), field("content", &FileGiven::content, Says::file),
               field("fault", &FileGiven::fault), field("offset", &FileGiven::offset),
               field("has_others", &FileGiven::has_others)};

template <>
inline constexpr auto fields_of<FetchedSeen> =
    std::tuple{field("url", &FetchedSeen::url),
               field("request_sha256", &FetchedSeen::request_sha256, Says::octets),
               field("content", &FetchedSeen::content, Says::file),
               field("fault", &FetchedSeen::fault),
               field("duration_ms", &FetchedSeen::duration),
               field("connected", &FetchedSeen::connected),
               field("date", &FetchedSeen::date),
               field("heard_at", &FetchedSeen::heard_at)};

template <>
inline constexpr auto fields_of<ProcessSeen> =
    std::tuple{field("number", &ProcessSeen::number), field("name", &ProcessSeen::name)};

template <>
inline constexpr auto fields_of<PcscSeen> =
    std::tuple{field("socket", &PcscSeen::socket),       field("socket_state", &PcscSeen::socket_state),
               field("installed", &PcscSeen::installed), field("library", &PcscSeen::library),
               field("clients", &PcscSeen::clients),     field("hidden_clients", &PcscSeen::hidden_clients)};

template <>
inline constexpr auto fields_of<SignTestSeen> =
    std::tuple{field("route", &SignTestSeen::route), field("application", &SignTestSeen::application, Says::name),
               field("challenge", &SignTestSeen::challenge, Says::octets), field("answer", &SignTestSeen::answer)};

template <>
inline constexpr auto fields_of<WatchSeen> =
    std::tuple{field("inserted_ms", &WatchSeen::inserted), field("recognised_ms", &WatchSeen::recognised),
               field("read_ms", &WatchSeen::read), field("certificate_ms", &WatchSeen::certificate),
               field("healthy_ms", &WatchSeen::healthy)};

template <>
inline constexpr auto fields_of<DigestSeen> =
    std::tuple{field("now", &DigestSeen::now, Says::octets), field("before", &DigestSeen::before, Says::octets)};

template <>
inline constexpr auto fields_of<AnswerSeen> =
    std::tuple{field("question", &AnswerSeen::question), field("of", &AnswerSeen::of, Says::octets),
               field("by", &AnswerSeen::by, Says::octets), field("answer", &AnswerSeen::answer, Says::word),
               field("how", &AnswerSeen::how, Says::word)};

template <>
inline constexpr auto fields_of<SeenBeforeRedaction> =
    std::tuple{field("digests", &SeenBeforeRedaction::digests), field("answers", &SeenBeforeRedaction::answers)};

template <>
inline constexpr auto fields_of<Snapshot> =
    std::tuple{field("taken_at", &Snapshot::taken_at),
               field("modules", &Snapshot::modules),
               field("files", &Snapshot::files),
               field("supplied", &Snapshot::supplied),
               field("trust", &Snapshot::trust),
               field("crls", &Snapshot::crls),
               field("ocsp_answers", &Snapshot::ocsp_answers),
               field("fetched", &Snapshot::fetched),
               field("usb", &Snapshot::usb),
               field("modules_found", &Snapshot::modules_found),
               field("machine", &Snapshot::machine),
               field("pcsc", &Snapshot::pcsc),
               field("sign_test", &Snapshot::sign_test),
               field("watch", &Snapshot::watch),
               field("seen_before_redaction", &Snapshot::seen_before_redaction)};

/// The words of an enumeration, in its order; the fallback is that of no enumeration.
template <class E>
inline constexpr std::array<std::string_view, 0> words_of{};

using Words = std::string_view;

template <>
inline constexpr std::array<Words, 8> words_of<FaultKind>{"code",    "crashed",    "exited", "hung",
                                                          "garbled", "not-loaded", "system", "damaged"};
template <>
inline constexpr std::array<Words, 3> words_of<KeyRole>{"unknown", "sign", "encrypt"};
template <>
inline constexpr std::array<Words, 4> words_of<KeyAlgorithm>{"unknown", "rsa", "sm2", "ec"};
template <>
inline constexpr std::array<Words, 5> words_of<SkfAbi>{"unknown", "ulong32-packed", "ulong32-natural", "ulong64-packed",
                                                       "ulong64-natural"};
template <>
inline constexpr std::array<Words, 2> words_of<ModuleKind>{"skf", "pkcs11"};
template <>
inline constexpr std::array<Words, 5> words_of<SocketState>{"missing", "stale", "forbidden", "full", "accepts"};
template <>
inline constexpr std::array<Words, 3> words_of<ModuleOrigin>{"known-path", "p11-kit", "search"};
template <>
inline constexpr std::array<Words, 5> words_of<ModuleBar>{"none", "others-write", "wrong-machine", "copy", "no-key"};
template <>
inline constexpr std::array<Words, 6> words_of<QuestionSeen>{"issued",      "seal-signed",   "listed",
                                                             "list-signed", "answer-signed", "names-held"};

/// Calls visit(field) for each member of T, in order.
template <Listed T, class Visit>
constexpr void for_each_field(Visit visit) {
    static_assert(lists_all_members<T>(fields_of<T>), "a member of this struct is missing in its table");
    std::apply([&](const auto&... each) { (visit(each), ...); }, fields_of<T>);
}

}  // namespace scca::archive
