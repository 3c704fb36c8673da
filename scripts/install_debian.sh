#!/usr/bin/env bash
# Install Debian packages when run as root on Debian; otherwise fail, saying nothing.
set -euo pipefail

[ "$(id -u)" = 0 ] && command -v apt-get >/dev/null || exit 1
export DEBIAN_FRONTEND=noninteractive
echo "Installing $* …" >&2
apt-get update -qq >&2 || true
apt-get install -qq --yes --no-install-recommends "$@" >&2
