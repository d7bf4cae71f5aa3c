#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Batches on the built program: what comes slowly is told as it comes, what cannot be read is not waited for, what nobody
meant is passed over, and a file of any length needs no more memory than a short one."""
import csv
import io
import json
import os
import pathlib
import resource
import select
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import time

import json_schema

MEBIBYTE = 1 << 20


def openssl(*words):
    subprocess.run(["openssl", *map(str, words)], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


class Place:
    """A CA, one of the same name, and a certificate of the first."""

    def __init__(self, program, folder):
        self.program, self.folder = str(program), pathlib.Path(folder)
        self.schema = json_schema.Schema(program.parent)
        self.ca, self.other, self.leaf = (self.folder / name for name in ("ca.pem", "other.pem", "leaf.pem"))
        key, request, settings = self.folder / "leaf.key", self.folder / "leaf.csr", self.folder / "settings"
        for ca in (self.ca, self.other):
            openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", ca.with_suffix(".key"), "-out", ca, "-days", "3000",
                    "-subj", "/C=CN/O=Practice/CN=the CA", "-addext", "keyUsage=critical,keyCertSign,cRLSign")
        openssl("req", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", request, "-subj", "/C=CN/O==1-1/CN=@holder")
        settings.write_text("basicConstraints=CA:FALSE\nkeyUsage=digitalSignature\nauthorityKeyIdentifier=keyid\n")
        openssl("x509", "-req", "-in", request, "-CA", self.ca, "-CAkey", self.ca.with_suffix(".key"), "-days", "900",
                "-extfile", settings, "-set_serial", "0x1001", "-out", self.leaf)

    def run(self, *words, memory=None, **options):
        # AddressSanitizer maps terabytes that it hardly uses: under it only the answers count.
        limited = memory and b"__asan_init" not in pathlib.Path(self.program).read_bytes()
        limit = (lambda: resource.setrlimit(resource.RLIMIT_AS, (memory, memory))) if limited else None
        done = subprocess.run([self.program, "check-cert", "--lang", "zh", *map(str, words)], capture_output=True, timeout=120,
                              preexec_fn=limit, check=False, **{"stdin": subprocess.DEVNULL, **options})
        told = done.stdout.decode()
        wrong = self.schema.wrong_with(told) if len(told) < MEBIBYTE // 4 else None  # a long one has many alike
        assert wrong is None, (words, wrong)
        return done.returncode, told, done.stderr.decode()


    def run_as_nobody(self, *words, **options):
        """As a user who may not do everything, from a folder that he may read: a build folder may be out of his reach."""
        for part in pathlib.Path(self.program).parent.glob("scca-doctor*"):
            if part.is_file():
                shutil.copy2(part, self.folder)
        self.folder.chmod(0o755)
        nobody = {"user": 65534, "group": 65534, "extra_groups": []} if os.geteuid() == 0 else {}
        done = subprocess.run([self.folder / "scca-doctor", "check-cert", "--lang", "zh", *map(str, words)], capture_output=True,
                              stdin=subprocess.DEVNULL, timeout=60, text=True, check=False, **nobody, **options)
        return done.returncode, done.stdout, done.stderr


def test_slow_list(place):
    words = [place.program, "check-cert", "--format", "ndjson", "--files0-from", "-"]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as child:
        for _ in range(3):
            child.stdin.write(os.fsencode(place.leaf) + b"\0")
            child.stdin.flush()
            assert select.select([child.stdout], [], [], 30)[0], "no row while the list goes on"
            assert json.loads(child.stdout.readline())["path"] == str(place.leaf)
        child.stdin.write(os.fsencode(place.leaf)[:-4])  # half a path is no path yet
        child.stdin.flush()
        assert not select.select([child.stdout], [], [], 0.3)[0]
        child.stdin.write(b".pem")  # the last one needs no NUL
        child.stdin.close()
        assert json.loads(child.stdout.readline())["path"] == str(place.leaf)


def test_no_file(place):
    pipe, plug = place.folder / "pipe.pem", place.folder / "plug.pem"
    os.mkfifo(pipe)
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(plug))
        for path in (pipe, plug, "/dev/null"):
            status, _, told = place.run(path)
            assert status == 65 and "不是普通文件" in told, (path, status, told)
        status, told, _ = place.run("--format", "ndjson", pipe, plug, place.leaf)
        rows = [json.loads(line) for line in told.splitlines()]
        assert status == 1 and [row["root_causes"][:1] for row in rows[:2]] == [["cert-unreadable"]] * 2, told
        status, _, told = place.run("--trust", pipe, place.leaf)
        assert status == 65 and "不是普通文件" in told, (status, told)
    # What a shell hands over is read like standard input.
    for path in ("-", "/dev/stdin", "/dev/fd/0"):
        with subprocess.Popen(["cat", place.leaf], stdout=subprocess.PIPE) as cat:
            status, told, _ = place.run("--format", "ndjson", path, stdin=cat.stdout)
        assert json.loads(told)["name"] == "@holder", (path, told)


def test_folder(place):
    folder = place.folder / "folder"
    folder.mkdir()
    (folder / "a.pem").write_bytes(place.leaf.read_bytes())
    (folder / "photo.jpg").write_bytes(b"\xff\xd8\xff\xe0 a picture\0")
    (folder / "readme.txt").write_text("a letter")
    (folder / "z.cer").write_text("no certificate, whatever it is called")
    _, told, _ = place.run(folder)
    assert "共 2 个文件" in told and "另有 2 个文件" in told and "读不懂 1" in told, told
    assert "readme" not in told and "z.cer" in told, told
    _, told, _ = place.run(folder, folder / "readme.txt")
    assert "共 3 个文件" in told and "读不懂 2" in told, told
    (folder / "a.pem").rename(folder / "readme.pem")  # JSON stays whole when the first file has no row
    _, told, _ = place.run("--format", "json", folder)
    assert [subject["path"].rpartition("/")[2] for subject in json.loads(told)["subjects"]] == ["readme.pem", "z.cer"], told


def test_damaged_trust(place):
    whole = place.ca.read_text()
    cases = place.folder / "trust"
    cases.mkdir()
    for name, content, status, sentence in (("empty.pem", "", 65, "里没有证书"),
                                            ("torn.pem", whole[:300], 65, "里没有证书"),
                                            ("partly.pem", whole + whole[:300] + "\n-----END CERTIFICATE-----\n", None, "有一部分读不了")):
        (cases / name).write_text(content)
        ended, _, told = place.run("--trust", cases / name, place.leaf)
        assert sentence in told and status in (None, ended), (name, ended, told)
    _, _, told = place.run("--trust", cases, place.leaf)
    assert "empty.pem 里没有要的东西" in told, told
    for option in ("--crl", "--ocsp"):
        status, _, told = place.run(option, cases / "empty.pem", place.leaf)
        assert status == 65 and "empty.pem" in told, (option, status, told)


def test_one_damaged_block_is_one_subject(place):
    torn = place.folder / "torn.pem"
    text = place.leaf.read_text()
    torn.write_text(text[:700] + "!" + text[700:])
    _, told, _ = place.run("--format", "json", torn)
    (subject,) = json.loads(told)["subjects"]
    readable = subject["findings"][0]
    assert (readable["outcome"], readable["evidence"]["offset"]) == ("failed", 700), readable
    assert subject["facts"]["subject"], subject


def test_namesake(place):
    status, told, _ = place.run("--trust", place.other, "--no-redact", place.leaf)
    assert status == 1 and "名称相同，密钥不同" in "".join(told.split()), told


def test_spreadsheet(place):
    status, told, _ = place.run("--format", "csv", "--no-redact", place.leaf)
    assert told.startswith("\ufeff"), status
    for row in list(csv.reader(io.StringIO(told[1:])))[1:]:
        assert any(cell == "'@holder" for cell in row) and any(cell == "'=1-1" for cell in row), row
        assert not any(cell[:1] in ("=", "+", "-", "@", "\t", "\r") for cell in row), row


def test_large_file(place):
    count, name = 6000, "holder"
    one, ca = place.leaf.read_text(), place.ca.read_text()
    large = place.folder / "large.pem"
    with large.open("w") as out:
        for number in range(count):
            out.write(f"certificate {number}\n{one}" if number else one)  # text may come before the first or not
            if number == count // 2:
                out.write(ca)
    status, told, _ = place.run("--format", "csv", "--jobs", "1", large, memory=200 * MEBIBYTE)
    rows = told.splitlines()
    assert len(rows) == count + 1, (status, len(rows))  # the CA's own certificate is material, and the columns have names
    assert all(name in row for row in rows[1:])
    _, told, _ = place.run("--format", "ndjson", large)
    ids = [json.loads(line)["id"] for line in told.splitlines()]
    assert ids[0] == "certificate-1" and ids[-1] == f"certificate-1.{count}" and len(set(ids)) == count, ids[-1]
    # From a pipe it is the same, in little more memory.
    with large.open("rb") as stream:
        _, piped, _ = place.run("--format", "csv", "--jobs", "1", "-", memory=200 * MEBIBYTE, stdin=stream)
    whole = place.run("--format", "csv", "--jobs", "1", large)[1]
    assert piped.splitlines() == [row.replace(f'"{large}"', '"\'-"') for row in whole.splitlines()], piped[:400]
    # The CA stands behind the first pieces and is known there all the same.
    first = json.loads(told.splitlines()[0])
    chain = [finding for finding in first["findings"] if finding["rung"] == "cert.chain"]
    assert chain[0]["evidence"]["reason"] == "untrusted-root", chain


def test_large_pasted(place):
    """In whatever way its lines were changed, a file that comes in pieces is read as a short one is."""
    text = place.leaf.read_text()
    ways = {"one-line": text.replace("\n", ""), "macintosh": text.replace("\n", "\r"),
            "wide": text.replace("BEGIN ", "BEGIN\u00a0").replace("\n", "\u3000\n")}
    count = 4000
    for way, one in ways.items():
        short, large = place.folder / f"{way}.pem", place.folder / f"{way}-large.pem"
        short.write_text(one * 2, encoding="utf-8", newline="")
        large.write_text(one * count, encoding="utf-8", newline="")
        assert large.stat().st_size > 4 * MEBIBYTE, way
        # Taken whole it would need more.
        few, rows = ([json.loads(row) for row in place.run("--format", "ndjson", "--jobs", "1", path, memory=100 * MEBIBYTE)[1]
                      .splitlines()] for path in (short, large))
        assert len(few) == 2 and len(rows) == count, (way, len(few), len(rows))
        assert all(row["facts"] == few[0]["facts"] and row["findings"][0]["outcome"] == "passed" for row in rows + few), way


def test_large_der(place):
    octets = place.folder / "leaf.der"
    openssl("x509", "-in", place.leaf, "-outform", "DER", "-out", octets)
    one, count = octets.read_bytes(), 3000
    large = place.folder / "large.der"
    large.write_bytes(one * count + b"what follows them is not looked at" * 20000)
    # All of them at once would be judged side by side, in hundreds of megabytes.
    status, told, _ = place.run("--format", "ndjson", "--jobs", "1", large, memory=200 * MEBIBYTE)
    rows = [json.loads(line) for line in told.splitlines()]
    assert len(rows) == count and all(row["name"] == rows[0]["name"] for row in rows), (status, len(rows))
    whole = place.folder / "whole.der"  # short enough to be read at once
    whole.write_bytes(one * 3)
    alike = [json.loads(line) for line in place.run("--format", "ndjson", whole, octets)[1].splitlines()]
    assert [row["facts"] for row in alike] == [rows[0]["facts"]] * 4, alike


def test_large_bundle(place):
    pem, count = place.folder / "many.pem", 8000
    pem.write_text(place.leaf.read_text() * count + place.ca.read_text())
    bundle, streamed, text = (place.folder / name for name in ("many.p7b", "streamed.p7b", "text.p7b"))
    openssl("crl2pkcs7", "-nocrl", "-certfile", pem, "-outform", "DER", "-out", bundle)
    openssl("crl2pkcs7", "-nocrl", "-certfile", pem, "-out", text)
    rows = place.run("--format", "csv", "--jobs", "2", pem)[1].splitlines()
    told = place.run("--format", "csv", "--jobs", "2", bundle)[1].splitlines()
    assert len(rows) == count + 1 and told == [row.replace(str(pem), str(bundle)) for row in rows], told[:2]
    status, told, _ = place.run("--format", "json", "--jobs", "1", bundle, memory=128 * MEBIBYTE)
    assert len(json.loads(told)["subjects"]) == count, (status, told[:400])
    # In PEM it is one block; its base64 alone says the same, cut off it lacks what is cut, and from a pipe it is no other.
    bare, stream, cut = (place.folder / name for name in ("bare.p7b", "stream.txt", "cut.p7b"))
    lines = text.read_text().splitlines()
    bare.write_text("".join(lines[1:-1]))
    stream.write_text("a letter before it\r\n" + "\r\n".join(lines) + "\r\n\r\n")
    for path in (text, bare, stream):
        status, told, error = place.run("--format", "csv", "--jobs", "1", path, memory=64 * MEBIBYTE)
        assert told.splitlines() == [row.replace(str(pem), str(path)) for row in rows], (path, status, told[:400], error)
    with text.open("rb") as piped:
        told = place.run("--format", "csv", "--jobs", "1", "-", stdin=piped)[1].splitlines()
    assert told == [row.replace(f'"{pem}"', '"\'-"') for row in rows], told[:2]
    cut.write_text("\n".join(lines[:len(lines) // 2]))
    told = [json.loads(row) for row in place.run("--format", "ndjson", cut)[1].splitlines()]
    assert count // 2 - 10 < len(told) < count // 2 + 10 and told[-1]["root_causes"][0] == "cert-unreadable", len(told)
    assert all("cert-unreadable" not in row["root_causes"] for row in told[:-1])
    # Of two blocks none gets lost, nor where the base64 is damaged.
    stream.write_text("\n".join(lines) + "\n" + place.leaf.read_text())
    told = place.run("--format", "csv", stream)[1].splitlines()
    assert len(told) == count + 2, len(told)
    lines[len(lines) // 2] = "!" + lines[len(lines) // 2][1:]
    stream.write_text("\n".join(lines) + "\n")
    told = place.run("--format", "ndjson", stream)[1]
    assert "cert-unreadable" in told, told[:400]
    # Lengths that are not told (X.690 8.1.3.6), as of what is made while it is sent.
    octets = bundle.read_bytes()
    first = octets.index(ssl.PEM_cert_to_DER_cert(place.leaf.read_text()))
    oid, data = (bytes.fromhex("06092a864886f70d0107" + last) for last in ("02", "01"))
    streamed.write_bytes(b"\x30\x80" + oid + b"\xa0\x80\x30\x80\x02\x01\x01\x31\x00\x30\x0b" + data + b"\xa0\x80" +
                         octets[first:].removesuffix(b"\x31\x00") + b"\0\0" + b"\x31\x00" + b"\0" * 6)
    told = place.run("--format", "csv", streamed)[1].splitlines()
    assert told == [row.replace(str(pem), str(streamed)) for row in rows], told[:2]
    # Octets behind it are none of its; where it is cut off, the last one is damaged.
    for name, changed in (("longer.p7b", octets + b"\r\n"), ("shorter.p7b", octets[:len(octets) // 2])):
        (place.folder / name).write_bytes(changed)
        told = [json.loads(row) for row in place.run("--format", "ndjson", place.folder / name)[1].splitlines()]
        readable = [row["findings"][0] for row in told]
        assert [one["outcome"] for one in readable[:-1]] == ["passed"] * (len(told) - 1), name
        if name == "longer.p7b":
            assert len(told) == count and readable[-1]["outcome"] == "passed", readable[-1]
        else:
            ended = readable[-1]["evidence"]["offset"]
            assert readable[-1]["outcome"] == "failed" and len(octets) // 2 - 1000 < ended <= len(octets) // 2, ended


def test_several_in_one(place):
    """The second certificate of a file has an id of its own; Place.run holds it against the schema."""
    both = place.folder / "both.pem"
    both.write_text(place.leaf.read_text() * 2)
    for form in ("json", "ndjson"):
        _, told, _ = place.run("--format", form, both)
        assert '"certificate-1.2"' in told, told


def test_closed_folder(place):
    """A folder that may not be listed is told like a file that may not be read; silence would read as success."""
    tree = place.folder / "tree"
    closed = tree / "closed"
    closed.mkdir(parents=True)
    shutil.copy(place.leaf, tree / "leaf.pem")
    shutil.copy(place.leaf, closed / "leaf.pem")
    closed.chmod(0)
    try:
        status, told, _ = place.run_as_nobody("--format", "ndjson", "--skip", "cert.issuer", tree)
        rows = {row["path"]: row["root_causes"] for row in map(json.loads, told.splitlines())}
        assert status == 1 and rows == {str(closed): ["cert-unreadable"], f"{tree}/leaf.pem": []}, told
        for words in ([closed], ["--trust", tree, place.leaf]):
            status, _, told = place.run_as_nobody(*words)
            assert status == 77 and "closed" in told and "权限" in told, (status, told)
    finally:
        closed.chmod(0o755)


def test_told_as_a_whole(place):
    """A page, a plugin's line and metrics of a batch: everything counts, however many there are and whoever judges them, and
    memory stays small."""
    bad, count = place.folder / "bad.pem", 20000
    bad.write_text("no certificate")
    names = place.folder / "names-for-all"
    names.write_bytes((os.fsencode(place.leaf) + b"\0") * (count - 1) + os.fsencode(bad) + b"\0")
    told = {}
    for form in ("nagios", "html", "prometheus"):
        words = ["--format", form, "--at", "2026-01-01", "--files0-from", names]
        status, told[form], error = place.run("--jobs", "1", *words, memory=100 * MEBIBYTE)
        assert status == (2 if form == "nagios" else 1), (form, status, error)
        side_by_side = place.run("--jobs", "3", *words)[1]
        same = [line for line in told[form].splitlines() if not line.startswith("scca_last_run")]
        assert same == [line for line in side_by_side.splitlines() if not line.startswith("scca_last_run")], form
    line = told["nagios"]
    assert line.startswith(f"SCCA CRITICAL - 共 {count} 个文件") and line.count("\n") == 1 and len(line) < 4000, line
    assert "'unreadable'=1;;;0" in line and f"'files'={count};;;0" in line and "还有 19996 处" in line, line
    assert f"共 {count} 项" in told["html"] and "读不懂" in told["html"] and len(told["html"]) < MEBIBYTE, told["html"][:2000]
    lines = told["prometheus"].splitlines()
    ends = [number for number, line in enumerate(lines) if line.startswith("scca_certificate_not_after_timestamp_seconds{")]
    assert len(ends) == len({lines[number] for number in ends}) == count - 1 and ends == list(range(ends[0], ends[-1] + 1))
    assert 'scca_findings{rung="cert.readable",outcome="failed"} 1' in lines, told["prometheus"][:2000]
    assert sum(line.startswith("scca_certificate_remaining_seconds{") for line in lines) == count - 1
    # A short one is told in full; one of nothing is no success.
    status, line, _ = place.run("--format", "nagios", place.leaf, place.leaf)
    assert "'certificate-1 days left'=" in line and "'certificate-2 days left'=" in line, line
    nothing = place.folder / "nothing"
    nothing.mkdir()
    status, line, _ = place.run("--format", "nagios", nothing)
    assert status == 3 and line.startswith("SCCA UNKNOWN - ") and "没有可检查的东西" in line, (status, line)
    assert 'scca_verdict{verdict="unknown"} 1' in place.run("--format", "prometheus", nothing)[1]


def test_summary_tells_of_the_bad(place):
    """Revoked, not to be trusted, unclear: only where there are some."""
    folder = place.folder / "revoking"
    folder.mkdir()
    (folder / "index").write_text("")
    (folder / "crlnumber").write_text("01\n")
    (folder / "conf").write_text(f"[ca]\ndefault_ca=one\n[one]\ndatabase={folder}/index\ncrlnumber={folder}/crlnumber\n"
                                 "default_md=sha256\ndefault_crl_days=30\n")
    ca = ["ca", "-config", folder / "conf", "-cert", place.ca, "-keyfile", place.ca.with_suffix(".key")]
    crl = folder / "crl.pem"
    openssl(*ca, "-gencrl", "-out", crl)
    good = ["--trust", place.ca, "--crl", crl, place.leaf, place.leaf]
    _, told, error = place.run(*good)
    assert "读不懂 0。" in told, (told, error)
    later = time.strftime("%Y-%m-%d", time.gmtime(time.time() + 60 * 86400))  # and the list is too old
    _, told, _ = place.run("--at", later, *good)
    assert "读不懂 0，没能查清 2。" in told, told
    openssl(*ca, "-revoke", place.leaf)
    openssl(*ca, "-gencrl", "-out", crl)
    _, told, _ = place.run(*good)
    assert "读不懂 0，已吊销 2。" in told, told
    _, told, _ = place.run("--lang", "en", *good)
    assert "0 unreadable, 2 revoked." in told, told
    _, told, _ = place.run("--trust", place.other, place.leaf, place.leaf)
    assert "读不懂 0，伪造、被改动或不可信 2。" in told, told
    line = place.run("--format", "nagios", "--trust", place.other, place.leaf, place.leaf)[1]
    assert "'not trusted'=2;;;0" in line and "'revoked'=0;;;0" in line, line


def test_ended_by_a_signal(place):
    """Whenever it comes, what stands on standard output is a whole document."""
    names = place.folder / "names0"
    names.write_bytes((os.fsencode(place.leaf) + b"\0") * 4000)
    words = [place.program, "check-cert", "--format", "json", "--jobs", "2", "--files0-from", names]
    cut_short = 0
    for sent, status in ((signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)):
        for pause in (0.01, 0.02, 0.04, 0.08, 0.12, 0.16):
            with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as child:
                told = child.stdout.read(4000)  # from here on it writes row after row
                time.sleep(pause)
                child.send_signal(sent)
                told += child.stdout.read()
            document = json.loads(told)
            if "error" in document:
                assert document["error"]["status"] == status == child.returncode, (sent, document, child.returncode)
                continue
            ended = child.returncode == status
            assert ended or len(document["subjects"]) == 4000, (sent, pause, child.returncode)
            cut_short += ended and 0 < len(document["subjects"]) < 4000
    assert cut_short > 3, cut_short
    # Nobody reads on, and it ends all the same; nohup keeps it alive.
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as child:
        child.stdout.read(4000)
        time.sleep(0.3)
        child.send_signal(signal.SIGTERM)
        assert child.wait(20) == 143
    with subprocess.Popen(["nohup", *words], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as child:
        child.stdout.read(4000)
        child.send_signal(signal.SIGHUP)
        child.stdout.read()
        assert child.wait(60) in (0, 1)


def test_list_that_is_none(place):
    lines, long, folder = place.folder / "lines", place.folder / "long", place.folder / "list"
    name = os.fsencode(place.leaf)
    lines.write_bytes(b"\n".join([name] * 500))
    long.write_bytes(name + b"\0" + b"/" * (4095 - len(name)) + name + b"\0" + name + b"\0" + b"/" * 4096)
    folder.mkdir()
    for path, rows in ((lines, 0), (long, 3), ("/dev/zero", 0)):
        status, told, error = place.run("--format", "ndjson", "--files0-from", path)
        assert (status, len(told.splitlines())) == (65, rows) and "不是路径的名单" in error, (path, status, told, error)
        status, told, error = place.run("--format", "json", "--files0-from", path)
        assert status == 65 and len(json.loads(told)["subjects"]) == rows, (path, status, told)
    status, told, _ = place.run("--format", "nagios", "--files0-from", lines)
    assert status == 3 and told.startswith("SCCA UNKNOWN - ") and told.count("\n") == 1, (status, told)
    status, _, error = place.run("--files0-from", folder)
    assert status == 65 and "文件夹" in error, (status, error)
    status, _, error = place.run("--files0-from", folder / "none")
    assert status == 66 and "没有这个文件" in error, (status, error)


def test_little_memory_for_many_workers(place):
    names = place.folder / "names-for-many"
    names.write_bytes((os.fsencode(place.leaf) + b"\0") * 3000)
    for kibibytes in (400000, 200000):
        status, told, error = place.run("--jobs", "64", "--format", "csv", "--files0-from", names, memory=kibibytes * 1024)
        assert status in (0, 1) and len(told.splitlines()) == 3001, (kibibytes, status, error)


def test_no_more_threads(place):
    limit = lambda: resource.setrlimit(resource.RLIMIT_NPROC, (1, 1))
    status, told, _ = place.run_as_nobody("--jobs", "4", "--format", "ndjson", place.leaf, place.leaf, preexec_fn=limit)
    assert len(told.splitlines()) == 2 and status == 1, (status, told)


def test_large_text(place):
    long = place.folder / "long.txt"
    with long.open("w") as out:
        for _ in range(100):
            out.write(("a line of a long letter\n" * 44000)[:MEBIBYTE])
        out.write(place.leaf.read_text())
    status, told, _ = place.run("--format", "ndjson", long, memory=200 * MEBIBYTE)
    assert json.loads(told)["name"], (status, told)
    with long.open("a") as out:
        out.truncate(100 * MEBIBYTE)
    started = time.monotonic()
    status, _, told = place.run(long, memory=200 * MEBIBYTE)
    assert status == 65 and time.monotonic() - started < 60, (status, told)


def main():
    program = pathlib.Path(sys.argv[1], "scca-doctor").resolve()
    wanted = sys.argv[2:]
    with tempfile.TemporaryDirectory() as folder:
        place = Place(program, folder)
        for name, test in list(globals().items()):
            if name.startswith("test_") and (not wanted or name in wanted):
                test(place)
                print(f"ok {name}", flush=True)


main()
