#!/usr/bin/env bash
# Usage: test.sh COORDINATE_CHECK REPOSITORY
# Verdicts on changes that are exact powers, on chapter 7's own table with its planted bugs, and on
# a network of PyTorch if there is one; and a sentence for every kind of bad table.
check=$(realpath "$1")
source "$2/tests/shell_test.sh"
home=$2/chapters/ch07_coordinate_check/your_network

# powers NAME:EXPONENT...: layers whose change is a power of the width, alike at steps 1 and 10
powers() {
  echo width,step,layer,rms
  for width in 64 128 256 512; do
    for step in 0 1 10; do
      for layer in "$@"; do
        awk -v w=$width -v t=$step -v l="${layer%:*}" -v p="${layer#*:}" \
          'BEGIN { printf "%d,%d,%s,%.9g\n", w, t, l, 0.01 * t * (w / 64)^p }'
      done
    done
  done
}
verdict() {  # FILE LAYER [option...]: the verdict on a layer, and the exit code
  local file=$1 layer=$2 code=0
  shift 2
  "$check" "$file" --out figures "$@" > printed 2> error || code=$?
  echo "$(sed -nE "s/^$layer +[0-9]+ +(none|-?[0-9.]+ \+- [-+.0-9a-z]+) +//p" printed), $code"
}
refusal() {  # FILE: what is wrong, and the exit code
  local code=0
  "$check" "$@" --out figures > printed 2> error || code=$?
  echo "$(sed 's/^check: error: //' error), $code"
}

powers first:0 hidden:0 out:0 > flat.csv
expect "a flat layer" "flat, 0" "$(verdict flat.csv hidden)"
expect "the figure" yes "$(if ! command -v gnuplot > printed || [ -s figures/coordinate_check.png ]; then echo yes; fi)"
powers first:0 hidden:1 out:0 > rate.csv
expect "a growing layer" "grows near n: a factor n_0/n is missing, 1" "$(verdict rate.csv hidden)"
expect "the others beside it" "flat, 1" "$(verdict rate.csv first)"
powers first:-0.5 out:0.5 > two.csv
expect "a lazy layer" "fades near n^-1/2: a layer of NTK, 1" "$(verdict two.csv first)"
expect "the output" "grows near n^1/2: SP's hidden layers, SGD, 1" "$(verdict two.csv out)"
sed 's/$/\r/' rate.csv | sed '1s/^/\xef\xbb\xbf/' > spreadsheet.csv
expect "a table from a spreadsheet" "$(verdict rate.csv hidden)" "$(verdict spreadsheet.csv hidden)"
awk -F, 'NR == 1 { print $0 ",seed"; next } { printf "%d.0,%d,%s,%s,0\n%d.0,%d,%s,%s,1\n", $1, $2, $3, 2 * $4, $1, $2, $3, $4 }' \
  rate.csv | (read -r header; echo "$header"; tac) > shuffled.csv
expect "two seeds in any order" "$(verdict rate.csv hidden)" "$(verdict shuffled.csv hidden)"
sed 's/^512,10,out,.*/512,10,out,nan/' flat.csv > late.csv
expect "the output is judged early" "flat, 0" "$(verdict late.csv out)"
sed 's/^512,10,hidden,.*/512,10,hidden,nan/' flat.csv > diverged.csv
expect "a run that diverged" "diverged at width 512: take a smaller rate, 1" "$(verdict diverged.csv hidden)"
sed 's/^\(.*,10,first\),.*/\1,0/' flat.csv > frozen.csv
expect "a layer that stands still" "has not moved at width 64, 1" "$(verdict frozen.csv first)"

sed 's/^64,0,first,0/64,0,first,1.4/' flat.csv > sizes.csv
expect "sizes in place of changes" \
  "sizes.csv, row 1: rms is 1.4 at step 0; write the rms of h(t) - h(0), what has changed, not that of h(t), 2" \
  "$(refusal sizes.csv)"
printf 'width,step,layer,rms\n64,1,a,1\n128,1,a,1.6\n512,1,a,1.1\n' > noisy.csv
expect "a crooked line" "flat; take more seeds, 0" "$(verdict noisy.csv a)"
cut -d, -f1-3 flat.csv > column.csv
expect "a missing column" "[table] there is no column rms, 2" "$(refusal column.csv)"
grep -v '^\(256\|512\),' flat.csv > widths.csv
expect "two widths" "widths.csv has 2 widths; a slope needs three at least, over a factor of 4 or more, 2" \
  "$(refusal widths.csv)"
grep -v '^256,10,hidden' flat.csv > hole.csv
expect "a hole" "hole.csv lacks layer 'hidden' of width 256, seed 0, at step 10, 2" "$(refusal hole.csv)"
(cat flat.csv; tail -n 1 flat.csv) > twice.csv
expect "a row given twice" \
  "twice.csv, row 37: layer 'out' of width 512 at step 10 stands there twice; a column seed tells draws apart, 2" \
  "$(refusal twice.csv)"
sed 's/^128,1,out,.*/128,1,out,-0.1/' flat.csv > negative.csv
expect "an rms below 0" "negative.csv, row 15: an rms of -0.1 is below 0, 2" "$(refusal negative.csv)"
sed 's/^128,1,out,.*/128,1,out,small/' flat.csv > word.csv
expect "a word" "[table] 'small' in column rms is not a number, 2" "$(refusal word.csv)"
head -n 1 flat.csv > empty.csv
expect "no rows" "empty.csv has no row with a step above 0, 2" "$(refusal empty.csv)"
head -c 100 flat.csv > cut.csv
expect "a cut file" "cut.csv, row 6: the table is damaged or cut; make it again, 2" "$(refusal cut.csv)"
expect "no such file" "cannot read absent.csv: No such file or directory, 2" "$(refusal absent.csv)"
expect "no such layer" "flat.csv has no layer 'logits', 2" "$(refusal flat.csv --output logits)"

# own VARIANT OPTIMISER: of chapter 7's committed run
own() {
  gzip -dc "$2/book/results/ch07/coordinates.csv.gz" |
    awk -F, -v v="$1" 'NR == 1 { print "width,seed,step,layer,rms"; next }
      $1 == v && $2 == "Adam" && $5 > 0 && ($5 > 1 || v != "mup") { print $3 "," $4 "," $5 "," $6 "," $8 }' > "$1.csv"
}
for variant in mup bug_rate bug_biases; do own $variant "$2"; done
expect "chapter 7: muP" "flat, 0" "$(verdict mup.csv layer2 --output output)"
expect "chapter 7: the hidden rate" "1" "$(verdict bug_rate.csv layer2 --output output | grep -o '1$')"
expect "chapter 7: biases" "fades near 1/n: a bias scaled as a weight, 1" \
  "$(verdict bug_biases.csv bias1 --output output)"

for table in mup sp; do  # what the book prints
  committed=$2/book/results/ch07/your_network/$table
  expect "the book's $table" "$(cat "$committed.txt")" "$("$check" "$committed.csv" --out figures)"
done
if python3 -c 'import torch' 2> error; then
  python3 "$home/pytorch.py" torch.csv
  expect "PyTorch: muP" "flat, 0" "$(verdict torch.csv 2)"
  python3 "$home/pytorch.py" --sp torch.csv
  expect "PyTorch: one rate for all" "grows, 1" "$(verdict torch.csv 2 | sed 's/ near.*,/,/')"
else
  echo "there is no PyTorch here: its example was not tried"
fi
report
