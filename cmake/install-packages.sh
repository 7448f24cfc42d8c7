# shellcheck shell=bash
# Sourced by ./run and ./test: installs the packages of apt-packages.txt that are missing.

# Prints those of one kind (required or optional) that are missing; $2 is run, test or all.
missing_packages() {
  comm -23 \
    <(awk -v kind="$1" -v purpose="$2" '{
        sub(/#.*/, "")
        is_optional = $0 ~ / optional/
        if (NF && is_optional == (kind == "optional") && (purpose == "all" || $0 !~ / all/) && (purpose != "run" || $0 !~ / test/)) print $1
      }' apt-packages.txt | sort) \
    <({ dpkg-query -W -f '${db:Status-Status} ${Package}\n' | sed -n 's/^installed //p'
        [ "$1" = required ] || cat build/unavailable-packages 2> /dev/null || true; } | sort -u)
}

# Says what is missing on macOS, where nothing is installed without being asked.
say_brew_line() {
  local missing
  missing=$(comm -23 \
    <(sed -n 's/^[^#]* brew=\([^ ]*\).*/\1/p' apt-packages.txt | sort) \
    <(brew list -1 2> /dev/null | sort) | tr '\n' ' ')
  if [ -n "$missing" ]; then
    echo "macOS is untested; what it needs there: brew install $missing"
    echo "and gnuplot-iostream.h (https://github.com/dstahlke/gnuplot-iostream) in a folder that CPATH names."
  fi
}

# install_packages run|test|all: silent where nothing is missing, exit 2 where a required package cannot
# be had. An optional one that cannot be had is noted in build/unavailable-packages and left alone
# until that file is removed.
install_packages() {
  if [ "$(uname)" = Darwin ]; then
    say_brew_line
    return
  fi
  if ! command -v dpkg-query > /dev/null; then
    echo "This is not Debian or Ubuntu: apt-packages.txt names what to install by hand."
    return
  fi
  local required optional as_root=()
  mapfile -t required < <(missing_packages required "$1")
  mapfile -t optional < <(missing_packages optional "$1")
  local all=("${required[@]}" "${optional[@]}")
  if [ ${#all[@]} -eq 0 ]; then return; fi

  [ "$(id -u)" -eq 0 ] || as_root=(sudo)
  apt() {
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
      apt-get -q -y --no-install-recommends -o DPkg::Lock::Timeout=300 "$@"
  }
  if [ "$(id -u)" -eq 0 ] || command -v sudo > /dev/null; then
    echo "Installing what is missing from apt-packages.txt${as_root:+ with sudo}: ${all[*]}"
    if "${as_root[@]}" true; then
      apt update || echo "apt-get update failed; going on with the package lists at hand."
      if [ ${#required[@]} -gt 0 ]; then apt install "${required[@]}" || true; fi
      if [ ${#optional[@]} -gt 0 ] && ! apt install "${optional[@]}"; then
        for package in "${optional[@]}"; do apt install "$package" || true; done
      fi
    fi
  fi

  mapfile -t required < <(missing_packages required "$1")
  mapfile -t optional < <(missing_packages optional "$1")
  if [ ${#required[@]} -gt 0 ]; then
    echo "These packages are needed and could not be installed. As root, run:" >&2
    echo "  apt-get install ${required[*]}" >&2
    exit 2
  fi
  if [ ${#optional[@]} -gt 0 ]; then
    echo "Going on without the optional ${optional[*]} (remove build/unavailable-packages to try again)."
    mkdir -p build
    printf '%s\n' "${optional[@]}" >> build/unavailable-packages
  fi
}
