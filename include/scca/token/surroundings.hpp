// SPDX-License-Identifier: Apache-2.0
//
// Where this program runs: the terminal before it, the locale, the user and the files that were named. Everything here
// asks the operating system, so that the other rooms need not.
#pragma once

#include "scca/core/redaction.hpp"
#include "scca/token/snapshot.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace scca::token {

struct Terminal {
    bool stdin_is_terminal = false, stdout_is_terminal = false, stderr_is_terminal = false;
    std::size_t columns = 80;  ///< of standard output; 80 when it is no terminal
};

[[nodiscard]] Terminal look_at_terminal();

/// The name of the locale for messages and characters as the environment gives it (LC_ALL, LC_MESSAGES or LC_CTYPE,
/// LANG); empty when none is set.
[[nodiscard]] std::string locale_for_messages();
/// Its character set as the C library names it ("UTF-8", "GBK", "ISO-8859-1"); empty when the locale is not installed.
[[nodiscard]] std::string locale_character_set();

/// Text in another character set; characters that it lacks become '?'. The text itself when the set is unknown here.
[[nodiscard]] std::string in_character_set(std::string_view utf8, const std::string& character_set);

[[nodiscard]] Redactor::Surroundings user_and_host();
[[nodiscard]] Moment now();
/// In octets of address space, as ulimit -v sets it; nothing when there is no limit.
[[nodiscard]] std::optional<std::uint64_t> memory_limit();

/// The file's bytes; what went wrong is in its fault. One longer than `limit` gives its start and EFBIG. "-" is
/// standard input. A pipe, socket or device that a path leads to is not waited for: its fault is `is_no_file`; but
/// /dev/fd/3 was handed over by the caller and is read like "-". `room` is what earlier octets stood in: of thousands
/// of files each takes the place of the one before.
[[nodiscard]] FileGiven read_file(const std::string& path, std::size_t limit = 64U * 1024U * 1024U, Bytes room = {});

/// What stands at the path is no plain file.
[[nodiscard]] bool is_no_file(const Fault& fault);

inline constexpr std::size_t most_files_of_tree = 10'000;

/// The file, or every regular file below the folder in the order of their names; the first `most_files_of_tree` of
/// them.
[[nodiscard]] std::vector<FileGiven> read_tree(const std::string& path);

/// Writes a whole file with these permissions, in place of one that is there; nothing on success. No half file is left
/// behind. What is no regular file (a pipe, /dev/stdout) is written into and stays what it is.
[[nodiscard]] std::optional<Fault> write_file(const std::string& path, ByteView content, unsigned mode = 0644);

/// Writes a whole new file; EEXIST when there is one already. No half file is left behind.
[[nodiscard]] std::optional<Fault> write_new_file(const std::string& path, ByteView content);

/// Writes all of it to standard output; nothing on success or when the reader has gone away (a closed pipe is no
/// error).
[[nodiscard]] std::optional<Fault> write_output(std::string_view text);

/// From now on Ctrl-C, SIGTERM and SIGHUP end the program with this status and, where nothing was written to standard
/// output so far, with these words there; while an OrderlyEnd lives as that has it. A closed pipe, or a limit on the
/// size of files, no longer kills it.
void install_interrupt(std::string words, int status);
/// What they also say on standard error, for the person who pressed the keys; and instead of it where nothing was
/// written to standard output so far.
void set_interrupt_notice(std::string notice, std::string with_nothing_told);

}  // namespace scca::token
