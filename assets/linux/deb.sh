#!/usr/bin/env bash
# Builds the Debian package: the program by build.sh, its manual pages and completions, then cargo-deb
# (`cargo install --locked cargo-deb`). Prints where the package lies.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

program="$(assets/linux/build.sh "$@")"
files="$(dirname "$program")/package"
rm -rf "$files"
"$program" package-files "$files"
gzip -9n "$files"/man/*.1
cargo deb --no-build --quiet --compress-system --output "$(dirname "$program")/tieline.deb" >&2
printf '%s\n' "$(dirname "$program")/tieline.deb"
