#!/usr/bin/env bash
# From a table to a slide by keys alone, with a screenshot of each step, and the number of presses.
#
#   benches/tables.sh PROGRAM OUT [TABLE …]
#
# Each TABLE may be several files joined by `+`, which make one map. Needs Xvfb, xdotool and ImageMagick.
set -euo pipefail
program=$(realpath "$1")
out=$(realpath -m "$2")
shift 2
[ $# -gt 0 ] || set -- tests/data/cases/12-amounts-in-words/deals.csv tests/data/cases/16-xlsx-many-tables/affair.xlsx
mkdir -p "$out"
. "$(dirname "$0")/shared/window.sh"

# Presses keys, and counts them.
press() {
  presses=$((presses + $#))
  xdotool key --delay 150 "$@"
}

to_slide() { # FILES
  local files name number id presses=0
  IFS=+ read -ra files <<<"$1"
  name=$(basename "${files[0]}")
  number=$((90 + RANDOM % 400))
  Xvfb ":$number" -screen 0 1440x900x24 -noreset >/dev/null 2>&1 &
  server=$!
  export DISPLAY=":$number" XDG_CONFIG_HOME="$work/config" XDG_DATA_HOME="$work/data"
  rm -rf "$work/config" "$work/data"
  mkdir -p "$work/config/tieline"
  echo '{"theme": "light", "animates": false, "windowSize": [1440, 900]}' >"$work/config/tieline/window.json"
  for _ in $(seq 50); do xdotool getdisplaygeometry >/dev/null 2>&1 && break || sleep 0.1; done
  "$program" "${files[@]}" >/dev/null 2>&1 &
  window=$!
  id=$(timeout 60 xdotool search --sync --onlyvisible --pid "$window" | head -1)
  xdotool windowmove "$id" 0 0 windowsize "$id" 1440 900 windowfocus "$id" || true
  sleep 2
  shot "$out/$name-1-opened.png"
  press ctrl+e
  shot "$out/$name-2-slide.png"
  # The button that saves has the keyboard; without a desktop, the program asks for the path in its own window.
  press Return
  sleep 1
  xdotool key ctrl+a
  xdotool type --delay 20 "$out/$name-3-saved.png"
  press Return
  for _ in $(seq 100); do [ -s "$out/$name-3-saved.png" ] && break || sleep 0.2; done
  [ -s "$out/$name-3-saved.png" ] && echo "$name: on a slide after $presses presses and a file name" || echo "$name: no slide"
  kill -INT "$window" 2>/dev/null || true
  wait "$window" 2>/dev/null || true
  kill "$server" 2>/dev/null || true
  wait "$server" 2>/dev/null || true
}

for table in "$@"; do
  to_slide "$table"
done
