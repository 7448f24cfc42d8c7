#!/usr/bin/env bash
# Are the nets tight? Plants one bug after the other in the CUDA backend's sources, and prints which
# net caught it: `numbers` (results change), `orders` (they depend on the order of threads), and the
# reports of the plain, the AddressSanitizer and the checker build. Fails if one slips through all.
# Usage: mutate.sh [BUILD FOLDER] [WORD: only bugs whose names contain it]
# After a change: tests/cuda_emulator/mutate.sh > book/results/two-backends/mutations.txt
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.." || exit
root=$PWD build=$(realpath "${1:-build/release}") only=${2:-}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cmake --build "$build" --target cuda_digest gradus_cuda_plain gradus_cuda_checker gradus_cuda_asan \
  > "$work/log" || { tail -n 40 "$work/log"; exit 1; }

# digest LIBRARY CASES [ORDER]: the results' hashes; fails if there is a report.
digest() {
  GRADUS_CUDA_LIBRARY=$1/libgradus_cuda.so GPU_EMULATOR_ORDER=${3:-forward} \
    timeout 120 "$build/bin/cuda_digest" "$2"
}

# What a report says, in a few words.
in_short() {
  local text
  text=$(grep -m1 -oE "(gpu emulator|AddressSanitizer|runtime error): .*" "$1" |
    sed -E 's/^[^:]*: //')
  case $text in
    *"nobody has written"*) echo "undefined" ;;
    *"outside every"*) echo "address" ;;
    *"host memory"*) echo "host memory" ;;
    *"not in the mask"*) echo "lane mask" ;;
    race* | leak* | deadlock*) echo "${text%% *}" ;;
    "divergent barrier"*) echo "barrier" ;;
    "write beyond"*) echo "canary" ;;
    use-after-poison* | heap-* | SEGV*) echo "address" ;;
    *"out of bounds"*) echo "index" ;;
    *"reads lane"*) echo "lane mask" ;;
    "") if grep -q "what():" "$1"; then echo "error"; else echo "crash"; fi ;;
    *) echo "${text:0:16}" ;;
  esac
}

# Compiles and links the library of build $1 with the changed source $2 in folder $3.
make_library() {
  local source object
  source=$(basename "$2" .cu)
  object=tests/cuda_emulator/CMakeFiles/gradus_cuda_$1.dir/sources/$source.cpp.o
  mkdir -p "$3/$1"
  (
    cd "$build" || exit 1
    eval "$(ninja -t commands "$object" | tail -n 1 |
      sed "s#-o $object#-w -o $3/$1/$source.o#; s#-c [^ ]*$source.cpp#-c $3/$source.cpp#")" &&
    eval "$(ninja -t commands "gradus_cuda_$1" | tail -n 1 |
      sed "s#[^ ]*/sources/$source.cpp.o#$3/$1/$source.o#
        s#-o [^ ]*libgradus_cuda.so#-o $3/$1/libgradus_cuda.so#")"
  ) > "$3/$1/log" 2>&1
}

# Builds and runs one bug; leaves its row of the table in $work.
try_bug() {  # NUMBER NAME FILE CASES
  local folder=$work/$1 name=$2 file=$3 cases=$4 numbers=- orders=- plain=- asan=- checker=-
  for b in plain asan checker; do
    make_library $b "$file" "$folder" || {
      { echo "FAILED: $name does not compile:"; tail -n 20 "$folder/$b/log"; } > "$folder/broken"
      return
    }
  done
  if digest "$folder/plain" "$cases" > "$folder/forward" 2> "$folder/errors"; then
    digest "$build/cuda_emulator/plain" "$cases" > "$folder/right"
    cmp -s "$folder/right" "$folder/forward" || numbers=differ
    for order in reverse random:1; do
      digest "$folder/plain" "$cases" $order > "$folder/other" 2> /dev/null
      cmp -s "$folder/forward" "$folder/other" || orders=differ
    done
  else
    plain=$(in_short "$folder/errors")
  fi
  LD_PRELOAD=$(g++ -print-file-name=libasan.so) ASAN_OPTIONS=detect_leaks=0 \
    digest "$folder/asan" "$cases" > /dev/null 2> "$folder/errors" ||
    asan=$(in_short "$folder/errors")
  digest "$folder/checker" "$cases" > /dev/null 2> "$folder/errors" ||
    checker=$(in_short "$folder/errors")
  row "$name" "$numbers" "$orders" "$plain" "$asan" "$checker" > "$folder/row"
  [[ $numbers$orders$plain$asan$checker != ----- ]] ||
    echo "FAILED: no net caught: $name" > "$folder/broken"
}

row() { printf '%-29s %-8s %-7s %-9s %-9s %s\n' "$@"; }

number=0
# bug NAME FILE CASES OLD NEW: the first OLD in the file becomes NEW; what the cases compute is run.
bug() {
  [[ $1 == *"$only"* ]] || return 0
  number=$((number + 1))
  local folder=$work/$number text
  mkdir -p "$folder"
  text=$(< "$root/autodiff/cuda/$2")
  if [[ $text != *"$4"* ]]; then
    echo "FAILED: $1: $2 no longer contains: $4" > "$folder/broken"
    return
  fi
  printf '%s\n' "${text/"$4"/"$5"}" > "$folder/$(basename "$2" .cu).cpp"
  while [ "$(jobs -rp | wc -l)" -ge "$(nproc)" ]; do wait -n; done
  try_bug $number "$1" "$2" "$3" &
}

bug "no barrier after stores" reduce.cu " of (2,300,33)" \
  "= state;
    __syncthreads();" "= state;"
bug "no barrier before next tile" move.cu "transpose of (200,33,34)" \
  "__syncthreads();  // the next tile" "// the next tile"
bug "threads leave before barrier" reduce.cu " of (2,300,33)" \
  "State state = R::none();
    if (column < pass.inner)" "State state = R::none();
    if (column >= pass.inner) return;
    if (column < pass.inner)"
bug "shared memory not filled" reduce.cu " of (2,300,33)" \
  "states[threadIdx.y * columns + threadIdx.x] = state;" \
  "if (threadIdx.y != 7) states[threadIdx.y * columns + threadIdx.x] = state;"
bug "wrong lane mask" reduce.cu " of (9,33,1)" "0xffffffffu" "0x7fffffffu"
bug "half of a warp left out" reduce.cu " of (9,33,1)" "by = 16;" "by = 8;"
bug "every lane stores the sum" reduce.cu " of (9,33,1)" \
  "if (threadIdx.x == 0) pass.store" "pass.store"
bug "one entry too many" elementwise.cu "tanh of 3" "if (rest < size) y[rest] = f(x[rest])" \
  "if (rest <= size) y[rest] = f(x[rest])"
bug "wrong stride" move.cu "transpose of (3,65,31)" "(first_b + j) * a +" "(first_b + j) * b +"
bug "no check of a tile's edge" move.cu "transpose of (3,65,31)" "if (first_b + j < b && " "if ("
bug "shared tile too small" move.cu "transpose of (3,65,31)" "tile, 32 * 33" "tile, 31 * 33"
bug "host pointer in a kernel" move.cu "gather_rows of (9,40,8)" \
  "{rows.as<const std::int64_t>(), run}" "{indices, run}"
bug "scratch released too early" move.cu "gather_rows of (9,40,8)" \
  "const Scratch on_device(queue_, bytes);" \
  "const Scratch& on_device = *new Scratch(queue_, bytes);
  queue_.release(on_device.as<void>());"
bug "packs where they do not fit" pooling.cu "avg_pool2d" \
  "channels % Pack<T>::width == 0" "channels >= Pack<T>::width"
bug "sum begins undefined" conv.cu "conv2d" \
  "  queue_.clear(images.data, images.size * size_of(images.dtype));" ""
bug "first strip is added, not set" conv.cu "conv2d" "strip.first == 0 ? 0 : 1" "1"
bug "host does not wait" queue.cu "matmul 33x31x32" \
  'check_cuda(cudaStreamSynchronize(stream_), "copy to the host");' ""
bug "leading dimension" queue.cu "matmul 33x31x32" "s.transpose_b ? k : n, a," "k, a,"
bug "blocks never come back" pool.cu "matmul 33x31x32" "free_[size].push_back(data);" ""
wait

row bug numbers orders plain asan checker
for ((i = 1; i <= number; i++)); do cat "$work/$i/row" 2> /dev/null; done
if cat "$work"/*/broken >&2 2> /dev/null; then exit 1; fi
