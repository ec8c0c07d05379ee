# The embedded controller: unpack, start, wait, ask, stop.

CONTROLLER_DIR=$OVERLANE_HOME/controller
CONTROLLER=$CONTROLLER_DIR/bin/overlane-controller
KARAF_LOG=$CONTROLLER_DIR/karaf/data/log/karaf.log

# A port of the controller: from its environment variable, else as it was started with, else the usual one.
controller_port() { # variable usual
  printf '%s' "${!1:-$(sed -n "s/^$1=//p" "$OVERLANE_HOME/run/ports" 2>/dev/null | grep . || echo "$2")}"
}
http_port() { controller_port OVERLANE_HTTP_PORT 8181; }
console_port() { controller_port OVERLANE_SSH_PORT 8101; }
openflow_ports() { controller_port OVERLANE_OPENFLOW_PORTS 6653,6633; }

controller_runs() { [ -x "$CONTROLLER" ] && "$CONTROLLER" status >/dev/null 2>&1; }

# Puts the built distribution in place; what a running controller has stored stays.
unpack_distribution() {
  local archive stamp=$CONTROLLER_DIR/.unpacked
  archive=$(distribution_archive)
  [ -n "$archive" ] || die "the distribution was not built"
  [ -f "$stamp" ] && [ ! "$archive" -nt "$stamp" ] && return
  mkdir -p "$OVERLANE_HOME"
  rm -rf "$CONTROLLER_DIR.new"
  mkdir -p "$CONTROLLER_DIR.new"
  tar -xzf "$archive" -C "$CONTROLLER_DIR.new" --strip-components=1
  if [ -d "$CONTROLLER_DIR/karaf/data/db" ]; then
    say "installing the new build over the old one; stored configuration is kept"
    "$CONTROLLER_DIR.new/bin/overlane-controller" adopt "$CONTROLLER_DIR" >/dev/null || die "the stored configuration cannot be kept"
  fi
  rm -rf "$CONTROLLER_DIR"
  mv "$CONTROLLER_DIR.new" "$CONTROLLER_DIR"
  touch "$stamp"
}

require_free_port() { # address port purpose
  local address=$1
  case $address in 0.0.0.0 | ::) address=127.0.0.1 ;; esac
  if (exec 3<>"/dev/tcp/$address/$2") 2>/dev/null; then
    die "port $2 ($3) is in use on $1 by $(ss -Hltnp "sport = :$2" | sed -n 's/.*users:((\("[^"]*"\).*/\1/p' | head -n 1); stop that program first"
  fi
}

# What would keep the controller from starting: said before anything is built.
controller_check() { # bind address
  if controller_runs; then
    die "a controller runs already; ./overlane status shows it, ./overlane stop ends it"
  fi
  # Ports that an earlier controller was started with do not bind this one.
  rm -f "$OVERLANE_HOME/run/ports"
  local port
  for port in $(openflow_ports | tr ',' ' '); do require_free_port "$1" "$port" OpenFlow; done
  require_free_port "$1" "$(http_port)" REST
  require_free_port "$1" "$(console_port)" console
}

controller_start() { # bind address
  local bind=$1
  unpack_distribution
  mkdir -p "$OVERLANE_HOME/run"
  printf '%s\n' "$bind" >"$OVERLANE_HOME/run/bind"
  printf 'OVERLANE_HTTP_PORT=%s\nOVERLANE_SSH_PORT=%s\nOVERLANE_OPENFLOW_PORTS=%s\n' \
    "$(http_port)" "$(console_port)" "$(openflow_ports)" >"$OVERLANE_HOME/run/ports.new"
  mv "$OVERLANE_HOME/run/ports.new" "$OVERLANE_HOME/run/ports"
  say "starting the controller (log: $KARAF_LOG)"
  # A session of its own, so that Ctrl-C ends it in order: lab first.
  OVERLANE_BIND=$bind setsid "$CONTROLLER" start >/dev/null || die "the controller did not start"
}

controller_host() {
  local bind
  bind=$(cat "$OVERLANE_HOME/run/bind" 2>/dev/null || echo 127.0.0.1)
  case $bind in 0.0.0.0 | ::) bind=127.0.0.1 ;; esac
  [[ $bind == *:* ]] && bind="[$bind]"
  printf '%s' "$bind"
}

controller_url() { printf 'http://%s:%s' "$(controller_host)" "$(http_port)"; }

CREDENTIALS=$CONTROLLER_DIR/karaf/etc/overlane-credentials

controller_user() { sed -n 's/^user=//p' "$CREDENTIALS"; }
controller_password() { sed -n 's/^password=//p' "$CREDENTIALS"; }

# rest METHOD PATH [CURL ARGS...]: answers on standard output; fails with the answer if it is an error.
rest() {
  local method=$1 path=$2
  shift 2
  # The account comes in a file descriptor, where no process list shows it; the body may be standard input.
  curl -sS --fail-with-body --max-time 60 -X "$method" \
    --config <(printf 'user = "%s:%s"\n' "$(controller_user)" "$(controller_password | sed 's/[\\"]/\\&/g')") \
    -H 'Content-Type: application/json' -H 'Accept: application/json' "$(controller_url)$path" "$@"
}

# Waits until REST answers for Overlane itself; the controller ending meanwhile is an error at once.
controller_wait() {
  local second
  for second in $(seq 1 240); do
    if [ -f "$CREDENTIALS" ] && rest GET /onos/overlane/v1/status >/dev/null 2>&1; then
      say "  ready after $second s"
      return
    fi
    controller_runs || die "the controller ended while starting; see $KARAF_LOG"
    [ $((second % 10)) = 0 ] && say "  still starting ($second s)"
    sleep 1
  done
  die "the controller did not become ready in 240 s; see $KARAF_LOG"
}

controller_stop() {
  controller_runs || return 0
  say "stopping the controller"
  "$CONTROLLER" stop
}

# The console is Karaf's shell behind SSH. The password goes by the environment, where only its owner can read it.
cmd_console() {
  controller_runs || die "no controller runs; start one with ./overlane run"
  need_packages ssh:openssh-client sshpass:sshpass
  # Karaf ends the connection before the channel; ssh complains about that even when it is quiet.
  SSHPASS=$(controller_password) sshpass -e ssh -q -p "$(console_port)" \
    -o StrictHostKeyChecking=accept-new -o UserKnownHostsFile="$OVERLANE_HOME/run/known_hosts" \
    -o PubkeyAuthentication=no "$(controller_user)@$(controller_host | tr -d '[]')" "$@" \
    2> >(grep -v 'closed by remote host' >&2)
}
