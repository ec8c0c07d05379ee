# Completion of ./overlane for bash: ". tools/overlane-completion.bash", best in ~/.bashrc with its whole path.
# Commands come from the help of the scripts and from the sources of the console's commands, so they are those of
# this clone. The options of the offline commands are generated (CompletionTest).

_overlane_repo=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

_overlane_options() { # offline command
  case $1 in
    # <generated>
    compile) echo --format --help --model --node --output --profile --version ;;
    explain) echo --help --json --model --node --profile --version ;;
    mtu) echo --device --help --json --model --network --profile --version --what-if ;;
    trace) echo --arp --df --dst-ip --dst-mac --dst-port --ethertype --frag-mode --fragment --from --help --icmp --ipv6 --json --model --mss --multicast --profile --size --src-ip --src-mac --src-port --syn --tcp --to --udp --verbose --version --vlan ;;
    verify) echo --help --json --model --node --profile --tables --version ;;
    # </generated>
  esac
}

_overlane_words() {
  local command=$1
  case $command in
    "") "$_overlane_repo/overlane" --help | sed -n 's|^  ./overlane \([a-z]*\) .*|\1|p'; echo --help ;;
    run) "$_overlane_repo/overlane" --help | sed -n '/^  .\/overlane run/,/^  .\/overlane stop/s/^ \{6\}\(--.*\)/\1/p' | grep -o -e '--[a-z-]*' ;;
    status) echo --json ;;
    test) echo --unit ;;
    lab) "$_overlane_repo/overlane" lab --help | sed -n '/^Options/q; s/^  \([a-z][a-z-]*\) .*/\1/p' ;;
    console) sed -n 's/.*name = "\(overlane-[a-z-]*\)".*/\1/p' "$_overlane_repo"/app/src/main/java/org/overlane/app/cli/*.java ;;
    *) _overlane_options "$command" ;;
  esac
}

_overlane_files() {
  # Only here: a command may be called as a folder is.
  compopt -o filenames 2>/dev/null
  COMPREPLY=($(compgen -f -- "$1"))
}

_overlane() {
  local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]} command=
  [ "$COMP_CWORD" -gt 1 ] && command=${COMP_WORDS[1]}
  case $command/$before in
    run/--variant) COMPREPLY=($(compgen -W "management-os native" -- "$word")) ;;
    run/--underlay) COMPREPLY=($(compgen -W "ipv4 ipv6" -- "$word")) ;;
    */--model | */--tables | */--output) _overlane_files "$word" ;;
    lab/lab | console/console | /*) COMPREPLY=($(compgen -W "$(_overlane_words "$command")" -- "$word")) ;;
    lab/* | console/*) _overlane_files "$word" ;;
    *) COMPREPLY=($(compgen -W "$(_overlane_words "$command")" -- "$word")) ;;
  esac
}

complete -F _overlane overlane ./overlane
