# How Java is started for Proteus: what the program in the source tree and the one in the image have in common. To be sourced by
# bash, by who has set:
#
#   java      the java of a JDK 25, or of a runtime that was linked from one
#   lib       the folder with the modules
#   cache     where what a start needs is noted down, so that later ones are quicker; its folder may be missing or read-only.
#             Empty if nothing is to be noted
#   trainlog  where it is written why that failed
#
# and has the functions lock and unlock, which are called before and after it is noted down.

# --- A quicker start ---------------------------------------------------------------------------------------------

# Java can keep what it works out about classes at a start for later ones, which takes a third off them. It records that
# in a run of the demo; a cache that does not fit the jars or the options is ignored, without a word. So a node with vectors has
# one of its own: the module for them is an option, and Java keeps less of a program that has it.
vectors_cache() { printf '%s\n' "${cache%.aot}-vectors.aot"; }

# Which of these are older than the program, into the array untrained; whether there are any.
find_untrained() { # CACHE...
  local jar file
  untrained=()
  for file in "$@"; do
    for jar in "$lib"/proteus-bootstrap-*.jar; do
      [ "$file" -nt "$jar" ] || { untrained+=("$file") && break; }
    done
  done
  [ "${#untrained[@]}" -gt 0 ]
}

# Java goes on in the background, where no interrupt from the terminal reaches it.
train_one() { # CACHE OPTION...
  local new=$1.$$
  shift
  # That the demo does not come to its end within these seconds, and says so by its exit code, is as it should be.
  exec "$java" "-XX:AOTCacheOutput=$new" "$@" "${options[@]}" "${program[@]}" \
    demo --seconds 5 --plain >>"$trainlog" 2>&1 </dev/null
}

train() { # CACHE...
  local began=$SECONDS file failed=''
  printf 'proteus: noting what a start needs, so that later ones are quicker ... ' >&2
  : >"$trainlog"
  training=''
  # Who interrupts here wants no node either.
  trap 'kill -9 $training 2>/dev/null; rm -f "$cache.$$"* "$(vectors_cache).$$"*; exit 130' INT TERM
  for file in "$@"; do
    rm -f "$file"
    if [ "$file" = "$cache" ]; then
      train_one "$file" &
    else
      train_one "$file" "${vectors[@]}" &
    fi
    training="$training $!"
  done
  wait
  for file in "$@"; do
    if ! { [ -s "$file.$$" ] && mv "$file.$$" "$file" 2>/dev/null; }; then
      # Not tried again before the next build.
      : >"$file"
      failed=yes
    fi
  done
  trap - INT TERM
  if [ -z "$failed" ]; then
    printf 'done in %s s\n' "$((SECONDS - began))" >&2
  else
    printf 'failed, so they are as quick as this one; why is in %s\n' "$trainlog" >&2
  fi
}

# --- The machine -------------------------------------------------------------------------------------------------

# MiB of memory this process may count on: the machine's, or its container's when that is less.
memory_mib() {
  local mib=2048 file limit
  if [ -r /proc/meminfo ]; then
    mib=$(awk '/^MemTotal:/ { print int($2 / 1024) }' /proc/meminfo)
  elif limit=$(sysctl -n hw.memsize 2>/dev/null); then
    mib=$((limit / 1048576))
  fi
  for file in /sys/fs/cgroup/memory.max /sys/fs/cgroup/memory/memory.limit_in_bytes; do
    if [ -r "$file" ]; then
      limit=$(cat "$file")
      case $limit in
        '' | *[!0-9]*) ;;
        *) [ $((limit / 1048576)) -lt "$mib" ] && mib=$((limit / 1048576)) ;;
      esac
    fi
  done
  printf '%s\n' "$mib"
}

between() { # LEAST VALUE MOST
  if [ "$2" -lt "$1" ]; then printf '%s\n' "$1"; elif [ "$2" -gt "$3" ]; then printf '%s\n' "$3"; else printf '%s\n' "$2"; fi
}

# Every peer is a file descriptor, and so is every file of the store.
raise_file_limit() {
  local soft hard
  soft=$(ulimit -S -n)
  hard=$(ulimit -H -n)
  [ "$soft" = unlimited ] && return
  if [ "$hard" = unlimited ] || [ "$hard" -gt 1048576 ]; then
    hard=1048576
  fi
  if [ "$soft" -lt "$hard" ]; then
    ulimit -S -n "$hard" 2>/dev/null || ulimit -S -n 10240 2>/dev/null
    soft=$(ulimit -S -n)
  fi
  if [ "$soft" != unlimited ] && [ "$soft" -lt 4096 ]; then
    printf 'proteus: only %s files and sockets may be open at once; a node with many peers wants 4096 or more (ulimit -n)\n' \
      "$soft" >&2
  fi
}

# Modules that call native code. Java warns about a name that is not there, so only those in the distribution count.
native_modules() {
  local names=""
  ls "$lib"/netty-common-*.jar >/dev/null 2>&1 && names=io.netty.common
  ls "$lib"/rocksdbjni-*.jar >/dev/null 2>&1 && names=${names:+$names,}rocksdbjni
  printf '%s\n' "${names:-proteus.bootstrap}"
}

# Whether the processor has vectors of 512 bits with the instructions that Tip5 takes from them, and this Java the module for
# them. Whether they are faster is seen in the running node, which says which way it took.
has_wide_vectors() {
  [ -r /proc/cpuinfo ] && [ -r "${java%/bin/java}/release" ] &&
    awk '/^flags/ { found = / avx512f( |$)/ && / avx512dq( |$)/; exit } END { exit !found }' /proc/cpuinfo &&
    awk '/^MODULES=/ { found = /[" ]jdk\.incubator\.vector[" ]/; exit } END { exit !found }' "${java%/bin/java}/release"
}

starts_a_node() { # ARGUMENT...
  [ "${1:-}" = run ] || return 1
  case " $* " in *' --help '* | *' -h '*) return 1 ;; esac
}

# Java says at the start that it uses this module, in a line that nothing takes away: so only a node has it.
wants_vectors() { # ARGUMENT...
  case ${PROTEUS_VECTORS:-on} in
    on) ;;
    off) return 1 ;;
    *)
      printf "proteus: PROTEUS_VECTORS is '%s', and may be on or off\n" "$PROTEUS_VECTORS" >&2
      exit 2
      ;;
  esac
  starts_a_node "$@" && has_wide_vectors
}

# --- The start ---------------------------------------------------------------------------------------------------

# Becomes the program, with these arguments.
launch() {
  local heap native caches wide=''
  raise_file_limit
  heap=$(between 512 $(($(memory_mib) / 4)) 4096)
  native=$(native_modules)

  options=(-Xlog:aot=off -Xlog:cds=off
    "-Xmx${heap}m" "-XX:MaxDirectMemorySize=$((heap / 2))m" -XX:+ExitOnOutOfMemoryError
    "--enable-native-access=$native" --sun-misc-unsafe-memory-access=allow) # protobuf-java uses it, and Java warns each time
  set -f # PROTEUS_JAVA_OPTS is words, not file patterns
  # shellcheck disable=SC2206
  options+=(${PROTEUS_JAVA_OPTS:-})
  set +f
  program=(--add-modules ALL-MODULE-PATH -p "$lib" -m proteus.bootstrap/proteus.bootstrap.Main)
  vectors=(--add-modules jdk.incubator.vector)

  caches=("$cache")
  if wants_vectors "$@"; then
    wide=yes
    caches+=("$(vectors_cache)")
  fi
  # Only a node's start is worth the seconds that this takes once after a build.
  if starts_a_node "$@" && [ -n "$cache" ] && [ -d "${cache%/*}" ] && [ -w "${cache%/*}" ] && find_untrained "${caches[@]}"; then
    lock
    find_untrained "${caches[@]}" && train "${untrained[@]}"
    unlock
  fi
  if [ -n "$wide" ]; then
    options=("${vectors[@]}" "${options[@]}")
    [ -n "$cache" ] && cache=$(vectors_cache)
  fi
  if [ -n "$cache" ] && [ -s "$cache" ]; then
    options=("-XX:AOTCache=$cache" "${options[@]}")
  fi
  exec "$java" "${options[@]}" "${program[@]}" "$@"
}
