#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""How batches end on the built program: what is told of the whole, and what is left of one that somebody or something
ended."""
import fcntl
import json
import os
import pathlib
import select
import signal
import struct
import subprocess
import termios
import time
import tty

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


def test_summary_of_what_was_asked(place):
    """What nobody asked about is no zero, and what cannot be read is counted whatever was asked about."""
    folder = place.folder / "asked"
    folder.mkdir()
    (folder / "leaf.pem").write_bytes(place.leaf.read_bytes())
    (folder / "torn.cer").write_bytes(place.leaf.read_bytes()[:300])
    for words, zh in (([], "已过期 0，30 天内到期 0，60 天内 0，90 天内 0，读不懂 1"), (["--only", "cert.dates"], "90 天内 0，读不懂 1"),
                      (["--only", "cert.signature"], "（没有查有效期）：读不懂 1"), (["--skip", "cert.dates"], "（没有查有效期）：读不懂 1")):
        for form in ("text", "nagios", "html"):
            _, told, _ = place.run("--format", form, *words, folder)
            assert zh in "".join(told.split("\n")) or zh.replace(" ", "") in "".join(told.split()), (words, form, told)


def test_people_are_told_by_their_files(place):
    """Masked, they would all have one name, and what cannot be read has none."""
    folder = place.folder / "people"
    folder.mkdir()
    for name in ("first", "second"):
        openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", place.folder / "its.key", "-out", folder / f"{name}.pem",
                        "-days", "9", "-subj", f"/CN=the {name} person", "-addext", "basicConstraints=critical,CA:FALSE")
    (folder / "torn.cer").write_bytes(place.leaf.read_bytes()[:100])
    for form in ("nagios", "html"):
        told = place.run("--format", form, folder)[1]
        assert all(name in told for name in ("first.pem：", "second.pem：", "torn.cer：在第 ")), (form, told)
        assert "the first person" not in told, told


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
            assert document.get("cut_short") == ("interrupted" if ended else None), (sent, document, child.returncode)
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


def wait_until_idle(child, threads):
    """Until it has read all that was written to it, and every thread of it has slept for a while."""
    asleep = 0
    for _ in range(1200):
        time.sleep(0.05)
        program = os.readlink(f"/proc/{child.pid}/exe")
        states = [(task / "stat").read_text().rpartition(") ")[2][0] for task in pathlib.Path(f"/proc/{child.pid}/task").iterdir()]
        unread = struct.unpack("i", fcntl.ioctl(child.stdin, termios.FIONREAD, bytes(4)))[0]
        idle = program.endswith("-check") and len(states) >= threads and set(states) == {"S"} and unread == 0
        asleep = asleep + 1 if idle else 0
        if asleep == 6:
            return
    raise AssertionError("it never waits")


def interrupted(place, form, paths, *words, sent=signal.SIGINT):
    """What a batch tells that is interrupted while it waits for more paths than these."""
    words = [place.program, "check-cert", "--lang", "zh", "--format", form, "--files0-from", "-", *words]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as child:
        child.stdin.write(b"".join(os.fsencode(path) + b"\0" for path in paths))
        child.stdin.flush()
        wait_until_idle(child, 2)  # one of them is there to end it
        child.send_signal(sent)
        start = time.monotonic()
        time.sleep(0.05)
        if time.monotonic() - start < 0.12:  # timeout(1) sends it twice at once, to its child and to the group
            child.send_signal(sent)
        told, error = child.stdout.read().decode(), child.stderr.read().decode()
        assert "被中断了" in error, error
    wrong = place.schema.wrong_with(told) if form == "json" else None
    assert wrong is None, wrong
    return child.wait(), told


def test_interrupted_tells_what_was_found(place):
    """In every format, and it says that it is not all."""
    bad = place.folder / "unreadable.pem"
    bad.write_text("no certificate")
    good, both = [place.leaf] * 70, [place.leaf] * 69 + [bad]
    sentence = "被中断了：只查完了 70 个文件，其余的没有查完，结果不完整。"
    calm = ("--skip", "cert.issuer")  # nothing is wrong with the certificate, then
    status, line = interrupted(place, "nagios", good, *calm)
    assert status == 3 and line.startswith(f"SCCA UNKNOWN - {sentence} 共 70 个文件") and line.count("\n") == 1, (status, line)
    assert "没有全部检查" in line and "'files'=70;;;0" in line, line
    status, line = interrupted(place, "nagios", both, sent=signal.SIGTERM)
    assert status == 2 and line.startswith(f"SCCA CRITICAL - {sentence}") and "'unreadable'=1;;;0" in line, (status, line)
    status, line = interrupted(place, "nagios", [])
    assert status == 3 and line.startswith("SCCA UNKNOWN - 被中断了：只查完了 0 个文件"), (status, line)
    for paths, words, verdict in ((both, (), "findings"), (good, calm, "unknown")):
        status, page = interrupted(place, "html", paths, *words)
        assert status == 130 and page.index(sentence) < page.index("共 70 个文件") and page.endswith("</html>\n"), page[:3000]
        assert ("没有全部检查" in page) == (verdict == "unknown") and "有问题" not in page[:page.index(sentence)], page[:3000]
        status, metrics = interrupted(place, "prometheus", paths, *words)
        lines = metrics.splitlines()
        for line in ('scca_incomplete{reason="interrupted"} 1', 'scca_incomplete{reason="broken-list"} 0', "scca_batch_files 70",
                     f'scca_verdict{{verdict="{verdict}"}} 1', 'scca_verdict{verdict="healthy"} 0'):
            assert status == 130 and line in lines, (line, metrics[:3000])
        assert metrics.count("\nscca_certificate_not_after_timestamp_seconds{") == sum(path == place.leaf for path in paths)
        status, told = interrupted(place, "json", paths, *words)
        document = json.loads(told)
        assert (status, document["cut_short"], document["verdict"], len(document["subjects"])) == (130, "interrupted", verdict, 70)
        status, told = interrupted(place, "text", paths, *words)
        assert status == 130 and told.count(".pem") == 70 and told.endswith(f"\n{sentence}\n"), told[-500:]
    for form, rows in (("ndjson", 70), ("csv", 71)):
        status, told = interrupted(place, form, good)
        assert (status, len(told.splitlines())) == (130, rows), (form, status, told[-500:])
    # One that came to its end says nothing of the kind.
    told = place.run("--format", "prometheus", *good)[1]
    assert 'scca_incomplete{reason="interrupted"} 0' in told.splitlines() and "不完整" not in place.run(*good)[1], told[:2000]
    assert "cut_short" not in place.run("--format", "json", *good)[1]


def test_interrupted_twice(place):
    """Whoever presses again ends it at once, and is told all the same: also when it was just about to tell."""
    words = [place.program, "check-cert", "--lang", "zh", "--format", "csv", "--files0-from", "-"]
    for milliseconds in range(196, 212):
        with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as child:
            wait_until_idle(child, 2)
            child.send_signal(signal.SIGINT)
            time.sleep(milliseconds / 1000)
            child.send_signal(signal.SIGINT)
            error = child.stderr.read().decode()
            assert child.wait(10) == 130 and error.count("被中断了") == 1, (milliseconds, child.returncode, error)


def test_interrupted_alone(place):
    """A single certificate that nobody has written yet: a plugin has a line all the same."""
    sent = signal.SIGINT
    for form, status in (("nagios", 3), ("json", 130), ("text", 130)):
        words = [place.program, "check-cert", "--lang", "en", "--format", form, "/dev/stdin"]
        with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as child:
            wait_until_idle(child, 1)
            child.send_signal(sent)
            told, error = child.stdout.read().decode(), child.stderr.read().decode()
        sent = signal.SIGTERM
        assert error == "scca-doctor: interrupted: the check had not come to its end, and nothing was judged.\n", error
        assert child.returncode == status, (form, child.returncode, told)
        assert told.startswith({"nagios": "SCCA UNKNOWN - interrupted\n", "json": '{"schema', "text": ""}[form]), (form, told)


def test_interrupted_before_a_slow_reader(place):
    """Whoever reads on gets whole rows, however slowly; who does not is not waited for, and the notice comes all the same."""
    names = place.folder / "names-for-slow"
    names.write_bytes((os.fsencode(place.leaf) + b"\0") * 5000)
    words = [place.program, "check-cert", "--lang", "zh", "--format", "ndjson", "--jobs", "1", "--files0-from", names]
    for reads in (True, False):
        with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, bufsize=0) as child:
            told = child.stdout.read(1)
            time.sleep(0.5)  # the pipe is full by now
            child.send_signal(signal.SIGINT)
            start = time.monotonic()
            if not reads:
                assert child.wait(10) == 130 and time.monotonic() - start < 2.4, time.monotonic() - start
            while some := child.stdout.read(1024):
                told += some
                time.sleep(0.03 if reads else 0)
            assert child.wait(10) == 130 and "被中断了" in child.stderr.read().decode(), reads
        if reads:
            assert time.monotonic() - start > 1.2, "it was read too fast for this to mean anything"
            assert told.endswith(b"}\n") and json.loads(told.splitlines()[-1]), told[-200:]


def run_broken(place, form, *words):
    """With a list that cannot be read on: behind two paths and a half the other side of a terminal hangs up (EIO)."""
    ours, theirs = os.openpty()
    tty.setraw(theirs)
    name = os.fsencode(place.leaf)
    os.write(theirs, name + b"\0" + name + b"\0" + name[:-2])
    os.close(theirs)
    try:
        return place.run("--format", form, "--files0-from", "-", *words, stdin=ours)
    finally:
        os.close(ours)


def test_list_that_breaks_off(place):
    """Whoever reads the result alone sees that it is not of all."""
    sentence = "路径的名单 标准输入 没能读完：只查完了 2 个文件，其余的没有查完，结果不完整。"
    calm = ("--skip", "cert.issuer")
    told = {}
    for form in ("text", "html", "json", "ndjson", "csv", "prometheus", "nagios"):
        status, told[form], error = run_broken(place, form, *calm)
        assert status == (3 if form == "nagios" else 65), (form, status, error)
        assert "Input/output error" in error or "读写" in error, (form, error)
    assert told["text"].count(str(place.leaf)) == 2 and told["text"].endswith(f"\n{sentence}\n"), told["text"]
    page = told["html"]
    assert page.index(sentence) < page.index("共 2 个文件") and page.endswith("</html>\n"), page[:3000]
    document = json.loads(told["json"])
    assert (document["cut_short"], document["verdict"], len(document["subjects"])) == ("broken-list", "unknown", 2), document
    assert len(told["ndjson"].splitlines()) == 2 and len(told["csv"].splitlines()) == 3, told
    assert 'scca_incomplete{reason="broken-list"} 1' in told["prometheus"].splitlines(), told["prometheus"]
    assert told["nagios"].startswith(f"SCCA UNKNOWN - {sentence} 共 2 个文件") and told["nagios"].count("\n") == 1, told["nagios"]
    status, line, _ = run_broken(place, "nagios")  # what was found is worse
    assert status == 1 and line.startswith(f"SCCA WARNING - {sentence}"), (status, line)


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
    few, one, windows = place.folder / "few-lines", place.folder / "one-line", place.folder / "lines-of-windows"
    few.write_bytes(name + b"\n" + name + b"\n")
    one.write_bytes(name + b"\n")
    windows.write_bytes(name + b"\r\n" + name + b"\r\n")
    wide = [place.folder / f"wide-{number}" for number in range(4)]
    text = f"{place.leaf}\n"
    for path, octets in zip(wide, (text.encode("utf-16-le"), text.encode("utf-16-be"), text.encode("utf-16"),
                                   os.path.relpath(place.leaf).encode("utf-16-le"))):
        path.write_bytes(octets)
    for path, rows in ((lines, 0), (few, 0), (one, 0), (windows, 0), (long, 3), ("/dev/zero", 0), *((path, 0) for path in wide)):
        status, told, error = place.run("--format", "ndjson", "--files0-from", path)
        assert (status, len(told.splitlines())) == (65, rows) and "不是路径的名单" in error, (path, status, told, error)
        assert error.splitlines()[-1].startswith("提示: ") and "-print0" in error.splitlines()[-1], error
        status, told, error = place.run("--format", "json", "--files0-from", path)
        assert status == 65 and len(json.loads(told)["subjects"]) == rows, (path, status, told)
        assert json.loads(told)["verdict"] != "healthy", told
    # As the hint has it, whatever ends the lines.
    hint = place.run("--files0-from", windows)[2].splitlines()[-1]
    mend = hint[hint.index("tr -d"):].replace("旧名单", str(windows)).replace("名单", str(place.folder / "mended"))
    subprocess.run(["sh", "-c", mend], check=True)
    assert len(place.run("--format", "ndjson", "--files0-from", place.folder / "mended")[1].splitlines()) == 2, mend
    odd = place.folder / "two\nlines.pem"
    odd.write_bytes(place.leaf.read_bytes())
    few.write_bytes(os.fsencode(odd))
    assert len(place.run("--format", "ndjson", "--files0-from", few)[1].splitlines()) == 1
    letters = [place.folder / letter for letter in "abcd"]
    for path in letters:
        path.write_bytes(place.leaf.read_bytes())
    few.write_bytes(b"a\0b\0c\0d")
    assert len(place.run("--format", "ndjson", "--files0-from", few, cwd=place.folder)[1].splitlines()) == 4
    odd.unlink()
    for form, mark in (("text", "\n路径的名单 {} 没能读完"), ("html", ">路径的名单 {} 没能读完")):
        told = place.run("--format", form, "--files0-from", long)[1]
        assert mark.format(long) in told and "只查完了 3 个文件" in told, (form, told[:2000])
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
