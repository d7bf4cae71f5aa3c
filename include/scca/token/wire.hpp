// SPDX-License-Identifier: Apache-2.0
//
// What scca-module-host says to its parent on a descriptor of its own, a line at a time:
//
//   begin SKF_ConnectDev                     about to call; when the line after it never comes, the call is the culprit
//   end SKF_ConnectDev 0a000023 1500         came back with this code (hexadecimal) after so many microseconds
//   open token                               what follows belongs to it, until `close`; see `kinds`
//   set label e69cac…                        a field, its octets in hexadecimal, `-` when it has none; see `fields`
//   add content 3082…                        more octets for a field that is read in blocks
//   close
//   fault code SKF_GetPINInfo SAR 0a00002e - a call that failed, in what is open now; nothing open: the module's
//   fault garbled SKF_ReadFile - 00000000 6e…  the same, with a sentence in hexadecimal instead of a code
//   fault not_loaded SKF_EnumFiles - 00000000 75… the module does not have this function; the sentence is the loader's
//   broken SKF_GetPINInfo 77726f…            the answer cannot be right; the sentence says why
//   unloadable 6c6962…                       dlopen refused; the sentence is the loader's
//   done                                     nothing more will come
//
// Lines are ASCII and at most max_line octets; the parent takes none of it on trust (src/token/wire_reader).
// Numbers are four octets, most significant first; truth values one octet, 0 or 1; texts are the module's own octets,
// whatever their encoding. No PIN ever travels here: for a signature test the host is started as
//
//   scca-module-host sign-skf PATH TOKEN APPLICATION MESSAGE { CONTAINER ALGORITHM INPUT }…
//
// with what a look gave as `reference`, one of algorithm_words, and octets, all in hexadecimal or `-`; the PIN is what
// it can read on its standard input, which is a pipe. It signs INPUT (SM2: e; RSA: a DigestInfo; EC: the digest), or,
// where the module wants to hash itself, MESSAGE.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace scca::token::wire {

inline constexpr int descriptor = 3;
/// A file of 1 MiB in hexadecimal, and some.
inline constexpr std::size_t max_line = 2 * 1024 * 1024 + 4096;
/// All lines of one look together; a child that says more is garbled.
inline constexpr std::size_t max_total = 16 * 1024 * 1024;

/// The first argument of scca-module-host: how it is to ask the module.
inline constexpr std::string_view skf_door = "skf";
inline constexpr std::string_view pkcs11_door = "pkcs11";
inline constexpr std::string_view pcsc_door = "pcsc";
inline constexpr std::string_view sign_skf_door = "sign-skf";
inline constexpr std::string_view sign_pkcs11_door = "sign-pkcs11";

/// scca-fetch SECONDS MOST HOST PORT PATH asks a web server, no longer than so many seconds and for no more than so
/// many octets. What stands on its standard input is posted; when that is empty, what is there is read. On `descriptor`
/// it says line by line
///
///   =                        there is a connection
///   @1700000000 1700000002   what the answer says the time is, and what the machine's clock says (seconds since 1970)
///
/// and then one of these:
///
///   +1234                    the answer, which is so long, follows
///   !111                     nothing came: errno
///   ?status code …           nothing came: the rest, to the end, says why
namespace fetch {
inline constexpr char connected = '=', date = '@', content = '+', number = '!', words = '?';
/// Octets of all that it says besides the answer.
inline constexpr std::size_t max_said = 16 * 1024;
}  // namespace fetch

/// At or below this many tries left no PIN is sent.
inline constexpr std::uint32_t few_tries = 2;
/// Octets of a PIN; a longer one is refused.
inline constexpr std::size_t max_pin = 255;

/// What stands for an empty word.
inline constexpr std::string_view nothing = "-";
/// The call that loads a module, as breadcrumbs and faults name it.
inline constexpr std::string_view loading_call = "dlopen";

/// How many of each the host reads and the parent keeps, within the one above.
inline constexpr std::size_t max_tokens = 16;
/// A reader is opened twice: for what the service says of it, and for what it says itself.
inline constexpr std::size_t max_readers = 64;
inline constexpr std::size_t max_applications = 32;
inline constexpr std::size_t max_containers = 64;
inline constexpr std::size_t max_files = 128;
inline constexpr std::size_t max_file_octets = 1024 * 1024;
/// Names that are read of a list, to tell how many were left out.
inline constexpr std::size_t max_listed = 4096;
/// Certificates, and as many public keys, of one container.
inline constexpr std::size_t max_in_container = 16;
/// Octets of a name or a sentence; what is longer is cut.
inline constexpr std::size_t max_text = 1024;
/// Octets of the name of a call or a field.
inline constexpr std::size_t max_word = 64;

/// What `open` takes: a token holds applications, these hold containers and files, containers hold the rest. A reader
/// holds nothing.
namespace kinds {
inline constexpr std::string_view reader = "reader";
inline constexpr std::string_view token = "token";
inline constexpr std::string_view application = "application";
inline constexpr std::string_view container = "container";
inline constexpr std::string_view file = "file";
inline constexpr std::string_view certificate = "certificate";
inline constexpr std::string_view public_key = "public_key";
}  // namespace kinds

/// What `set` and `add` take.
namespace fields {
inline constexpr std::string_view abi = "abi";        ///< module: one of abi_words
inline constexpr std::string_view device = "device";  ///< token: text
inline constexpr std::string_view reference =
    "reference";                                    ///< token, application, container: octets to find it again by
inline constexpr std::string_view label = "label";  ///< token: text
inline constexpr std::string_view manufacturer = "manufacturer";        ///< token: text
inline constexpr std::string_view serial = "serial";                    ///< token: text
inline constexpr std::string_view state = "state";                      ///< token, reader: number
inline constexpr std::string_view atr = "atr";                          ///< reader: octets
inline constexpr std::string_view connected = "connected";              ///< reader: truth
inline constexpr std::string_view vendor = "vendor";                    ///< reader: text
inline constexpr std::string_view name = "name";                        ///< application, container, file, reader: text
inline constexpr std::string_view pin_tries_max = "pin_tries_max";      ///< application: number
inline constexpr std::string_view pin_tries_left = "pin_tries_left";    ///< application: number
inline constexpr std::string_view pin_locked = "pin_locked";            ///< application: truth
inline constexpr std::string_view pin_few = "pin_few";                  ///< application: truth
inline constexpr std::string_view pin_initial = "pin_initial";          ///< application: truth
inline constexpr std::string_view hides_objects = "hides_objects";      ///< application: truth
inline constexpr std::string_view containers_left = "containers_left";  ///< application: number
inline constexpr std::string_view files_left = "files_left";            ///< application: number
inline constexpr std::string_view signature = "signature";  ///< container: octets; r and s of 32 octets each
inline constexpr std::string_view algorithm = "algorithm";  ///< container, public key: one of algorithm_words
inline constexpr std::string_view role = "role";            ///< certificate, public key: one of role_words
inline constexpr std::string_view size = "size";            ///< file: number
inline constexpr std::string_view needs_pin = "needs_pin";  ///< file: truth
inline constexpr std::string_view content = "content";  ///< certificate, public key, file: octets; the one for `add`
}  // namespace fields

/// In the order of KeyRole, KeyAlgorithm and SkfAbi of snapshot.hpp.
inline constexpr std::array<std::string_view, 3> role_words{"unknown", "sign", "encrypt"};
inline constexpr std::array<std::string_view, 4> algorithm_words{"unknown", "rsa", "sm2", "ec"};
inline constexpr std::array<std::string_view, 5> abi_words{"unknown", "ulong32_packed", "ulong32_natural",
                                                           "ulong64_packed", "ulong64_natural"};

}  // namespace scca::token::wire
