#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""What a reader sees: in a real terminal (tmux) of 60, 80 and 200 columns no line is broken by the terminal, in Chinese and
in English; and in locales of GBK, GB18030, ASCII and Latin-1, made for the purpose, every octet is of that character set.

usage: terminal_test.py BUILD Terminal|Locales"""
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

BUILD = pathlib.Path(sys.argv.pop(1)).resolve()
WIDTHS = (60, 80, 200)
# Shapes of report: a problem with evidence, a ladder with two certificates, calls and values, an explanation.
COMMANDS = {
    "cert-unreadable": ["check"], "cert-other-issuer": ["check"], "pin-locked": ["check", "-v"],
    None: ["explain", "0x0A000025"],
}


class Keys(unittest.TestCase):
    def setUp(self):
        scratch = tempfile.TemporaryDirectory(prefix="scca-")
        self.addCleanup(scratch.cleanup)
        self.folder = pathlib.Path(scratch.name)

    def make(self, fault):
        key = self.folder / (fault or "healthy")
        if not key.exists():
            subprocess.run([BUILD / "scca-softkey", "make", key, *(["--fault", fault] if fault else [])], check=True,
                           capture_output=True)
        return key

    def words(self, arguments):
        return [str(BUILD / "scca-doctor"), *arguments,
                *(["--module", str(BUILD / "libscca-softkey.so")] if arguments[0] == "check" else [])]


class Terminal(Keys):
    servers = 0

    def tmux(self, *words, **options):
        return subprocess.run(["tmux", "-S", self.socket, "-f", "/dev/null", *words], capture_output=True, text=True, check=True,
                              timeout=60, **options).stdout

    def show(self, words, columns, environment):
        """The lines of the screen after the command has run on it, and the same with broken lines joined."""
        # A server of its own each time: one that has just ended may still hold its socket.
        Terminal.servers += 1
        self.socket = str(self.folder / f"socket-{self.servers}")
        script = self.folder / "script"
        quoted = " ".join(f"'{word}'" for word in words)
        script.write_text(f"{quoted} 2>&1\ntmux -S '{self.socket}' wait-for -S told\nexec sleep 60\n")
        self.tmux("new-session", "-d", "-x", str(columns), "-y", "400", f"sh '{script}'", env=environment)
        try:
            self.tmux("wait-for", "told")
            shown = self.tmux("capture-pane", "-p").rstrip().splitlines()
            joined = self.tmux("capture-pane", "-p", "-J").rstrip().splitlines()
            return shown, joined
        finally:
            self.tmux("kill-server")

    def test_the_terminal_breaks_no_line(self):
        for lang in ("zh_CN.UTF-8", "C", "en_US.UTF-8"):
            for columns in WIDTHS:
                for fault, arguments in COMMANDS.items():
                    with self.subTest(lang=lang, columns=columns, fault=fault):
                        # tmux draws in UTF-8 whatever the program's own locale is.
                        environment = {"PATH": os.environ["PATH"], "HOME": str(self.folder), "LC_ALL": "C.UTF-8",
                                       "TERM": "xterm-256color", "SCCA_SOFTKEY_DIR": str(self.make(fault))}
                        words = ["env", "-u", "LC_ALL", f"LANG={lang}", *self.words(arguments)]
                        shown, joined = self.show(words, columns, environment)
                        self.assertGreater(len(shown), 5, shown)
                        self.assertEqual(shown, [line.rstrip() for line in joined])
                        self.assertEqual(any("一" <= c <= "鿿" for c in shown[0]), not lang.startswith("en"), shown[0])


class Locales(Keys):
    def make_locale(self, language, charmap):
        name = f"{language}.{charmap}"
        # The language's own words may not fit into the character set, of which localedef only warns (status 1).
        subprocess.run(["localedef", "--no-archive", "-c", "-i", language, "-f", charmap, self.folder / name], check=False,
                       capture_output=True)
        self.assertTrue((self.folder / name / "LC_CTYPE").exists(), name)
        return name

    def run_in(self, name, arguments, fault):
        environment = {"PATH": os.environ["PATH"], "LOCPATH": str(self.folder), "LC_ALL": name,
                       "SCCA_SOFTKEY_DIR": str(self.make(fault)), "ASAN_OPTIONS": os.environ.get("ASAN_OPTIONS", "")}
        ran = subprocess.run(self.words(arguments), env=environment, stdin=subprocess.DEVNULL, capture_output=True, timeout=60,
                             check=False)
        self.assertIn(ran.returncode, (0, 1))
        return ran.stdout

    def test_every_octet_is_of_the_locales_character_set(self):
        cases = (("zh_CN", "GBK", "gbk", True), ("zh_CN", "GB18030", "gb18030", True), ("zh_CN", "UTF-8", "utf-8", True),
                 ("en_US", "ANSI_X3.4-1968", "ascii", False), ("zh_CN", "ANSI_X3.4-1968", "ascii", False),
                 ("de_DE", "ISO-8859-1", "latin-1", False))
        for language, charmap, codec, chinese in cases:
            name = self.make_locale(language, charmap)
            for fault, arguments in COMMANDS.items():
                with self.subTest(locale=name, fault=fault):
                    text = self.run_in(name, arguments, fault).decode(codec)  # strictly
                    self.assertEqual("怎么办" in text or "原因" in text, chinese, text)
                    self.assertEqual("Why: " in text, not chinese, text)
                    self.assertFalse(any("\x80" <= c <= "\x9f" for c in text), text)

    def test_what_machines_read_is_utf_8_in_every_locale(self):
        name = self.make_locale("zh_CN", "GBK")
        for format_ in ("json", "ndjson", "nagios", "prometheus", "html"):
            text = self.run_in(name, ["check", "--fail-on", "never", "--format", format_], None).decode("utf-8")
            self.assertTrue(text.strip(), format_)


if __name__ == "__main__":
    unittest.main(verbosity=1)
