#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Passwords of PKCS #12 files on the built program, at a pseudo-terminal and without one: asked unseen, told apart when
wrong, missing or out of reach; and a terminal that is left as it was, whatever ends the question."""
import os
import pathlib
import pty
import select
import signal
import subprocess
import sys
import tempfile
import termios
import time

PASSWORD = "Feng-8861"


def make_file(folder):
    key, certificate, both = folder / "key.pem", folder / "cert.pem", folder / "company.p12"
    quiet = {"check": True, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", certificate, "-days", "900",
                    "-subj", "/C=CN/O=Practice/CN=holder of the file", "-addext", "basicConstraints=CA:FALSE"], **quiet)
    subprocess.run(["openssl", "pkcs12", "-export", "-inkey", key, "-in", certificate, "-out", both, "-passout", f"pass:{PASSWORD}"],
                   **quiet)
    return both


class Talk:
    """The program at a pseudo-terminal of its own, which is its controlling one."""

    def __init__(self, words):
        self.child, self.master = pty.fork()
        if self.child == 0:
            os.execvp(words[0], words)
        self.shown = b""

    def wait_for(self, text, seconds=20):
        end = time.monotonic() + seconds
        while text.encode() not in self.shown:
            if time.monotonic() > end or not self.take(end):
                raise AssertionError(f"{text!r} did not come; there was {self.shown.decode(errors='replace')!r}")

    def take(self, end):
        if not select.select([self.master], [], [], max(0, end - time.monotonic()))[0]:
            return False
        try:
            block = os.read(self.master, 65536)
        except OSError:  # how a pseudo-terminal on Linux says that the other side is closed
            return False
        self.shown += block
        return bool(block)

    def echoes(self):
        return bool(termios.tcgetattr(self.master)[3] & termios.ECHO)

    def wait_until_unseen(self):
        end = time.monotonic() + 20
        while self.echoes():
            assert time.monotonic() < end, "the terminal still echoes"
            time.sleep(0.01)

    def type(self, text):
        os.write(self.master, text.encode())

    def finish(self):
        end = time.monotonic() + 20
        while self.take(end):
            pass
        status = os.waitstatus_to_exitcode(os.waitpid(self.child, 0)[1])
        return status, self.shown.decode(errors="replace")


def run(words, **options):
    done = subprocess.run(words, capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=60, start_new_session=True, **options)
    return done.returncode, done.stdout + done.stderr


def test_typed_unseen(words):
    talk = Talk(words)
    talk.wait_for("的密码")
    assert not talk.echoes(), "the password would be seen"
    talk.type("wrong one\n")
    talk.wait_for("密码不对")
    talk.wait_until_unseen()
    talk.type(PASSWORD + "\n")
    status, shown = talk.finish()
    assert "holder of the file" in shown, shown
    assert PASSWORD not in shown and "wrong one" not in shown, shown


def test_terminal_is_restored(words):
    for sent in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        talk = Talk(words)
        talk.wait_for("的密码")
        assert not talk.echoes()
        os.kill(talk.child, sent)
        end = time.monotonic() + 20
        while not talk.echoes():
            assert time.monotonic() < end, f"{sent!r} left the terminal without echo"
            time.sleep(0.01)
        status, shown = talk.finish()
        assert status == 130, (sent, status, shown)


def test_control_c_and_giving_up(words):
    talk = Talk(words)
    talk.wait_for("的密码")
    talk.type("\x03")
    assert talk.finish()[0] == 130
    for typed in ("\n", "\x04"):
        talk = Talk(words)
        talk.wait_for("的密码")
        talk.type(typed)
        status, shown = talk.finish()
        assert status == 77 and "没有给" in shown and "密码不对" not in shown, (typed, status, shown)


def test_three_tries(words):
    talk = Talk(words)
    for _ in range(3):
        talk.wait_for("的密码")
        talk.wait_until_unseen()
        talk.shown = b""
        talk.type("no\n")
    status, shown = talk.finish()
    assert status == 77 and "密码不对，打不开" in shown, (status, shown)


def test_no_terminal(words):
    status, told = run(words)
    assert status == 77 and "没有终端可以问" in told and "--password-fd" in told, (status, told)


def test_descriptors(words):
    closed, told = run([*words, "--password-fd", "9"])
    assert closed == 66 and "读不到密码" in told and "Bad file descriptor" in told, (closed, told)
    for given, expected, sentence in ((b"", 66, "读不到密码"), (b"not this\n", 77, "密码不对"), (b"\n", 77, "密码不对"),
                                      (PASSWORD.encode(), None, "holder of the file"),
                                      (PASSWORD.encode() + b"\r\nmore", None, "holder of the file")):
        reader, writer = os.pipe()
        os.write(writer, given)
        os.close(writer)
        status, told = run([*words, "--password-fd", str(reader)], pass_fds=[reader])
        os.close(reader)
        assert sentence in told and (expected is None or status == expected), (given, status, told)
        assert PASSWORD not in told


def main():
    program = pathlib.Path(sys.argv[1], "scca-doctor")
    with tempfile.TemporaryDirectory() as name:
        file = make_file(pathlib.Path(name))
        words = [str(program), "check-cert", "--lang", "zh", str(file)]
        for test in [value for key, value in globals().items() if key.startswith("test_")]:
            test(words)
            print(f"ok {test.__name__}")


main()
