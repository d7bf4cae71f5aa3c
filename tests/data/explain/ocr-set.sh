#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# Draws every dialog of a list (columns id, text) the way people's pictures of dialogs look, reads the
# picture with tesseract and prints what came out, raw: variant, id, text. It corrects nothing and
# chooses nothing: a person then throws out the rows that nobody could still make out.
# Needs pango-view, ImageMagick, tesseract with chi_sim, and the two fonts named below.
#
# usage: ocr-set.sh SHIFT <ocr-dialogs.tsv >raw.tsv     (SHIFT moves the list along the ten variants)
set -eu

shift_by=${1:-0}
hei='WenQuanYi Micro Hei'
noto='Noto Sans CJK SC'
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# draw FONT PIXELS WIDTH TEXT [pango-view options]
draw() {
    font=$1 pixels=$2 width=$3 text=$4
    shift 4
    pango-view --no-display -q --dpi=72 --margin=12 --wrap=word-char --background='#F0F0F0' \
        --font="$font ${pixels}px" --width="$width" "$@" -t "$text" -o "$work/d.png"
}

# What stands around the sentence differs from browser to browser.
boxed() {
    case $(($2 % 5)) in
        0) printf '提示                         ×\n\n%s\n\n                确定' "$1" ;;
        1) printf '来自网页的消息                 ×\n\n%s\n\n                     确定' "$1" ;;
        2) printf '系统提示\n\n%s\n\n          确定        取消' "$1" ;;
        3) printf 'Microsoft Internet Explorer     ×\n%s\n\n            确定' "$1" ;;
        4) printf '信息                          ×\n%s\n                    关闭' "$1" ;;
    esac
}

# The dialog in the middle of a whole screen, as Print Screen gives it.
on_a_screen() {
    convert -size 1366x768 'gradient:#3A6EA5-#9DB8D6' \
        -fill '#ECECEC' -draw 'rectangle 0,728 1366,768' \
        \( "$work/d.png" -bordercolor '#707070' -border 1 \) -gravity center -composite "$work/s.png"
    mv "$work/s.png" "$work/d.png"
}

# alter CONVERT-OPTIONS: the picture after a messenger, a zoom or a telephone camera had it.
alter() { convert "$work/d.png" "$@" "$work/a.jpg" && convert "$work/a.jpg" "$work/d.png"; }

render() {
    case $1 in
        0) draw "$hei" 12 320 "$2" --antialias=none ;;
        1) draw "$noto" 13 340 "$(boxed "$2" "$3")" && alter -filter Triangle -resize 80% -quality 75 ;;
        2) draw "$hei" 14 300 "$2" --antialias=none && alter -filter Lanczos -resize 300% -quality 92 ;;
        3) draw "$noto" 16 380 "$(boxed "$2" "$3")" && alter -filter Triangle -resize 62% -quality 45 ;;
        4) draw "$hei" 13 300 "$2" --antialias=none && alter -quality 35 ;;
        5) draw "$noto" 12 280 "$2" && alter -blur 0x0.9 -quality 40 ;;
        6) draw "$hei" 16 340 "$(boxed "$2" "$3")" &&
            alter -resize 130% -background '#B0B0B0' -rotate 1.4 -attenuate 0.5 -seed 7 +noise Gaussian -quality 45 ;;
        7) draw "$hei" 12 330 "$(boxed "$2" "$3")" && on_a_screen ;;
        8) draw "$noto" 14 330 "$2" --foreground='#C8D0D8' --background='#2B4B7A' &&
            alter -filter Triangle -resize 72% -quality 50 ;;
        9) draw "$hei" 12 260 "$(boxed "$2" "$3")" && alter -filter Point -resize 88% -quality 70 ;;
    esac
}

row=0
tail -n +2 | while IFS="$(printf '\t')" read -r id text; do
    variant=$(((row + shift_by) % 10))
    render "$variant" "$(printf '%b' "$text")" "$row"
    OMP_THREAD_LIMIT=1 timeout 20 tesseract "$work/d.png" "$work/out" -l chi_sim --psm 6 --dpi 96 >/dev/null 2>&1 </dev/null || true
    printf '%s\t%s\t' "$variant" "$id"
    # One row a picture: back-slash, line feed and tab as in C, no other byte touched.
    tr -d '\f' <"$work/out.txt" | sed -e 's/\\/\\\\/g' -e 's/	/\\t/g' | awk 'NR>1{printf "\\n"}{printf "%s",$0}END{print ""}'
    row=$((row + 1))
done
