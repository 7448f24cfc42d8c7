#!/usr/bin/env bash
# Fetches the official files of image data sets into the cache, where every program finds them.
set -euo pipefail

usage() {
  cat <<'END'
usage: data/get_data.sh [--mirror URL] NAME...

Fetches data sets into ${XDG_CACHE_HOME:-~/.cache}/gradus, and keeps them only if every SHA-256 is
right. A program then finds them by name, for example: ch01_chain_rule --data mnist

  fashion-mnist   31 MB download (on Debian and Ubuntu also: apt install dataset-fashion-mnist)
  mnist           12 MB download
  cifar-10        170 MB download, binary version
  cifar-100       169 MB download, binary version
  all             these four

  --mirror URL    take the files from URL/NAME/ instead of the official hosts
END
}

complain() {
  echo "get_data.sh: $*" >&2
}

# set_files NAME: sets `hosts` (tried in turn) and `files` (SHA-256 and name of each).
set_files() {
  case $1 in
    fashion-mnist)
      hosts=(http://fashion-mnist.s3-website.eu-central-1.amazonaws.com)
      files=(
        3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84 train-images-idx3-ubyte.gz
        a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845 train-labels-idx1-ubyte.gz
        346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073 t10k-images-idx3-ubyte.gz
        67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5 t10k-labels-idx1-ubyte.gz
      ) ;;
    mnist)
      hosts=(https://storage.googleapis.com/cvdf-datasets/mnist
             https://ossci-datasets.s3.amazonaws.com/mnist)
      files=(
        440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609 train-images-idx3-ubyte.gz
        3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c train-labels-idx1-ubyte.gz
        8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6 t10k-images-idx3-ubyte.gz
        f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6 t10k-labels-idx1-ubyte.gz
      ) ;;
    cifar-10)
      hosts=(https://www.cs.toronto.edu/~kriz)
      files=(
        c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd cifar-10-binary.tar.gz
      ) ;;
    cifar-100)
      hosts=(https://www.cs.toronto.edu/~kriz)
      files=(
        58a81ae192c23a4be8b1804d68e518ed807d710a4eb253b1f2a199162a40d8ec cifar-100-binary.tar.gz
      ) ;;
    *)
      complain "there is no data set '$1'; choose among fashion-mnist, mnist, cifar-10, cifar-100" \
        "and all"
      exit 2 ;;
  esac
  if [[ -n $mirror ]]; then hosts=("$mirror/$1"); fi
}

# sha256 FILE: its hash; macOS calls the program otherwise.
sha256() {
  local program=(sha256sum)
  command -v sha256sum > /dev/null || program=(shasum -a 256)
  "${program[@]}" < "$1" | cut -d ' ' -f 1
}

# download URL FILE
download() {
  if command -v curl > /dev/null; then
    local show=(--silent --show-error)
    if [[ -t 2 ]]; then show=(--progress-bar); fi
    curl --fail --location --retry 2 --connect-timeout 20 "${show[@]}" --output "$2" "$1"
  else
    wget --tries=3 --timeout=20 --no-verbose --output-document="$2" "$1"
  fi
}

# fetch NAME: all or nothing. The work folder becomes the cached one when everything is right.
fetch() {
  local name=$1 sum file host got
  set_files "$name"
  if [[ -d $cache/$name ]]; then
    echo "$name is there already: $cache/$name"
    return
  fi
  mkdir "$work/$name"
  set -- "${files[@]}"
  while (($# > 0)); do
    sum=$1 file=$2
    shift 2
    got=""
    for host in "${hosts[@]}"; do
      echo "$name: $host/$file"
      if ! download "$host/$file" "$work/$name/$file"; then continue; fi
      got=$(sha256 "$work/$name/$file")
      if [[ $got == "$sum" ]]; then break; fi
      complain "$host/$file has SHA-256 $got, but $sum is expected"
    done
    if [[ $got != "$sum" ]]; then
      complain "$name was not fetched: no host delivered the right $file"
      exit 1
    fi
    if [[ $file == *.tar.gz ]]; then
      tar -xzf "$work/$name/$file" -C "$work/$name" --strip-components=1 --no-same-owner
      rm "$work/$name/$file"
    fi
  done
  mv "$work/$name" "$cache/"  # fails where another process was faster
  echo "$name: complete and verified in $cache/$name; use it with --data $name"
}

mirror=""
names=()
while (($# > 0)); do
  case $1 in
    -h | --help) usage; exit 0 ;;
    --mirror)
      if (($# < 2)); then complain "--mirror needs a URL"; exit 2; fi
      mirror=$2
      shift ;;
    -*) complain "there is no option $1; --help lists them"; exit 2 ;;
    all) names+=(fashion-mnist mnist cifar-10 cifar-100) ;;
    *) names+=("$1") ;;
  esac
  shift
done
if ((${#names[@]} == 0)); then usage >&2; exit 2; fi
for name in "${names[@]}"; do set_files "$name"; done
if ! command -v curl > /dev/null && ! command -v wget > /dev/null; then
  complain "curl or wget is needed: apt install curl"
  exit 2
fi

cache=${XDG_CACHE_HOME:-}
if [[ $cache != /* ]]; then
  if [[ -z ${HOME:-} ]]; then complain "neither XDG_CACHE_HOME nor HOME is set"; exit 2; fi
  cache=$HOME/.cache
fi
cache=$cache/gradus
mkdir -p "$cache"
# A download holds a lock on its folder: one without was left by a script that was killed.
if command -v flock > /dev/null; then
  for old in "$cache"/.download.*; do
    if [[ -d $old ]] && flock -n "$old" true; then rm -rf "$old"; fi
  done
fi
work=$(mktemp -d "$cache/.download.XXXXXX")
trap 'rm -rf "$work"' EXIT
exec 9< "$work"
if command -v flock > /dev/null; then flock -n 9; fi
for name in "${names[@]}"; do fetch "$name"; done
