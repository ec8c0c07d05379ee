# Copyright 2026 The Overlane Authors
# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
#
# Builds the lab out of namespaces, veth pairs and one Open vSwitch per hypervisor.
#
# management-os (one bridge, the tunnel endpoint is the kernel of the management OS):
#   VM eth0 ==== <vm> (100*K+J) \
#   mos eth0 === mgmt (2)        br-int  ext (1) === ul: hvI -- ul0 (Linux bridge)
#   mos inN ==== vxN  (10+K)    /
#   mos: inN <-- tc redirect --> vxlanN (kernel VXLAN device of VNI N)
#
# native (Open vSwitch encapsulates):
#   VM eth0 ==== <vm> (100*K+J) -- br-int -- vx (10; vxlan, remote_ip=flow, key=flow)
#   br-phy LOCAL owns the VTEP address, in the namespace of the hypervisor; br-phy -- ext (1) === ul
#
# --underlay-vlan T: frames of the host bear the tag T in the underlay
#   management-os   a VLAN interface ulT on eth0 has the VTEP address
#   native          br-phy -- ext (1; patch port) -- access port of T -- br-wire (learns) -- wire === ul

OFFLOADS=() # "namespace device" of every veth end, for one call of offloads.py

add_namespace() { # NAME ipv6|no-ipv6
  ip netns add "$PREFIX-$1" || die "cannot create the network namespace $PREFIX-$1"
  local off=0
  [ "$2" = ipv6 ] || off=1
  # No autoconfiguration: switch ports carry only what a test or a user sends.
  ns "$1" sysctl -qw net.ipv6.conf.default.disable_ipv6=$off net.ipv6.conf.default.accept_dad=0 \
    net.ipv6.conf.default.autoconf=0 net.ipv6.conf.default.accept_ra=0 \
    net.ipv6.conf.default.router_solicitations=0 net.ipv6.conf.default.addr_gen_mode=1
  nsip "$1" link set lo up
}

add_pair() { # NAMESPACE1 DEVICE1 NAMESPACE2 DEVICE2 MTU [MTU2]
  ip link add name "$2" mtu "$5" netns "$PREFIX-$1" type veth peer name "$4" mtu "${6:-$5}" netns "$PREFIX-$3" ||
    die "cannot create the link $1/$2 - $3/$4 (is the kernel module veth there?)"
  OFFLOADS+=("$PREFIX-$1" "$2" "$PREFIX-$3" "$4")
  nsip "$1" link set "$2" up
  nsip "$3" link set "$4" up
}

start_switch() { # HYPERVISOR
  local i=$1 d=$RUN/hv$1
  mkdir -p "$d"
  ovsdb-tool create "$d/conf.db" /usr/share/openvswitch/vswitch.ovsschema || die "ovsdb-tool failed"
  start_daemons "$i"
}

start_database() { # HYPERVISOR
  local i=$1 d=$RUN/hv$1
  ovs "$i" ovsdb-server --remote=punix:"$d/db.sock" --pidfile --detach --no-chdir --log-file "$d/conf.db" \
    2>>"$d/start.log" || die "ovsdb-server of hypervisor $i did not start; see $d/start.log"
}

start_daemons() { # HYPERVISOR
  local i=$1 d=$RUN/hv$1
  start_database "$i"
  ovs "$i" ovs-vsctl --no-wait init
  ovs "$i" ovs-vswitchd --disable-system --pidfile --detach --no-chdir --log-file 2>>"$d/start.log" ||
    die "ovs-vswitchd of hypervisor $i did not start; see $d/start.log"
}

stop_daemons() { # HYPERVISOR [DAEMON...]: both, if none is named
  local d=$RUN/hv$1 f p
  shift
  [ $# -gt 0 ] || set -- ovs-vswitchd ovsdb-server
  for f in "$@"; do
    p=$(cat "$d/$f.pid" 2>/dev/null) || continue
    is_ours "$p" || continue
    kill "$p"
    await_exit 50 "$p" || kill -9 "$p"
  done
}

add_bridge() { # HYPERVISOR BRIDGE DATAPATH-ID [ovs-vsctl arguments for the bridge...]
  local i=$1 b=$2 id=$3 settings=(fail_mode=secure protocols="$PROTOCOLS"); shift 3
  [ "$BARE" = no ] || settings=()
  ovs "$i" ovs-vsctl -- add-br "$b" -- set bridge "$b" datapath_type=netdev "${settings[@]}" \
    other-config:datapath-id="$id" other-config:disable-in-band=true "$@" ||
    die "cannot create the bridge $b on hypervisor $i"
}

add_port() { # HYPERVISOR BRIDGE PORT NUMBER [ovs-vsctl settings of the interface...]
  local i=$1 b=$2 p=$3 n=$4; shift 4
  ovs "$i" ovs-vsctl add-port "$b" "$p" -- set interface "$p" ofport_request="$n" "$@" ||
    die "cannot add the port $p to $b on hypervisor $i"
}

add_underlay() {
  local u
  add_namespace ul no-ipv6
  for u in $(seq "$UPLINKS"); do
    nsip ul link add name "ul$((u - 1))" mtu "$UNDERLAY_MTU" type bridge mcast_snooping 0
    nsip ul link set "ul$((u - 1))" up
  done
}

# What the wire is plugged into.
external_device() { if [ "$VARIANT" = native ] && [ "$UNDERLAY_VLAN" != 0 ]; then echo wire; else echo "ext$1"; fi; }

add_uplink() { # HYPERVISOR UPLINK: the wire between the external port and the underlay
  local i=$1 u=$2 s="" device
  [ "$u" = 1 ] || s=$u
  device=$(external_device "$s")
  add_pair "hv$i" "$device" ul "hv$i${s:+-$s}" "$UNDERLAY_MTU"
  nsip ul link set "hv$i${s:+-$s}" master "ul$((u - 1))"
}

# What the switch's end of a VM's link carries, and the overlay behind it: a VM's user may raise the VM's MTU.
port_mtu() { if [ "$VM_MTU" -gt 9000 ]; then echo "$VM_MTU"; else echo 9000; fi; }

add_vm() { # INDEX NETWORK VNI HYPERVISOR
  local k=$1 name=$2 i=$4 j vm
  for j in $(seq "$VMS"); do
    vm=$name-$i-$j
    add_namespace "$vm" ipv6
    add_pair "hv$i" "$vm" "$vm" eth0 "$(port_mtu)" "$VM_MTU"
    nsip "$vm" link set eth0 address "$(vm_mac "$k" "$i" "$j")"
    nsip "$vm" addr add "$(vm_ip4 "$k" "$i" "$j")/16" dev eth0
    nsip "$vm" addr add "$(vm_ip6 "$k" "$i" "$j")/64" dev eth0
    add_port "$i" br-int "$vm" $((100 * k + j))
  done
}

add_management_os() { # HYPERVISOR
  local i=$1 u s
  add_namespace "mos$i" ipv6
  add_bridge "$i" br-int "$(br_int_id "$i")"
  for u in $(seq "$UPLINKS"); do
    s=""
    [ "$u" = 1 ] || s=$u
    add_uplink "$i" "$u"
    add_port "$i" br-int "ext$s" $((2 * u - 1))
    add_pair "hv$i" "mgmt$s" "mos$i" "eth$((u - 1))" "$UNDERLAY_MTU"
    nsip "mos$i" link set "eth$((u - 1))" address "$(vtep_mac "$i" "$u")"
    [ "$UNDERLAY_VLAN" = 0 ] || add_vlan_interface "$i"
    nsip "mos$i" addr add "$(vtep "$i" "$u")/$(vtep_prefix)" dev "$(underlay_device "$u")"
    add_port "$i" br-int "mgmt$s" $((2 * u))
  done
  each_network add_kernel_tunnel "$i"
}

# The interface of a management OS that has the VTEP address of an uplink.
underlay_device() { if [ "$UNDERLAY_VLAN" = 0 ]; then echo "eth$(($1 - 1))"; else echo "ul$UNDERLAY_VLAN"; fi; }

# Made by a program, as for VMs: not every kernel has the module 8021q.
add_vlan_interface() { # HYPERVISOR
  local log=$RUN/hv$1/vlan.log
  env "$MARK" setsid ip netns exec "$PREFIX-mos$1" /usr/bin/python3 "$LAB_DIR/tools/vlan.py" --lower eth0 --tag "$UNDERLAY_VLAN" \
    --name "ul$UNDERLAY_VLAN" --mac "$(vtep_mac "$1")" --mtu "$UNDERLAY_MTU" >"$log" 2>&1 </dev/null &
  for _ in $(seq 100); do grep -q ready "$log" && return; sleep 0.05; done
  die "cannot create a VLAN interface; see $log"
}

# The device is not bound to eth0: bound to a lower device the kernel caps its MTU below that device's.
add_kernel_tunnel() { # INDEX NETWORK VNI HYPERVISOR
  local k=$1 vni=$3 i=$4 n=mos$4 p
  add_pair "hv$i" "vx$vni" "$n" "in$vni" "$(port_mtu)"
  nsip "$n" link add name "vxlan$vni" type vxlan id "$vni" dstport 4789 local "$(vtep "$i")" df "$DF" nolearning udpcsum ||
    die "cannot create a VXLAN device (is the kernel module vxlan there?)"
  ns "$n" sysctl -qw "net.ipv6.conf.in$vni.disable_ipv6=1" "net.ipv6.conf.vxlan$vni.disable_ipv6=1"
  nsip "$n" link set "vxlan$vni" mtu "$(port_mtu)" up
  OFFLOADS+=("$PREFIX-$n" "vxlan$vni")
  for p in $(seq "$HYPERVISORS"); do
    [ "$p" = "$i" ] || tunnel_peer "$n" "vxlan$vni" "$k" "$p"
  done
  redirect "$n" "in$vni" "vxlan$vni"
  redirect "$n" "vxlan$vni" "in$vni"
  add_port "$i" br-int "vx$vni" $((10 + k))
}

announce_vm() { # NAME NETWORK VNI HYPERVISOR PORT MAC IPV4 IPV6
  ovs "$4" ovs-vsctl set interface "$1" "external_ids:attached-mac=\"$6\"" "external_ids:overlane-network=$2" \
    "external_ids:overlane-ips=\"$7,$8\"" || die "cannot set the external ids of $1"
}

# Every port of a VM tells in the database who is behind it.
announce_vms() {
  local row
  while IFS=$'\t' read -r -a row; do announce_vm "${row[@]}" </dev/null; done < <(vm_table)
}

tunnel_peer() { # NAMESPACE DEVICE NETWORK-INDEX PEER: known MACs, and head-end replication of the rest
  local j
  ns "$1" bridge fdb append 00:00:00:00:00:00 dev "$2" dst "$(vtep "$4")"
  for j in $(seq "$VMS"); do
    ns "$1" bridge fdb replace "$(vm_mac "$3" "$4" "$j")" dev "$2" dst "$(vtep "$4")"
  done
}

# A transparent hand-off: no learning, no MTU check and no ICMP by the management OS.
redirect() { # NAMESPACE FROM TO
  ns "$1" tc qdisc add dev "$2" ingress
  ns "$1" tc filter add dev "$2" parent ffff: protocol all u32 match u32 0 0 action mirred egress redirect dev "$3" ||
    die "cannot redirect $2 to $3 (are the kernel modules cls_u32 and act_mirred there?)"
}

add_native_endpoint() { # HYPERVISOR
  local i=$1 df=false
  [ "$DF" = set ] && df=true
  add_uplink "$i" 1
  add_bridge "$i" br-phy "$(br_phy_id "$i")" other-config:hwaddr="\"$(vtep_mac "$i")\""
  if [ "$UNDERLAY_VLAN" = 0 ]; then add_port "$i" br-phy ext 1; else add_wire_bridge "$i"; fi
  ovs "$i" ovs-vsctl set interface br-phy mtu_request="$UNDERLAY_MTU"
  add_bridge "$i" br-int "$(br_int_id "$i")"
  [ "$BARE" = yes ] || add_port "$i" br-int vx 10 type=vxlan options:remote_ip=flow options:key=flow options:df_default=$df
  ns "hv$i" sysctl -qw net.ipv6.conf.br-phy.disable_ipv6=0
  nsip "hv$i" addr add "$(vtep "$i")/$(vtep_prefix)" dev br-phy
  nsip "hv$i" link set br-phy up
}

# The tag is that of an access port, and a port obeys its tag only where the action NORMAL forwards: in a bridge of its own.
add_wire_bridge() { # HYPERVISOR
  ovs "$1" ovs-vsctl -- add-br br-wire -- set bridge br-wire datapath_type=netdev fail_mode=standalone \
    other-config:disable-in-band=true -- add-port br-wire wire \
    -- add-port br-wire access tag="$UNDERLAY_VLAN" -- set interface access type=patch options:peer=ext \
    -- add-port br-phy ext -- set interface ext type=patch options:peer=access ofport_request=1 ||
    die "cannot create the bridge br-wire on hypervisor $1"
}

set_static_neighbours() {
  local name net mac ip4 ip6 name2 net2
  while IFS=$'\t' read -r name net _ _ _ _ _ _; do
    while IFS=$'\t' read -r name2 net2 _ _ _ mac ip4 ip6; do
      if [ "$net" != "$net2" ] || [ "$name" = "$name2" ]; then continue; fi
      nsip "$name" neigh replace "$ip4" lladdr "$mac" dev eth0 nud permanent
      nsip "$name" neigh replace "$ip6" lladdr "$mac" dev eth0 nud permanent
    done < <(vm_table)
  done < <(vm_table)
}

build() {
  local i
  mkdir -p "$RUN"
  chmod 700 "$RUN"
  add_namespace ctl no-ipv6
  add_underlay
  for i in $(seq "$HYPERVISORS"); do
    add_namespace "hv$i" no-ipv6
    start_switch "$i"
    if [ "$VARIANT" = native ]; then add_native_endpoint "$i"; else add_management_os "$i"; fi
    each_network add_vm "$i"
    set_fragment_mode "$i"
  done
  # The netdev datapath reads veth through AF_PACKET without vnet headers: a segmentation-offloaded packet
  # is dropped there, and one with a partial checksum leaves with a wrong one.
  env "$MARK" /usr/bin/python3 "$LAB_DIR/lib/offloads.py" "${OFFLOADS[@]}" || die "cannot turn offloads off"
  [ "$NEIGHBOURS" = learned ] || set_static_neighbours
  save_settings
}

set_fragment_mode() { # HYPERVISOR
  local b
  for b in $(bridges); do
    ovs "$1" ovs-ofctl -O OpenFlow13 set-frags "$b" "$FRAGS"
  done
}

# --- tearing down --------------------------------------------------------------------------------------

is_ours() { tr '\0' '\n' 2>/dev/null <"/proc/$1/environ" | grep -qxF "$MARK"; }

await_exit() { # TENTHS PID...
  local n=$1 p; shift
  for p in "$@"; do
    while [ -d "/proc/$p" ]; do
      [ "$n" -gt 0 ] || return 1
      n=$((n - 1))
      sleep 0.1
    done
  done
}

our_processes() {
  local p
  # A shell inside the lab may be the one that tears it down: it and its ancestors stay.
  local keep=" " a=$$
  while [ "$a" -gt 1 ]; do
    keep="$keep$a "
    a=$(awk '/^PPid:/ {print $2}' "/proc/$a/status" 2>/dev/null) || break
    a=${a:-0}
  done
  grep -lsaF "$MARK" /proc/[0-9]*/environ | cut -d/ -f3 | while read -r p; do
    case $keep in *" $p "*) continue ;; esac
    if is_ours "$p"; then echo "$p"; fi
  done
}

teardown() {
  local pids n
  mapfile -t pids < <(our_processes)
  if [ ${#pids[@]} -gt 0 ]; then
    kill "${pids[@]}" 2>/dev/null
    await_exit 50 "${pids[@]}" || kill -9 "${pids[@]}" 2>/dev/null
  fi
  for n in $(ip netns list | awk '{print $1}' | grep -E "^$PREFIX-(ul|ctl|hv[0-9]+|mos[0-9]+|[a-z][a-z0-9]*-[0-9]+-[0-9]+)\$"); do
    # Another "down" may be at it at the same time.
    ip netns del "$n" 2>/dev/null || [ ! -e "/run/netns/$n" ] || die "cannot remove the network namespace $n"
  done
  rm -rf "$RUN"
}
