#!/usr/bin/env bash
# The attack on the program, from damaged files over killed saves to odd outputs, at full strength; some half an hour.
# Numbers can be set: TIELINE_ATTACK (damaged files), TIELINE_TEST_KILLS (kills while saving and in the journal).
set -euo pipefail
cd "$(dirname "$0")/.."

export TIELINE_ATTACK="${TIELINE_ATTACK:-5000}" TIELINE_TEST_KILLS="${TIELINE_TEST_KILLS:-200}"
step() { printf '\n== %s\n' "$*"; }

step "$TIELINE_ATTACK damaged files through check, info and render"
cargo test --release --test suite attack -- --nocapture

step "$TIELINE_TEST_KILLS kills while saving and in the journal, a full disk, every kind of output"
cargo test --release --test suite -- crashes journal recovery outputs kept

step "redaction: no invented case leaks, and the secret makes no difference"
cargo test --release --test suite redaction
