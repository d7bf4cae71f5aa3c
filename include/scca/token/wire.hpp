// SPDX-License-Identifier: Apache-2.0
//
// What scca-module-host says to its parent on a descriptor of its own, a line at a time:
//
//   begin SKF_ConnectDev            about to call; when the line after it never comes, the call is the culprit
//   end SKF_ConnectDev 0a000023     came back with this code (hexadecimal)
//   open token | application | container | file      what follows belongs to it, until `close`
//   set label e69cac…               a field, its octets in hexadecimal
//   close
//   done                            nothing more will come
//
// Lines are ASCII and at most max_line octets; the parent takes none of it on trust (src/token/wire_reader).
#pragma once

#include <cstddef>
#include <string_view>

namespace scca::token::wire {

inline constexpr int descriptor = 3;
/// A file of 1 MiB in hexadecimal, and some.
inline constexpr std::size_t max_line = 2 * 1024 * 1024 + 4096;
/// All lines of one look together; a child that says more is garbled.
inline constexpr std::size_t max_total = 16 * 1024 * 1024;

}  // namespace scca::token::wire
