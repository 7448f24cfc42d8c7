#!/usr/bin/env bash
# ./run in a checkout with stand-ins for cmake and a chapter. $1 is the root of the repository.
source "$(dirname "${BASH_SOURCE[0]}")/../shell_test.sh"
root=$1

mkdir -p tools checkout/cmake checkout/chapters/ch14_test checkout/build/release/bin
cp "$root/run" checkout
cp "$root/chapters/exercises.sh" checkout/chapters
touch checkout/CMakePresets.json checkout/chapters/ch14_test/experiment.cpp
echo 'install_packages() { :; }' > checkout/cmake/install-packages.sh
cat > tools/cmake <<'END'
#!/bin/sh
echo "$*" >> cmake.log
case $* in *--build*) exit ;; esac
echo "CMAKE_HOME_DIRECTORY:INTERNAL=$PWD" > build/release/CMakeCache.txt
touch -d 'now + 1 hour' build/release/build.ninja
END
# The experiment notes its options, and fails where they say so; the report prints its own.
cat > checkout/build/release/bin/ch14_test <<'END'
#!/bin/sh
echo "$*" > measured.txt
case " $* " in *' --fail '*) exit 3 ;; esac
mkdir -p build/results/ch14 there
END
cat > checkout/build/release/bin/ch14_report <<'END'
#!/bin/sh
case " $* " in *' --out '*) mkdir -p "${3#--out}" build/reports/ch14 ;; esac
echo "reported: $*"
case " $* " in *' --check '*) exit 1 ;; esac
END
chmod +x tools/cmake checkout/build/release/bin/ch14_*
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
expect "what a report prints is kept" "reported: build/results/ch14" "$(cat "$output")"
rm -f "$output"
for options in -h --help '--shard 0/2' --shard=0/2; do
  # shellcheck disable=SC2086  # words
  ./run 14 $options > printed.txt
  expect "$options is the experiment's" "$options" "$(cat measured.txt)"
  expect "and leaves nothing to report" "0 no" "$(grep -c reported: printed.txt) $([ -e "$output" ] || echo no)"
done
for options in '--out there' --out=there; do
  rm -f there/output.txt
  # shellcheck disable=SC2086
  ./run 14 $options > /dev/null
  expect "$options takes both programs there" "--out there, reported: there" \
    "$(cat measured.txt), $(cat there/output.txt)"
done
./run 14 --output zero > /dev/null
expect "--output is another option" "--output zero, reported: build/results/ch14" \
  "$(cat measured.txt), $(cat "$output")"
./run 14 --check > /dev/null
expect "a failed claim is the exit code of ./run, and its text is kept" \
  "1 reported: build/results/ch14 --check" "$? $(cat "$output")"
./run 14 --fail > printed.txt
expect "so is an experiment's that fails, which is not reported" "3 0" "$? $(grep -c reported: printed.txt)"
rm measured.txt
./run 14 --report there > /dev/null
expect "a report alone measures nothing and leaves the tables' folder as it is" \
  "no reported: there --out build/reports/ch14, reported: there" \
  "$([ -e measured.txt ] || echo no) $(cat build/reports/ch14/output.txt), $(cat there/output.txt)"
./run 14 --report > /dev/null 2> errors.txt
expect "--report without a folder" "2 --report needs a folder." "$? $(cat errors.txt)"
printf '#!/bin/sh\necho "checked: $*"\n' > build/release/bin/coordinate_check
chmod +x build/release/bin/coordinate_check
expect "a table of one's own" "checked: own.csv --output f" "$(./run check own.csv --output f | tail -n 1)"
expect "from another folder" "checked: $PWD/there/own.csv" "$(cd there && ../run check own.csv | tail -n 1)"
expect "the check's help" "checked: --help" "$(./run check --help | tail -n 1)"
expect "nothing else is left" "release reports results" "$(find build -mindepth 1 -maxdepth 1 -printf '%f\n' | sort | xargs)"
report
