# What the tests written in bash share: source it. They work in an empty folder and end with `report`.
set -uo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder" || exit 1

failures=0
expect() {  # WHAT EXPECTED GOT
  if [ "$2" == "$3" ]; then
    echo "ok: $1"
  else
    echo "FAILED: $1: expected '$2', got '$3'"
    failures=$((failures + 1))
  fi
}
report() { [ "$failures" -eq 0 ]; }
