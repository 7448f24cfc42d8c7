#!/usr/bin/env bash
# Chapter 14's experiment takes every model, loss and last layer, and says in one sentence what is
# wrong with an option; its report tells single runs, beside published ones. $1 and $2 are the programs.
results=$(cd "$(dirname "${BASH_SOURCE[0]}")/../../book/results/ch14" && pwd)
source "$(dirname "${BASH_SOURCE[0]}")/../shell_test.sh"
experiment=$1 reporting=$2
export GRADUS_DATA=embedded  # small, and everywhere the same

# train NAME OPTION...: networks of width 4, trained at c = 1 and 2, and the starts that it prints.
train() {
  local out=$1
  shift
  "$experiment" --widths 4 --measure 8 --x 0,1 --out "$out" "$@" 2> errors.txt &&
    "$reporting" "$out" > printed.txt 2> errors.txt
}
starts() { grep -c ': begins at loss [0-9.]*, lambda_0 [1-9]' printed.txt; }

for model in fcn linear myrtle5 myrtle7 myrtle10 resnet18; do
  train "$model" --model "$model" --loss xent --seeds 1
  expect "$model with cross-entropy" "0 1" "$? $(starts)"
done
for output in standard zero alpha=4 si out_exp=.5 mup; do
  train "$output" --output "$output" --seeds 1
  expect "last layer $output" "0 1" "$? $(starts)"
done
loss() { awk -F, '$6 == "loss" && $5 == 1 && $8 == '"$2"' { print $9 }' "$1/early_training.csv"; }
expect "no output, the loss of ten labels in a hundred" 0.05 "$(loss zero 0 | cut -c 1-4)"
expect "each loss of ten steps" 11 "$(loss standard '$8' | wc -l)"

train fresh --seeds 1 --batch 4 --fresh
expect "beside the sharpness on one set, those on batches" 11 "$(grep -c ',fresh_power,1,' fresh/early_training.csv)"
expect "and the report tells both" 1 "$(grep -c 'one set  batches  20 steps' printed.txt)"

rm -r standard
train standard --depths 2,3 --seeds 2 --batch 4
expect "every depth and seed is told" "0 4" "$? $(starts)"
expect "a figure of the loss" 1 "$(find standard -name runs_loss.gp | wc -l)"

# A published run lies in the folder as source.csv.
beside() {
  printf "$1" > standard/source.csv
  "$reporting" standard > printed.txt 2> errors.txt
}
beside 'x,step,loss,accuracy,sharpness\n1,0,2,.1,3\n1,1,1,.2,2\n'
expect "beside a published run" "0 4" "$? $(grep -c '^ 1.0 .* apart$' printed.txt)"
beside 'x,step\n0,0\n'
expect "beside other columns" "2 1" "$? $(grep -c 'error: .*no column' errors.txt)"
beside 'x,step,loss,accuracy,sharpness\n'
expect "beside nothing" "2 1" "$? $(grep -c 'error: .*no rows' errors.txt)"

# What a cell does not depend on is no reason to compute it again; what it reads is one.
computed() {  # X WIDTHS SEEDS OPTION...: how many cells are computed
  "$experiment" --measure 8 --out cells --x "$1" --widths "$2" --seeds "$3" "${@:4}" 2> errors.txt
  sed -n 's/.*: \([0-9]*\) of [0-9]* cells to compute.*/\1/p; s/.*all cells are from.*/0/p' errors.txt
}
expect "the first time, all" 2 "$(computed 0,1 4 1)"
expect "more memory" 0 "$(computed 0,1 4 1 --memory 3)"
expect "a third x" 1 "$(computed 0,1,2 4 1)"
expect "another width" 3 "$(computed 0,1,2 4,8 1)"
expect "another seed" 3 "$(computed 0,1,2 4 2)"
expect "another loss" 2 "$(computed 0,1 4 1 --loss xent)"
# Twelve images of 2 x 2 pixels, and labels; then with another first pixel.
mkdir mine
idx() { printf "\\0\\0\\010\\00$1"; shift; for size; do printf "\\0\\0\\0\\0$size"; done; }
images() { { idx 3 12 2 2; printf "$1bc"; head -c 37 "$experiment"; } > mine/train-images-idx3-ubyte; }
{ idx 1 12; printf '\0\01\02\03\04\05\06\07\010\011'; } > mine/train-labels-idx1-ubyte
images a
expect "other images" 2 "$(computed 0,1 4 1 --data mine)"
expect "the same by the variable" 0 "$(GRADUS_DATA=$PWD/mine computed 0,1 4 1)"
mv mine yours
expect "the same in another place" 0 "$(computed 0,1 4 1 --data yours)"
mv yours mine && images z
expect "others behind the same path" 2 "$(computed 0,1 4 1 --data mine)"

# refuses SENTENCE OPTION...: exit code 2, and one sentence.
refuses() {
  local sentence=$1
  shift
  "$experiment" --measure 8 --seeds 1 --out refused "$@" 2> errors.txt
  expect "$*: exit code and '$sentence'" "2 1" "$? $(grep -c "error: .*$sentence" errors.txt)"
}
refuses "choose one of fcn, linear" --model vgg
refuses "choose one of mse, xent" --loss l1
refuses "choose one of alpha, mup" --output large
refuses "take a number" --output alpha
refuses "take a number" --output zero=1
refuses "takes numbers" --output alpha=x
refuses "takes whole numbers from 1 up" --widths 1.5
refuses "takes whole numbers from 1 up" --depths 0
refuses "takes whole numbers from 1 up to a million" --widths 1e300
refuses "takes numbers" --widths 1e999
refuses "width 4096 and depth 100000 would need at least [0-9]* GiB" --depths 100000 --widths 4096
refuses "width 1000000 and depth 10 would need" --model myrtle10 --widths 1000000
refuses "takes one number, not 2" --output alpha=1,2
refuses "take a number" --output out_exp=
for seeds in 0 2147483647; do
  "$experiment" --out refused --seeds $seeds 2> errors.txt
  expect "--seeds $seeds" "2 1" "$? $(grep -c 'from 1 to 1000 networks' errors.txt)"
done
refuses "takes numbers, with commas between" --widths 8,,16
refuses "8 is there twice" --widths 8,8
refuses "takes numbers" --x nan
refuses "depth 5, 7 and 10" --model myrtle5 --depths 6
refuses "resnet18 has 18 layers" --model resnet18 --depths 9
refuses "negative" --batch -1
refuses "cannot be drawn" --widths 4 --batch 1000000
refuses "at least 1 GiB" --memory 0
refuses "give --batch and --x, too" --fresh

# What chapter 14 says of its two largest committed runs: the first network of each width has the
# same boundaries on 512 images and on 4,000, and nearly the same lambda_0.
found() { gzip -dc "$results/$1/early_training.csv.gz" | grep "^find,[0-9]*,8,0,0,$2"; }
found source c_ > few.txt
found source_all c_ > all.txt
expect "4,000 images: sixteen boundaries, those of 512" "16 0" "$(wc -l < few.txt) $(cmp few.txt all.txt; echo $?)"
paste -d , <(found source lambda_0) <(found source_all lambda_0) > lambda.txt
apart() { awk -F, '{ r = $18 / $9 - 1; if (r < .01 && r > -.01) n++ } END { print n }' lambda.txt; }
expect "and lambda_0 within one percent, at four widths" 4 "$(apart)"
report
