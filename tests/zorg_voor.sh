#!/bin/sh
# A program that tests need: one on PATH or pointed at, else Debian's package. Without one this fails, it does not skip.
# Use: zorg_voor.sh NAAM PAKKET VARIABELE COMMANDO...
set -u
naam=$1 pakket=$2 variabele=$3
shift 3
is_er() {
  for commando in "$(eval "printf %s \"\${$variabele:-}\"")" "$@"; do
    [ -n "$commando" ] && command -v "$commando" >/dev/null 2>&1 && return 0
  done
  return 1
}
is_er "$@" && exit 0
als_root=""
[ "$(id -u)" = 0 ] || als_root="sudo -n"
if command -v apt-get >/dev/null 2>&1; then
  echo "$naam ontbreekt; het wordt uit de pakketten van Debian gehaald..."
  $als_root apt-get update -qq && \
    DEBIAN_FRONTEND=noninteractive $als_root apt-get install -y -qq --no-install-recommends "$pakket" >/dev/null
fi
is_er "$@" && exit 0
echo "Er is geen $naam voor de tests. Installeer die (bijvoorbeeld: sudo apt-get install $pakket)" >&2
echo "of wijs er een aan met $variabele=/pad/naar/het/programma make test." >&2
exit 1
