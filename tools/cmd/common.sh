# Shared by the commands of ./overlane: messages, required packages, numbers and addresses.

say() { printf '%s\n' "$*" >&2; }
die() { say "overlane: $1"; exit "${2:-1}"; }

require_root() {
  [ "$(id -u)" = 0 ] || die "$1 needs root (network namespaces and Open vSwitch): run it with sudo"
}

# The value of an option, or a clear message where it is missing.
value_of() {
  [ $# -ge 2 ] || die "option $1 needs a value" 2
  printf '%s' "$2"
}

in_range() { # name value lowest highest
  [[ $2 =~ ^[0-9]+$ ]] && [ "$2" -ge "$3" ] && [ "$2" -le "$4" ] || die "$1 must be $3 to $4, not '$2'" 2
}

# need_packages COMMAND:PACKAGE...: installs the packages whose command is missing.
need_packages() {
  local pair missing=()
  for pair in "$@"; do
    # Paths are for what installs no command (a Python module, a file).
    if [[ $pair == /* ]]; then
      [ -e "${pair%%:*}" ] || missing+=("${pair##*:}")
    else
      command -v "${pair%%:*}" >/dev/null 2>&1 || missing+=("${pair##*:}")
    fi
  done
  [ ${#missing[@]} -eq 0 ] && return
  command -v apt-get >/dev/null || die "please install: ${missing[*]} (no apt-get here to do it for you)"
  [ "$(id -u)" = 0 ] || die "please install: ${missing[*]} (sudo apt-get install ${missing[*]})"
  say "installing packages: ${missing[*]}"
  # RUNLEVEL=1 keeps the package's own service from starting: the lab runs daemons of its own.
  local log
  log=$(mktemp)
  if ! { RUNLEVEL=1 DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "${missing[@]}" ||
    { apt-get update && RUNLEVEL=1 DEBIAN_FRONTEND=noninteractive \
      apt-get install -y --no-install-recommends "${missing[@]}"; }; } >"$log" 2>&1; then
    tail -n 20 "$log" >&2
    rm -f "$log"
    die "could not install ${missing[*]}: is there a network with Debian packages?"
  fi
  rm -f "$log"
}

export PATH=$PATH:/usr/sbin:/sbin

need_build_tools() {
  need_packages javac:openjdk-17-jdk-headless mvn:maven
  local version
  version=$(javac -version 2>&1 | sed -E 's/^javac ([0-9]+).*/\1/')
  [ "${version:-0}" -ge 17 ] || die "JDK 17 or newer is needed, this is $(javac -version 2>&1); apt-get install openjdk-17-jdk-headless and set JAVA_HOME"
}

need_lab_tools() {
  need_packages ovs-vswitchd:openvswitch-switch ip:iproute2 ping:iputils-ping sysctl:procps tcpdump:tcpdump \
    /usr/bin/python3:python3 /usr/lib/python3/dist-packages/scapy:python3-scapy dnsmasq:dnsmasq-base radvd:radvd udhcpc:udhcpc
}
