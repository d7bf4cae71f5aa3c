# SPDX-License-Identifier: Apache-2.0
"""A pcscd of a test's own, in a mount and network namespace where its compiled-in socket path is a folder of the test.

Its readers are tests/fakes/fake_ifd.cpp, which files steer. Needs no root where user namespaces are allowed, never
starts or reaches the machine's own service, and ends what it started by its number. SKIPPED (a status of its own for
CTest) where pcscd is not installed or namespaces are refused.
"""
import ctypes
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

SKIPPED = 77
ATR = "3B88800153434341746573740D"
CLIENT = str(pathlib.Path(__file__).with_name("client.py"))
PATIENCE = 10  # seconds, for what takes milliseconds on an idle machine

# The socket's folder is bound before /run is covered; nothing of this outlives the namespace.
ENTER = ('mount --bind "$0/run" /mnt && mount -t tmpfs tmpfs /run && mkdir /run/pcscd && mount --move /mnt /run/pcscd && '
         'if [ -d "$0/drivers" ]; then mount --bind "$0/drivers" /usr/lib/pcsc/drivers || exit; fi && exec "$1" --foreground --debug --config "$0/conf"')


def daemon():
    return shutil.which("pcscd", path=os.environ.get("PATH", "") + ":/usr/sbin:/sbin")


def unshare():
    as_root = [] if os.geteuid() == 0 else ["--user", "--map-root-user"]
    return ["unshare", *as_root, "--mount", "--net", "--propagation", "private"]


def why_impossible():
    """Why no test can be made here, or None."""
    if daemon() is None:
        return "pcscd is not installed"
    tried = subprocess.run([*unshare(), "mount", "-t", "tmpfs", "tmpfs", "/run"], capture_output=True, text=True)
    return None if tried.returncode == 0 else f"namespaces are refused here: {tried.stderr.strip()}"


def wait_for(what, condition):
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if condition():
            return
        time.sleep(0.01)
    raise AssertionError(f"waited in vain for {what}")


def die_with_parent():
    """Between fork and exec: a test that is killed leaves no service behind."""
    pr_set_pdeathsig = 1
    ctypes.CDLL(None).prctl(pr_set_pdeathsig, signal.SIGKILL, 0, 0, 0)


class Reader:
    """The folder that the fake driver takes for a reader."""

    def __init__(self, folder, name):
        self.folder, self.name = folder, name
        folder.mkdir(parents=True)

    def set(self, file, content=""):
        (self.folder / file).write_text(content)

    def unset(self, file):
        (self.folder / file).unlink()

    def get(self, file):
        path = self.folder / file
        return path.read_text() if path.exists() else ""


class Sandbox:
    def __init__(self, driver):
        # Short: the path of a Unix socket has at most 107 octets.
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="scca-pcsc-"))
        self.folder.chmod(0o755)
        self.driver, self.process = driver, None
        for name in ("run", "conf", "dev"):
            (self.folder / name).mkdir()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()
        shutil.rmtree(self.folder)

    @property
    def socket(self):
        return str(self.folder / "run" / "pcscd.comm")

    def reader(self, key, name, driver=None):
        (self.folder / "conf" / key).write_text(
            f'FRIENDLYNAME "{name}"\nDEVICENAME /dev/null:{key}\nLIBPATH {driver or self.driver}\nCHANNELID 1\n')
        return Reader(self.folder / "dev" / key, name)

    def usb_driver(self, vendor, product, name):
        """The fake driver as a bundle for readers that are plugged in, and the folder of the one with these ids."""
        contents = self.folder / "drivers" / "fake.bundle" / "Contents"
        (contents / "Linux").mkdir(parents=True)
        shutil.copy(self.driver, contents / "Linux" / "driver.so")
        lists = "".join(f"<key>{key}</key><array><string>{value}</string></array>\n" for key, value in
                        (("ifdVendorID", f"0x{vendor}"), ("ifdProductID", f"0x{product}"), ("ifdFriendlyName", name)))
        (contents / "Info.plist").write_text(
            '<?xml version="1.0" encoding="UTF-8"?>\n<plist version="1.0">\n<dict>\n<key>CFBundleExecutable</key>'
            f"<string>driver.so</string>\n<key>ifdCapabilities</key><string>0x00000000</string>\n{lists}</dict>\n</plist>\n")
        return Reader(self.folder / "dev" / vendor / product, name)

    def start(self):
        log = self.folder / "log"
        with open(log, "w", encoding="utf-8") as out:
            self.process = subprocess.Popen([*unshare(), "bash", "-c", ENTER, str(self.folder), daemon()], stdout=out,
                                            stderr=out, stdin=subprocess.DEVNULL, preexec_fn=die_with_parent,
                                            env=dict(os.environ, SCCA_IFD_DIR=str(self.folder / "dev")))
        wait_for("pcscd", lambda: self.process.poll() is not None or "daemon ready" in log.read_text(errors="replace"))
        if self.process.poll() is not None:
            raise AssertionError(f"pcscd ended: {log.read_text(errors='replace')}")

    def readers(self):
        """State and name, "Name NN 00", of each reader as a client sees it."""
        told = subprocess.run([sys.executable, CLIENT, "states"], capture_output=True, text=True, timeout=PATIENCE,
                              env=self.environment()).stdout
        return [(int(state, 16), name) for state, name in (line.split(" ", 1) for line in told.splitlines())]

    def await_readers(self, count):
        """Until the service knows of each reader whether there is a card."""
        present_or_empty = 0x30
        wait_for("the readers", lambda: len([1 for state, _ in self.readers() if state & present_or_empty]) >= count)

    def listed(self, reader):
        return next(name for _, name in self.readers() if name.startswith(reader.name + " "))

    def send(self, number):
        self.process.send_signal(number)

    def stop(self, number=signal.SIGTERM):
        if self.process is None:
            return
        self.process.send_signal(signal.SIGCONT)
        self.process.send_signal(number)
        self.process.wait(PATIENCE)
        self.process = None

    def environment(self):
        """For whoever asks this service; what stands before the service's own system calls is not for them."""
        return {**{name: value for name, value in os.environ.items() if name != "LD_PRELOAD"},
                "PCSCLITE_CSOCK_NAME": self.socket}


class SilentSocket:
    """Accepts, by its backlog, and never answers."""

    def __init__(self, path):
        self.listener = socket.socket(socket.AF_UNIX)
        self.listener.bind(path)
        self.listener.listen(8)

    def close(self):
        self.listener.close()
