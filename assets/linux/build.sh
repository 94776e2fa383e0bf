#!/usr/bin/env bash
# Builds the release program for packages and checks that its bytes name no folder of this machine.
# Arguments go to `cargo build`, such as --no-default-features. Prints where the program lies.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

assets/linux/cargo.sh build --release --locked "$@"

target="${CARGO_TARGET_DIR:-$PWD/target}"
program="$target/release/tieline"
found=0
# A home right under `/`, as of root, is a word that paths of other kinds contain; what lies in it is looked for anyway.
home="$HOME/"
[[ "$HOME" == /*/* ]] || home="$PWD"
for folder in "$home" "$PWD" "${CARGO_HOME:-$HOME/.cargo}" "$target" "$("${RUSTC:-rustc}" --print sysroot)"; do
  if LC_ALL=C grep -aqF -- "$folder" "$program"; then
    printf 'the program names %s, for example:\n' "$folder" >&2
    LC_ALL=C grep -aoE -- "[[:print:]]{0,80}${folder//./\\.}[[:print:]]{0,80}" "$program" | head -n 5 >&2 || true
    found=1
  fi
done
[ "$found" = 0 ] || { printf 'build it again where these are remapped; see assets/linux/cargo.sh\n' >&2; exit 1; }
printf '%s\n' "$program"
