#!/usr/bin/env bash
# Are the nets tight? Plants one bug after the other in the CUDA backend's sources, and prints which
# net caught it: `tests` (the plain library against the CPU), `orders` (orders_test.sh), what the
# AddressSanitizer and the checker build report, and `queue` (queue_test.cu under ThreadSanitizer).
# The cases are those that concern the bug. Fails if one slips through all.
# Usage: mutate.sh [BUILD FOLDER] [WORD: only bugs whose names contain it]
#        mutate.sh --test [BUILD FOLDER]: the table must be that of the book
# After a change: tests/cuda_emulator/mutate.sh > book/results/two-backends/mutations.txt
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.." || exit
if [ "${1-}" = --test ]; then
  diff book/results/two-backends/mutations.txt <("$0" "${2:-build/release}" || echo failed)
  exit
fi
root=$PWD build=$(realpath "${1:-build/release}") only=${2:-}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cmake --build "$build" --target cuda_plain_tests cuda_digest gradus_cuda_plain gradus_cuda_checker \
  gradus_cuda_asan cuda_queue_threads > "$work/log" || { tail -n 40 "$work/log"; exit 1; }

# with_library LIBRARY CASES COMMAND...: on the emulated device, in at most ten minutes.
with_library() {
  GRADUS_CUDA_LIBRARY=$1/libgradus_cuda.so GRADUS_CUDA_CASES=$2 timeout 600 "${@:3}"
}

# What a report or a failed test says, in a few words.
in_short() {
  local text
  text=$(grep -m1 -oE "(gpu emulator|AddressSanitizer|runtime error|WARNING: ThreadSanitizer): .*" \
    "$1" | sed -E 's/^(WARNING: )?[^:]*: //')
  case $text in
    *"nobody has written"*) echo "undefined" ;;
    *"outside every"*) echo "address" ;;
    *"host memory"*) echo "host memory" ;;
    *"not in the mask"*) echo "lane mask" ;;
    *"while work waits"*) echo "free" ;;
    race* | leak* | deadlock*) echo "${text%% *}" ;;
    "data race"*) echo "race" ;;
    "divergent barrier"*) echo "barrier" ;;
    "write beyond"*) echo "canary" ;;
    use-after-poison* | heap-* | SEGV*) echo "address" ;;
    *"out of bounds"*) echo "index" ;;
    *"reads lane"*) echo "lane mask" ;;
    "")
      if grep -q "SIG[A-Z]* - " "$1"; then
        echo "crash"
      elif grep -qE "what\(\):|unexpected exception" "$1"; then
        echo "error"
      else
        echo "differ"
      fi
      ;;
    *) echo "${text:0:16}" ;;
  esac
}

# Compiles target $1 with the changed sources below $3, of which $2 names those to compile, into $4.
make_changed() {
  local target=$1 folder=$3 out=$4 source object command link
  mkdir -p "$folder/$target"
  (
    cd "$build" || exit 1
    link=$(ninja -t commands "$target" | tail -n 1)
    for source in $2; do
      object=tests/cuda_emulator/CMakeFiles/$target.dir/sources/$source.cpp.o
      command=$(ninja -t commands "$object" | tail -n 1)
      command=${command/ -I/ -w -I$folder -I}
      command=${command/-o $object/-o $folder/$target/$source.o}
      if [ -e "$folder/autodiff/cuda/$source.cu" ]; then
        command="${command% -c *} -x c++ -c $folder/autodiff/cuda/$source.cu"
      fi
      eval "$command" || exit
      link=${link/$object/$folder/$target/$source.o}
    done
    eval "$(sed -E "s# -o [^ ]+# -o $out#" <<< "$link")"
  ) > "$folder/$target/log" 2>&1
}

# Builds and runs one bug; leaves its row of the table in $work.
try_bug() {  # FOLDER NAME CASES SOURCES QUEUE_SOURCES
  local folder=$1 name=$2 cases=$3 tests=- orders=- asan=- checker=- queue=- b broken=no
  for b in plain asan checker; do
    make_changed gradus_cuda_$b "$4" "$folder" "$folder/$b/libgradus_cuda.so" || broken=yes
  done
  [ -z "$5" ] || make_changed cuda_queue_threads "$5" "$folder" "$folder/queue" || broken=yes
  if [ $broken = yes ]; then
    { echo "FAILED: $name does not compile:"; tail -n 20 "$folder"/*/log; } > "$folder/broken"
    return
  fi
  if ! with_library "$folder/plain" "$cases" "$build/bin/cuda_plain_tests" \
    "~networks*" "~20 steps*" > "$folder/said" 2>&1; then
    tests=$(in_short "$folder/said")
  fi
  if [[ $tests == - || $tests == differ ]]; then
    with_library "$folder/plain" "$cases" tests/cuda/orders_test.sh "$build/bin/cuda_digest" \
      > /dev/null 2>&1 || orders=differ
  fi
  LD_PRELOAD=$(g++ -print-file-name=libasan.so) ASAN_OPTIONS=detect_leaks=0 \
    with_library "$folder/asan" "$cases" "$build/bin/cuda_digest" > "$folder/said" 2>&1 ||
    asan=$(in_short "$folder/said")
  with_library "$folder/checker" "$cases" "$build/bin/cuda_digest" > "$folder/said" 2>&1 ||
    checker=$(in_short "$folder/said")
  if [ "$5" ]; then
    TSAN_OPTIONS=halt_on_error=1 timeout 600 "$folder/queue" > "$folder/said" 2>&1 ||
      queue=$(in_short "$folder/said")
  fi
  row "$name" "$tests" "$orders" "$asan" "$checker" "$queue" > "$folder/row"
  [[ $tests$orders$asan$checker$queue != ----- ]] ||
    echo "FAILED: no net caught: $name" > "$folder/broken"
}

row() { printf '%-31s %-9s %-7s %-9s %-11s %s\n' "$@"; }

number=0
# bug NAME FILE CASES OLD NEW [SOURCE]: the first OLD in the file becomes NEW, and the cases whose
# names contain CASES are run. For a header, SOURCE is what is compiled anew.
bug() {
  [[ $1 == *"$only"* ]] || return 0
  number=$((number + 1))
  local folder=$work/$number text source queue=
  source=${6:-${2%.cu}}
  case $2 in
    *.h) queue="queue queue_test" ;;
    pool.cu | queue.cu) queue=$source ;;
  esac
  mkdir -p "$folder/autodiff/cuda" "$folder"/{plain,asan,checker}
  text=$(< "$root/autodiff/cuda/$2")
  if [[ $text != *"$4"* ]]; then
    echo "FAILED: $1: $2 no longer contains: $4" > "$folder/broken"
    return
  fi
  printf '%s\n' "${text/"$4"/"$5"}" > "$folder/autodiff/cuda/$2"
  while [ "$(jobs -rp | wc -l)" -ge "$(nproc)" ]; do wait -n; done
  try_bug "$folder" "$1" "$3" "$source" "$queue" &
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
  "{rows.as<const std::int64_t>()," "{indices,"
bug "scratch released too early" move.cu "gather_rows of (9,40,8)" \
  "const Scratch on_device(queue_, bytes);" \
  "const Scratch& on_device = *new Scratch(queue_, bytes);
  queue_.release(on_device.as<void>());"
bug "packs where they do not fit" move.h "slice of" "inner % width == 0" "inner >= width" move
bug "a divisor rounds down" divisor.h "slice of" "(d_) + 1" "(d_)" move
bug "sum begins undefined" conv.cu "conv2d of (2,9,7,4)" \
  "  queue_.clear(images.data, images.size * size_of(images.dtype));" ""
bug "first strip is added, not set" conv.cu "conv2d of (2,9,7,4)" "strip.first == 0 ? 0 : 1" "1"
bug "host does not wait" queue.cu "matmul 33x31x32" \
  'check_cuda(cudaEventSynchronize(taken.stage.done), "copy to the host");' ""
bug "a stage is used too early" queue.cu "matmul 33x31x32" \
  'check_cuda(cudaEventSynchronize(stage.done), "an earlier copy");' ""
bug "leading dimension" queue.cu "matmul 33x31x32" "s.transpose_b ? k : n, a," "k, a,"
bug "blocks never come back" pool.cu "matmul 33x31x32" "free_[size].push_back(data);" ""
bug "f32 is summed in f32" reduce.cu "sum of" "using State = double;" "using State = T;"
bug "rows added in reverse" move.cu "gather_rows of (9,40,8)" \
  "for (std::int64_t i = 0; i < count; ++i) order" "for (std::int64_t i = count; i-- > 0;) order"
bug "later strips are set, in f32" conv.cu "conv2d of (9,40,41,64)" "strip.first == 0 ? 0 : 1" \
  "strip.first == 0 || sizeof(T) == 4 ? 0 : 1"
bug "64-bit kernels miscount" move.h "slice of" \
  ": f(element, run);" ": f(element, run + 1);" move
bug "32-bit indices too far" queue.h "slice of" "std::int64_t{1} << 30" "std::int64_t{1} << 40" \
  queue
bug "a launch's status is ignored" queue.h "tanh of 3" \
  "check_cuda(
        gpu_launch(kernel, dim3(grid), block, 0, stream_, static_cast<Parameters>(arguments)...),
        name);" \
  "gpu_launch(kernel, dim3(grid), block, 0, stream_, static_cast<Parameters>(arguments)...);" \
  elementwise
bug "products in another stream" queue.cu "matmul 33x31x32" \
  'check_blas(cublasSetStream(blas_, stream_), "start of cuBLAS");' ""
bug "allocate without its lock" queue.cu "tanh of 3" "const std::lock_guard lock(mutex_);
  return pool_.allocate" "return pool_.allocate"
bug "release without its lock" queue.cu "tanh of 3" "const std::lock_guard lock(mutex_);
  pool_.release" "pool_.release"
bug "a product without its lock" queue.cu "matmul 33x31x32" "const std::lock_guard lock(mutex_);
  check_blas" "check_blas"
bug "waiting with the lock held" queue.cu "tanh of 3" \
  'check_cuda(cudaEventSynchronize(taken.stage.done), "copy to the host");' \
  '{
      const std::lock_guard lock(mutex_);
      check_cuda(cudaEventSynchronize(taken.stage.done), "copy to the host");
    }'
bug "an old device is not noticed" queue.cu "tanh of 3" "if (runs != cudaSuccess)" "if (false)"
bug "the error stays after a retry" pool.cu "tanh of 3" \
  "cudaGetLastError();  // forgotten: the next call would report it again" ""
bug "the error stays after giving up" pool.cu "tanh of 3" "cudaGetLastError();
    std::size_t" "std::size_t"
bug "freed while kernels wait" pool.cu "tanh of 3" "cudaStreamSynchronize(stream_);" ""
bug "cached bytes are not reset" pool.cu "tanh of 3" "stats_.cached_bytes = 0;" ""
bug "a closed pool goes on caching" pool.cu "tanh of 3" "closed_ = true;" ""
wait

row bug tests orders asan checker queue
for ((i = 1; i <= number; i++)); do cat "$work/$i/row" 2> /dev/null; done
if cat "$work"/*/broken >&2 2> /dev/null; then exit 1; fi
