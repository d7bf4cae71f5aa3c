#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
#
# make_log.py FOLDER MEBIBYTES: writes FOLDER/log.txt, a log as signing programs write it (Chinese and English lines with
# times, process numbers, addresses and names), one line in 500 of which holds a damaged message of tests/data/explain, and
# FOLDER/patterns.txt, the messages of faq/ for rg -F -f. The same arguments give the same bytes.

import pathlib
import random
import sys
import tomllib

ROOT = pathlib.Path(__file__).resolve().parents[2]
LINES = [
    "{t} INFO  [main-{n}] certkit: 正在检查环境 step={n} connection ok 请稍候",
    "{t} DEBUG [http-{n}] GET /api/v1/projects/{h}/files HTTP/1.1 200 {n}ms",
    "{t} INFO  [sign-{n}] 用户 {h} 打开招标文件 第 {n} 页，共 {n} 页",
    "{t} WARN  [net-{n}] retry {n} of 5: connection reset by peer (addr=0x7f{h}{h})",
    "{t} INFO  [seal-{n}] 签章完成，用时 {n} 毫秒，证书序列号 {h}{h}{h}",
    "{t} INFO  [upl-{n}] 上传投标文件 {n}% 速度 {n} KB/s 剩余 {n} 秒",
    "{t} TRACE [db-{n}] SELECT id, name FROM bidders WHERE project_id = {n} AND state <> 3",
    "{t} INFO  [key-{n}] 枚举设备：找到 1 个，标签 SCCA-{h}，应用 {n} 个",
    "    at com.example.bid.Upload$Task.run(Upload.java:{n})",
]


def messages():
    for path in sorted((ROOT / "faq").rglob("*.toml")):
        entry = tomllib.loads(path.read_text(encoding="utf-8"))
        for message in entry.get("messages", []) if "id" in entry else []:
            yield message


def damaged():
    for line in (ROOT / "tests/data/explain/damaged.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        text = line.split("\t")[2]
        if not text.startswith("hex:") and "\\" not in text:
            yield text


def main():
    folder, size = pathlib.Path(sys.argv[1]), int(sys.argv[2]) * 1024 * 1024
    dice = random.Random(2026)
    errors = list(damaged())
    written, second = 0, 0
    (folder / "patterns.txt").write_text("".join(m + "\n" for m in messages()), encoding="utf-8")
    with (folder / "log.txt").open("wb") as log:
        while written < size:
            lines = []
            for _ in range(20000):
                second += dice.random() < 0.2
                time = f"2026-11-{1 + second // 86400 % 28:02} {second // 3600 % 24:02}:{second // 60 % 60:02}:{second % 60:02}.{dice.randrange(1000):03}"
                number, digits = dice.randrange(1, 5000), f"{dice.randrange(1 << 32):08x}"
                if dice.randrange(500) == 0:
                    lines.append(f"{time} ERROR [sign-{number}] {dice.choice(errors)}")
                else:
                    lines.append(dice.choice(LINES).format(t=time, n=number, h=digits))
            block = ("\n".join(lines) + "\n").encode()[: size - written]
            log.write(block)
            written += len(block)


if __name__ == "__main__":
    sys.exit(main())
