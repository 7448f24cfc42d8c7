# shellcheck shell=bash
# Sourced by ./run: lists the exercises and what is done, or builds and tests one of them.

# The file of exercise C.K, such as 3.1, or program.1 of the appendix; or nothing.
exercise_file() {
  if [[ $1 =~ ^([0-9]+)\.([0-9])$ ]]; then
    compgen -G "$(printf 'chapters/ch%02d_*/exercises/e%s.cpp' "$((10#${BASH_REMATCH[1]}))" "${BASH_REMATCH[2]}")"
  elif [[ $1 =~ ^([a-z]+)\.([0-9])$ ]]; then
    compgen -G "chapters/${BASH_REMATCH[1]}/exercises/e${BASH_REMATCH[2]}.cpp"
  fi
}

# ch03_e1 from chapters/ch03_one_backward_pass/exercises/e1.cpp
exercise_target() {
  local folder=${1#chapters/}
  folder=${folder%%/*}
  printf '%s_%s' "${folder%%_*}" "$(basename "$1" .cpp)"
}

# 3.1 from the same
exercise_number() {
  local target
  target=$(exercise_target "$1")
  local chapter=${target%_*}
  [[ $chapter != ch[0-9][0-9] ]] || chapter=$((10#${chapter#ch}))
  printf '%s.%s' "$chapter" "${target#*_e}"
}

# Nothing is written yet: the marker stands, and git, where it knows the file, sees no change.
is_untouched() {
  grep -q 'your turn' "$1" && { ! git ls-files --error-unmatch "$1" || git diff --quiet HEAD -- "$1"; } > /dev/null 2>&1
}

# In a word or two, what became of an answer.
state_of() {
  if is_untouched "$1"; then
    echo "not begun"
  elif ! cmake --build --preset release --target "$(exercise_target "$1")" > /dev/null 2>&1; then
    echo "does not compile"
  elif "build/release/bin/$(exercise_target "$1")" > /dev/null 2>&1; then
    echo "done"
  else
    echo "fails"
  fi
}

list_exercises() {
  local file length title done=0 count=0 state
  for file in chapters/*/exercises/e?.cpp; do
    if ! is_untouched "$file"; then
      configure
      break
    fi
  done
  for file in chapters/*/exercises/e?.cpp; do
    # // Exercise 3.1 (an hour): the backward pass by hand.
    length=$(sed -n '1s/.*(\(.*\)):.*/\1/p' "$file")
    title=$(sed -n '1s/^[^:]*: \(.*[^.]\)\.*$/\1/p' "$file")
    state=$(state_of "$file")
    [ "$state" != "done" ] || done=$((done + 1))
    count=$((count + 1))
    printf '%-9s  %-16s  %-11s  %s\n' "$(exercise_number "$file")" "$state" "$length" "$title"
  done
  printf '\n%s of %s done. One of them: ./run exercise 1.1\n' "$done" "$count"
}

test_exercise() {
  local file target
  file=$(exercise_file "$1" || true)
  if [ -z "$file" ]; then
    echo "There is no exercise '$1'; ./run exercise lists them." >&2
    return 2
  fi
  target=$(exercise_target "$file")
  configure
  say cmake --build --preset release --target "$target"
  if ! cmake --build --preset release --target "$target"; then
    say "Exercise $1 does not compile yet; the first error is above. Your answer is in $file"
    return 1
  fi
  say "build/release/bin/$target"
  if "build/release/bin/$target"; then
    say "Exercise $1 is done. To compare: ${file/exercises/exercises/solutions}"
  elif is_untouched "$file"; then
    say "Exercise $1 waits for you: write in $file, then run this again."
    return 1
  else
    say "Exercise $1 fails still. Your answer is in $file"
    return 1
  fi
}
