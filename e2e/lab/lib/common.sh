# Copyright 2026 The Overlane Authors
# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
#
# Names, addresses and the few primitives that every other part of the lab uses.
#
# Numbering plan (I = hypervisor from 1, K = network from 1, J = VM of one network on one hypervisor):
#   namespaces   PREFIX-ul, PREFIX-ctl, PREFIX-hvI, PREFIX-mosI, PREFIX-<network>-I-J
#   VTEP         192.0.2.I or 2001:db8::I         second uplink 198.51.100.I or 2001:db8:1::I
#   VM           10.K.I.J/16, fd00:K::I:J/64, MAC 02:00:00:KK:II:JJ
#   ports        ext 1, mgmt 2, ext2 3, mgmt2 4, native tunnel 10, tunnel of network K 10+K, VM 100*K+J
#   datapath ids br-int I, br-phy 0x100+I
#   databases    127.0.0.1, port 16640+I, where the controller is

PREFIX=${LAB_PREFIX:-ovl}
RUN=${LAB_RUN:-/run/overlane-lab-$PREFIX}

# Settings of "up"; kept in $RUN/conf for the other commands.
SETTINGS=(VARIANT HYPERVISORS VMS NETWORKS OVERLAP UNDERLAY UNDERLAY_MTU VM_MTU UPLINKS FRAGS DF NEIGHBOURS PROTOCOLS BARE UNDERLAY_VLAN)
# shellcheck disable=SC2034
VARIANT=management-os HYPERVISORS=2 VMS=2 NETWORKS=blue=100 OVERLAP=no UNDERLAY=ipv4 UNDERLAY_MTU=1500
# shellcheck disable=SC2034
VM_MTU=1500 UPLINKS=1 FRAGS=normal DF=unset NEIGHBOURS=learned BARE=no UNDERLAY_VLAN=0
# shellcheck disable=SC2034
PROTOCOLS=OpenFlow10,OpenFlow11,OpenFlow12,OpenFlow13,OpenFlow14,OpenFlow15

die() { printf 'lab: %s\n' "$*" >&2; exit 1; }

# Every process of the lab carries this in its environment: "down" finds them by it, and only them.
MARK=OVERLANE_LAB=$RUN

# With EXEC set the command replaces the lab script, so that a signal to the script reaches the command.
ns()   { local n=$1; shift; ${EXEC:+exec} env "$MARK" ip netns exec "$PREFIX-$n" "$@"; }
nsip() { local n=$1; shift; ip -n "$PREFIX-$n" "$@"; }

# Runs an Open vSwitch tool against the switch of hypervisor $1.
ovs() {
  local i=$1 d=$RUN/hv$1; shift
  OVS_RUNDIR=$d OVS_LOGDIR=$d OVS_DBDIR=$d OVS_SYSCONFDIR=$d ns "hv$i" "$@"
}

# vtep HYPERVISOR [UPLINK]
vtep() {
  case $UNDERLAY-${2:-1} in
    ipv4-1) echo "192.0.2.$1" ;;
    ipv4-2) echo "198.51.100.$1" ;;
    ipv6-1) printf '2001:db8::%x\n' "$1" ;;
    ipv6-2) printf '2001:db8:1::%x\n' "$1" ;;
  esac
}
vtep_prefix() { if [ "$UNDERLAY" = ipv4 ]; then echo 24; else echo 64; fi; }
vtep_mac()    { printf '02:0a:00:00:%02x:%02x\n' "${2:-1}" "$1"; }

# The network index that addresses are made of: with --overlap all networks use those of the first.
address_index() { if [ "$OVERLAP" = yes ]; then echo 1; else echo "$1"; fi; }
vm_mac() { printf '02:00:00:%02x:%02x:%02x\n' "$(address_index "$1")" "$2" "$3"; }
vm_ip4() { printf '10.%d.%d.%d\n' "$(address_index "$1")" "$2" "$3"; }
vm_ip6() { printf 'fd00:%x::%x:%x\n' "$(address_index "$1")" "$2" "$3"; }

# Where the relay makes the database of a hypervisor reachable.
database_port() { echo $((16640 + $1)); }

br_int_id() { printf '%016x\n' "$1"; }
br_phy_id() { printf '%016x\n' $((0x100 + $1)); }

# Bridges of a hypervisor, the one with the external port last.
bridges() { if [ "$VARIANT" = native ]; then echo br-int br-phy; else echo br-int; fi; }

# each_network FUNCTION ARGS...: calls FUNCTION INDEX NAME VNI ARGS... for every network.
each_network() {
  local f=$1 k=0 n; shift
  for n in ${NETWORKS//,/ }; do
    k=$((k + 1))
    "$f" "$k" "${n%=*}" "${n#*=}" "$@"
  done
}

# One line per VM: name, network, VNI, hypervisor, port number, MAC, IPv4, IPv6.
vm_table() { each_network vm_rows; }
vm_rows() {
  local k=$1 name=$2 vni=$3 i j
  for i in $(seq "$HYPERVISORS"); do
    for j in $(seq "$VMS"); do
      printf '%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\n' "$name-$i-$j" "$name" "$vni" "$i" $((100 * k + j)) \
        "$(vm_mac "$k" "$i" "$j")" "$(vm_ip4 "$k" "$i" "$j")" "$(vm_ip6 "$k" "$i" "$j")"
    done
  done
}

save_settings() {
  local s
  for s in "${SETTINGS[@]}"; do printf '%s=%s\n' "$s" "${!s}"; done >"$RUN/conf"
}

load_settings() {
  [ -f "$RUN/conf" ] || die "no lab with prefix \"$PREFIX\" is up; start one with: $0 up   (--help shows the options)"
  # shellcheck source=/dev/null
  . "$RUN/conf"
}

need_root() { [ "$(id -u)" = 0 ] || die "must run as root: it creates network namespaces"; }

need_tools() {
  local missing=() t
  for t in ip:iproute2 tc:iproute2 bridge:iproute2 ovs-vswitchd:openvswitch-switch ovs-vsctl:openvswitch-switch \
    tcpdump:tcpdump ping:iputils-ping sysctl:procps; do
    command -v "${t%:*}" >/dev/null || missing+=("${t#*:}")
  done
  /usr/bin/python3 -c 'import scapy' 2>/dev/null || missing+=(python3 python3-scapy)
  [ ${#missing[@]} -eq 0 ] ||
    die "missing packages; install them with: apt-get install -y $(printf '%s\n' "${missing[@]}" | sort -u | tr '\n' ' ')"
}
