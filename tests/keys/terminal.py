# SPDX-License-Identifier: Apache-2.0
"""The built program at a pseudo-terminal: as the only program there, or as the job of a shell that knows nothing else
than to say that it was stopped, and to bring it back."""
import os
import pty
import select
import signal
import termios
import time

from doctor import Failure


class Terminal:
    """The program at a terminal of its own, and what a person would see there."""

    def __init__(self, doctor, *words, **variables):
        command = doctor.command(*words)
        environment = dict(doctor.environment, TERM="dumb", **{name: str(value) for name, value in variables.items()})
        self.number, self.end = pty.fork()
        if self.number == 0:
            self.become(command, environment)
        self.seen = ""

    @staticmethod
    def become(command, environment):
        os.execve(command[0], command, environment)

    def wait_for(self, text):
        deadline = time.monotonic() + 20
        while text not in self.seen:
            ready, _, _ = select.select([self.end], [], [], max(0, deadline - time.monotonic()))
            if not ready:
                raise Failure(f"{text} never came: {self.seen}")
            self.read()

    def read(self):
        try:
            octets = os.read(self.end, 65536)
        except OSError:
            octets = b""
        self.seen += octets.decode(errors="replace")
        return octets

    def write(self, octets):
        os.write(self.end, octets)

    def forget(self):
        """What was seen so far; only what comes from now on is waited for."""
        seen, self.seen = self.seen, ""
        return seen

    def echoes(self):
        return bool(termios.tcgetattr(self.end)[3] & termios.ECHO)

    def wait_for_echo(self, wanted):
        deadline = time.monotonic() + 20
        while self.echoes() != wanted:
            if time.monotonic() > deadline:
                raise Failure(f"echo is still {'off' if wanted else 'on'}: {self.seen}")
            time.sleep(0.01)

    def hang_up(self):
        """As a window that is closed; the status of the program."""
        os.close(self.end)
        return os.waitstatus_to_exitcode(os.waitpid(self.number, 0)[1])

    def finish(self):
        while self.read():
            pass
        status = os.waitpid(self.number, 0)[1]
        os.close(self.end)
        return os.waitstatus_to_exitcode(status)


class Job(Terminal):
    """The program as a job in the foreground: told "fg", the shell brings it back, with echo first switched on if told
    "echo fg"."""

    @staticmethod
    def become(command, environment):
        signal.signal(signal.SIGTTOU, signal.SIG_IGN)
        job = os.fork()
        if job == 0:
            os.setpgid(0, 0)
            os.tcsetpgrp(0, os.getpgrp())
            signal.signal(signal.SIGTTOU, signal.SIG_DFL)
            os.execve(command[0], command, environment)
        print(f"[job {job}]", flush=True)
        while True:
            status = os.waitpid(job, os.WUNTRACED)[1]
            if not os.WIFSTOPPED(status):
                os._exit(os.WEXITSTATUS(status) if os.WIFEXITED(status) else 128 + os.WTERMSIG(status))
            os.tcsetpgrp(0, os.getpgrp())
            print("[stopped]", flush=True)
            if input().startswith("echo"):
                now = termios.tcgetattr(0)
                now[3] |= termios.ECHO
                termios.tcsetattr(0, termios.TCSANOW, now)
            os.tcsetpgrp(0, job)
            os.killpg(job, signal.SIGCONT)

    def job(self):
        self.wait_for("[job ")
        self.wait_for("]")
        return int(self.seen.split("[job ")[1].split("]")[0])
