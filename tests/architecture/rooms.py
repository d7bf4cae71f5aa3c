#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
#
# Reads the #include lines of include/scca/<room> and src/<room> and holds the table of who may include whom, and where
# the libraries and the system headers may stand. Looks at lines only; knows nothing of the build.
# Usage: rooms.py [ROOT]; prints one line a breach and exits 1 when there is one.

import fnmatch
import pathlib
import re
import sys

# Room: the rooms whose public headers it may include besides its own.
ROOMS = {
    "core": [],
    "devices": ["core"],
    "pki": ["core"],
    "faq": ["core"],
    "token": ["core", "devices"],
    "explain": ["core", "faq"],
    "archive": ["core", "pki", "token"],
    "report": ["core", "faq", "explain"],
    "checks": ["core", "devices", "pki", "faq", "report", "token"],
    "host": ["core", "token"],
    "softkey": [],
    "cli": ["core", "devices", "faq", "pki", "token", "explain", "report", "checks", "archive"],
}

# Where only some headers of a permitted room may be included.
ONLY = {
    ("checks", "token"): ["scca/token/snapshot.hpp"],
    ("archive", "token"): ["scca/token/snapshot.hpp"],
    ("host", "token"): ["scca/token/wire.hpp"],
}

# Pattern of an include: the files that may have it. A softkey shares no code with us, so it includes OpenSSL itself.
LIBRARIES = {
    "openssl/*": ["src/pki/verify*", "src/pki/pkcs12.cpp", "src/token/fetch.cpp", "src/host/http_client.cpp", "src/softkey/*"],
    "CLI/*": ["src/cli/*"],
    "nlohmann/*": ["src/report/*.cpp", "src/archive/*.cpp"],
    "fmt/*": ["src/*.cpp"],
    "toml++/*": ["src/faq/compiler/*"],
    "toml.hpp": ["src/faq/compiler/*"],
    "utf8proc.h": ["src/core/*.cpp", "src/faq/*.cpp", "src/faq/compiler/*"],
    "winscard.h": ["src/host/*"],
    "PCSC/*": ["src/host/*"],
    "dlfcn.h": ["src/host/*"],
}

# System calls that differ on Windows stay in two rooms, so that a port finds them there.
SYSTEM = [
    "unistd.h", "fcntl.h", "poll.h", "spawn.h", "dirent.h", "link.h", "elf.h", "pwd.h", "signal.h",
    "termios.h", "sys/*", "linux/*", "netinet/*", "arpa/*", "windows.h",
]
SYSTEM_FILES = ["src/token/*", "src/host/*", "src/softkey/*"]

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')
SOURCES = {".cpp", ".hpp", ".h", ".c", ".inc"}


def includes_of(path):
    """(line number, True when quoted, what) of each include line."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        match = INCLUDE.match(line)
        if match:
            yield number, match[1] == '"', match[2]


def breach_of_room(room, target):
    """Why this room may not include this header of ours, or None."""
    parts = target.split("/")
    other = parts[1]
    if other == room:
        return None
    if room == "softkey":
        return "softkey includes nothing of ours"
    if len(parts) < 3 or other not in ROOMS:
        return f"'{other}' is no room"
    if other not in ROOMS[room]:
        return f"{room} may not include {other}"
    allowed = ONLY.get((room, other))
    if allowed and target not in allowed:
        return f"{room} may include only {', '.join(allowed)} of {other}"
    return None


def breach_of_library(name, target):
    """Why this file may not include this header of others, or None."""
    for pattern, files in LIBRARIES.items():
        if fnmatch.fnmatchcase(target, pattern):
            if not any(fnmatch.fnmatchcase(name, file) for file in files):
                return f"<{target}> stands only in {', '.join(files)}"
            return None
    if any(fnmatch.fnmatchcase(target, pattern) for pattern in SYSTEM):
        if not any(fnmatch.fnmatchcase(name, file) for file in SYSTEM_FILES):
            return f"<{target}> stands only in {', '.join(SYSTEM_FILES)}"
    return None


def breach(root, path, room, quoted, target):
    name = path.relative_to(root).as_posix()
    if not quoted:
        return breach_of_library(name, target)
    if target.startswith("scca/"):
        public = root / "include" / target
        # Headers that the build makes stand under build/generated and belong to faq.
        if not public.exists() and not target.startswith("scca/faq/"):
            return f"there is no include/{target}"
        return breach_of_room(room, target)
    if name.startswith("include/"):
        return f'a public header includes only "scca/…" and <…>, not "{target}"'
    home = root / "src" / room
    places = [(base / target).resolve() for base in (path.parent, home)]
    found = [place for place in places if place.exists()]
    if found and not any(place.is_relative_to(home.resolve()) for place in found):
        return f'"{target}" lies in another room'
    if ".." in target.split("/") and not found:
        return f'"{target}" is not there'
    # A private header passes on what it includes: whoever may not have that may not have the header.
    passed_on = (breach_of_library(name, inner) for _, is_ours, inner in includes_of(found[0]) if not is_ours) if found else ()
    return next((f'"{target}" brings {why}' for why in passed_on if why), None)


def breaches(root):
    count = 0
    for top in ("include/scca", "src"):
        for path in sorted((root / top).rglob("*")):
            if path.suffix not in SOURCES or not path.is_file():
                continue
            count += 1
            parts = path.relative_to(root / top).parts
            room = parts[0]
            if len(parts) < 2 or room not in ROOMS:
                yield f"{path.relative_to(root)}: stands in no room"
                continue
            if top == "include/scca" and room in ("cli", "softkey"):
                yield f"{path.relative_to(root)}: {room} shows no header to others"
            for number, quoted, target in includes_of(path):
                why = breach(root, path, room, quoted, target)
                if why:
                    yield f"{path.relative_to(root)}:{number}: {why}"
    if count == 0:
        yield f"{root}: no source file found"


def main():
    root = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else ".").resolve()
    found = list(breaches(root))
    for line in found:
        print(line)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
