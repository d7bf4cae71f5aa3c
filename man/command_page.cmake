# SPDX-License-Identifier: Apache-2.0
#
# cmake -DMAIN=scca-doctor.1 -DPAGE=commands/check.mdoc -DOUT=scca-doctor-check.1 -P command_page.cmake
#
# Makes the page of one command: the line @OPTIONS@ of PAGE becomes the options that MAIN tells of for that command, so
# that every option is described in one place. Refuses a command of which MAIN knows no option.
cmake_minimum_required(VERSION 3.25)
get_filename_component(command ${PAGE} NAME_WE)
file(READ ${MAIN} main)
file(READ ${PAGE} page)

# CMake takes ; [ and ] for its own in lists: each stands for itself again in the end.
foreach(text IN ITEMS main page)
    string(REPLACE ";" "<semicolon>" ${text} "${${text}}")
    string(REPLACE "[" "<open>" ${text} "${${text}}")
    string(REPLACE "]" "<close>" ${text} "${${text}}")
endforeach()

string(REGEX REPLACE ".*\n\\.Sh OPTIONS\n(.*)\n\\.Sh FORMATS\n.*" "\\1" options "\n${main}")
string(REPLACE "\n.Ss " ";" sections "\n${options}")
set(items "")
set(known FALSE)
foreach(section IN LISTS sections)
    if(section MATCHES "^([^\n]+)\n\\.Bl -tag -width Ds\n(.*)\n\\.El")
        string(REPLACE ", " ";" holders "${CMAKE_MATCH_1}")
        if(command IN_LIST holders)
            set(known TRUE)
        endif()
        if(command IN_LIST holders OR holders STREQUAL "Every command")
            string(REGEX REPLACE "^[^\n]+\n\\.Bl -tag -width Ds\n(.*)\n\\.El.*" "\\1" told "${section}")
            string(APPEND items "${told}\n")
        endif()
    endif()
endforeach()
if(NOT known)
    message(FATAL_ERROR "${MAIN} has no option of ${command}")
endif()

# What another section of MAIN says is read there.
string(REGEX REPLACE "\n\\.Sx ([A-Z ]+[A-Z]) ([.,])" "\n.Dq \\1\nin\n.Xr scca-doctor 1 \\2" items "${items}")
string(REPLACE "@OPTIONS@\n" ".Bl -tag -width Ds\n${items}.El\n" made "${page}")

string(REPLACE "<semicolon>" ";" made "${made}")
string(REPLACE "<open>" "[" made "${made}")
string(REPLACE "<close>" "]" made "${made}")
file(WRITE ${OUT} "${made}")
