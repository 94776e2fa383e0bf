#!/usr/bin/env bash
# Opens a large map in the window, pans, zooms, clicks and searches, and prints what frames took by `--timings`, with the
# most memory that the window had.
#
#   benches/moving.sh PROGRAM MAP [OUT]
#
# Needs Xvfb, xdotool and ImageMagick; `WGPU_BACKEND=gl` or `vulkan` chooses the backend. OUT gets screenshots.
set -euo pipefail
program=$(realpath "$1")
map=$(realpath "$2")
out=${3:-}
. "$(dirname "$0")/shared/window.sh"
[ -z "$out" ] || mkdir -p "$out"

number=$((90 + RANDOM % 400))
Xvfb ":$number" -screen 0 1600x1000x24 -noreset >/dev/null 2>&1 &
server=$!
export DISPLAY=":$number" XDG_CONFIG_HOME="$work/config" XDG_DATA_HOME="$work/data"
mkdir -p "$work/config/tieline"
printf '{"theme": "%s", "windowSize": [1600, 1000]}' "${THEME:-light}" >"$work/config/tieline/window.json"
for _ in $(seq 50); do xdotool getdisplaygeometry >/dev/null 2>&1 && break || sleep 0.1; done
"$program" --timings "$map" 2>"$work/timings" >/dev/null &
window=$!
id=$(timeout 60 xdotool search --sync --onlyvisible --pid "$window" | head -1)
xdotool windowmove "$id" 0 0 windowsize "$id" 1600 1000 windowfocus "$id" || true

# Waits for a line of the timings, at most so many seconds.
await() {
  for _ in $(seq $((10 * $2))); do grep -q "$1" "$work/timings" && return 0 || sleep 0.1; done
  echo "no line '$1' in:" && cat "$work/timings" && exit 1
}
picture() { [ -z "$out" ] || shot "$out/$1.png"; }

# drag X Y: drags the map by so much, in steps; with the middle button, which moves no card.
drag() {
  xdotool mousemove 760 480 mousedown 2
  for step in $(seq 40); do xdotool mousemove $((760 + $1 * step / 40)) $((480 + $2 * step / 40)); sleep 0.03; done
  xdotool mouseup 2
}
# wheel BUTTON COUNT: turns the wheel up (4) or down (5) over the middle of the map.
wheel() {
  xdotool mousemove 760 480
  for _ in $(seq "$2"); do xdotool click "$1"; sleep 0.12; done
}

await "frames at rest" 120
picture fitted
for _ in 1 2; do drag 180 90; drag -180 -90; done
wheel 4 12
sleep 1
picture nearer
for _ in 1 2; do drag 220 120; drag -220 -120; done
wheel 4 8
sleep 1
picture near
wheel 5 20
xdotool key f
sleep 1
xdotool mousemove 760 480 click 1
sleep 1
picture clicked
xdotool key Escape key ctrl+f
sleep 3
xdotool type --delay 60 "Corvane Power"
sleep 3
xdotool key Return
sleep 2
picture searched
memory=$(awk '/VmHWM/ { print int($2 / 1024) }' "/proc/$window/status")
# A signal would end it without the summary.
xdotool key Escape key Escape key ctrl+q
for _ in $(seq 100); do kill -0 "$window" 2>/dev/null || break; sleep 0.1; done
if kill -0 "$window" 2>/dev/null; then
  picture asked
  echo "the window does not close; does it ask about changes?"
  exit 1
fi
window=""
grep -v "^frame " "$work/timings"
echo "most memory: $memory MB"
