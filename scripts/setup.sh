# Sourced by the other scripts: finds Python, brings uv, and makes .venv match uv.lock.
# Needs only Python 3.11 to 3.13 (with venv) and a package registry.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

UV_VERSION=0.13.9
export UV_PYTHON_DOWNLOADS=never UV_PROJECT_ENVIRONMENT=.venv
unset VIRTUAL_ENV

say() { printf '%s\n' "$*" >&2; }

find_python() {
  local name
  for name in "${ARION_PYTHON:-}" python3.13 python3.12 python3.11 python3 python; do
    # The real path: uv makes the environment anew when it is given a shim.
    if [ -n "$name" ] && PYTHON=$("$name" -c '
import sys, venv
if not (3, 11) <= sys.version_info < (3, 14): sys.exit(1)
print(sys.executable)' 2>/dev/null); then
      return
    fi
  done
  say "Arion needs Python 3.11, 3.12 or 3.13 with its venv module. Install one, or name it in ARION_PYTHON."
  exit 1
}

bring_uv() {
  find_python
  export UV=$PWD/.tools/uv/bin/uv
  if [ -x "$UV" ] && "$UV" --version >/dev/null 2>&1; then return; fi
  if command -v uv >/dev/null && [ "$(uv --version | cut -d' ' -f2)" = "$UV_VERSION" ]; then
    UV=$(command -v uv)
    return
  fi
  say "Fetching uv $UV_VERSION …"
  rm -rf .tools/uv
  "$PYTHON" -m venv .tools/uv
  .tools/uv/bin/python -m pip install --quiet --disable-pip-version-check "uv==$UV_VERSION"
}

# prepare [--no-dev]: leaves an environment alone that is newer than what it was made from.
prepare() {
  local made=.venv/.made-with${1:---dev}
  if [ "$made" -nt uv.lock ] && [ "$made" -nt pyproject.toml ] && .venv/bin/python -c '' 2>/dev/null; then
    return
  fi
  bring_uv
  # --inexact: scripts/run must not remove what scripts/test has added.
  "$UV" sync --locked --inexact --all-extras --quiet --python "$PYTHON" "$@"
  touch "$made"
}
