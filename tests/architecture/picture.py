#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
#
# Draws docs/house.svg, the picture of the house, from the table in rooms.py: a box for each room, standing above every
# room that it may include, and an arrow to each of those that no other arrow leads to already.
# Usage: picture.py [--write] PICTURE; without --write it says whether PICTURE is what the table draws, and exits 1 when not.

import html
import pathlib
import sys

from rooms import ONLY, ROOMS

WIDTH, BOX, HEIGHT, GAP, STEP, TOP = 960, 196, 58, 34, 112, 24
# Each room's column, and what it is for in a few words. A room that is not here is an error.
COLUMNS = {"core": 1.45, "devices": 0.5, "pki": 1.45, "faq": 2.9, "token": 0.7, "explain": 2.9, "archive": 1.95, "report": 2.9,
           "checks": 1.45, "host": 0, "softkey": 2.9, "cli": 1.95}
WORDS = {
    "core": "bytes, faults, redaction, rungs", "devices": "tables of USB ids and modules",
    "pki": "certificates, seals, documents", "faq": "the words, compiled in", "token": "look: collect a Snapshot",
    "explain": "a pasted text to problems", "archive": "a Snapshot to a file and back",
    "report": "tell: one renderer a format", "checks": "judge: one rung a file",
    "host": "→ scca-module-host", "softkey": "→ scca-softkey, its module", "cli": "→ scca-doctor",
}
STYLE = """  text { font-family: "Noto Sans", "DejaVu Sans", sans-serif; text-anchor: middle; fill: #1d2327; }
  .room { fill: #fff; stroke: #3b4a57; stroke-width: 1.3; } .program { fill: #eef4fa; } .alone { stroke-dasharray: 5 4; }
  .name { font-size: 16px; font-weight: 600; } .what { font-size: 11.5px; fill: #4a5660; }
  .arrow { fill: none; stroke: #8696a3; stroke-width: 1.2; marker-end: url(#tip); } .part { stroke-dasharray: 4 3; }"""


def all_below(room):
    return set(ROOMS[room]) | {lower for other in ROOMS[room] for lower in all_below(other)}


def level(room):
    return 1 + max((level(other) for other in ROOMS[room]), default=-1)


def arrows():
    for room in ROOMS:
        for other in ROOMS[room]:
            if not any(other in all_below(between) for between in ROOMS[room] if between != other):
                yield room, other


def places():
    """The middle of each room's box."""
    highest = max(level(room) for room in ROOMS)
    left = (WIDTH - max(COLUMNS.values()) * (BOX + GAP)) / 2
    return {room: (left + COLUMNS[room] * (BOX + GAP), TOP + HEIGHT / 2 + (highest - level(room)) * STEP) for room in ROOMS}


def stands_alone(room):
    return not ROOMS[room] and not any(room in others for others in ROOMS.values())


def draw_arrow(start, end, part):
    (x, y), (to_x, to_y) = (start[0], start[1] + HEIGHT / 2), (end[0], end[1] - HEIGHT / 2 - 4)
    middle = (y + to_y) / 2
    return (f'<path class="arrow{" part" if part else ""}" d="M{x:.0f} {y:.0f} C{x:.0f} {middle:.0f} {to_x:.0f} {middle:.0f} '
            f'{to_x:.0f} {to_y:.0f}"/>')


def draw_room(room, middle, alone):
    left, top = middle[0] - BOX / 2, middle[1] - HEIGHT / 2
    kind = "room" + (" program" if WORDS[room].startswith("→") else "") + (" alone" if alone else "")
    return (f'<rect class="{kind}" x="{left:.0f}" y="{top:.0f}" width="{BOX}" height="{HEIGHT}" rx="6"/>\n'
            f'<text class="name" x="{middle[0]:.0f}" y="{middle[1] - 3:.0f}">{room}</text>\n'
            f'<text class="what" x="{middle[0]:.0f}" y="{middle[1] + 17:.0f}">{html.escape(WORDS[room])}</text>')


def picture():
    middles = places()
    height = max(y for _, y in middles.values()) + HEIGHT / 2 + TOP
    lines = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height:.0f}" role="img"',
             '     aria-label="The rooms of scca-doctor; an arrow leads from a room to one that it may include">',
             "<!-- SPDX-License-Identifier: Apache-2.0. Drawn by tests/architecture/picture.py from rooms.py; not to be edited. -->",
             f"<style>\n{STYLE}\n</style>",
             '<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto">'
             '<path d="M0 0L8 4L0 8z" fill="#8696a3"/></marker></defs>',
             f'<rect width="{WIDTH}" height="{height:.0f}" fill="#fff"/>']
    lines += [draw_arrow(middles[room], middles[other], (room, other) in ONLY) for room, other in arrows()]
    lines += [draw_room(room, middles[room], stands_alone(room)) for room in ROOMS]
    return "\n".join(lines) + "\n</svg>\n"


def main():
    path = pathlib.Path(sys.argv[-1])
    if "--write" in sys.argv:
        path.write_text(picture(), encoding="utf-8")
        return 0
    if path.read_text(encoding="utf-8") == picture():
        return 0
    print(f"{path} is not what rooms.py draws: python3 tests/architecture/picture.py --write {path}")
    return 1


if __name__ == "__main__":
    sys.exit(main())
