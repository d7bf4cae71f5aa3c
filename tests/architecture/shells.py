# SPDX-License-Identifier: Apache-2.0
#
# Real bash, zsh and fish asked what they offer for an unfinished command line, with the project's completions loaded.
# Each shell is started once, without anyone's configuration, in a folder of its own, and ends with the question.

import os
import pathlib
import pty
import subprocess
import time

BASH = r"""
source "$1"
while IFS= read -r line; do
    read -ra COMP_WORDS <<<"${line//=/ = }"
    [[ $line != *' ' ]] || COMP_WORDS+=('')
    COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
    COMPREPLY=()
    _scca_doctor
    ((${#COMPREPLY[@]} == 0)) || printf '%s\n' "${COMPREPLY[@]}"
    printf '\f\n'
done
"""

FISH = r"""
source $argv[1]
while read -l line
    complete -C "$line" | string replace -r '\t.*' ''
    printf '\f\n'
end
"""

# compadd is where every completion function of zsh ends. Called to sort words into an array, it offers nothing.
ZSH = r"""
PS1='% '
fpath=($COMPLETIONS $fpath)
autoload -Uz compinit && compinit -u -D
compadd() {
    local argument
    for argument in "${@[1,(i)--]}"; do
        [[ $argument != -[AOD] ]] || { builtin compadd "$@"; return }
    done
    local -a offered
    builtin compadd -A offered "$@"
    (( $#offered )) && print -rl -- $offered >>$HOME/offers
}
offer() {
    _main_complete
    print -r -- $'\f' >>$HOME/offers
}
zle -C offer complete-word offer
# A key that begins no longer one, so that zsh does not wait for the next.
bindkey '^T' offer
print -r -- $'\f' >>$HOME/offers
"""


def environment(home, program):
    """No configuration, no colour, the program first in PATH."""
    return {
        "PATH": f"{pathlib.Path(program).parent}:/usr/bin:/bin", "HOME": str(home), "LC_ALL": "C.UTF-8", "TERM": "xterm",
        "XDG_CONFIG_HOME": str(home), "XDG_DATA_HOME": str(home), "XDG_RUNTIME_DIR": str(home),
    }


def split_answers(text, lines):
    """For each line the set of words offered; the shells end each answer with a form feed."""
    answers = text.split("\f\n")
    if len(answers) != len(lines) + 1:
        raise AssertionError(f"{len(lines)} questions, but {len(answers) - 1} answers:\n{text}")
    offers = [{word.rstrip("= ") for word in answer.split("\n") if word.strip()} for answer in answers]
    return dict(zip(lines, offers))


def ask(command, lines, home, program):
    answer = subprocess.run(command, input="".join(line + "\n" for line in lines), capture_output=True, text=True,
                            env=environment(home, program), cwd=home, timeout=60, check=False)
    if answer.returncode != 0 or answer.stderr:
        raise AssertionError(f"{command[0]} ended with {answer.returncode}: {answer.stderr}")
    return split_answers(answer.stdout, lines)


def ask_bash(completions, lines, home, program):
    return ask(["/bin/bash", "--norc", "-c", BASH, "bash", str(completions / "scca-doctor.bash")], lines, home, program)


def ask_fish(completions, lines, home, program):
    return ask(["/usr/bin/fish", "--no-config", "-c", FISH, str(completions / "scca-doctor.fish")], lines, home, program)


def await_answers(path, count, deadline):
    """Waits until the file holds this many answers. The clock bounds the wait, never the result."""
    while time.monotonic() < deadline:
        if path.exists() and path.read_text(encoding="utf-8").count("\f\n") >= count:
            return
        time.sleep(0.01)
    raise AssertionError(f"zsh did not answer question {count}")


def ask_zsh(completions, lines, home, program):
    """zsh completes on a terminal only, so it gets one; each line is typed, asked about and wiped."""
    offers = home / "offers"
    (home / "setup.zsh").write_text(ZSH, encoding="utf-8")
    child, terminal = pty.fork()
    if child == 0:
        os.chdir(home)
        os.execve("/usr/bin/zsh", ["zsh", "-f", "-i"],
                  {**environment(home, program), "COMPLETIONS": str(completions)})
    try:
        deadline = time.monotonic() + 60
        os.write(terminal, b"source ~/setup.zsh\n")
        await_answers(offers, 1, deadline)
        for number, line in enumerate(lines, 2):
            os.write(terminal, line.encode() + b"\x14")
            await_answers(offers, number, deadline)
            # Beyond the line, what zsh printed is read away, or the terminal's buffer would fill.
            os.write(terminal, b"\x15")
            os.read(terminal, 65536)
        return split_answers(offers.read_text(encoding="utf-8").split("\f\n", 1)[1], lines)
    finally:
        os.write(terminal, b"\x15exit\n")
        os.close(terminal)
        os.waitpid(child, 0)


SHELLS = {"bash": ask_bash, "zsh": ask_zsh, "fish": ask_fish}
