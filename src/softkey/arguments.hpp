// SPDX-License-Identifier: Apache-2.0
//
// The command line of scca-softkey, read without a library: CLI11 belongs to the cli room alone.
#pragma once

#include "make_key.hpp"

#include <span>
#include <string>
#include <variant>

namespace scca::softkey {

enum class Command { make, faults, help, version };

struct Arguments {
    Command command = Command::help;
    KeyOrder order;
    Language language = Language::zh;
};

/// What is wrong with the command line, in the user's language, without a full stop.
struct UsageError {
    std::string sentence;
};

/// Chinese unless `locale` names another language; "C", "POSIX" and an empty one name none.
[[nodiscard]] Language language_of(std::string_view locale);

/// `words` are the arguments after the program's name; `now` is the moment of the order unless --at names another.
[[nodiscard]] std::variant<Arguments, UsageError> parse_arguments(std::span<const std::string_view> words,
                                                                  Language language, Moment now);

}  // namespace scca::softkey
