// SPDX-License-Identifier: Apache-2.0
//
// A Snapshot is what was seen in one look: raw bytes, the calls made, and the faults that stopped them. It judges
// nothing, and there is no member that could hold a PIN. Every door to a key (SKF, PKCS#11, PC/SC) fills the same
// shapes.
#pragma once

#include "scca/core/bytes.hpp"
#include "scca/core/calendar.hpp"
#include "scca/core/fault.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace scca::token {

/// One call into a module, as the host's breadcrumbs told it.
struct Step {
    std::string call;
    std::uint32_t code = 0;
    std::chrono::microseconds duration{0};

    bool operator==(const Step&) const = default;
};

/// What a key is for. PKCS#11 does not tell; GM/T 0016 has one of each in a container.
enum class KeyRole : std::uint8_t { unknown, sign, encrypt };

struct CertificateSeen {
    KeyRole role = KeyRole::unknown;
    Bytes content;  ///< as the token gave it: DER, we hope

    bool operator==(const CertificateSeen&) const = default;
};

enum class KeyAlgorithm : std::uint8_t { unknown, rsa, sm2, ec };

struct PublicKeySeen {
    KeyRole role = KeyRole::unknown;
    KeyAlgorithm algorithm = KeyAlgorithm::unknown;
    Bytes content;  ///< RSA: modulus, big-endian, no leading zero; SM2 and EC: X then Y, 32 octets each

    bool operator==(const PublicKeySeen&) const = default;
};

/// GM/T 0016 section 7.5: a container holds a signing pair and an encryption pair. In PKCS#11: the objects of one
/// CKA_ID.
struct ContainerSeen {
    std::string name;
    Bytes reference;  ///< by which the module finds it again: its name's own octets, or CKA_ID
    KeyAlgorithm algorithm = KeyAlgorithm::unknown;
    std::vector<CertificateSeen> certificates;
    std::vector<PublicKeySeen> public_keys;
    Bytes signature;            ///< of a signature test alone: RSA, or r and s of 32 octets each
    std::vector<Fault> faults;  ///< calls that failed here; "no such certificate" is no fault

    bool operator==(const ContainerSeen&) const = default;
};

/// A file of an SKF application or a PKCS#11 data object.
struct FileSeen {
    std::string name;
    std::uint32_t size = 0;  ///< as the token states it
    bool needs_pin = false;  ///< the token says that reading it needs the user's PIN
    Bytes content;           ///< empty when it could not be read
    std::optional<Fault> fault;

    bool operator==(const FileSeen&) const = default;
};

/// What a token tells of its user PIN without being asked to verify one.
struct PinSeen {
    std::optional<std::uint32_t> tries_max;
    std::optional<std::uint32_t> tries_left;
    std::optional<bool> locked;   ///< only where the token has a flag of its own (PKCS#11)
    std::optional<bool> few;      ///< "some tries were spent" or "last try" (PKCS#11 flags)
    std::optional<bool> initial;  ///< nothing when it does not tell

    bool operator==(const PinSeen&) const = default;
};

enum class ModuleKind : std::uint8_t { skf, pkcs11 };

/// How something on a token is reached: through which door of which module, and what tells the token from others there.
struct Route {
    std::string module;  ///< as ModuleSeen::path; empty in what no module told
    ModuleKind door = ModuleKind::skf;
    Bytes token;  ///< TokenSeen::reference

    bool operator==(const Route&) const = default;
};

/// GM/T 0016 section 7.4. A PKCS#11 token and a smart card have one application without a name.
struct ApplicationSeen {
    std::string name;
    Bytes reference;  ///< its name's own octets
    Route route;
    PinSeen pin;
    std::vector<ContainerSeen> containers;
    std::vector<FileSeen> files;
    bool hides_objects = false;         ///< what is private shows only after a login (PKCS#11, CKF_LOGIN_REQUIRED)
    std::uint32_t containers_left = 0;  ///< that are there and were not looked into; at least so many
    std::uint32_t files_left = 0;
    std::vector<Fault> faults;

    bool operator==(const ApplicationSeen&) const = default;
};

struct TokenSeen {
    std::string device;  ///< the name by which the module knows it
    Bytes reference;     ///< its name and serial number in the module's own octets: what tells it from another
    std::string label, manufacturer, serial;
    std::optional<std::uint32_t> state;  ///< SKF_GetDevState, as the module says: 0 absent, 1 present, 2 unknown
    std::vector<ApplicationSeen> applications;
    std::vector<Fault> faults;

    bool operator==(const TokenSeen&) const = default;
};

/// A smart card reader, as the PC/SC service and then its card answered.
struct ReaderSeen {
    std::string name;
    std::optional<std::uint32_t> state;  ///< SCARD_STATE_* bits, without the count of events in the upper half
    Bytes atr;                           ///< ISO/IEC 7816-3
    bool connected = false;              ///< SCardConnect, shared, said yes; the card was left as it was
    std::string vendor;                  ///< of the reader, where its driver tells
    std::vector<Fault> faults;           ///< calls that were refused, SCardConnect among them
    std::optional<Fault> answer_fault;   ///< a call about this reader that never came back

    bool operator==(const ReaderSeen&) const = default;
};

/// Layout of a module's structures, found out by looking; see facts on GM/T 0016 ABIs.
enum class SkfAbi : std::uint8_t { unknown, ulong32_packed, ulong32_natural, ulong64_packed, ulong64_natural };

/// `file_faults` are found without loading, and a module that has one is not loaded. Their `call` says what is wrong:
///   open         no such file, a directory, no permission (FaultKind::system, errno)
///   elf.read     not an ELF file, or one too damaged to be read (FaultKind::damaged, offset)
///   elf.class    made for the other bitness, number 1 or 2 (FaultKind::not_loaded)
///   elf.machine  made for another processor; number is its e_machine (FaultKind::not_loaded)
///   elf.type     no shared object; number is its e_type (FaultKind::not_loaded)
///   elf.exports  neither SKF_EnumDev nor C_GetFunctionList (FaultKind::not_loaded)
/// Text of elf.class and elf.machine is processor and bits of the file and of this computer, "i386 32 on x86-64 64"; a
/// processor without a name is "?".
/// A needed library that is missing, or too old, shows when loading: `load_fault` not_loaded in "dlopen", with the
/// loader's message, and " (glibc 2.36 here)" behind it where glibc is the one too old. `load_fault` also tells that
/// the host itself could not be started, or that it ended before it called anything: its call is then
/// "scca-module-host".
///
/// crashed, exited and hung name the call begun last, and `text` of a crash is the signal's name. An answer that
/// cannot be right (octets written past the end of what it was given, more octets claimed than there was room for) is
/// a garbled `answer_fault`, or stands in `refusals` when the module came to a worse end afterwards.
struct ModuleSeen {
    std::string path;          ///< as given or found
    bool exports_skf = false;  ///< read from the file, before loading
    bool exports_pkcs11 = false;
    std::vector<Fault>
        file_faults;  ///< why it cannot be loaded, read from the file (wrong CPU, missing library, no module)
    std::optional<Fault> load_fault;    ///< crash, hang, exit or refusal while loading
    std::optional<Fault> answer_fault;  ///< crash, hang, exit or garbage in a later call: `call` names it
    SkfAbi abi = SkfAbi::unknown;
    std::vector<Fault> refusals;  ///< calls that answered with an error code, or are missing, and no reason to stop
    std::vector<std::string> printed;  ///< lines the module wrote to stdout or stderr, at most 100
    std::vector<Step> steps;           ///< calls that came back; the first 4096
    std::vector<TokenSeen> tokens;
    std::vector<ReaderSeen> readers;   ///< of the PC/SC library alone
    std::size_t tokens_elsewhere = 0;  ///< keys that it showed and that stand under another module, which shows more
    std::chrono::milliseconds duration{0};

    bool operator==(const ModuleSeen&) const = default;
};

/// A device node as this user meets it. Nothing was opened: the answer is access(2)'s.
struct NodeSeen {
    std::string path;
    int refusal = 0;                    ///< errno that stands against reading and writing; 0: nothing does
    std::optional<std::uint32_t> mode;  ///< permission bits; nothing when there is no such node
    std::string owner, group;           ///< names, or numbers where nobody has named them

    bool operator==(const NodeSeen&) const = default;
};

/// What stat(2) and connect(2) say of the smart card service's socket. The PC/SC library calls the first three alike.
enum class SocketState : std::uint8_t {
    missing,    ///< there is no such file
    stale,      ///< there is one, and nobody behind it
    forbidden,  ///< closed to this user
    full,       ///< somebody is behind it and has not taken a connection for long
    accepts,
};

struct ProcessSeen {
    std::int64_t number = 0;
    std::string name;

    bool operator==(const ProcessSeen&) const = default;
};

/// The smart card service (pcscd), and the readers that it lists.
struct PcscSeen {
    NodeSeen socket;  ///< `refusal` is connect's
    SocketState socket_state = SocketState::missing;
    bool installed = false;             ///< its program is where packages put it
    std::optional<ModuleSeen> library;  ///< nothing when there was nobody to ask: no process was started
    /// Other programs that have a connection to the service, looked for when a card is held: one of them holds it.
    std::vector<ProcessSeen> clients;
    std::size_t hidden_clients = 0;  ///< connections of programs that this user may not look at

    bool operator==(const PcscSeen&) const = default;
};

/// One interface of a USB device, as it presents itself (USB 2.0, section 9.6.5).
struct UsbInterfaceSeen {
    std::uint8_t interface_class = 0;  ///< 03 HID, 08 mass storage, 0b CCID, ff the vendor's own
    std::string driver;                ///< the kernel's driver that holds it; empty when none does
    bool is_fido = false;              ///< its HID report descriptor begins with usage page F1D0

    bool operator==(const UsbInterfaceSeen&) const = default;
};

/// Serial numbers of devices are left where they are: nothing here needs them.
struct UsbDeviceSeen {
    std::string address;  ///< the kernel's name for its place, e.g. "1-2.4"
    std::uint16_t vendor_id = 0, product_id = 0;
    std::string manufacturer, product;  ///< as the device says, valid UTF-8 and bounded, otherwise as they came
    std::vector<UsbInterfaceSeen> interfaces;
    std::optional<NodeSeen> node;      ///< below /dev/bus/usb; nothing when the nodes of this sysfs are not to be had
    std::size_t scsi_units = 0;        ///< logical units that the kernel made of its storage interfaces
    std::string scsi_vendor;           ///< of the first unit, padded with blanks as INQUIRY gives it
    std::vector<NodeSeen> scsi_nodes;  ///< /dev/sgN of these units; empty also where the sg driver is missing
    std::string udev_rule;  ///< the file of a rule that grants access to devices of this vendor; empty when none does

    bool operator==(const UsbDeviceSeen&) const = default;
};

struct UsbSeen {
    bool is_visible = false;             ///< false: no /sys/bus/usb, as in containers and sandboxes
    bool nodes_looked_at = false;        ///< false: a sysfs without its /dev
    std::vector<UsbDeviceSeen> devices;  ///< without hubs; at most 256

    bool operator==(const UsbSeen&) const = default;
};

/// How a file came to be taken for a module.
enum class ModuleOrigin : std::uint8_t { known_path, p11_kit, search };

/// Why a module that was found is not loaded without being named.
enum class ModuleBar : std::uint8_t {
    none,           ///< it may be loaded
    others_write,   ///< somebody besides root may change it or a folder above it: `culprit`
    wrong_machine,  ///< made for another processor or bitness
    copy,           ///< octet for octet the same as `culprit`, which stands before it
    no_key,         ///< a trust list, a proxy or the like; or p11-kit's configuration says that it is none for us
};

struct ModuleFound {
    std::string path;  ///< absolute, without symbolic links
    bool exports_skf = false, exports_pkcs11 = false;
    ModuleOrigin origin = ModuleOrigin::search;
    ModuleBar bar = ModuleBar::none;
    std::string culprit;

    bool operator==(const ModuleFound&) const = default;
};

/// A program of a CA or a platform that put itself into the menu.
struct ProgramSeen {
    std::string name;  ///< as it stands in the menu
    std::string path;  ///< of the .desktop file

    bool operator==(const ProgramSeen&) const = default;
};

struct MachineSeen {
    std::optional<Moment> built_at;       ///< of this program: no right clock is behind it
    std::uint16_t helper_port = 0;        ///< of 127.0.0.1
    std::optional<bool> helper_listens;   ///< there; nothing when it was not asked
    std::vector<ProgramSeen> middleware;  ///< programs known by name (devices/middleware.hpp), at most 64

    bool operator==(const MachineSeen&) const = default;
};

/// What came of asking a key to sign (--sign-test). The PIN is not in it, nor anything that the module printed.
struct SignTestSeen {
    Route route;
    Bytes application;  ///< ApplicationSeen::reference
    Bytes challenge;    ///< what was to be signed
    ModuleSeen answer;  ///< as of a look: the token, its application, and the containers with their signatures

    bool operator==(const SignTestSeen&) const = default;
};

/// A file that was named on the command line, or found in a directory that was.
struct FileGiven {
    std::string path;
    Bytes content;
    std::optional<Fault> fault;  ///< it could not be read
    std::uint64_t offset = 0;    ///< of the content in a file that comes in pieces
    bool has_others = false;     ///< a piece: elsewhere in the file are certificates that are no CA's

    bool operator==(const FileGiven&) const = default;
};

/// What came back from an address that a certificate names (--online).
struct FetchedSeen {
    std::string url;
    Bytes request_sha256;  ///< of what was posted; empty when the address was merely read
    Bytes content;
    std::optional<Fault> fault;  ///< nothing came, or too much
    std::chrono::milliseconds duration{0};
    bool connected = false;        ///< its host was found and took the connection, whatever came of that
    std::optional<Moment> date{};  ///< what the answer says the time is
    Moment heard_at{};             ///< the machine's clock then

    bool operator==(const FetchedSeen&) const = default;
};

/// When, since the watching began (--watch), something was seen for the first time. Nothing: it never was.
struct WatchSeen {
    std::optional<std::chrono::milliseconds> inserted;    ///< on USB, what looks like a key
    std::optional<std::chrono::milliseconds> recognised;  ///< by a module
    std::optional<std::chrono::milliseconds> read;        ///< what is on it
    std::optional<std::chrono::milliseconds> certificate;
    std::optional<std::chrono::milliseconds> healthy;

    bool operator==(const WatchSeen&) const = default;
};

/// Octets that redaction has changed, by their SHA-256: as they stand in this snapshot, and as they were.
struct DigestSeen {
    Bytes now, before;

    bool operator==(const DigestSeen&) const = default;
};

enum class QuestionSeen : std::uint8_t {
    issued,         ///< did this issuer's key sign this certificate?
    seal_signed,    ///< did this maker's key sign this seal?
    listed,         ///< does this seal list this certificate?
    list_signed,    ///< did this issuer sign this revocation list?
    answer_signed,  ///< did this issuer, or whom it appointed, sign this OCSP answer?
    names_held,     ///< may this CA issue for the names in this certificate?
};

/// The answer to a question that cannot be asked of redacted octets any more.
struct AnswerSeen {
    QuestionSeen question = QuestionSeen::issued;
    Bytes of;  ///< SHA-256 of the certificate, seal, list or answer as it was
    Bytes by;  ///< SHA-256 of the key (SubjectPublicKeyInfo); of `listed`, `names_held`: of the certificate as it was
    std::string answer;  ///< "holds", "near-miss", "fails", "unsupported"; "yes", "no"; why a list does not count;
                         ///< "permitted", "foreign", "unread"
    std::string how;     ///< of a near miss: what had to be put right

    bool operator==(const AnswerSeen&) const = default;
};

/// What was found out before personal values were overwritten inside certificates and seals.
struct SeenBeforeRedaction {
    std::vector<DigestSeen> digests;
    std::vector<AnswerSeen> answers;

    bool operator==(const SeenBeforeRedaction&) const = default;
};

/// A new member of this struct, or of one of those above, also gets its line in src/archive/fields.hpp: the compiler
/// asks for it.
struct Snapshot {
    Moment taken_at{};  ///< the machine's clock
    std::vector<ModuleSeen> modules;
    std::vector<FileGiven> files;               ///< to be checked
    std::vector<FileGiven> supplied;            ///< CA certificates from elsewhere in a file that comes in pieces
    std::vector<FileGiven> trust;               ///< --trust: CA certificates to build chains with
    std::vector<FileGiven> crls, ocsp_answers;  ///< --crl, --ocsp
    std::vector<FetchedSeen> fetched;           ///< --online: one for each address and request that was asked
    std::optional<UsbSeen> usb;                 ///< nothing when it was not looked at
    std::vector<ModuleFound> modules_found;     ///< by searching, loaded or not
    std::optional<MachineSeen> machine;
    std::optional<PcscSeen> pcsc;           ///< nothing when it was not looked at
    std::optional<SignTestSeen> sign_test;  ///< nothing when no PIN was sent
    std::optional<WatchSeen> watch;
    std::optional<SeenBeforeRedaction> seen_before_redaction;  ///< only where a saved snapshot was redacted

    bool operator==(const Snapshot&) const = default;
};

}  // namespace scca::token
