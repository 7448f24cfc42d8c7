#!/usr/bin/env bash
# What ./run and ./test would install at their first call.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source cmake/install-packages.sh
install_packages test
