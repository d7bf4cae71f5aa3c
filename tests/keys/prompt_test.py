#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""The question for the PIN at a terminal: unseen, and whatever ends or stops it leaves the terminal as it was."""
import os
import signal
import sys

from doctor import expect, main
from terminal import Job, Terminal

from sign_test import PIN, tries_left

PROMPT = "的密码"


def asked(doctor, key, kind=Terminal):
    terminal = kind(doctor, "check-key", "--module", doctor.module, "--sign-test", SCCA_SOFTKEY_DIR=key)
    terminal.wait_for(PROMPT)
    expect(terminal.echoes(), False, "echo while the PIN is asked for")
    return terminal


def answered(doctor, key, typed):
    terminal = asked(doctor, key)
    terminal.write(typed)
    terminal.wait_for_echo(True)
    status = terminal.finish()
    return status, terminal.seen


def unseen(doctor):
    """at a terminal the PIN is asked for, not shown, and echo comes back"""
    key = doctor.make_key("key")
    for end in (b"\n", b"\x04"):
        status, seen = answered(doctor, key, PIN.encode() + end)
        expect((status, PIN in seen, "签名成功" in seen or "签名测试" in seen), (0, False, True), seen)
    for nothing in (b"\n", b"\x04"):
        status, seen = answered(doctor, key, nothing)
        expect((status, "没有输入密码" in seen, tries_left(key)), (2, True, 6), seen)


def ended(doctor):
    """Ctrl-C, Ctrl-\\ and signals that end it: the usual status, echo is back, and no PIN was sent"""
    key = doctor.make_key("key")
    for typed, status in ((b"\x03", 130), (b"\x1c", -signal.SIGQUIT), (b"999\x03", 130), (b"999\x04\x03", 130)):
        terminal = asked(doctor, key)
        terminal.write(typed)
        terminal.wait_for_echo(True)
        expect(terminal.finish(), status, typed)
    for number, status in ((signal.SIGTERM, 130), (signal.SIGINT, 130), (signal.SIGHUP, 130)):
        terminal = asked(doctor, key)
        os.kill(terminal.number, number)
        terminal.wait_for_echo(True)
        expect(terminal.finish(), status, number)
    expect(tries_left(key), 6, "tries")
    doctor.nothing_left()


def hung_up(doctor):
    """a window that is closed ends it, and no PIN was sent"""
    key = doctor.make_key("key")
    terminal = asked(doctor, key)
    terminal.write(b"999999")
    expect(terminal.hang_up(), 130, "status")
    expect(tries_left(key), 6, "tries")
    doctor.nothing_left()


def stopped(doctor):
    """Ctrl-Z gives the terminal back with echo; after fg the question is asked again, unseen again"""
    key = doctor.make_key("key")
    for typed, status in ((PIN.encode() + b"\n", 0), (b"\x03", 130)):
        job = asked(doctor, key, Job)
        for _ in range(2):
            job.write(b"77\x1a")
            job.wait_for("[stopped]")
            expect(job.echoes(), True, "echo while stopped")
            job.forget()
            job.write(b"fg\n")
            job.wait_for(PROMPT)
            expect(job.echoes(), False, "echo after fg")
        job.write(typed)
        job.wait_for_echo(True)
        expect((job.finish(), PIN in job.seen), (status, False), job.seen)
    expect(tries_left(key), 6, "tries")


def stopped_unforeseen(doctor):
    """who is stopped by a signal that nobody can see coming, by a shell that then switches echo on, is asked again unseen"""
    key = doctor.make_key("key")
    job = Job(doctor, "check-key", "--module", doctor.module, "--sign-test", SCCA_SOFTKEY_DIR=key)
    number = job.job()
    job.wait_for(PROMPT)
    os.kill(number, signal.SIGSTOP)
    job.wait_for("[stopped]")
    job.forget()
    job.write(b"echo fg\n")
    job.wait_for(PROMPT)
    job.wait_for_echo(False)
    job.write(PIN.encode() + b"\n")
    job.wait_for_echo(True)
    expect((job.finish(), PIN in job.seen, tries_left(key)), (0, False, 6), job.seen)


if __name__ == "__main__":
    sys.exit(main([unseen, ended, hung_up, stopped, stopped_unforeseen], sys.argv[1]))
