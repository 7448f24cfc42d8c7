#!/usr/bin/env bash
# The rooms and their rules (CONTRIBUTING.md): which folder includes which, and that experiments
# measure while reports judge. Prints every line that breaks a rule.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
shopt -s globstar nullglob

broken=0
# rule SENTENCE PATTERN FILE...: no line of the files matches the Perl expression.
rule() {
  local sentence=$1 pattern=$2
  shift 2
  if grep -HnP "$pattern" "$@" /dev/null; then
    printf 'breaks the rule: %s\n\n' "$sentence"
    broken=1
  fi
}

rule "the engine knows nothing of networks, data and chapters" \
  '#include "(nn|data|chapters|tests)/' autodiff/**/*.{h,cpp,cu}
rule "kernels know no ops" \
  '#include "autodiff/(ops|grad|hvp|tensor)\.h"' autodiff/{cpu,cuda}/*.{h,cpp,cu}
rule "gradients are made of ops, never the other way round" \
  '#include "autodiff/(grad|hvp|gradient_check)\.h"' autodiff/ops.h autodiff/ops/*
rule "data sets know no networks" '#include "(nn|chapters|tests)/' data/*.{h,cpp}
rule "networks know no data and no chapters" '#include "(data|chapters|tests)/' nn/*.{h,cpp}
rule "instruments know of data what examples are, and the streams of random numbers" \
  '#include "(data/(?!examples|random_streams)|chapters/|tests/)' nn/instruments/*.{h,cpp}
rule "what is measured knows no instrument" '#include "nn/instruments/' nn/*.{h,cpp}
rule "what chapters share knows no mathematics" \
  '#include "(nn|data|tests|chapters/ch)' chapters/support/**/*.{h,cpp}
rule "an experiment measures: it claims, draws and prints nothing" \
  '#include "chapters/support/(claims|report|plotting/.*)\.h"|/report\.h"|printf' \
  chapters/ch*/experiment.{h,cpp}
for folder in chapters/ch*/; do
  rule "chapters know nothing of each other" \
    "#include \"chapters/ch(?!${folder#chapters/ch})" "$folder"*.{h,cpp}
done
for file in chapters/ch*/experiment.cpp; do
  lines=$(wc -l < "$file")
  if [ "$lines" -gt 250 ]; then
    printf '%s has %d lines\nbreaks the rule: an experiment is read in one sitting, 250 lines\n' "$file" "$lines"
    broken=1
  fi
done
exit $broken
