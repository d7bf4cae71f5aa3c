#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
#
# Measures what text recognition takes for what, and writes faq/misread.txt: draws pages of the messages, causes and steps of faq/ (no text of
# the sets of this folder) in fonts, sizes, colours, scales and qualities drawn by lot, reads them with tesseract, lays reading and truth side by
# side and counts the characters that were taken for others. Needs what ocr-messages.py needs. 500 pages take a quarter of an hour.
#
# usage: ocr-mistakes.py SEED PAGES >misread.txt
import collections
import glob
import os
import random
import re
import subprocess
import sys
import tempfile
import tomllib
import unicodedata

FONTS = ["Noto Sans CJK SC", "WenQuanYi Micro Hei", "WenQuanYi Zen Hei", "WenQuanYi Zen Hei Sharp", "AR PL UMing CN", "Noto Serif CJK SC"]
COLOURS = [("#000000", "#F0F0F0"), ("#333333", "#FFFFFF"), ("#C8D0D8", "#2B4B7A"), ("#D00000", "#FFFFFF"), ("#777777", "#F7F7F7")]
HOLES = {"n": "12", "code": "-2146885628", "hex": "8010002E", "name": "成都宏远建筑工程有限公司", "text": "系统内部错误"}
LINES = 14


def run(*words):
    subprocess.run(words, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=60)


def sentences(folder):
    """The messages, and everything else that the entries say in Chinese."""
    messages, others = set(), set()
    for path in glob.glob(f"{folder}/*/*.toml"):
        if "/codes/" in path or "/words/" in path:
            continue
        with open(path, "rb") as file:
            problem = tomllib.load(file)
        messages.update(problem.get("messages", []))
        others.add(problem["title"]["zh"])
        for cause in problem.get("cause", []):
            others.update(text["zh"] for text in [cause["text"], *(fix["text"] for fix in cause["fix"])])
    clean = lambda texts: sorted(re.sub(r"\{@?[^}]*\}", lambda hole: HOLES.get(hole[0][1:-1], ""), text) for text in texts)
    return clean(messages), clean(others)


def draw(page, lot, folder):
    fore, back = lot.choice(COLOURS)
    scale = lot.choice(["62", "70", "75", "80", "88", "95", "100", "100", "100", "115", "130", "150", "200", "300"])
    run("pango-view", "--no-display", "-q", "--dpi=72", "--margin=12", "--wrap=word-char", f"--foreground={fore}", f"--background={back}",
        f"--font={lot.choice(FONTS)} {lot.randint(12, 16)}px", f"--width={lot.choice([240, 320, 420, 520])}",
        f"--antialias={lot.choice(['gray', 'none', 'subpixel'])}", f"--hinting={lot.choice(['auto', 'full', 'slight'])}",
        "-t", page, "-o", f"{folder}/d.png")
    worse = lot.choice([[], [], [], ["-blur", "0x0.6"], ["-background", "#B0B0B0", "-rotate", "0.9", "-attenuate", "0.4", "+noise", "Gaussian"]])
    run("convert", f"{folder}/d.png", "-filter", lot.choice(["Lanczos", "Triangle", "Point"]), "-resize", f"{scale}%", *worse,
        "-quality", lot.choice(["30", "40", "60", "75", "92"]), f"{folder}/d.jpg")


def read(picture, mode):
    words = ["tesseract", picture, "-", "-l", "chi_sim", "--psm", mode, "--dpi", "96"]
    return subprocess.run(words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=60, check=True,
                          env={**os.environ, "OMP_THREAD_LIMIT": "1"}).stdout.decode()


def told(text):
    return re.sub(r"[\s\W_]", "", unicodedata.normalize("NFKC", text).lower())


def side_by_side(truth, reading):
    """Pairs of characters (Levenshtein), an empty one where the other side has nothing."""
    cost = [list(range(len(reading) + 1))]
    for i, a in enumerate(truth, 1):
        row = [i]
        for j, b in enumerate(reading, 1):
            row.append(min(cost[-1][j - 1] + (a != b), cost[-1][j] + 1, row[-1] + 1))
        cost.append(row)
    i, j, pairs = len(truth), len(reading), []
    while i or j:
        if i and j and cost[i][j] == cost[i - 1][j - 1] + (truth[i - 1] != reading[j - 1]):
            i, j = i - 1, j - 1
            pairs.append((truth[i], reading[j]))
        elif i and cost[i][j] == cost[i - 1][j] + 1:
            i -= 1
            pairs.append((truth[i], ""))
        else:
            j -= 1
            pairs.append(("", reading[j]))
    return pairs[::-1]


def count(truth, reading, mistakes):
    """Only mistakes with something right within two characters on either side: elsewhere the lines have lost each other."""
    pairs = side_by_side(truth, reading)
    right = [a == b for a, b in pairs]
    if sum(right) < len(truth) / 2:
        return
    for i, (meant, taken) in enumerate(pairs):
        if meant != taken and meant and taken and any(right[max(0, i - 2):i]) and any(right[i + 1:i + 3]):
            mistakes[meant, taken] += 1


def write(mistakes, messages, folder):
    """What the entries themselves say often must be taken for another twice to count."""
    ours = set("".join(messages))
    common = collections.Counter()
    for path in glob.glob(f"{folder}/**/*.toml", recursive=True):
        with open(path, encoding="utf-8") as file:
            common.update(file.read())
    lines = collections.defaultdict(str)
    for (meant, taken), times in mistakes.most_common():
        if meant in ours and "一" <= min(meant, taken) and times >= (2 if common[taken] >= 4 else 1):
            lines[meant] += taken
    for meant in sorted(lines):
        print(meant, lines[meant])


def main(seed, pages):
    lot = random.Random(seed)
    faq = os.path.dirname(os.path.abspath(__file__)) + "/../../../faq"
    messages, others = sentences(faq)
    mistakes = collections.Counter()
    with tempfile.TemporaryDirectory() as folder:
        for number in range(int(pages)):
            page = "\n".join(lot.sample(messages if number % 2 else others, LINES))
            draw(page, lot, folder)
            count(told(page), told(read(f"{folder}/d.jpg", lot.choice(["6", "6", "3", "11"]))), mistakes)
    write(mistakes, messages, faq)


if len(sys.argv) != 3:
    sys.exit("usage: ocr-mistakes.py SEED PAGES >misread.txt")
main(*sys.argv[1:])
