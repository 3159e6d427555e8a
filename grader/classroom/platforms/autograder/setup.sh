#!/usr/bin/env bash
# Gradescope runs this once, as root, when it builds the image that submissions are graded in.
set -euo pipefail

root="${AUTOGRADER_ROOT:-/autograder}"
export DEBIAN_FRONTEND=noninteractive
apt-get update
# bubblewrap walls a submission in, as far as the machine lets it.
apt-get install -y --no-install-recommends python3 python3-venv bubblewrap
python3 -c 'import sys; sys.exit("Choose a newer base image: the grader needs Python 3.10 (Ubuntu 22.04)." if sys.version_info < (3, 10) else 0)'

python3 -m venv "$root/venv"
for wheel in "$root"/source/*.whl; do
  "$root/venv/bin/python" -m pip install --disable-pip-version-check "$wheel"
done
"$root/venv/bin/python" -m pip install --disable-pip-version-check -r "$root/source/requirements.txt"

# Where submissions are not walled in they run as another user at least: this keeps the solutions
# from that one.
chmod -R go-rwx "$root/source"
