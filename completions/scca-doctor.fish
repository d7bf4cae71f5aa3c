# SPDX-License-Identifier: Apache-2.0
#
# Completion of scca-doctor for fish. Asks the program itself for the ids of rungs and problems, and nothing else.

# Prints the command of the line, then the words after it that are neither options nor their values.
function __scca_doctor_words
    set -l valued --format --lang --color --config --module --timeout --at --warn-days --trust --crl --ocsp --fail-on --save --from --only --skip --id --image --log \
        --pcsc-library --sysfs-root --jobs --files0-from --password-fd --pin-fd --picture
    set -l before
    for word in (commandline -opc)[2..-1]
        if contains -- "$before" $valued
            set before
        else if string match -q -- '-?*' $word
            set before $word
        else
            set before
            echo -- $word
        end
    end
end

function __scca_doctor_in
    set -l words (__scca_doctor_words)
    test (count $words) -gt 0; and contains -- $words[1] $argv
end

function __scca_doctor_starts
    test (count (__scca_doctor_words)) -eq 0
end

# After the first word of the text nothing is an option.
function __scca_doctor_explains
    set -l words (__scca_doctor_words)
    test (count $words) -eq 1; and test $words[1] = explain
end

function __scca_doctor_takes_options
    __scca_doctor_in check check-key check-cert check-seal; or __scca_doctor_explains
end

# The ids of the rungs: each line of the listing begins with one.
function __scca_doctor_rungs
    set -l program (commandline -opc)[1]
    command -q $program; or return
    $program check --list-checks 2>/dev/null </dev/null | string replace -r ' .*' ''
end

# The ids of the problems, and of the rungs, which stand for the problems that they find.
function __scca_doctor_ids
    set -l program (commandline -opc)[1]
    command -q $program; or return
    $program explain --list --format json 2>/dev/null </dev/null |
        string match -ra '"id": *"[^"]*"' | string replace -r '.*"(.*)"' '$1'
    __scca_doctor_rungs
end

set -l checks 'check check-key check-cert check-seal'
set -l with_key 'check check-key'
set -l with_files 'check-cert check-seal'
set -l formats 'text json ndjson nagios prometheus html'

complete -c scca-doctor -f

complete -c scca-doctor -n __scca_doctor_starts -a check -d 'check everything'
complete -c scca-doctor -n __scca_doctor_starts -a check-key -d 'check the modules and the keys'
complete -c scca-doctor -n __scca_doctor_starts -a check-cert -d 'check certificates'
complete -c scca-doctor -n __scca_doctor_starts -a check-seal -d 'check electronic seals'
complete -c scca-doctor -n __scca_doctor_starts -a explain -d 'what an error message means and what to do'
complete -c scca-doctor -n __scca_doctor_starts -l version -d 'show the version'

complete -c scca-doctor -n "__scca_doctor_in $with_key" -l format -x -a $formats -d 'how to write the result'
complete -c scca-doctor -n "__scca_doctor_in $with_files" -l format -x -a "$formats csv" -d 'how to write the result'
complete -c scca-doctor -n __scca_doctor_explains -l format -x -a 'text json csv' -d 'how to write the result'
complete -c scca-doctor -n __scca_doctor_takes_options -l lang -x -a 'zh en' -d 'the language of the result'
complete -c scca-doctor -n __scca_doctor_takes_options -l config -r -F -d 'read options from this file'
complete -c scca-doctor -n __scca_doctor_takes_options -l color -x -a 'auto always never' -d 'whether to use colour'
complete -c scca-doctor -n __scca_doctor_takes_options -s q -l quiet -d 'say less'
complete -c scca-doctor -n __scca_doctor_takes_options -s v -l verbose -d 'say more'
complete -c scca-doctor -n '__scca_doctor_starts; or __scca_doctor_takes_options' -s h -l help -d 'show the options'

complete -c scca-doctor -n "__scca_doctor_in $checks" -l module -r -F -d 'ask the key through this SKF module'
complete -c scca-doctor -n "__scca_doctor_in $checks" -l timeout -x -d 'how long each module may take'
complete -c scca-doctor -n "__scca_doctor_in $checks" -l at -x -d 'judge as if it were this time'
complete -c scca-doctor -n "__scca_doctor_in $checks" -l warn-days -x -d 'warn so many days before an end'
complete -c scca-doctor -n "__scca_doctor_in $checks" -l trust -r -F -d 'trace certificates to these CAs'
complete -c scca-doctor -n "__scca_doctor_in $checks" -l crl -r -F -d 'revocation lists of the CA'
complete -c scca-doctor -n "__scca_doctor_in $checks" -l ocsp -r -F -d 'OCSP answers of the CA'
complete -c scca-doctor -n "__scca_doctor_in $checks" -l online -d 'ask about revocation over the network'
complete -c scca-doctor -n "__scca_doctor_in $checks" -l fail-on -x -a 'warn fail never' -d 'least outcome for status 1'
complete -c scca-doctor -n "__scca_doctor_in $checks" -l redact -d 'mask names and numbers of persons'
complete -c scca-doctor -n "__scca_doctor_in $checks" -l no-redact -d 'show names and numbers of persons'
complete -c scca-doctor -n "__scca_doctor_in $checks" -l save -r -F -d 'keep what was seen in this file'
complete -c scca-doctor -n "__scca_doctor_in $checks" -l from -r -F -d 'judge what was saved in this file'
complete -c scca-doctor -n "__scca_doctor_in $checks" -l only -x -a '(__scca_doctor_rungs)' -d 'judge this rung'
complete -c scca-doctor -n "__scca_doctor_in $checks" -l skip -x -a '(__scca_doctor_rungs)' -d 'leave it out'
complete -c scca-doctor -n "__scca_doctor_in $checks" -l list-checks -d 'list the rungs'

complete -c scca-doctor -n "__scca_doctor_in $with_key" -l no-key -d 'check the machine alone'
complete -c scca-doctor -n "__scca_doctor_in $with_key" -l pcsc-library -r -F -d 'ask the card service with this library'
complete -c scca-doctor -n "__scca_doctor_in $with_key" -l sysfs-root -x -a '(__fish_complete_directories)' -d 'look at USB devices here'
complete -c scca-doctor -n "__scca_doctor_in $with_key" -l watch -d 'watch a key being plugged in'
complete -c scca-doctor -n "__scca_doctor_in $with_key" -l sign-test -d 'ask for the PIN and let the key sign'
complete -c scca-doctor -n "__scca_doctor_in $with_key" -l pin-fd -x -d 'read the PIN from this descriptor'
complete -c scca-doctor -n "__scca_doctor_in $with_key" -l list-modules -d 'list the driver modules'

complete -c scca-doctor -n "__scca_doctor_in $with_files" -F
complete -c scca-doctor -n "__scca_doctor_in $with_files" -l jobs -x -d 'how many files to judge at once'
complete -c scca-doctor -n "__scca_doctor_in $with_files" -l files0-from -r -F -d 'read paths from this file'
complete -c scca-doctor -n "__scca_doctor_in $with_files" -l password-fd -x -d 'descriptor with the PKCS#12 password'
complete -c scca-doctor -n '__scca_doctor_in check-seal' -l picture -r -F -d 'write the picture of the seal'

complete -c scca-doctor -n __scca_doctor_explains -l check -d 'tell which cause holds on this computer'
complete -c scca-doctor -n __scca_doctor_explains -l module -r -F -d 'ask the key through this module'
complete -c scca-doctor -n __scca_doctor_explains -l at -x -d 'judge as if it were this time'
complete -c scca-doctor -n __scca_doctor_explains -l from -r -F -d 'judge what was saved in this file'
complete -c scca-doctor -n __scca_doctor_explains -l list -d 'list every problem'
complete -c scca-doctor -n __scca_doctor_explains -l id -x -a '(__scca_doctor_ids)' -d 'show this problem'
complete -c scca-doctor -n __scca_doctor_explains -l image -r -F -d 'read the error in a picture'
complete -c scca-doctor -n __scca_doctor_explains -l log -r -F -d 'count the known errors in logs'
