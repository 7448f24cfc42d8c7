#!/usr/bin/env bash
# Runs a chapter's sweep in shards by GNU parallel, and again those that failed or were killed:
#
#   chapters/scripts/parallel.sh SHARDS PROGRAM [options]
#   chapters/scripts/parallel.sh 8 build/release/bin/ch04_width_and_depth --full
#
# JOBS says how many shards run at a time (default: one per processor). With PARALLEL="--sshlogin .."
# they run on several machines that share the folder of the results. Start it again after a kill.
set -euo pipefail
if [ $# -lt 2 ] || ! [[ $1 =~ ^[1-9][0-9]{0,5}$ ]]; then
  echo "usage: $0 SHARDS PROGRAM [options], with 1 to 999999 shards" >&2
  exit 2
fi
command -v parallel > /dev/null || { echo "$0: GNU parallel is missing: apt install parallel" >&2; exit 2; }
shards=$1
shift
# parallel hands its command to a shell, after putting a number where {} stands: quoted here, blanks,
# quotes, semicolons and braces of the reader's reach the program as they are.
PARALLEL_SHELL=$(command -v bash)
export PARALLEL_SHELL
printf -v command '%q ' "$@"
seq 0 $((shards - 1)) |
  parallel --will-cite --halt never --line-buffer -j "${JOBS:-100%}" \
    "$command --threads 1 --shard {}/$shards"
"$@" --merge
