# Shared by the scripts that drive the window: a folder for settings, what is ended at the end, and screenshots.
# Expects nothing; the scripts set `server` and `window` to the processes that they start.
work=$(mktemp -d)
server="" window=""
cleanup() {
  for one in $window $server; do kill "$one" 2>/dev/null || true; done
  rm -rf "$work"
}
trap cleanup EXIT

# Takes a screenshot once two in a row are equal, at most ten seconds later.
shot() {
  local last="" now
  for _ in $(seq 20); do
    sleep 0.5
    now=$(import -window root png:- 2>/dev/null | tee "$1" | sha256sum)
    [ "$now" != "$last" ] || return 0
    last=$now
  done
}
