# Building, testing and the offline tools.

DISTRIBUTION=$REPO/karaf-features/distribution/target
OFFLINE_JAR=$REPO/cli/target/overlane-cli.jar
BENCH_JAR=$REPO/bench/target/benchmarks.jar

# To build a thing, not to check it.
QUICK=(-DskipTests -Dspotless.check.skip -Dcheckstyle.skip)

# Whether FILE exists and nothing in the source folders named after it is newer.
up_to_date() {
  local file=$1
  shift
  [ -f "$file" ] || return 1
  local newer
  newer=$(cd "$REPO" && find pom.xml "$@" -name target -prune -o -type f -newer "$file" -print -quit 2>/dev/null)
  [ -z "$newer" ]
}

# maven WHAT ARGS...: runs Maven, shows a line for each module, and the end of the log if it fails.
maven() {
  local what=$1 log
  shift
  need_build_tools
  log=$(mktemp "${TMPDIR:-/tmp}/overlane-build.XXXXXX")
  say "$what (log: $log)"
  if ! (cd "$REPO" && mvn -B -ntp "$@") 2>&1 | tee "$log" |
    sed -un 's/^\[INFO\] Building \(Overlane.*\) [0-9][^ ]* *\(\[.*\]\)$/  \2 \1/p' >&2; then
    grep -E '^\[ERROR\]|BUILD|Could not' "$log" | head -n 30 >&2
    if grep -qE 'Could not (transfer|resolve)|UnknownHost' "$log"; then
      die "Maven could not fetch its artifacts: is there a network with Maven Central?"
    fi
    die "$what failed; the whole log is $log"
  fi
  rm -f "$log"
}

build_offline_tool() {
  up_to_date "$OFFLINE_JAR" flowrules/src slowpath/src config/src tracing/src cli/src cli/pom.xml ||
    maven "building the offline tool" "${QUICK[@]}" -pl cli -am package
}

build_distribution() {
  local archive
  archive=$(distribution_archive)
  up_to_date "${archive:-/nonexistent}" flowrules config slowpath tracing tunnel-manager monitoring openflow web-ui app karaf-features ||
    maven "building the controller (first time: some minutes)" "${QUICK[@]}" -pl karaf-features/distribution -am install
}

# A file of a build, or nothing where it was not built yet.
built() { # folder pattern
  find "$1" -maxdepth 1 -name "$2" -print -quit 2>/dev/null || true
}

distribution_archive() { built "$DISTRIBUTION" '*.tar.gz'; }

cmd_offline() {
  build_offline_tool
  exec java -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -jar "$OFFLINE_JAR" "$@"
}

cmd_bench() {
  up_to_date "$BENCH_JAR" flowrules/src slowpath/src config/src tunnel-manager/src bench/src bench/pom.xml ||
    maven "building the benchmarks" "${QUICK[@]}" -pl bench -am package
  exec java -jar "$BENCH_JAR" "$@"
}

cmd_test() {
  case ${1:-} in
    --unit)
      need_build_tools
      cd "$REPO" && exec mvn -B -ntp install -DskipITs
      ;;
    "") ;;
    *) die "unknown option '$1' of test; the only one is --unit" 2 ;;
  esac
  require_root "./overlane test"
  need_build_tools
  need_lab_tools
  need_packages curl:curl jq:jq ssh:openssh-client sshpass:sshpass chromium:chromium chromedriver:chromium-driver
  # "install", not "verify": the plugin that packs the .oar takes its bundles from the local repository.
  cd "$REPO" && exec mvn -B -ntp install
}

# The .oar into a controller that somebody else runs.
cmd_install() {
  local url=${1:-} oar
  [ -n "$url" ] || die "install needs the address of a controller, e.g. http://onos1:8181" 2
  [ -n "${ONOS_USER:-}" ] && [ -n "${ONOS_PASSWORD:-}" ] || die "set ONOS_USER and ONOS_PASSWORD to an account of that ONOS" 2
  need_packages curl:curl
  oar=$(built "$REPO/app/target" '*.oar')
  if ! up_to_date "${oar:-/nonexistent}" flowrules config slowpath tracing tunnel-manager monitoring web-ui app; then
    maven "building the .oar" "${QUICK[@]}" -pl app -am install
    oar=$(built "$REPO/app/target" '*.oar')
  fi
  # The account goes in by a configuration on standard input, where no process list shows it.
  printf 'user = "%s:%s"\n' "$ONOS_USER" "$ONOS_PASSWORD" |
    curl -sS --fail-with-body --config - -X POST -H 'Content-Type: application/octet-stream' \
      --data-binary "@$oar" "${url%/}/onos/v1/applications?activate=true" ||
    die "the controller at $url did not take $oar"
  echo
}
