#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""The build folder installs: below a prefix that may be moved afterwards, and as two Debian packages that lintian has
nothing to say about. What was installed runs from where it lies, without a key and on a software key.

usage: install_test.py BUILD TestClass   (Prefix, Packages or Lintian)"""
import gzip
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

BUILD = pathlib.Path(sys.argv.pop(1)).resolve()
COMMANDS = ("check", "check-key", "check-cert", "check-seal", "explain")
PAGES = ["man1/scca-doctor.1", "man5/scca-doctor-json.5", "zh_CN/man1/scca-doctor.1",
         *(f"man1/scca-doctor-{command}.1" for command in COMMANDS)]
DOCTOR = {"bin/scca-doctor", "libexec/scca-doctor/scca-module-host", "libexec/scca-doctor/scca-doctor-check",
          "libexec/scca-doctor/scca-fetch",
          "share/bash-completion/completions/scca-doctor",
          "share/fish/vendor_completions.d/scca-doctor.fish", "share/scca-doctor/scca-doctor.schema.json",
          "share/scca-doctor/prometheus-rules.yml", *(f"share/man/{page}.gz" for page in PAGES),
          *(f"share/doc/scca-doctor/{name}" for name in (
              "README.md", "NOTICE", "sources.toml", "copyright", "changelog.gz", "changelog.Debian.gz",
              "examples/70-scca-key.rules", "examples/scca-doctor.cron"))}
MODULE = "lib/scca-doctor/training/libscca-softkey.so"
SOFTKEY = {"bin/scca-softkey", MODULE, "share/man/man1/scca-softkey.1.gz",
           *(f"share/doc/scca-softkey/{name}" for name in ("copyright", "changelog.gz", "changelog.Debian.gz"))}


def run(*words, status=0, **options):
    ran = subprocess.run([str(word) for word in words], stdin=subprocess.DEVNULL, capture_output=True, text=True,
                         timeout=180, check=False, **options)
    assert ran.returncode == status, f"{words} ended with {ran.returncode}:\n{ran.stdout}{ran.stderr}"
    return ran.stdout


def files_below(folder):
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir()}


class Installed(unittest.TestCase):
    def setUp(self):
        scratch = tempfile.TemporaryDirectory(prefix="scca-")
        self.addCleanup(scratch.cleanup)
        self.folder = pathlib.Path(scratch.name)

    def root_causes(self, prefix, *options, status, key):
        # Nothing of the build folder is found by chance: PATH is the system's and the key is told.
        environment = {"PATH": "/usr/bin:/bin", "HOME": str(self.folder), "SCCA_SOFTKEY_DIR": str(key)}
        text = run(prefix / "bin/scca-doctor", "check", "--format", "json", *options, status=status, env=environment)
        return json.loads(text)["root_causes"]

    def try_it(self, prefix):
        """Without a key, then on a healthy and on a broken one; the module host is the one that lies there."""
        empty = self.folder / "empty"
        empty.mkdir(exist_ok=True)
        module = prefix / MODULE
        self.assertEqual(self.root_causes(prefix, "--module", module, status=1, key=empty), ["key-not-detected"])
        for fault in (None, "pin-locked"):
            key = self.folder / (fault or "healthy")
            told = run(prefix / "bin/scca-softkey", "make", key, *(["--fault", fault] if fault else []))
            self.assertIn(str(module), told)  # it tells where its module lies
            self.assertEqual(self.root_causes(prefix, "--module", module, status=1 if fault else 0, key=key),
                             [fault] if fault else [])


class Prefix(Installed):
    def test_a_prefix_holds_everything_and_may_be_moved(self):
        prefix, moved = self.folder / "here", self.folder / "there 那里"
        run("cmake", "--install", BUILD, "--prefix", prefix)
        self.assertEqual(files_below(prefix), DOCTOR | SOFTKEY | {"share/zsh/site-functions/_scca-doctor"})
        self.try_it(prefix)
        prefix.rename(moved)
        self.try_it(moved)
        (moved / "libexec/scca-doctor/scca-module-host").unlink()
        environment = {"PATH": "/usr/bin:/bin", "SCCA_SOFTKEY_DIR": str(self.folder / "healthy")}
        ran = subprocess.run([moved / "bin/scca-doctor", "check", "--module", moved / MODULE], env=environment,
                             capture_output=True, stdin=subprocess.DEVNULL, timeout=60, check=False)
        self.assertNotEqual(ran.returncode, 0)  # so it was that one

    def test_one_component_leaves_the_other_out(self):
        for component, files in (("doctor", DOCTOR | {"share/zsh/site-functions/_scca-doctor"}), ("softkey", SOFTKEY)):
            prefix = self.folder / component
            run("cmake", "--install", BUILD, "--prefix", prefix, "--component", component)
            self.assertEqual(files_below(prefix), files)

    def test_the_pages_are_packed_without_a_moment_or_a_name(self):
        run("cmake", "--install", BUILD, "--prefix", self.folder)
        for page in PAGES:
            octets = (self.folder / "share/man" / (page + ".gz")).read_bytes()
            self.assertEqual((octets[3], octets[4:8]), (0, bytes(4)), page)  # RFC 1952: FLG and MTIME
            self.assertIn(b".Sh NAME", gzip.decompress(octets))


def make_packages(folder):
    run("cpack", "-G", "DEB", "--config", BUILD / "CPackConfig.cmake", "-B", folder, cwd=folder)
    packages = {path.name.split("_")[0]: path for path in folder.glob("*.deb")}
    assert set(packages) == {"scca-doctor", "scca-softkey"}, packages
    return packages


class Packages(Installed):
    def test_two_packages_hold_everything_and_run_where_they_are_unpacked(self):
        packages = make_packages(self.folder)
        root = self.folder / "root"
        completion = {"share/zsh/vendor-completions/_scca-doctor"}
        for name, files in (("scca-doctor", DOCTOR | completion), ("scca-softkey", SOFTKEY)):
            alone = self.folder / name
            run("dpkg-deb", "-x", packages[name], alone)
            self.assertEqual({path.removeprefix("usr/") for path in files_below(alone)}, files)
            run("dpkg-deb", "-x", packages[name], root)
            control = run("dpkg-deb", "-f", packages[name])
            self.assertRegex(control, r"Depends: .*libssl3")
            # Nothing runs as root when the package comes or goes.
            self.assertEqual(set(run("dpkg-deb", "--ctrl-tarfile", packages[name], encoding="latin-1").split("\0"))
                             & {"./postinst", "./postrm", "./preinst", "./prerm"}, set())
        self.try_it(root / "usr")
        self.assertTrue(self.root_causes(root / "usr", "--skip", "machine.helper", status=1, key=self.folder))


class Lintian(Installed):
    def test_lintian_finds_no_error_and_nothing_to_warn_of(self):
        packages = make_packages(self.folder)
        environment = {**os.environ, "HOME": str(self.folder), "LC_ALL": "C.UTF-8"}
        said = run(shutil.which("lintian"), "--allow-root", "--fail-on", "error,warning", *packages.values(), env=environment)
        self.assertEqual(said, "")


if __name__ == "__main__":
    unittest.main(verbosity=1)
