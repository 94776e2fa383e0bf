#!/bin/sh
# How long `tieline render` takes for the sample map beside `dot` for the same ties: the whole command, from the start
# of the process to the written file, 1920 by 1080 pixels. Needs hyperfine and Graphviz.
#
#     cargo build --release && benches/dot.sh [PROGRAM]
set -eu
here=$(dirname "$0")
program=${1:-$here/../target/release/tieline}
map=$here/../data/openai-microsoft-amazon.tieline.jsonc
folder=$(mktemp -d)
trap 'rm -r "$folder"' EXIT
# 1440 by 810 points of 4/3 pixels, which the drawing fills from left to right.
dot="dot -Gviewport=1440,810,1.19 -Gdpi=96"
for format in png pdf svg; do
    hyperfine -N --warmup 5 --runs "${RUNS:-60}" --style basic \
        --command-name "tieline, $format" "$program render $map -o $folder/tieline.$format" \
        --command-name "dot, $format" "$dot -T$format $here/sample.dot -o $folder/dot.$format"
done
