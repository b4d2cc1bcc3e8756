#!/usr/bin/env bash
# Installs what the tests need on Debian or Ubuntu and is not there yet. Node and npm are taken as given.
set -euo pipefail

declare -A package_of=([python3]=python3 [cc]="gcc libc6-dev" [tmux]=tmux [ser2net]=ser2net [chromium]=chromium [Xvfb]=xvfb [openssl]=openssl)
missing=()
for program in "${!package_of[@]}"; do
  # shellcheck disable=SC2206 # "gcc libc6-dev" is two packages
  PATH="$PATH:/usr/sbin" command -v "$program" >/dev/null || missing+=(${package_of[$program]})
done
if [ ${#missing[@]} -eq 0 ]; then
  exit 0
fi

as_root=()
if [ "$(id -u)" -ne 0 ]; then
  as_root=(sudo)
fi
export DEBIAN_FRONTEND=noninteractive
echo "Installing ${missing[*]} ..."
"${as_root[@]}" apt-get update -q
"${as_root[@]}" apt-get install -q -y --no-install-recommends "${missing[@]}"
