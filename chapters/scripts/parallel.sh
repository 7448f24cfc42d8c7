#!/usr/bin/env bash
# Runs a chapter's sweep in shards by GNU parallel, and again those that failed or were killed:
#
#   chapters/scripts/parallel.sh SHARDS PROGRAM [options]
#   chapters/scripts/parallel.sh 8 build/release/bin/ch04_width_and_depth --full
#
# JOBS says how many shards run at a time (default: one per processor). With PARALLEL="--sshlogin .."
# they run on several machines that share the folder of the results. Start it again after a kill.
set -euo pipefail
if [ $# -lt 2 ]; then
  echo "usage: $0 SHARDS PROGRAM [options]" >&2
  exit 2
fi
command -v parallel > /dev/null || { echo "$0: GNU parallel is missing: apt install parallel" >&2; exit 2; }
shards=$1
shift
seq 0 $((shards - 1)) |
  parallel --will-cite --halt never --line-buffer -j "${JOBS:-100%}" "$@" --threads 1 --shard "{}/$shards"
"$@" --merge
