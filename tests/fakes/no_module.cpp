// SPDX-License-Identifier: Apache-2.0
//
// A shared library that is no module of any kind.
extern "C" int answer() { return 42; }
