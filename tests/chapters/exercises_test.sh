#!/usr/bin/env bash
# The tests of the exercises: they refuse the stubs, and each wrong answer with the likely cause.
# ctest itself runs them with the solutions. $1 is the build folder, $2 the list of wrong answers, $3
# the folder of the chapters.
source "$(dirname "${BASH_SOURCE[0]}")/../shell_test.sh"
build=$1 list=$2 chapters=$3

# A reader's own answer is no business of this test.
stubs=()
while read -r file; do
  chapter=${file#"$chapters"/}
  chapter=${chapter%%/*}
  stubs+=("${chapter%%_*}_$(basename "$file" .cpp)")
done < <(grep -l 'your turn' "$chapters"/*/exercises/e?.cpp)
cmake --build "$build" --target wrong_answers "${stubs[@]}" > build.txt 2>&1
expect "stubs and wrong answers build" 0 $?
[ "$failures" -eq 0 ] || tail -n 40 build.txt

fails() { [ "$1" -ne 0 ] && [ "$1" -ne 124 ] && echo 1; }
for stub in "${stubs[@]}"; do
  timeout 60 "$build/bin/$stub" > said.txt 2>&1
  expect "$stub fails" 1 "$(fails $?)"
done
while IFS=$'\t' read -r program cause; do
  timeout 60 "$build/bin/$program" > said.txt 2>&1
  said=$(tr -s ' \n' ' ' < said.txt)
  expect "$program fails and says '$cause'" "yes" \
    "$([[ $said == *"likely cause: "*"$cause"* ]] && echo yes || tail -n 20 said.txt)"
done < "$list"
report
