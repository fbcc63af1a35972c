# Recipes for work on this repository: `just` lists them. Each is a command that can as well be typed; docs/local-development.md has what they need.

default:
    @just --list

# The stack in kind, with Tilt: http://localhost:10351 shows it
dev-up:
    deploy/kind/up.sh
    tilt up --file deploy/Tiltfile --port 10351

# What runs, and whether the application is ready
dev-status:
    kubectl --context kind-brrtrouter --namespace brrtrouter-dev get pods,services
    curl --silent --show-error http://localhost:8080/ready && echo

# Ends the stack; the cluster and its data go with it
dev-down:
    tilt down --file deploy/Tiltfile
    kind delete cluster --name brrtrouter

# The same stack without Kubernetes
compose-up:
    docker compose --file deploy/compose.yaml up --build --detach --wait

compose-down:
    docker compose --file deploy/compose.yaml down

# The documentation of the pet store, in a server of its own: http://127.0.0.1:8080/docs
docs:
    ./brrt serve examples/petstore/openapi.yaml --mock

# Everything that CI runs
test:
    bash .ci/run

# A minute of requests to the stack
load url='http://localhost:8080' seconds='60':
    deploy/load/requests.sh {{url}} {{seconds}}

# Velero's schedules and, on this machine, a place for the backups; after `velero install` (docs/deployment.md)
backup-schedules:
    kubectl --context kind-brrtrouter apply --kustomize deploy/velero

backup-now name:
    velero backup create {{name}} --from-schedule complete --wait

backup-list:
    velero backup get

backup-restore name:
    velero restore create --from-backup {{name}} --wait
