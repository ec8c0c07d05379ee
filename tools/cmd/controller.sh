# The embedded controller: unpack, start, wait, ask, stop.

CONTROLLER_DIR=$OVERLANE_HOME/controller
CONTROLLER_LOG=$OVERLANE_HOME/log/controller.log
PID_FILE=$OVERLANE_HOME/run/controller.pid

# The process of our controller, or nothing. A pid that was taken over by another program is not ours.
controller_pid() {
  local pid
  pid=$(cat "$PID_FILE" 2>/dev/null) || return 1
  tr '\0' '\n' 2>/dev/null <"/proc/$pid/cmdline" | grep -qxF -- "-Dkaraf.home=$CONTROLLER_DIR/karaf" || return 1
  printf '%s' "$pid"
}

# Puts the built distribution in place; what a running controller has stored stays.
unpack_distribution() {
  local archive stamp=$CONTROLLER_DIR/.unpacked kept
  archive=$(distribution_archive)
  [ -n "$archive" ] || die "the distribution was not built"
  [ -f "$stamp" ] && [ ! "$archive" -nt "$stamp" ] && return
  mkdir -p "$OVERLANE_HOME"
  rm -rf "$CONTROLLER_DIR.new"
  mkdir -p "$CONTROLLER_DIR.new"
  tar -xzf "$archive" -C "$CONTROLLER_DIR.new" --strip-components=1
  if [ -d "$CONTROLLER_DIR" ]; then
    say "installing the new build over the old one; stored configuration is kept"
    for kept in apps karaf/data/db karaf/etc/users.properties karaf/etc/overlane-credentials karaf/etc/host.key; do
      [ -e "$CONTROLLER_DIR/$kept" ] || continue
      mkdir -p "$(dirname "$CONTROLLER_DIR.new/$kept")"
      rm -rf "${CONTROLLER_DIR:?}.new/$kept"
      mv "$CONTROLLER_DIR/$kept" "$CONTROLLER_DIR.new/$kept"
    done
    rm -rf "$CONTROLLER_DIR"
  fi
  mv "$CONTROLLER_DIR.new" "$CONTROLLER_DIR"
  touch "$stamp"
}

require_free_port() { # address port purpose
  if ss -Hltn "sport = :$2" 2>/dev/null | awk '{print $4}' | grep -qE "^(\*|0\.0\.0\.0|\[::\]|\[?(::ffff:)?${1//./\\.}\]?):$2$"; then
    die "port $2 ($3) is in use on $1: $(ss -Hltnp "sport = :$2" | sed -n 's/.*users:((\("[^"]*"\).*/by \1/p' | head -n 1). Stop that program, or run ./overlane stop if it is an earlier controller"
  fi
}

controller_start() { # bind address
  local bind=$1
  if controller_pid >/dev/null; then
    die "a controller runs already (process $(controller_pid)); ./overlane stop ends it, ./overlane status shows it"
  fi
  require_free_port "$bind" 6653 OpenFlow
  require_free_port "$bind" 6633 OpenFlow
  require_free_port "$bind" 8181 REST
  require_free_port "$bind" 8101 console
  unpack_distribution
  mkdir -p "$OVERLANE_HOME/log" "$OVERLANE_HOME/run"
  printf '%s\n' "$bind" >"$OVERLANE_HOME/run/bind"
  say "starting the controller (log: $CONTROLLER_LOG)"
  OVERLANE_BIND=$bind setsid "$CONTROLLER_DIR/bin/overlane-controller" >"$CONTROLLER_LOG" 2>&1 </dev/null &
  printf '%s\n' $! >"$PID_FILE"
}

controller_host() {
  local bind
  bind=$(cat "$OVERLANE_HOME/run/bind" 2>/dev/null || echo 127.0.0.1)
  case $bind in 0.0.0.0 | ::) bind=127.0.0.1 ;; esac
  [[ $bind == *:* ]] && bind="[$bind]"
  printf '%s' "$bind"
}

controller_url() { printf 'http://%s:8181' "$(controller_host)"; }

CREDENTIALS=$CONTROLLER_DIR/karaf/etc/overlane-credentials

controller_user() { sed -n 's/^user=//p' "$CREDENTIALS"; }
controller_password() { sed -n 's/^password=//p' "$CREDENTIALS"; }

# rest METHOD PATH [CURL ARGS...]: answers on standard output; fails with the answer if it is an error.
rest() {
  local method=$1 path=$2
  shift 2
  # The account goes in by a configuration on standard input, where no process list shows it.
  printf 'user = "%s:%s"\n' "$(controller_user)" "$(controller_password)" |
    curl -sS --fail-with-body --max-time 30 --config - -X "$method" \
      -H 'Content-Type: application/json' -H 'Accept: application/json' "$(controller_url)$path" "$@"
}

# Waits until REST answers for Overlane itself; the controller ending meanwhile is an error at once.
controller_wait() {
  local second
  for second in $(seq 1 180); do
    if [ -f "$CREDENTIALS" ] && rest GET /onos/overlane/v1/status >/dev/null 2>&1; then
      say "  ready after $second s"
      return
    fi
    controller_pid >/dev/null || [ "$second" -lt 5 ] || {
      tail -n 20 "$CONTROLLER_LOG" >&2
      die "the controller ended while starting; see $CONTROLLER_LOG and $CONTROLLER_DIR/karaf/data/log"
    }
    [ $((second % 10)) = 0 ] && say "  still starting ($second s)"
    sleep 1
  done
  die "the controller did not become ready in 180 s; see $CONTROLLER_DIR/karaf/data/log"
}

controller_stop() {
  local pid
  pid=$(controller_pid) || { rm -f "$PID_FILE"; return 0; }
  say "stopping the controller"
  kill "$pid" 2>/dev/null || true
  for _ in $(seq 1 300); do
    [ -d "/proc/$pid" ] || { rm -f "$PID_FILE"; return 0; }
    sleep 0.1
  done
  say "  it did not end within 30 s: killed"
  kill -9 "$pid" 2>/dev/null || true
  rm -f "$PID_FILE"
}

cmd_console() {
  controller_pid >/dev/null || die "no controller runs; start one with ./overlane run"
  exec "$CONTROLLER_DIR/karaf/bin/client" -h "$(controller_host)" -u "$(controller_user)" -p "$(controller_password)" "$@"
}
