#!/bin/sh
# The browser tests need a Chromium: one on PATH, else Debian's. Without one this fails, it does not skip.
set -u
for naam in "${CHROMIUM:-}" chromium chromium-browser google-chrome; do
  [ -n "$naam" ] && command -v "$naam" >/dev/null 2>&1 && exit 0
done
als_root=""
[ "$(id -u)" = 0 ] || als_root="sudo -n"
if command -v apt-get >/dev/null 2>&1; then
  echo "Chromium ontbreekt; het wordt uit de pakketten van Debian gehaald..."
  $als_root apt-get update -qq && DEBIAN_FRONTEND=noninteractive $als_root apt-get install -y -qq chromium >/dev/null
fi
command -v chromium >/dev/null 2>&1 && exit 0
echo "Er is geen Chromium voor de browsertests. Installeer die (bijvoorbeeld: sudo apt-get install chromium)" >&2
echo "of wijs er een aan met CHROMIUM=/pad/naar/chromium make test." >&2
exit 1
