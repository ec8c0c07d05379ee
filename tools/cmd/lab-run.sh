# ./overlane run, stop, status and lab: a controller with something to control.

LAB=$REPO/e2e/lab/lab
export LAB_PREFIX=${LAB_PREFIX:-ovl}

cmd_lab() {
  case ${1:-} in
    "" | -h | --help) exec "$LAB" --help ;;
  esac
  require_root "./overlane lab"
  need_lab_tools
  exec "$LAB" "$@"
}

lab_is_up() { ip netns list 2>/dev/null | grep -q "^$LAB_PREFIX-"; }

cmd_stop() {
  if lab_is_up; then
    require_root "stopping the lab"
    say "removing the lab"
    "$LAB" down
  fi
  controller_stop
  say "nothing of Overlane runs now"
}

# One line for each switch, from the controller's own answer.
status_table() {
  rest GET /onos/overlane/v1/status | jq -r '
    (["SWITCH", "NAME", "STATE", "DESIRED", "OBSERVED", "PENDING", "FAILED", "WAITS FOR"],
     (.switches[] | [.device, .name // "-", .state, .entries.desired, .entries.observed, .entries.pending, .entries.failed,
      (.reasons[0] // .pending[0].reason // "-")])) | @tsv' | column -t -s "$(printf '\t')"
}

all_in_sync() { # number of configured switches expected
  rest GET /onos/overlane/v1/status 2>/dev/null |
    jq -e --argjson n "$1" '[.switches[] | select(.configured)] | length >= $n and all(.[]; .state == "IN_SYNC")' >/dev/null 2>&1
}

cmd_status() {
  case ${1:-} in
    "" | --json) ;;
    *) die "unknown option '$1' of status; the only one is --json" 2 ;;
  esac
  controller_runs || { say "no controller runs (./overlane run starts one)"; return 3; }
  if [ "${1:-}" = --json ]; then
    rest GET /onos/overlane/v1/status
    return
  fi
  printf 'controller  %s\n' "$(controller_url)"
  lab_is_up && printf 'lab         namespaces %s-*\n' "$LAB_PREFIX"
  printf '\n'
  status_table
}

wait_in_sync() { # number of switches
  local second
  for second in $(seq 1 60); do
    all_in_sync "$1" && { say "  in sync after $second s"; return; }
    sleep 1
  done
  status_table >&2
  die "the switches are not in sync after 60 s"
}

start_lab() { # variant underlay hosts vms
  say "building the lab: $3 hosts with $4 VMs each, $1 endpoints, underlay $2"
  "$LAB" up --replace --variant "$1" --underlay "$2" --hypervisors "$3" --vms "$4" --controller "tcp:127.0.0.1:$(openflow_ports | cut -d, -f1)" >&2
  say "configuring the controller through REST"
  local answer
  answer=$("$LAB" model --names | rest PUT /onos/overlane/v1/model --data-binary @/dev/stdin) ||
    die "the controller refused the model of the lab: $answer"
  wait_in_sync "$("$LAB" model | jq '.devices | length')"
}

next_steps() {
  local vm address
  printf '\n'
  status_table
  printf '\nPage         %s/overlane/\n' "$(controller_url)"
  printf 'REST         %s/onos/overlane/v1/status\n' "$(controller_url)"
  printf 'Account      %s / %s\n' "$(controller_user)" "$(controller_password)"
  printf '\nTry next:\n'
  if lab_is_up; then
    vm=$("$LAB" vms | awk 'NR == 1 {print $1}')
    address=$("$LAB" vms | awk -F'\t' 'NR == 1 {hv = $4} $4 != hv {print $7; exit}')
    printf '  ./overlane lab vm %s ping -c 3 %s               a ping to a VM of the other host\n' "$vm" "$address"
    printf '  ./overlane lab vm %s ping -M do -c 1 -s 1472 %s     not to be fragmented: answered with the MTU that fits\n' "$vm" "$address"
    printf '  ./overlane lab vm %s ping -M dont -c 3 -s 1472 %s   as large as the VM may send: fragmented on the way\n' "$vm" "$address"
    printf '  ./overlane lab ovs 1 ovs-ofctl -O OpenFlow13 dump-flows br-int\n'
  fi
  printf '  ./overlane status\n'
  printf '  ./overlane console overlane-oversize         what became of large packets; overlane-mtu: what fits, and why\n'
  printf '  curl -u %s:%s %s/onos/overlane/v1/model\n' "$(controller_user)" "$(controller_password)" "$(controller_url)"
}

cmd_run() {
  local lab=yes detach=no variant=management-os underlay=ipv4 hosts=2 vms=2 bind=127.0.0.1
  while [ $# -gt 0 ]; do
    case $1 in
      --no-lab) lab=no; shift ;;
      --detach) detach=yes; shift ;;
      --variant) variant=$(value_of "$@"); shift 2 ;;
      --underlay) underlay=$(value_of "$@"); shift 2 ;;
      --hosts) hosts=$(value_of "$@"); shift 2 ;;
      --vms) vms=$(value_of "$@"); shift 2 ;;
      --bind) bind=$(value_of "$@"); shift 2 ;;
      *) die "unknown option '$1' of run; see ./overlane --help" 2 ;;
    esac
  done
  case $variant in management-os | native) ;; *) die "--variant must be management-os or native, not '$variant'" 2 ;; esac
  case $underlay in ipv4 | ipv6) ;; *) die "--underlay must be ipv4 or ipv6, not '$underlay'" 2 ;; esac
  in_range --hosts "$hosts" 1 9
  in_range --vms "$vms" 1 9
  [ "$lab" = no ] || require_root "./overlane run with its lab"
  need_packages curl:curl jq:jq ss:iproute2 column:bsdextrautils
  [ "$lab" = no ] || need_lab_tools
  controller_check "$bind"
  build_distribution
  # From here on whatever ends this command ends what it started.
  trap 'trap - INT TERM EXIT; cmd_stop; exit 1' INT TERM EXIT
  controller_start "$bind"
  controller_wait
  [ "$lab" = no ] || start_lab "$variant" "$underlay" "$hosts" "$vms"
  next_steps
  if [ "$detach" = yes ]; then
    trap - INT TERM EXIT
    printf '\nRunning in the background; ./overlane stop ends it.\n'
    return
  fi
  printf '\nCtrl-C stops everything.\n'
  trap 'trap - INT TERM EXIT; cmd_stop; exit 0' INT TERM
  while controller_runs; do sleep 1; done
  trap - INT TERM EXIT
  say "the controller ended by itself; see $KARAF_LOG"
  cmd_stop
  return 1
}
