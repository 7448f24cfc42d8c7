#!/usr/bin/env bash
# A program and what the system does to it: an output that cannot be written, limits on memory. $1 is
# sweep_program, $2 its build's sanitizers, if any.
source "$(dirname "${BASH_SOURCE[0]}")/../shell_test.sh"
program=$1 sanitizers=${2-}

"$program" --out whole > /dev/null 2>&1
for options in "--out full" "--out full --merge" "--out part --shard 0/2" "--help"; do
  # shellcheck disable=SC2086
  "$program" $options > /dev/full 2> full.txt
  status=$?
  case $options in
    *shard*) expect "$options prints nothing, so a full disk does not matter" 0 $status ;;
    *)
      expect "$options on a full disk ends with 2" 2 $status
      expect "and says why" 1 "$(grep -c 'error: cannot write to the standard output' full.txt)" ;;
  esac
done
expect "a full disk loses no results" "$(cat whole/norms.csv)" "$(cat full/norms.csv)"
"$program" --out closed >&- 2> closed.txt
expect "a closed output ends with 2" 2 $?

if [[ $sanitizers != *fsanitize* ]]; then
  (ulimit -v 2000000; exec "$program" --out limited --threads 1024 --jobs 1 > /dev/null 2>&1)
  expect "1024 threads where memory for so many stacks is lacking" "0 $(cat whole/norms.csv)" \
    "$? $(cat limited/norms.csv)"
  # The same with jobs: what their stacks leave may be too little to compute in, which is an error.
  for stack in 100000 200000 300000; do
    (ulimit -s $stack -v 2000000
      exec "$program" --out limited$stack --threads 1 --jobs 24 > /dev/null 2> limited.txt)
    case $? in
      0) expect "24 jobs with large stacks give the same" "$(cat whole/norms.csv)" \
        "$(cat limited$stack/norms.csv)" ;;
      2) expect "24 jobs with large stacks end in a sentence" 1 "$(grep -c 'error: ' limited.txt)" ;;
      *) expect "24 jobs with large stacks end well" 0 "another signal or code" ;;
    esac
  done
fi
report
