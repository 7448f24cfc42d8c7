#!/usr/bin/env bash
# A sweep gives the same bytes however it is run: at once, by any number of jobs, in shards, after
# kills at any time; what its cells do not depend on is no reason to compute them anew, and what they
# depend on is. $1 is sweep_program, $2 the folder of the scripts for clusters, $3 an emulated
# CUDA backend, where this build has one.
source "$(dirname "${BASH_SOURCE[0]}")/../shell_test.sh"
program=$1 scripts=$2 cuda_library=$3

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

# computed OPTION...: how many cells a run in `four`, where all are finished, computes.
computed() {
  "$program" --out four "$@" > /dev/null 2> computed.txt || return
  sed -n 's/.*: \([0-9]*\) of [0-9]* cells to compute.*/\1/p; s/.*all cells are from.*/0/p' computed.txt
}
expect "a note is no reason to compute cells again" 0 "$(computed --note x)"
expect "nor are fewer of them" 0 "$(computed --seeds 5)"
expect "of more, only the new ones are computed" 4 "$(computed --seeds 7)"
echo one > data.bin
expect "read data are part of a cell" 24 "$(computed --data data.bin)"
mv data.bin moved.bin
expect "wherever they are" 0 "$(computed --data moved.bin)"
echo two > moved.bin
expect "and whatever they are called" 24 "$(computed --data moved.bin)"
if grep -q 'oneDNN .*AVX-512' whole.txt; then
  expect "so is oneDNN's instruction set" 24 "$(DNNL_MAX_CPU_ISA=AVX2 computed)"
else
  echo "gradus: skipped (no oneDNN with AVX-512, which could be told from AVX2)"
fi
if [ -e "$cuda_library" ]; then
  for times in 1 2; do
    cp "$cuda_library" "$PWD/libother.so" && printf "%${times}s" >> "$PWD/libother.so"
    expect "and the file of the CUDA backend, $times" 24 \
      "$(GRADUS_CUDA_LIBRARY=$PWD/libother.so computed --device cuda)"
  done
fi

# Damage is found before any work is done.
file=$(find killed/cells -name 200_3.csv)
cp "$file" good.csv
damaged() {  # WHAT: the file has been damaged; puts it back
  timeout 20 "$program" --out killed > /dev/null 2> damaged.txt
  expect "a cell $1 ends with 2" 2 $?
  expect "$1: it says which, and what to do" 1 \
    "$(grep -c '200_3.csv is .*; \(delete\|remove\) it and start again' damaged.txt)"
  expect "$1: nothing is computed" 0 "$(grep -c 'to compute' damaged.txt)"
  rm -rf "$file" && cp good.csv "$file"
}
printf '200,3,0' > "$file" && damaged "cut within a line"
head -n 1 good.csv > "$file" && damaged "cut after a line"
head -n 2 good.csv > "$file" && damaged "without its last line"
: > "$file" && damaged "that is empty"
sed '1s/[0-8],square/9,square/' good.csv > "$file" && damaged "with a changed digit"
cp "${file/200_3/200_4}" "$file" && damaged "with another cell's rows"
sed 's/^200,3/200,4/' good.csv > "$file" && damaged "with other settings"
rm "$file" && mkfifo "$file" && damaged "that is a pipe"
rm "$file" && mkdir "$file" && damaged "that is a folder"
expect "and all is well again" "0 $whole" "$("$program" --out killed > /dev/null 2>&1; echo $?) $(bytes killed)"

# What killed programs left is removed, what others work on and what is the reader's is not.
folder_of_cells=$(dirname "$file")
touch "$folder_of_cells/200_3.csv.host.123.tmp" "$folder_of_cells/used.tmp" killed/notes.tmp
mkdir killed/curve.gradus-0123456789abcdef.tmp
echo mine > killed/write-test
(flock 9 && "$program" --out killed > /dev/null 2>&1) 9< "$folder_of_cells/used.tmp"
expect "stale temporary files are removed" "notes.tmp used.tmp" \
  "$(find killed -name '*.tmp' -printf '%f\n' | sort | xargs)"
expect "a reader's write-test is the reader's" mine "$(cat killed/write-test)"

# Programs in containers may have one host name and one process number.
for _ in 1 2 3; do "$program" --out same --jobs 2 > /dev/null 2>&1 & done
for _ in 1 2 3; do wait -n || expect "one of three at once" 0 $?; done
expect "three at once, same bytes" "$whole" "$(bytes same)"
expect "and nothing else is left" 0 "$(find same -name '*.tmp' | wc -l)"

for wrong in 3/3 -1/3 x 1/2/3 1 0/0 0/-1 ' 0/2' '0/ 2' '0 /2' +0/2 / 4294967296/4294967304 \
  0/4294967297; do
  "$program" --out wrong --shard="$wrong" > /dev/null 2> wrong.txt
  expect "--shard $wrong is refused" "2 1" "$? $(grep -c 'I/N with 0 <= I < N' wrong.txt)"
done
"$program" --out wrong --shard 0/2 --merge > /dev/null 2>&1
expect "--shard and --merge together are refused" 2 $?

if command -v parallel > /dev/null; then
  "$scripts/parallel.sh" 4 "$program" --out parallel > /dev/null 2>&1
  expect "GNU parallel, same bytes" "0 $whole" "$? $(bytes parallel)"
  odd="a b; touch oops; \$(touch oops) {} {.} 'c\" ä"
  "$scripts/parallel.sh" 2 "$program" --out "$odd" > /dev/null 2>&1
  expect "GNU parallel in a folder of any name" "0 $whole 0" "$? $(bytes "$odd") $(find . -name oops | wc -l)"
  for shards in 0 -1 x 1e3; do
    "$scripts/parallel.sh" "$shards" "$program" > /dev/null 2>&1
    expect "$shards shards for GNU parallel" 2 $?
  done
else
  echo "gradus: skipped (GNU parallel is not installed)"
fi

# task MIN STEP COUNT ID: the shard of a task of a job array.
task() {
  SLURM_ARRAY_TASK_MIN=$1 SLURM_ARRAY_TASK_STEP=$2 SLURM_ARRAY_TASK_COUNT=$3 SLURM_ARRAY_TASK_ID=$4 \
    bash "$scripts/slurm.sbatch" echo 2> /dev/null | sed 's/.*--shard //'
}
expect "an array from 0 up" 3/8 "$(task 0 1 8 3)"
expect "an array from 5 up" 3/8 "$(task 5 1 8 8)"
expect "an array with a step" 3/8 "$(task 1 4 8 13)"
expect "the last task of it" 7/8 "$(task 1 4 8 29)"
expect "a list with gaps is refused" "" "$(task 1 1 3 9)"
report
