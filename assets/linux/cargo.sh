#!/usr/bin/env bash
# Runs cargo so that what it builds names no folder of this machine. Arguments go to cargo.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

sysroot="$("${RUSTC:-rustc}" --print sysroot)"
# Of several prefixes that fit, rustc takes the last one: the widest folder comes first.
pairs=("$HOME=/home" "${CARGO_TARGET_DIR:-$PWD/target}=/target" "$PWD=/tieline" "${CARGO_HOME:-$HOME/.cargo}=/cargo" "$sysroot=/rust")
flags=()
for flag in ${RUSTFLAGS:-}; do flags+=("$flag"); done
for pair in "${pairs[@]}"; do
  flags+=("--remap-path-prefix=$pair")
  # The same for the few parts that are written in C.
  CFLAGS="${CFLAGS:-} -ffile-prefix-map=$pair"
  CXXFLAGS="${CXXFLAGS:-} -ffile-prefix-map=$pair"
done
export CFLAGS CXXFLAGS
CARGO_ENCODED_RUSTFLAGS="$(IFS=$'\x1f'; printf '%s' "${flags[*]}")"
export CARGO_ENCODED_RUSTFLAGS
unset RUSTFLAGS
exec "${CARGO:-cargo}" "$@"
