#!/usr/bin/env bash
# Makes the cluster of cluster.yaml, unless there is one, and lets it pull images through a cache on this machine.
#
# Environment, nothing of which is needed:
#   IMAGE_CACHE_HOST  the host of images as their names say it, to be pulled through the cache
#   IMAGE_CACHE_URL   where the cache fetches what it has not
#   IMAGE_PREFIX      what stands before the cache's own image, with a slash at the end
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
cluster=brrtrouter
cache=brrtrouter-image-cache

kind get clusters | grep -qx $cluster || kind create cluster --config cluster.yaml --wait 120s

if [[ -n ${IMAGE_CACHE_HOST:-} && -n ${IMAGE_CACHE_URL:-} ]]; then
  if [[ -z $(docker ps -aq --filter "name=^$cache\$") ]]; then
    docker run -d --name $cache --restart unless-stopped --network kind -v $cache:/var/lib/registry \
      -e "REGISTRY_PROXY_REMOTEURL=$IMAGE_CACHE_URL" "${IMAGE_PREFIX:-}registry:3"
  else
    docker start $cache >/dev/null
  fi
  for node in $(kind get nodes --name $cluster); do
    docker exec -i "$node" sh -c "mkdir -p '/etc/containerd/certs.d/$IMAGE_CACHE_HOST' && cat >'/etc/containerd/certs.d/$IMAGE_CACHE_HOST/hosts.toml'" <<TOML
server = "$IMAGE_CACHE_URL"

[host."http://$cache:5000"]
  capabilities = ["pull", "resolve"]
TOML
  done
else
  echo "Images are pulled without a cache: IMAGE_CACHE_HOST and IMAGE_CACHE_URL are not both set."
fi
kubectl config use-context kind-$cluster
