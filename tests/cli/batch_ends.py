#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""How batches end on the built program: what is told of the whole, and what is left of one that somebody or something
ended."""
import json
import os
import select
import signal
import subprocess
import time

from batches import MEBIBYTE, main, openssl


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
    # Each line says so beside what else was found, and a plugin's line names files.
    rows = [row for row in told.splitlines() if row.startswith("!")]
    assert len(rows) == 2 and all("不是四川CA 签发" in row and "证书有没有被吊销：没能查清" in row for row in rows), told
    assert "吊销列表" not in told and "吊销列表" in place.run("--at", later, "-v", *good)[1], told
    line = place.run("--at", later, "--format", "nagios", *good)[1]
    assert f"证书有没有被吊销：没能查清 ({place.leaf}；{place.leaf})" in line and "'unknown'=2;;;0" in line, line
    line = place.run("--at", later, "--format", "nagios", *good, *[place.leaf] * 500)[1]
    assert line.startswith("SCCA WARNING") and "…… 还有 499 处)" in line and len(line) < 2000, line
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


def causes_of(subject):
    return {finding["faq"] for finding in subject["findings"] if finding["outcome"] in ("failed", "warned")}


def test_ended_by_a_signal(place):
    """Whenever it comes, what stands on standard output is a whole document."""
    names = place.folder / "names0"
    names.write_bytes((os.fsencode(place.leaf) + b"\0") * 4000)
    words = [place.program, "check-cert", "--format", "json", "--jobs", "2", "--files0-from", names]
    cut_short = 0
    for sent in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        for pause in (0.01, 0.02, 0.04, 0.08, 0.12, 0.16):
            with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as child:
                told = child.stdout.read(4000)  # from here on it writes row after row
                time.sleep(pause)
                child.send_signal(sent)
                told += child.stdout.read()
            document = json.loads(told)
            if "error" in document:
                assert document["error"]["status"] == 130 == child.returncode, (sent, document, child.returncode)
                continue
            ended = child.returncode == 130
            # What was found so far is told; of the rest nobody knows.
            found = sorted({cause for subject in document["subjects"] for cause in causes_of(subject)})
            assert (document["verdict"], document["root_causes"]) == ("findings" if found else "unknown", found), (sent, document)
            assert ended or len(document["subjects"]) == 4000, (sent, pause, child.returncode)
            cut_short += ended and 0 < len(document["subjects"]) < 4000
    assert cut_short > 3, cut_short
    # Nobody reads on, and it ends all the same; nohup keeps it alive.
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as child:
        child.stdout.read(4000)
        time.sleep(0.3)
        child.send_signal(signal.SIGTERM)
        assert child.wait(20) == 130
    with subprocess.Popen(["nohup", *words], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as child:
        child.stdout.read(4000)
        child.send_signal(signal.SIGHUP)
        child.stdout.read()
        assert child.wait(60) in (0, 1)


def test_several_lists(place):
    """One after another behind the paths, none of them dropped; one that is read from a pipe holds no row back."""
    one, two, pipe = place.folder / "one0", place.folder / "two0", place.folder / "pipe0"
    one.write_bytes(os.fsencode(place.leaf) + b"\0" + os.fsencode(place.ca) + b"\0")
    two.write_bytes(os.fsencode(place.other) + b"\0" + os.fsencode(place.leaf))
    paths = [place.ca, place.leaf, place.ca, place.other, place.leaf]
    told = place.run("--format", "ndjson", "--files0-from", one, place.ca, "--files0-from", two)[1]
    assert [json.loads(line)["path"] for line in told.splitlines()] == list(map(str, paths)), told
    told = place.run("--format", "ndjson", "--files0-from", "-", "--files0-from", one, input=two.read_bytes(), stdin=None)[1]
    assert [json.loads(line)["path"] for line in told.splitlines()] == list(map(str, paths[3:] + paths[1:3])), told
    os.mkfifo(pipe)
    words = [place.program, "check-cert", "--format", "ndjson", "--files0-from", one, "--files0-from", pipe]
    with subprocess.Popen(words, stdout=subprocess.PIPE) as child:
        try:
            assert select.select([child.stdout], [], [], 30)[0], "no row while nobody writes the second list"
            assert [json.loads(child.stdout.readline())["path"] for _ in "12"] == [str(place.leaf), str(place.ca)]
        finally:
            pipe.write_bytes(two.read_bytes())
        assert len(child.stdout.read().splitlines()) == 2
    lines = place.folder / "lines-between"
    lines.write_bytes(b"\n".join([os.fsencode(place.leaf)] * 500))
    status, told, error = place.run("--format", "ndjson", "--files0-from", one, "--files0-from", lines, "--files0-from", two)
    assert (status, len(told.splitlines())) == (65, 2) and f"{lines} 不是路径的名单" in error, (status, told, error)
    status, told, error = place.run("--files0-from", one, "--files0-from", place.folder / "none")
    assert (status, told) == (66, "") and "none" in error, (status, told, error)


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
        assert json.loads(told)["verdict"] != "healthy", told
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


if __name__ == "__main__":
    main(globals())
