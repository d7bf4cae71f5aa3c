#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
#
# Each public header compiles alone, and twice in one file, without a warning. Compiles nothing else and links nothing.
# Usage: headers.py ROOT COMPILER [INCLUDE-FOLDER…]; prints the compiler's words for each that does not, and exits 1.

import concurrent.futures
import os
import pathlib
import subprocess
import sys

FLAGS = ["-std=c++20", "-fsyntax-only", "-Wall", "-Wextra", "-Wpedantic", "-Wconversion", "-Wshadow", "-Werror"]


def compile_alone(compiler, folders, header):
    line = f'#include "{header}"\n'
    return subprocess.run(
        [compiler, *FLAGS, *(f"-I{folder}" for folder in folders), "-x", "c++", "-"],
        input=line + line, capture_output=True, text=True)


def main():
    root, compiler = pathlib.Path(sys.argv[1]), sys.argv[2]
    include = root / "include"
    folders = [include, *sys.argv[3:]]
    headers = sorted(path.relative_to(include).as_posix() for path in include.rglob("*.hpp"))
    if not headers:
        print(f"{include}: no header found")
        return 1
    failed = 0
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        answers = pool.map(lambda header: compile_alone(compiler, folders, header), headers)
        for header, answer in zip(headers, answers):
            if answer.returncode != 0:
                failed += 1
                print(f"{header} does not compile alone with {compiler}:\n{answer.stderr}")
    print(f"{len(headers) - failed} of {len(headers)} headers compile alone with {compiler}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
