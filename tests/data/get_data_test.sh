#!/usr/bin/env bash
# Tests data/get_data.sh against file:// mirrors: no network is needed.
set -euo pipefail
script=$(cd "$(dirname "$0")/../.." && pwd)/data/get_data.sh
if ! command -v curl > /dev/null; then
  echo "gradus: skipped, curl is not installed (wget knows no file:// addresses)"
  exit 0
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export XDG_CACHE_HOME=$work/cache
mirror=$work/mirror
mkdir -p "$mirror"

fail() {
  echo "FAILED: $*; the output was:" >&2
  cat "$work/output" >&2
  exit 1
}
# expect STATUS TEXT ARGUMENTS...: runs the script, which must exit with STATUS and say TEXT.
expect() {
  local want=$1 text=$2 status=0
  shift 2
  "${command[@]:-$script}" "$@" > "$work/output" 2>&1 || status=$?
  [[ $status == "$want" ]] || fail "get_data.sh $* exited with $status, not $want"
  grep -qF -- "$text" "$work/output" || fail "get_data.sh $* did not say '$text'"
}
# The cache must hold exactly these folders: nothing half-fetched, no work folder.
expect_cache() {
  local got
  got=$(find "$XDG_CACHE_HOME/gradus" -mindepth 1 -maxdepth 1 -printf '%f\n' | sort | xargs)
  [[ $got == "$*" ]] || fail "the cache holds '$got', not '$*'"
}

expect 0 "usage:" --help
expect 2 "usage:"
expect 2 "there is no data set 'cifar'" cifar
expect 2 "there is no data set 'cifar'" mnist cifar
expect 2 "no option --force" --force mnist
expect 2 "--mirror needs a URL" --mirror
[[ ! -e $XDG_CACHE_HOME ]] || fail "wrong usage made the cache"

# A host that lacks the files, and one that delivers others.
expect 1 "mnist was not fetched" --mirror "file://$mirror" mnist
expect_cache
mkdir "$mirror/cifar-10"
echo "not an archive" > "$mirror/cifar-10/cifar-10-binary.tar.gz"
expect 1 "has SHA-256" --mirror "file://$mirror" cifar-10
expect_cache

# An archive is unpacked; a copy of the script expects the hash of ours.
mkdir -p "$work/pack/cifar-10-batches-bin"
echo batch > "$work/pack/cifar-10-batches-bin/data_batch_1.bin"
tar -czf "$mirror/cifar-10/cifar-10-binary.tar.gz" -C "$work/pack" cifar-10-batches-bin
sum=$(sha256sum < "$mirror/cifar-10/cifar-10-binary.tar.gz" | cut -d ' ' -f 1)
sed "s/^ *[0-9a-f]\{64\} cifar-10-binary/ $sum cifar-10-binary/" "$script" > "$work/copy.sh"
command=(bash "$work/copy.sh")
expect 0 "cifar-10: complete and verified" --mirror "file://$mirror" cifar-10
expect_cache cifar-10
[[ $(cat "$XDG_CACHE_HOME/gradus/cifar-10/data_batch_1.bin") == batch ]] || fail "wrong content"
expect 0 "is there already" --mirror "file:///nowhere" cifar-10
command=("$script")

# The official Fashion-MNIST, made from Debian's package, which only left names and times out of the
# gzip headers: the hashes in the script are those of the files that Zalando published.
package=/usr/share/datasets/fashion-mnist
if [[ ! -d $package ]]; then
  echo "passed, without Fashion-MNIST: dataset-fashion-mnist is not installed"
  exit 0
fi
mkdir "$mirror/fashion-mnist"
official() {  # official FILE TIME: the time as four bytes in octal
  {
    printf '\037\213\010\010%b\000\003%s\000' "$2" "$1"
    tail -c +11 "$package/$1.gz"
  } > "$mirror/fashion-mnist/$1.gz"
}
official train-images-idx3-ubyte '\0336\0351\0247\0131'
official train-labels-idx1-ubyte '\0336\0351\0247\0131'
official t10k-images-idx3-ubyte '\0363\0351\0247\0131'
official t10k-labels-idx1-ubyte '\0363\0351\0247\0131'
mv "$mirror/fashion-mnist/t10k-labels-idx1-ubyte.gz" "$work/last.gz"
expect 1 "no host delivered the right t10k-labels" --mirror "file://$mirror" fashion-mnist
expect_cache cifar-10
mv "$work/last.gz" "$mirror/fashion-mnist/t10k-labels-idx1-ubyte.gz"
expect 0 "fashion-mnist: complete and verified" --mirror "file://$mirror" fashion-mnist cifar-10
expect_cache cifar-10 fashion-mnist
echo passed
