#!/usr/bin/env bash
# Lays out a service as its image has it, and as it runs without one: OUT/java, a Java of the modules it needs; OUT/app, its jars, its files, the
# options of java in java.options and app.aot, the classes as they are after a start.
#
#   deploy/image/assemble.sh OUT MAIN_CLASS PROJECT [FILE...]
#
# PROJECT is a directory of Maven after `package` with its libraries in target/lib; FILEs are what else of it the service reads. JAVA_HOME is a JDK 25.
# OUT/app is the directory to start in: cd OUT/app && ../java/bin/java @java.options MAIN_CLASS
set -euo pipefail

(($# >= 3)) || { echo "usage: $0 OUT MAIN_CLASS PROJECT [FILE...]" >&2; exit 2; }
out=$1
main=$2
project=$3
shift 3
files=("$@")
((${#files[@]})) || files=(openapi.yaml config.yaml adoption shared site)
java_home=${JAVA_HOME:-$(dirname "$(dirname "$(readlink -f "$(command -v java)")")")}

[[ ! -e $out ]] || { echo "$out is there already" >&2; exit 1; }
mkdir -p "$out/app/lib"
jars=()
for jar in "$project"/target/*.jar; do
  case $jar in
    *-sources.jar | *-javadoc.jar | *-tests.jar) ;;
    *) jars+=("$jar") ;;
  esac
done
((${#jars[@]} == 1)) || { echo "$project/target has ${#jars[@]} jars instead of one" >&2; exit 1; }
# The cache of classes knows the times of the files.
cp -p "${jars[0]}" "$out/app/app.jar"
cp -p "$project"/target/lib/*.jar "$out/app/lib/"
for file in "${files[@]}"; do
  cp -pR "$project/$file" "$out/app/"
done

cd "$out/app"
# In one order: the cache is for one class path.
path=app.jar
for jar in $(printf '%s\n' lib/*.jar | LC_ALL=C sort); do
  path=$path:$jar
done

# Besides what the jars name: elliptic curves for TLS, flight recordings and attaching for diagnosis, file systems in jars.
# Warnings about packages in two jars come before the last line, which has the modules.
needed=$("$java_home/bin/jdeps" --multi-release 25 --ignore-missing-deps --print-module-deps --module-path lib app.jar lib/*.jar 2>/dev/null | tail -n 1)
[[ $needed == java.base* ]] || { echo "jdeps does not tell the modules: $needed" >&2; exit 1; }
"$java_home/bin/jlink" --add-modules "$needed,jdk.crypto.ec,jdk.jfr,jdk.management.agent,jdk.zipfs" \
  --no-header-files --no-man-pages --strip-java-debug-attributes --compress zip-6 --output ../java

# The heap is half of the memory: buffers, code and stacks need the rest.
cat >java.options <<OPTIONS
-XX:MaxRAMPercentage=50
-XX:+UseG1GC
-XX:+UseCompactObjectHeaders
-XX:+ExitOnOutOfMemoryError
--enable-native-access=ALL-UNNAMED
--sun-misc-unsafe-memory-access=allow
-cp $path
OPTIONS

# A start, some requests and an end show which classes are needed.
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
BRRTR_DATABASE_URL=jdbc:h2:mem:training BRRTR_HOST=127.0.0.1 \
  ../java/bin/java @java.options -XX:AOTCacheOutput=app.aot "$main" --port 0 >"$work/out" 2>&1 &
pid=$!
port=
for ((waited = 0; waited < 600; waited++)); do
  port=$(sed -n 's|^Listening on http://127.0.0.1:\([0-9]*\)$|\1|p' "$work/out")
  [[ -z $port ]] && kill -0 $pid 2>/dev/null || break
  sleep 0.1
done
if [[ -z $port ]]; then
  cat "$work/out" >&2
  exit 1
fi
for target in /ready /health /metrics /openapi.json /nowhere '/pets?limit=2' '/pets?limit=none' /pets/1001; do
  exec 3<>"/dev/tcp/127.0.0.1/$port"
  printf 'GET %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n' "$target" >&3
  cat <&3 >/dev/null
  exec 3>&-
done
kill -TERM $pid
wait $pid || { cat "$work/out" >&2; exit 1; }
[[ -s app.aot ]] || { echo "no cache of classes was made:" >&2; cat "$work/out" >&2; exit 1; }
# A cache that another Java or another order of jars made is passed over silently.
printf -- '-XX:AOTCache=app.aot\n-Xlog:aot=off\n-Xlog:cds=off\n' >>java.options
