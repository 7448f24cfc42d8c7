#!/usr/bin/env bash
# ./run in a checkout with stand-ins for cmake and a chapter. $1 is the root of the repository.
source "$(dirname "${BASH_SOURCE[0]}")/../shell_test.sh"
root=$1

mkdir -p tools checkout/cmake checkout/chapters/ch14_test checkout/build/release/bin
cp "$root/run" checkout
touch checkout/CMakePresets.json checkout/chapters/ch14_test/{main,experiment}.cpp
echo 'install_packages() { :; }' > checkout/cmake/install-packages.sh
cat > tools/cmake <<'END'
#!/bin/sh
echo "$*" >> cmake.log
case $* in *--build*) exit ;; esac
echo "CMAKE_HOME_DIRECTORY:INTERNAL=$PWD" > build/release/CMakeCache.txt
touch -d 'now + 1 hour' build/release/build.ninja
END
cat > checkout/build/release/bin/ch14_test <<'END'
#!/bin/sh
case " $* " in *' --fail '*) exit 3 ;; esac
mkdir -p build/results/ch14
echo "printed: $*"
END
chmod +x tools/cmake checkout/build/release/bin/ch14_test
PATH=$PWD/tools:$PATH

# configured FOLDER: how ./run 14 configures there.
configured() {
  (cd "$1" && rm -f cmake.log && ./run 14 > run.txt 2>&1 && grep -v -e --build cmake.log)
}
expect "the first run configures" "--preset release" "$(configured checkout)"
expect "the second does not" "" "$(configured checkout)"
cp -a checkout 'a copy'
expect "a copy is configured anew" "--preset release --fresh" "$(configured 'a copy')"
expect "and says why" 1 "$(grep -c "build/release belongs to $PWD/checkout;" 'a copy/run.txt')"
expect "once" "" "$(configured 'a copy')"
mv 'a copy' moved
expect "a moved one too" "--preset release --fresh" "$(configured moved)"
ln -s moved link
expect "by another way it is the same" "" "$(configured link)"

cd checkout || exit 1
output=build/results/ch14/output.txt
expect "what a chapter prints is kept" "printed: " "$(cat "$output")"
for options in -h --help '--out there' --out=there '--shard 0/2'; do
  # shellcheck disable=SC2086  # words
  ./run 14 $options > printed.txt
  expect "not with $options" "printed: " "$(cat "$output")"
  expect "though it is printed" 1 "$(grep -c "^printed: $options" printed.txt)"
done
./run 14 --output zero > /dev/null
expect "but with --output zero" "printed: --output zero" "$(cat "$output")"
./run 14 --fail > /dev/null
expect "a chapter's exit code is that of ./run" "3 printed: --output zero" "$? $(cat "$output")"
expect "nothing else is left" "release results" "$(find build -mindepth 1 -maxdepth 1 -printf '%f\n' | sort | xargs)"
report
