#!/usr/bin/env bash
# A sweep gives the same bytes however it is run: at once, by any number of jobs, in shards, after
# kills at any time. $1 is sweep_program, $2 the script for GNU parallel.
source "$(dirname "${BASH_SOURCE[0]}")/../shell_test.sh"
program=$1 parallel_script=$2

bytes() { sha256sum < "$1/norms.csv"; }
cells() { find "$1/cells" -name '*.csv' 2> /dev/null | wc -l; }

"$program" --out whole --jobs 1 > /dev/null 2> whole.txt
expect "a sweep in one go ends well" 0 $?
expect "24 cells of 2 rows and a header" 49 "$(wc -l < whole/norms.csv)"
whole=$(bytes whole)

"$program" --out whole > /dev/null 2> again.txt
expect "finished cells are not computed again" "0 1" \
  "$(grep -c 'to compute' again.txt) $(grep -c 'all cells are from earlier runs' again.txt)"
"$program" --out four --jobs 4 > /dev/null 2>&1
expect "four jobs, same bytes" "$whole" "$(bytes four)"
for jobs in 2 8; do  # which share four threads
  "$program" --out shared$jobs --threads 4 --jobs $jobs --cell-threads $((jobs == 2 ? 2 : 1)) \
    > /dev/null 2>&1
  expect "$jobs jobs share four threads, same bytes" "0 $whole" "$? $(bytes shared$jobs)"
done

# Each time at least one more cell is let through, and then some random milliseconds.
for _ in 1 2 3 4 5; do
  before=$(cells killed)
  "$program" --out killed --jobs 1 > /dev/null 2>&1 &
  pid=$!
  while kill -0 "$pid" 2> /dev/null && [ "$(cells killed)" -eq "$before" ]; do sleep .005; done
  sleep ".0$((RANDOM % 50 + 10))"
  kill -KILL "$pid" 2> /dev/null
  wait "$pid" 2> /dev/null
done
expect "killed while cells were missing" yes "$([ "$(cells killed)" -lt 24 ] && echo yes)"
expect "each run went on from the last" yes "$([ "$(cells killed)" -ge 5 ] && echo yes)"
"$program" --out killed --merge > /dev/null 2> merge.txt
expect "a merge with cells missing" 4 $?
expect "which says what to do" 1 "$(grep -c 'are missing, the first is .*run their shards' merge.txt)"
"$program" --out killed --jobs 3 > /dev/null 2>&1
expect "after five kills, same bytes" "$whole" "$(bytes killed)"

for shards in 2 5 30; do
  for shard in $(seq 0 $((shards - 1))); do
    "$program" --out "shards$shards" --shard "$shard/$shards" > /dev/null 2>&1 ||
      expect "shard $shard/$shards" 0 $?
  done
  "$program" --out "shards$shards" --merge > /dev/null 2>&1
  expect "$shards shards, same bytes" "$whole" "$(bytes "shards$shards")"
done

"$program" --out stopped --jobs 1 > /dev/null 2> stopped.txt &
pid=$!
while kill -0 "$pid" 2> /dev/null && ! grep -qs 'to compute' stopped.txt; do sleep .005; done
kill -TERM "$pid"
wait "$pid"
expect "SIGTERM ends with 75" 75 $?
expect "and a sentence" 1 "$(grep -c 'finished cells are kept' stopped.txt)"

"$program" --out bad --bad-width 300 > /dev/null 2> bad.txt
expect "a cell that fails ends the sweep with 2" 2 $?
expect "and says where" 1 "$(grep -c 'norms at 300, .: this width is bad' bad.txt)"
"$program" --out bad > /dev/null 2>&1
expect "other options have cells of their own" "$whole" "$(bytes bad)"
"$program" --out other --seed 1 > /dev/null 2>&1
expect "another seed gives other numbers" no "$([ "$(bytes other)" == "$whole" ] && echo yes || echo no)"

# A build that differs: the same program with a byte more.
cp "$program" another_build && echo >> another_build
./another_build --out whole > /dev/null 2> build.txt
expect "another build computes anew" 1 "$(grep -c '24 of 24 cells to compute' build.txt)"
expect "and says how to avoid it" 1 "$(grep -c -e '--reuse takes them' build.txt)"
cp another_build third_build && echo >> third_build
./third_build --out whole --reuse > /dev/null 2> build.txt
expect "--reuse takes the cells of another build" 0 "$(grep -c 'to compute' build.txt)"

file=$(find four/cells -name '200_3.csv')
printf '200,3,0' > "$file"
"$program" --out four > /dev/null 2> damaged.txt
expect "a damaged cell ends with 2" 2 $?
expect "and says which" 1 "$(grep -c '200_3.csv is damaged; delete it' damaged.txt)"

for wrong in 3/3 -1/3 x 1/2/3 1; do
  "$program" --out wrong --shard="$wrong" > /dev/null 2> wrong.txt
  expect "--shard $wrong is refused" "2 1" "$? $(grep -c 'I/N with 0 <= I < N' wrong.txt)"
done
"$program" --out wrong --shard 0/2 --merge > /dev/null 2>&1
expect "--shard and --merge together are refused" 2 $?

if command -v parallel > /dev/null; then
  "$parallel_script" 4 "$program" --out parallel > /dev/null 2>&1
  expect "GNU parallel, same bytes" "0 $whole" "$? $(bytes parallel)"
else
  echo "gradus: skipped (GNU parallel is not installed)"
fi
report
