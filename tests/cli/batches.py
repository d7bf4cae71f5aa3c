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


def test_side_by_side(place):
    """Small files are judged several at once, others between them alone: each is told as when it was named alone."""
    leaf, ca = place.leaf.read_text(), place.ca.read_text()
    der = subprocess.run(["openssl", "x509", "-in", place.leaf, "-outform", "DER"], check=True, capture_output=True).stdout
    kinds = (leaf.encode(), leaf[:700].encode(), der, der[:-1] + bytes([der[-1] ^ 1]), ca.encode(), (leaf + ca + leaf).encode(), b"",
             b"a letter", der[:200], ("a letter\n" * 3000 + leaf).encode(), (leaf + "a letter\n" * 200_000 + leaf).encode(), b"\xff\xd8 a picture")
    folder = place.folder / "side by side"
    folder.mkdir()
    for number in range(4 * len(kinds)):
        (folder / f"{number:02}.pem").write_bytes(kinds[number * 5 % len(kinds)])

    def rows(*words):
        _, told, _ = place.run("--format", "ndjson", "--at", "2027-06-01", "--trust", place.ca, *words)
        return [{key: value for key, value in json.loads(line).items() if key != "id"} for line in told.splitlines()]

    def rows_alone(path):
        both = rows("--jobs", 1, "-", path)  # nothing on standard input: a batch, of which this one file is told
        return both[1:]
    alone = [row for path in sorted(folder.iterdir()) for row in rows_alone(path)]
    assert len({json.dumps(row["findings"]) for row in alone}) > 5, alone  # of many kinds
    for jobs in (1, 2, 5):
        together = rows("--jobs", jobs, folder)
        assert [row["path"] for row in together] == [row["path"] for row in alone], jobs
        assert together == alone, [pair for pair in zip(together, alone) if pair[0] != pair[1]][:1]


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
    # What lost the line that begins it is read there, too, wherever it stands and whether or not another follows.
    lines = place.leaf.read_text().splitlines(keepends=True)
    for begin, end in (("", ""), ("-----BEGN CERTIFICATE-----\n", lines[-1]), ("BEGIN CERTIFICATE\n", "END CERTIFICATE\n")):
        bare, letter = begin + "".join(lines[1:-1]) + end, "a line of a long letter\n" * 50000
        for text, count in ((bare + place.leaf.read_text() + letter, 2), (letter + bare + letter + place.leaf.read_text(), 2),
                            (letter + bare + letter, 1), (letter + bare, 1)):
            (place.folder / "bare.txt").write_text(text)
            rows = [json.loads(row) for row in place.run("--format", "ndjson", place.folder / "bare.txt")[1].splitlines()]
            assert len(rows) == count and all(row["name"] for row in rows), (begin, len(text), [row["name"] for row in rows])
    with long.open("a") as out:
        out.truncate(100 * MEBIBYTE)
    started = time.monotonic()
    status, _, told = place.run(long, memory=200 * MEBIBYTE)
    assert status == 65 and time.monotonic() - started < 60, (status, told)


def main(tests):
    program = pathlib.Path(sys.argv[1], "scca-doctor").resolve()
    wanted = sys.argv[2:]
    with tempfile.TemporaryDirectory() as folder:
        place = Place(program, folder)
        for name, test in list(tests.items()):
            if name.startswith("test_") and (not wanted or name in wanted):
                test(place)
                print(f"ok {name}", flush=True)


if __name__ == "__main__":
    main(globals())
