# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
#
# Completion of scca-doctor for bash. Asks the program itself for the ids of rungs and problems, and nothing else.

# The ids of the rungs: each line of the listing begins with one.
_scca_doctor_rungs() { "$1" check --list-checks 2>/dev/null </dev/null | cut -d ' ' -f 1; }

# The ids of the problems.
_scca_doctor_problems() {
    "$1" explain --list --format json 2>/dev/null </dev/null | grep -o '"id": *"[^"]*"' | cut -d '"' -f 4
}

# Offers files (-f) or folders (-d). Outside a completion, compopt has nothing to set.
_scca_doctor_files() {
    compopt -o filenames 2>/dev/null
    mapfile -t COMPREPLY < <(compgen "$1" -- "$2")
}

_scca_doctor() {
    local current=${COMP_WORDS[COMP_CWORD]} before='' command='' text='' word
    local program=${COMP_WORDS[0]/#\~\//$HOME/}
    local general='--format --lang --color --config -q --quiet -v --verbose -h --help'
    local checking='--module --timeout --at --warn-days --trust --crl --ocsp --online --fail-on --redact --no-redact --save --from --only --skip --list-checks'
    local with_key='--no-key --pcsc-library --sysfs-root --watch --sign-test --pin-fd --list-modules' with_files='--jobs --files0-from --password-fd'
    local valued=' --format --lang --color --config --module --timeout --at --warn-days --trust --crl --ocsp --fail-on --save --from --only --skip --id --image --log --pcsc-library --sysfs-root --jobs --files0-from --password-fd --pin-fd --picture '

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
        --format)
            case $command in
                check | check-key) words='text json ndjson nagios prometheus html' ;;
                check-cert | check-seal) words='text json ndjson nagios prometheus html csv' ;;
                explain) words='text json csv' ;;
            esac
            ;;
        --lang) words='zh en' ;;
        --color) words='auto always never' ;;
        --fail-on) words='warn fail never' ;;
        --only | --skip) words=$(_scca_doctor_rungs "$program") ;;
        --id) words=$(_scca_doctor_problems "$program"; _scca_doctor_rungs "$program") ;;
        --config | --save | --from | --module | --pcsc-library | --trust | --crl | --ocsp | --files0-from | --picture | --image | --log)
            _scca_doctor_files -f "$current"
            return
            ;;
        --sysfs-root)
            _scca_doctor_files -d "$current"
            return
            ;;
        --timeout | --at | --warn-days | --jobs | --password-fd | --pin-fd) return ;;
        *)
            case $command:$current in
                :-*) words='-h --help --version' ;;
                :*) words='check check-key check-cert check-seal explain' ;;
                check:-* | check-key:-*) words="$general $checking $with_key" ;;
                check-cert:-*) words="$general $checking $with_files" ;;
                check-seal:-*) words="$general $checking $with_files --picture" ;;
                check-cert:* | check-seal:*)
                    _scca_doctor_files -f "$current"
                    return
                    ;;
                # After the first word of the text nothing is an option.
                explain:-*) [[ -n $text ]] || words="$general --list --id --image --log --check --module --at --from" ;;
            esac
            ;;
    esac
    mapfile -t COMPREPLY < <(compgen -W "$words" -- "$current")
}

complete -F _scca_doctor scca-doctor
