#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
#
# The test of rooms.py: each kind of breach, planted in a small tree, is found, and what is permitted is not.

import pathlib
import tempfile
import unittest

import rooms

PERMITTED = {
    "include/scca/core/bytes.hpp": "#include <cstdint>\n",
    "include/scca/token/snapshot.hpp": '#include "scca/core/bytes.hpp"\n',
    "include/scca/token/source.hpp": '#include "scca/token/snapshot.hpp"\n',
    "include/scca/report/report.hpp": '#include "scca/core/bytes.hpp"\n',
    "src/pki/verify_sm2.cpp": "#include <openssl/evp.h>\n",
    "src/pki/verify_keys.cpp": '#include "verify_keys.hpp"\n',
    "src/pki/verify_keys.hpp": "#include <openssl/evp.h>\n",
    "src/checks/cert_dates.cpp": '#include "table.hpp"\n#include "scca/token/snapshot.hpp"\n',
    "src/checks/table.hpp": "",
    "src/cli/main.cpp": '#include <CLI/CLI.hpp>\n#include "scca/report/report.hpp"\n#include "scca/token/source.hpp"\n',
    "src/softkey/skf.cpp": "#include <openssl/evp.h>\n#include <unistd.h>\n",
}

BREACHES = {
    "core includes another room": ("src/core/a.cpp", '#include "scca/report/report.hpp"'),
    "report includes token": ("src/report/a.cpp", '#include "scca/token/snapshot.hpp"'),
    "checks includes more of token than its snapshot": ("src/checks/a.cpp", '#include "scca/token/source.hpp"'),
    "host includes more of token than its wire": ("src/host/a.cpp", '#include "scca/token/snapshot.hpp"'),
    "softkey includes ours": ("src/softkey/a.cpp", '#include "scca/core/bytes.hpp"'),
    "OpenSSL outside its files": ("src/pki/certificate.cpp", "#include <openssl/x509.h>"),
    "OpenSSL by way of a private header": ("src/pki/certificate.cpp", '#include "verify_keys.hpp"'),
    "CLI11 outside cli": ("src/report/a.cpp", "#include <CLI/CLI.hpp>"),
    "JSON library outside report": ("src/checks/a.cpp", "#include <nlohmann/json.hpp>"),
    "fmt in a header": ("include/scca/core/a.hpp", "#include <fmt/format.h>"),
    "a library loaded outside host": ("src/token/a.cpp", "#include <dlfcn.h>"),
    "a system call outside token and host": ("src/report/a.cpp", "#include <unistd.h>"),
    "a private header of another room": ("src/report/a.cpp", '#include "../checks/table.hpp"'),
    "a private header in a public one": ("include/scca/core/a.hpp", '#include "table.hpp"'),
    "a header that is not there": ("src/core/a.cpp", '#include "scca/core/none.hpp"'),
    "a file outside the rooms": ("src/a.cpp", ""),
    "a room nobody knows": ("src/util/a.cpp", ""),
    "an indented include": ("src/core/a.cpp", '#  include "scca/report/report.hpp"'),
}


class Rooms(unittest.TestCase):
    def found(self, files):
        with tempfile.TemporaryDirectory() as folder:
            root = pathlib.Path(folder).resolve()
            for name, text in files.items():
                path = root / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8")
            return list(rooms.breaches(root))

    def test_what_the_table_permits_is_no_breach(self):
        self.assertEqual(self.found(PERMITTED), [])

    def test_each_breach_is_found_and_named(self):
        for what, (name, line) in BREACHES.items():
            with self.subTest(what):
                found = self.found({**PERMITTED, name: line + "\n"})
                self.assertEqual(len(found), 1, found)
                self.assertTrue(found[0].startswith(name + ":"), found)

    def test_an_empty_tree_is_no_success(self):
        self.assertEqual(len(self.found({})), 1)


if __name__ == "__main__":
    unittest.main()
