#!/usr/bin/env bash
# Builds the release program for packages: its bytes name no folder of the machine that built it.
# Arguments go to `cargo build`, such as --no-default-features. Prints where the program lies.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

cargo="${CARGO:-cargo}"
rustc="${RUSTC:-rustc}"
root="$PWD"
cargo_home="${CARGO_HOME:-$HOME/.cargo}"
target="${CARGO_TARGET_DIR:-$root/target}"
sysroot="$("$rustc" --print sysroot)"

# Of several that fit, rustc takes the last one: the widest folder comes first.
pairs=("$HOME=/home" "$target=/target" "$root=/tieline" "$cargo_home=/cargo" "$sysroot=/rust")
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

"$cargo" build --release --locked "$@"

program="$target/release/tieline"
found=0
# The name of a home is short, and may begin another word.
for folder in "$HOME/" "$root" "$cargo_home" "$target" "$sysroot"; do
  # A home in the root folder, as of some build machines, says nothing.
  [ "$folder" != // ] || continue
  if LC_ALL=C grep -aqF -- "$folder" "$program"; then
    printf 'the program names %s, for example:\n' "$folder" >&2
    LC_ALL=C grep -aoE -- "[[:print:]]{0,80}${folder//./\\.}[[:print:]]{0,80}" "$program" | head -n 5 >&2 || true
    found=1
  fi
done
[ "$found" = 0 ] || { printf 'build it again where these are remapped; see %s\n' "${BASH_SOURCE[0]}" >&2; exit 1; }
printf '%s\n' "$program"
