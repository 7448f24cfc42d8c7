#!/bin/sh
# Makes the four files of fashion_mnist_subset/ from Debian's package dataset-fashion-mnist: the
# first 2,048 training and the first 512 test images and labels, as gzipped IDX files.
set -eu
package=${1:-/usr/share/datasets/fashion-mnist}
out=${2:-$(dirname "$0")/fashion_mnist_subset}

# subset FILE COUNT HEADER_BYTES BYTES_PER_ITEM: an IDX header keeps its item count in bytes 4 to 7.
subset() {
  source=$package/$1
  if [ ! -r "$source" ]; then
    echo "$source is missing: apt install dataset-fashion-mnist" >&2
    exit 2
  fi
  high=$(printf '%03o' $(($2 / 256)))
  low=$(printf '%03o' $(($2 % 256)))
  {
    zcat "$source" | head -c 4
    printf %b "\\0000\\0000\\0$high\\0$low"
    zcat "$source" | head -c $(($3 + $2 * $4)) | tail -c +9
  } | gzip -n -9 > "$out/$1"
  echo "$out/$1: $2 items"
}

subset train-images-idx3-ubyte.gz 2048 16 784
subset train-labels-idx1-ubyte.gz 2048 8 1
subset t10k-images-idx3-ubyte.gz 512 16 784
subset t10k-labels-idx1-ubyte.gz 512 8 1
