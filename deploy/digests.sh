#!/bin/sh
# Print the digests of the base images as they are now, for docker compose --env-file: sh deploy/digests.sh > deploy/digests.env
set -eu
here=$(dirname "$0")
digest() { docker buildx imagetools inspect --format '{{.Manifest.Digest}}' "$1"; }
echo "PYTHON_DIGEST=$(digest "$(sed -n 's/^ARG PYTHON_IMAGE=//p' "$here/Dockerfile")")"
echo "POSTGRES_DIGEST=$(digest "$(sed -n 's/^ *image: \(postgres:[^$ ]*\).*/\1/p' "$here/compose.yaml")")"
