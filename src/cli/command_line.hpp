// SPDX-License-Identifier: Apache-2.0
//
// The command line as a value. The only place that knows CLI11; its exit statuses and its English do not leave it.
#pragma once

#include "console.hpp"
#include "refusal.hpp"

#include "scca/checks/judge.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace scca::cli {

struct CommonOptions {
    Format format = Format::text;
    std::string lang;  ///< "zh", "en", or empty: the locale decides
    ColourWish colour = ColourWish::automatic;
    bool quiet = false, verbose = false;
    std::string config;  ///< a file with options; the command line outweighs it
};

struct CheckRequest {
    std::string command = "check";
    checks::Part part = checks::Part::everything;
    std::vector<std::string> modules, trust, crls, ocsp_answers, only, skip;
    std::string timeout_seconds = "10", at;
    std::int64_t warn_days = 60;
    report::FailOn fail_on = report::FailOn::warn;
    std::string sysfs_root = "/sys";
    bool list_modules = false;
    std::string pcsc_library;    ///< empty: the loader's own libpcsclite
    std::optional<bool> redact;  ///< nothing: on, except for text that a person reads
    std::vector<std::string> paths, files0_from;
    std::string picture;
    std::string save, from;  ///< a snapshot to write, and one to judge instead of this machine
    std::size_t jobs = 0;    ///< 0: as many as there are processors
    int password_descriptor = -1;
    bool online = false;  ///< ask the addresses that certificates name
    bool list_checks = false;
    bool sign_test = false, watch = false;
    int pin_descriptor = -1;  ///< -1: ask at the terminal
};

struct ExplainRequest {
    bool list = false;
    std::string id, image;
    std::vector<std::string> logs;
    std::vector<std::string> words;
    bool check = false;  ///< tell which causes hold here
    CheckRequest here;   ///< the check that tells it
};

/// What to do: run a command, print help or version, or tell what is wrong with the command line.
struct HelpText {
    std::string text;
};
struct CommandLine {
    CommonOptions common;
    std::variant<CheckRequest, ExplainRequest, HelpText, Refusal> action;
};

/// `lang` is the language of help and errors: from --lang when it can be seen, else from the locale.
[[nodiscard]] CommandLine parse_command_line(int argc, const char* const* argv, faq::Lang lang);

/// --lang and --format as they stand on a command line that may be wrong otherwise.
[[nodiscard]] CommonOptions guess_common(int argc, const char* const* argv);

}  // namespace scca::cli
