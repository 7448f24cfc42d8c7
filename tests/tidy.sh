#!/usr/bin/env bash
# clang-tidy, with the checks of .clang-tidy: tests/tidy.sh [FILE.cpp...]; without files, all. Needs
# the compile commands of the release build, where the emulator has a .cpp that includes each .cu.
# Versions differ, so only that of Debian 12 judges.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
commands=build/release/compile_commands.json kernels=build/release/tests/cuda_emulator/sources
if [ $# -eq 0 ]; then
  mapfile -t files < <(grep -o '"file": "[^"]*' $commands | cut -d '"' -f 4 | sort -u |
    grep -E "^$PWD/(autodiff|chapters|data|nn|tests|$kernels)/")
  set -- "${files[@]}"
fi
# It counts on stderr what it found and does not show, in the system's headers.
printf '%s\0' "$@" | xargs -0 -n 1 -P "$(getconf _NPROCESSORS_ONLN)" clang-tidy -p build/release --quiet 2>&1 |
  { grep -v ' warnings\? generated\.$' || true; }
