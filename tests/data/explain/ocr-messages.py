#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
#
# Draws the messages of faq/ as small dialogs, in fonts, sizes, scales and JPEG qualities drawn by lot, reads each picture with
# tesseract and prints what came out, raw: variant, ids, message, text. It corrects and chooses nothing. Needs pango-view,
# ImageMagick, tesseract with chi_sim, and the fonts that are named.
#
# usage: ocr-messages.py SEED PICTURES_A_MESSAGE SCALES FONTS >raw.tsv     (SCALES and FONTS with commas, scales in per cent)
import glob
import os
import random
import re
import subprocess
import sys
import tempfile
import tomllib

BOXES = [
    "%s", "%s", "%s",
    "提示                         ×\n\n%s\n\n                确定",
    "来自网页的消息                 ×\n\n%s\n\n                     确定",
    "系统提示\n\n%s\n\n          确定        取消",
    "信息                          ×\n%s\n                    关闭",
    "温馨提示\n%s\n   我知道了",
    "操作失败\n%s\n返回首页   重新登录",
    "证书助手 V3.6            － □ ×\n%s\n\n         是(Y)    否(N)",
]
HOLES = {"n": ["3", "17", "60"], "code": ["-2146893802", "0x80090016"], "hex": ["80091004"],
         "name": ["四川明达建设有限公司"], "text": ["未知错误", "拒绝访问"]}


def messages(folder):
    """Every message with the ids that list it."""
    found = {}
    for path in sorted(glob.glob(f"{folder}/*/*.toml")):
        if "/codes/" in path or "/words/" in path:
            continue
        with open(path, "rb") as file:
            problem = tomllib.load(file)
        for message in problem.get("messages", []):
            found.setdefault(message, []).append(problem["id"])
    return found


def run(*words):
    subprocess.run(words, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=60)


def draw(text, lot, fonts, scales, folder):
    """Draws one dialog into folder/d.jpg; tells what was drawn by lot."""
    font, pixels, scale = lot.choice(fonts), lot.randint(12, 16), lot.choice(scales)
    smooth, quality = lot.random() < 0.5, lot.choice([30, 40, 50, 60, 75, 85, 92])
    run("pango-view", "--no-display", "-q", "--dpi=72", "--margin=12", "--wrap=word-char", "--background=#F0F0F0",
        f"--font={font} {pixels}px", f"--width={lot.choice([240, 280, 320, 360, 420])}",
        *([] if smooth else ["--antialias=none"]), "-t", text, "-o", f"{folder}/d.png")
    resize = [] if scale == "100" else ["-filter", lot.choice(["Lanczos", "Triangle"]), "-resize", f"{scale}%"]
    run("convert", f"{folder}/d.png", *resize, "-quality", str(quality), f"{folder}/d.jpg")
    return f"{font}/{pixels}/{'smooth' if smooth else 'hard'}/{scale}/{quality}"


def read(picture):
    """What tesseract reads, in one line: back-slash, line feed and tab as in C."""
    words = ["tesseract", picture, "-", "-l", "chi_sim", "--psm", "6", "--dpi", "96"]
    text = subprocess.run(words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=30, check=True,
                          env={**os.environ, "OMP_THREAD_LIMIT": "1"}).stdout.decode()
    return text.replace("\f", "").strip("\n").replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n")


def main(seed, pictures, scales, fonts):
    lot = random.Random(seed)
    here = os.path.dirname(os.path.abspath(__file__))
    with tempfile.TemporaryDirectory() as folder:
        for message, ids in messages(f"{here}/../../../faq").items():
            for _ in range(int(pictures)):
                text = re.sub(r"\{(\w+)\}", lambda hole: lot.choice(HOLES.get(hole[1], ["12"])), message)
                variant = draw(lot.choice(BOXES) % text, lot, fonts.split(","), scales.split(","), folder)
                print(variant, ",".join(ids), message, read(f"{folder}/d.jpg"), sep="\t", flush=True)


if len(sys.argv) != 5:
    sys.exit("usage: ocr-messages.py SEED PICTURES_A_MESSAGE SCALES FONTS")
main(*sys.argv[1:])
