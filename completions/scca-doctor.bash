# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
#
# Completion of scca-doctor for bash. Asks the program itself for the ids of rungs and problems, and nothing else.

# The ids that a listing of the program names, one at the start of each line.
_scca_doctor_ids() {
    "$@" 2>/dev/null </dev/null | while read -r id _; do
        printf '%s\n' "$id"
    done
}

_scca_doctor() {
    local current=${COMP_WORDS[COMP_CWORD]} before='' command='' text='' word
    local program=${COMP_WORDS[0]/#\~\//$HOME/}
    local general='--format --lang --color -q -v -h --help'
    local checking='--module --timeout --at --warn-days --trust --fail-on --redact --no-redact --only --skip --list-checks'
    local valued=' --format --lang --color --module --timeout --at --warn-days --trust --fail-on --only --skip --id '

    # The command, the option that awaits a value, and whether the text of `explain` has begun.
    for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
        if [[ $word == '=' ]]; then
            continue
        elif [[ $valued == *" $before "* && -n $before ]]; then
            before=''
        elif [[ $word == -?* ]]; then
            before=$word
        elif [[ -z $command ]]; then
            command=$word before=''
        else
            text=$word before=''
        fi
    done
    [[ $current != '=' ]] || current=''
    COMPREPLY=()

    local words=''
    case $before in
        --format) words='text json' ;;
        --lang) words='zh en' ;;
        --color) words='auto always never' ;;
        --fail-on) words='warn fail never' ;;
        --only | --skip) words=$(_scca_doctor_ids "$program" check --list-checks) ;;
        --id) words=$(_scca_doctor_ids "$program" explain --list) ;;
        --module | --trust)
            compopt -o filenames 2>/dev/null
            mapfile -t COMPREPLY < <(compgen -f -- "$current")
            return
            ;;
        --timeout | --at | --warn-days) return ;;
        *)
            case $command in
                '') words="check check-key check-cert check-seal explain" ;;
                explain) [[ -n $text ]] || words=' ' ;;
            esac
            if [[ $current == -* ]]; then
                case $command in
                    '') words="$general --version" ;;
                    check*) words="$general $checking" ;;
                    explain) [[ -n $text ]] || words="$general --list --id" ;;
                esac
            elif [[ $command == check-cert || $command == check-seal ]]; then
                compopt -o filenames 2>/dev/null
                mapfile -t COMPREPLY < <(compgen -f -- "$current")
                return
            fi
            ;;
    esac
    mapfile -t COMPREPLY < <(compgen -W "$words" -- "$current")
}

complete -F _scca_doctor scca-doctor
