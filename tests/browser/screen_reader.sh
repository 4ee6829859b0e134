#!/bin/bash
# What a real screen reader says of a page, headless: screen_reader.sh URL OUT.txt [STEPS.sh]
# Needs: apt-get install -y orca xvfb openbox at-spi2-core dbus-x11 xdotool chromium
# STEPS.sh (optional) is sourced once the page has loaded. It has `key`, `type_text`, `wait_s`,
# `wait_spoken PATTERN SECONDS` and `mark NAME`.
# OUT.txt gets one spoken phrase a line, and "== NAME" where `mark NAME` was said.
# Orca's speech server is stubbed: without the stub it hangs.
set -u
url=$1 out=$2 steps=${3:-/dev/null}
home=$(mktemp -d); mkdir -p "$home/stub/speechd" "$home/run"; chmod 700 "$home/run"
echo 'raise ImportError("no speech server here")' >"$home/stub/speechd/__init__.py"
# Orca's log line by line: Python would keep the last phrases back, and they would seem to come late.
cat >"$home/stub/sitecustomize.py" <<'PY'
import builtins

usual = builtins.open


def open(file, mode="r", buffering=-1, *rest, **named):
    if str(file).endswith("orca.out"):
        buffering = 1
    return usual(file, mode, buffering, *rest, **named)


builtins.open = open
PY
number=$((70 + RANDOM % 20))
while [ -e "/tmp/.X$number-lock" ]; do number=$((number + 1)); done
chromium=${CHROMIUM:-chromium}
export PYTHONPATH=$home/stub DISPLAY=:$number HOME=$home XDG_RUNTIME_DIR=$home/run NO_AT_BRIDGE=0
export GTK_MODULES=gail:atk-bridge ACCESSIBILITY_ENABLED=1 GNOME_ACCESSIBILITY=1 LANG=C.UTF-8
# A phrase of several lines stands on several lines of Orca's log; it is one phrase here.
spoken() {
  awk -v q="'" '
    index($0, "SPEECH OUTPUT: " q) { sub(".*SPEECH OUTPUT: " q, ""); text = ""; on = 1 }
    on {
      sub(/^ +/, "")
      text = text (text == "" ? "" : " ") $0
      if (sub(q "( ?[{]" q "established.*)?$", "", text)) { print text; on = 0 }
    }' "$home/orca.out"
}
key() { xdotool key "$1"; sleep 0.7; }
type_text() { xdotool type --delay 60 "$1"; sleep 0.7; }
wait_s() { sleep "$1"; }
mark() { echo "$(spoken | wc -l) $1" >>"$home/marks"; }
wait_spoken() { for _ in $(seq $(($2 * 4))); do spoken | grep -qE "$1" && return; sleep 0.25; done; }
export -f spoken key type_text wait_s mark wait_spoken
export url out steps home chromium
touch "$home/marks"
dbus-run-session -- bash -c '
  Xvfb $DISPLAY -screen 0 1024x768x24 >/dev/null 2>&1 & pids=$!
  sleep 1; openbox >/dev/null 2>&1 & pids="$pids $!"
  /usr/libexec/at-spi-bus-launcher --launch-immediately >/dev/null 2>&1 & pids="$pids $!"
  sleep 1
  gsettings set org.gnome.desktop.interface toolkit-accessibility true 2>/dev/null
  dbus-send --session --print-reply --dest=org.a11y.Bus /org/a11y/bus org.freedesktop.DBus.Properties.Set \
    string:org.a11y.Status string:ScreenReaderEnabled variant:boolean:true >/dev/null 2>&1
  orca --replace --debug-file="$home/orca.out" >/dev/null 2>&1 & pids="$! $pids"
  sleep 4
  "$chromium" --no-sandbox --disable-gpu --force-renderer-accessibility --no-first-run \
    --disable-features=Translate,TranslateUI --disable-background-networking --disable-component-update \
    --disable-sync --user-data-dir="$home/profile" "$url" >/dev/null 2>&1 & pids="$! $pids"
  sleep 9
  . "$steps"
  sleep 3
  for p in $pids; do kill "$p" 2>/dev/null; sleep 0.3; done
'
spoken >"$home/all"
awk 'NR == FNR { at[$1] = at[$1] "== " $2 "\n"; next } FNR == 1 { printf "%s", at[0] } { print; printf "%s", at[FNR] }' \
  "$home/marks" "$home/all" >"$out"
[ -s "$home/all" ]; status=$?
rm -rf "$home"
exit "$status"
