import { COMPLETION_MARKER } from './layout';

/**
 * Fetches repositories of weights from a mirror, for a POSIX shell with curl and sha256sum.
 *
 * `URL_PREFIX/<repository>/MANIFEST` lists the files of a repository as `sha256sum` writes them. A file
 * gets its name when it has been verified, so what was interrupted is continued and what is whole is not
 * fetched again. The marker comes last, by a rename, and holds the checksum of the manifest.
 */
export const DOWNLOAD_SCRIPT = `set -eu
: "\${URL_PREFIX:?}" "\${REPOSITORIES:?}" "\${MANIFEST:?}" "\${TARGET:?}"

fail() { echo "error: $*" >&2; exit 1; }

# URL FILE: each attempt goes on where the last one ended; curl's own --retry would begin anew.
fetch() {
  left=\${RETRIES:-10}
  while :; do
    code=0
    status=$(curl --fail --silent --show-error --location --speed-limit 1024 --speed-time 60 \\
      --continue-at - --output "$2" --write-out '%{http_code}' "$1") || code=$?
    # Nothing is left to fetch of what is no whole file: some releases of curl call that a success.
    [ "$status" != 416 ] || code=33
    [ "$code" -ne 0 ] || return 0
    # The server gives no such range: what is there is of no use.
    [ "$code" -ne 33 ] || rm -f "$2"
    [ "$left" -gt 0 ] || return "$code"
    left=$((left - 1))
    sleep "\${RETRY_SECONDS:-5}"
  done
}

checksum() { sha256sum < "$1" | cut -d ' ' -f 1; }

# CHECKSUM FILE
matches() { [ -f "$2" ] && [ "$(checksum "$2")" = "$1" ]; }

# REPOSITORY CHECKSUM NAME
get() {
  case "$2" in *[!0-9a-f]*) fail "$1: not a SHA-256 checksum, got: '$2'" ;; esac
  [ "\${#2}" -eq 64 ] || fail "$1: not a SHA-256 checksum, got: '$2'"
  case "$3" in
    '' | /* | *..* | *[!A-Za-z0-9._/-]*) fail "$1: the manifest names a file that is no plain path, got: '$3'" ;;
    # A copy of another claim has them: servings would start on what is not complete.
    ${COMPLETION_MARKER}* | */${COMPLETION_MARKER}* | .manifest*) fail "$1: the manifest names a file that this download writes itself; leave it out, got: '$3'" ;;
  esac
  if matches "$2" "$3"; then return; fi
  rm -f "$3"
  mkdir -p "$(dirname "$3")"
  if ! matches "$2" "$3.partial"; then
    fetch "$URL_PREFIX/$1/$3" "$3.partial" || fail "$1/$3: not fetched (curl exit code $?)"
  fi
  if ! matches "$2" "$3.partial"; then
    rm -f "$3.partial"
    fail "$1/$3: the checksum differs; it is fetched anew next time, expected: $2"
  fi
  mv "$3.partial" "$3"
  echo "$1/$3"
}

for repository in $REPOSITORIES; do
  mkdir -p "$TARGET/$repository"
  cd "$TARGET/$repository"
  rm -f .manifest.partial
  fetch "$URL_PREFIX/$repository/$MANIFEST" .manifest.partial || fail "$repository: no manifest (curl exit code $?)"
  [ -s .manifest.partial ] || fail "$repository: the manifest is empty"
  manifest=$(checksum .manifest.partial)
  if [ -f ${COMPLETION_MARKER} ]; then
    # Servings read what is there: it is never replaced below them.
    [ "$(cat ${COMPLETION_MARKER})" = "$manifest" ] ||
      fail "$repository: complete already, with another manifest; use another volume for the new one"
    echo "$repository: complete"
    continue
  fi
  mv .manifest.partial .manifest
  while read -r sum name || [ -n "$sum" ]; do
    get "$repository" "$sum" "\${name#\\*}"
  done < .manifest
  echo "$manifest" > ${COMPLETION_MARKER}.partial
  sync
  mv ${COMPLETION_MARKER}.partial ${COMPLETION_MARKER}
  echo "$repository: complete"
done
`;
