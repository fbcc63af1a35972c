#!/usr/bin/env bash
# Asks the pet store for what goes well and what is refused, so that dashboards have something to show. No measurement: benchmarks/ has those.
#
#   deploy/load/requests.sh [URL [SECONDS]]
set -euo pipefail
url=${1:-http://localhost:8080}
seconds=${2:-60}
key='X-API-Key: clerk-example-key-change-me'

ask() {
  curl -s -o /dev/null --max-time 10 "$@" || true
}

end=$((SECONDS + seconds))
rounds=0
while ((SECONDS < end)); do
  ask "$url/pets?limit=5"
  ask "$url/pets/1001"
  ask "$url/search?q=dog"
  ask "$url/events?last=2" -H 'Accept: application/jsonl'
  ask "$url/pets" -H "$key" --json '{"species":"dog","name":"Waldi","breed":"Dachshund","price":300}'
  ask "$url/pets?limit=none"
  ask "$url/pets/4711"
  ask "$url/users?limit=1" -H "$key"
  ask "$url/pets/1004" -X DELETE
  rounds=$((rounds + 1))
done
echo "$((rounds * 9)) requests in $seconds s"
