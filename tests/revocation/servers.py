# SPDX-License-Identifier: Apache-2.0
"""Servers for the tests, on loopback alone and ended with the test: openssl's own OCSP responder, files, and silence.

`openssl ocsp -port` binds every address. It is started only where loopback is the only one: in a network namespace of our
own. Elsewhere a small server on 127.0.0.1 hands each request to `openssl ocsp -reqin`.
"""
import contextlib
import fcntl
import http.server
import os
import pathlib
import re
import socket
import struct
import subprocess
import sys
import tempfile
import threading
import time

MARK = "SCCA_OWN_NETWORK"


def enter_own_network():
    """Starts this script anew in a network namespace where it may be had, and returns whether this is one."""
    if os.environ.get(MARK):
        bring_up_loopback()
        return True
    words = ["unshare", "--user", "--map-root-user", "--net"]
    with contextlib.suppress(FileNotFoundError):
        if subprocess.run([*words, "true"], capture_output=True, check=False).returncode == 0:
            os.environ[MARK] = "1"
            os.execvp(words[0], [*words, sys.executable, "-B", *sys.argv])
    return False


def bring_up_loopback():
    up, get, put = 0x1, 0x8913, 0x8914  # IFF_UP, SIOCGIFFLAGS, SIOCSIFFLAGS of netdevice(7)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as one:
        name, flags = struct.unpack("16sh", fcntl.ioctl(one, get, struct.pack("16sh", b"lo", 0)))
        fcntl.ioctl(one, put, struct.pack("16sh", name, flags | up))


class Responder:
    """openssl's OCSP responder; `url` is where it answers."""

    def __init__(self, options, own_network):
        self.process = self.site = None
        if not own_network:
            self.site = Site(posts=lambda request: answer_by_file(options, request))
            self.url = self.site.url("/")
            return
        self.process = subprocess.Popen(["openssl", *map(str, options), "-port", "0"], stdout=subprocess.PIPE,
                                        stderr=subprocess.STDOUT, text=True)
        for line in self.process.stdout:
            found = re.match(r"ACCEPT \S+:(\d+)", line)
            if found:
                self.url = f"http://127.0.0.1:{found[1]}/"
                threading.Thread(target=self.process.stdout.read, daemon=True).start()
                return
        raise RuntimeError("openssl ocsp does not listen")

    def close(self):
        if self.site:
            self.site.close()
        if self.process:
            self.process.terminate()
            self.process.wait(timeout=10)
            self.process.stdout.close()


def answer_by_file(options, request):
    with tempfile.TemporaryDirectory() as folder:
        asked, said = pathlib.Path(folder, "request"), pathlib.Path(folder, "answer")
        asked.write_bytes(request)
        subprocess.run(["openssl", *map(str, options), "-reqin", asked, "-respout", said], capture_output=True, check=True)
        return said.read_bytes()


class Site:
    """A web server on 127.0.0.1: `files` by path, `moved` addresses by path, and what posts are answered with. Its clock
    is `ahead` by so many seconds, or it says nothing of the time (None); its answers waited `age` seconds in a cache. It
    may leave out how long they are."""

    def __init__(self, files=None, moved=None, posts=None, ahead=0, age=0, says_length=True):
        self.files, self.moved, self.posts, self.asked = files or {}, moved or {}, posts, []
        self.ahead, self.age = ahead, age
        site = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def send_response(self, status, message=None):
                self.send_response_only(status, message)
                if site.ahead is not None:
                    self.send_header("Date", self.date_time_string(time.time() + site.ahead - site.age))
                if site.age:
                    self.send_header("Age", str(site.age))

            def reply(self, status, content=b"", **headers):
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                if says_length:
                    self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                with contextlib.suppress(OSError):
                    self.wfile.write(content)

            def do_GET(self):
                site.asked.append(self.path)
                if self.path in site.moved:
                    return self.reply(302, Location=site.moved[self.path])
                content = site.files.get(self.path)
                return self.reply(404) if content is None else self.reply(200, content)

            def do_POST(self):
                site.asked.append(self.path)
                request = self.rfile.read(int(self.headers["Content-Length"]))
                return self.reply(200, site.posts(request)) if site.posts else self.reply(404)

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.thread = threading.Thread(target=self.server.serve_forever)
        self.thread.start()

    def url(self, path):
        return f"http://127.0.0.1:{self.server.server_address[1]}{path}"

    def close(self):
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()


class Silence:
    """Accepts and never answers."""

    def __init__(self):
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.listener.getsockname()[1]}/"
        self.held = []
        self.thread = threading.Thread(target=self.hold, daemon=True)
        self.thread.start()

    def hold(self):
        with contextlib.suppress(OSError):
            while True:
                self.held.append(self.listener.accept()[0])

    def close(self):
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
        self.thread.join(timeout=10)
        for one in self.held:
            one.close()
