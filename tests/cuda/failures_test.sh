#!/usr/bin/env bash
# Whatever is wrong with the device is one sentence and exit code 2, and what was computed is kept.
# $1 is sweep_program, $2 an emulated library, $3 the tests with it, $4 a native one, which may not exist.
source "$(dirname "${BASH_SOURCE[0]}")/../shell_test.sh"
program=$1 emulated=$2 tests=$3 native=$4
cp "$program" program  # no library lies beside it

# fails WHAT SENTENCE VARIABLE=VALUE...: a run on the device in that environment.
fails() {
  local what=$1 sentence=$2
  shift 2
  env "$@" ./program --device cuda --jobs 1 --out out > /dev/null 2> errors.txt
  expect "$what: exit code" 2 $?
  expect "$what: one sentence" 1 "$(grep -c '^sweep: error: ' errors.txt)"
  expect "$what: which says '$sentence'" 1 "$(grep -c "$sentence" errors.txt)"
}
cells() { find out/cells -name '*.csv' 2> /dev/null | wc -l; }

fails "no library" "cannot be opened.*--device cpu" -u GRADUS_CUDA_LIBRARY
fails "a library that does not exist" "cannot be opened: /nowhere/lib.so" \
  GRADUS_CUDA_LIBRARY=/nowhere/lib.so
fails "some other library" "is no CUDA backend of this build" GRADUS_CUDA_LIBRARY=libz.so.1
fails "no device" "no CUDA device can be used.*--device cpu" \
  GRADUS_CUDA_LIBRARY="$emulated" GPU_EMULATOR_DEVICES=0
fails "a device without code" "not compiled for this device.*6\.1.*--device cpu" \
  GRADUS_CUDA_LIBRARY="$emulated" GPU_EMULATOR_CAPABILITY=61
for library in "$emulated" "$native"; do
  if [ -e "$library" ]; then
    expect "no empty entry in $library's RUNPATH, which would be the current folder" 0 \
      "$(readelf -d "$library" | grep -cE 'R(UN)?PATH.*(\[:|::|:\]|\[\])')"
  fi
done
if [ -e "$native" ]; then
  expect "a chapter's program builds the backend first" 1 \
    "$(ninja -C "$(dirname "$native")/.." -t inputs ch01_chain_rule | grep -c libgradus_cuda)"
fi
if [ -e "$native" ] && ! nvidia-smi -L > /dev/null 2>&1; then
  fails "no driver" "no CUDA device can be used: .*driver.*--device cpu" \
    GRADUS_CUDA_LIBRARY="$native"
fi

export GRADUS_CUDA_LIBRARY=$emulated
./program --device cuda --out out --shard 23/24 > /dev/null 2>&1
expect "one cell is finished" "0 1" "$? $(cells)"
fails "too little memory" \
  "cannot give 640 KiB: of its 976 KiB 336 KiB are free, and tensors hold 640 KiB" \
  GPU_EMULATOR_MEMORY=1000000
expect "the finished cell is kept" 1 "$(cells)"
GPU_EMULATOR_FAIL_MALLOC=5 ./program --device cuda --out out > /dev/null 2>&1
expect "an allocation that fails once is tried again" "0 24" "$? $(cells)"
./program --device cuda --out two --jobs 2 > /dev/null 2>&1
expect "two threads at the device give the same bytes" "$(sha256sum < out/norms.csv)" \
  "$(sha256sum < two/norms.csv)"

graphs="a graph takes new inputs*"
"$tests" "$graphs" 2> notes.txt > /dev/null
expect "graphs go without saying" "0 0" "$? $(wc -l < notes.txt)"
GPU_EMULATOR_GRAPHS=0 "$tests" "$graphs" 2> notes.txt > /dev/null
expect "without graphs: the same numbers" 0 $?
expect "and one sentence, though two programs fail" \
  "gradus: a program's kernels are launched one by one, not as a CUDA graph, which is slower and \
gives the same numbers: [cuda] capture: out of memory (cudaErrorMemoryAllocation)" "$(< notes.txt)"

report
