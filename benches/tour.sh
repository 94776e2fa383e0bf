#!/usr/bin/env bash
# A tour of the window, as screenshots to look at: sizes, themes and scales of the interface, from the keyboard.
#
#   benches/tour.sh PROGRAM OUT [MAP …]
#
# Needs Xvfb, xdotool and ImageMagick. Pictures are named MAP-SIZE-THEME-SCALE-STEP.png.
set -euo pipefail
program=$(realpath "$1")
out=$2
shift 2
[ $# -gt 0 ] || set -- data/openai-microsoft-amazon.tieline.jsonc data/harbor.tieline.jsonc
mkdir -p "$out"
. "$(dirname "$0")/shared/window.sh"

# step NAME KEY…: presses the keys, then takes a screenshot.
step() {
  local name=$1
  shift
  [ $# -eq 0 ] || xdotool key --delay 120 "$@"
  shot "$prefix-$name.png"
}

tour() { # MAP SIZE THEME SCALE
  local map=$1 size=$2 theme=$3 scale=$4 number=$((90 + RANDOM % 400))
  prefix="$out/$(basename "${map%%.*}")-$size-$theme-$scale"
  Xvfb ":$number" -screen 0 "${size}x24" -noreset >/dev/null 2>&1 &
  server=$!
  export DISPLAY=":$number" XDG_CONFIG_HOME="$work/config" XDG_DATA_HOME="$work/data"
  rm -rf "$work/config" "$work/data"
  mkdir -p "$work/config/tieline"
  local points
  points=$(awk -v w="${size%x*}" -v h="${size#*x}" -v s="$scale" 'BEGIN { printf "[%d, %d]", w * 100 / s, h * 100 / s }')
  printf '{"theme": "%s", "animates": false, "windowSize": %s}' "$theme" "$points" >"$work/config/tieline/window.json"
  for _ in $(seq 50); do xdotool getdisplaygeometry >/dev/null 2>&1 && break || sleep 0.1; done
  WINIT_X11_SCALE_FACTOR=$(awk -v s="$scale" 'BEGIN { print s / 100 }') "$program" "$map" >/dev/null 2>&1 &
  window=$!
  local id
  id=$(timeout 60 xdotool search --sync --onlyvisible --pid "$window" | head -1)
  xdotool windowmove "$id" 0 0 windowsize "$id" "${size%x*}" "${size#*x}" windowfocus "$id" || true
  xdotool mousemove 1 1 # so that no tooltip covers the picture
  sleep 2
  step opened
  step selected Tab Return
  step neighborhood n
  step whole Escape Escape Escape
  step find ctrl+f
  step search a
  step palette Escape Escape ctrl+k
  step keys Escape F1
  step export Escape ctrl+e
  step narrow Escape Escape F9
  kill -INT "$window" 2>/dev/null || true
  wait "$window" 2>/dev/null || true
  kill "$server" 2>/dev/null || true
  wait "$server" 2>/dev/null || true
  window="" server=""
}

for map in "$@"; do
  for theme in light dark; do
    for size in 1000x700 1440x900 2200x1300; do
      for scale in 100 200; do
        [ "$size-$scale" = 1000x700-200 ] && continue # half of that is less than a window may have
        tour "$map" "$size" "$theme" "$scale"
      done
    done
  done
done
ls "$out" | wc -l
