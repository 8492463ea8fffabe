#!/usr/bin/env bash
# What ./run, ./test, ./bench and ./dev share: find the tools, install what Debian can give, say what is missing.
# Sourced, never run. `need_packages` takes Debian package names; `need_toolchain` checks Rust, Node and a C compiler.
set -euo pipefail

step() { printf '\033[1m── %s\033[0m\n' "$*"; }
fail() { printf '%s\n' "$*" >&2; exit 1; }

is_debian() { [ -r /etc/debian_version ] && command -v apt-get >/dev/null 2>&1; }

# Installs the named Debian packages that are missing: as root after saying so, otherwise prints the one line to run.
need_packages() {
  local missing=() package
  for package in "$@"; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' || missing+=("$package")
  done
  [ ${#missing[@]} -eq 0 ] && return 0
  if [ "$(id -u)" = 0 ] && is_debian; then
    step "Installing Debian packages: ${missing[*]}"
    DEBIAN_FRONTEND=noninteractive apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
  else
    fail "Missing packages. As an administrator run once:  sudo apt-get install -y ${missing[*]}"
  fi
}

need_toolchain() {
  if ! command -v cc >/dev/null 2>&1; then
    if is_debian; then need_packages build-essential; else fail "A C compiler (cc) is missing: install gcc or clang."; fi
  fi
  if ! command -v node >/dev/null 2>&1 || ! command -v npm >/dev/null 2>&1; then
    if is_debian; then need_packages nodejs npm; else fail "Node.js 18 or newer with npm is missing."; fi
  fi
  local major
  major=$(node -p 'process.versions.node.split(".")[0]')
  [ "$major" -ge 18 ] || fail "Node.js 18 or newer is needed, found $(node --version)."
  command -v cargo >/dev/null 2>&1 || { [ -x "$HOME/.cargo/bin/cargo" ] && export PATH="$HOME/.cargo/bin:$PATH"; }
  command -v cargo >/dev/null 2>&1 || fail "Rust is missing: install rustup (rustup.rs) and the toolchain of Cargo.toml's rust-version."
}

# True when anything that goes into the binary is newer than the file $1.
sources_newer_than() {
  [ ! -e "$1" ] || [ -n "$(find Cargo.toml Cargo.lock platform features app/src app/Cargo.toml assets/src assets/package-lock.json assets/build.mjs data -newer "$1" -type f -print -quit 2>/dev/null)" ]
}

# Builds style sheets, scripts and fonts into the project's folder.
build_assets() {
  if [ ! -d assets/node_modules ] || [ assets/package-lock.json -nt assets/node_modules ]; then
    step "Front-end packages"
    npm ci --prefix assets --no-audit --no-fund --loglevel=error
    touch assets/node_modules
  fi
  step "Style sheets, scripts and fonts"
  node assets/build.mjs
}

# The same and the binary.
build_all() {
  build_assets
  step "The binary (the first build takes some minutes)"
  cargo build --locked -p renkei
}
