#!/usr/bin/env bash
# Runs Maven with the container tests where no registry can be reached:
#
#   src/test/docker/without-registry.sh -B -ntp -Pthorough verify
#
# Needs root on Debian 12 and the packages docker.io and debootstrap. It
#   1. starts a daemon that touches neither the network of this machine nor another daemon: its own
#      socket and directories, no bridge, no firewall rules (the tests use the host's network);
#   2. makes a base image with a JRE from Debian packages;
#   3. builds the images of server-config on it, from the servers that the build takes from Maven
#      Central;
#   4. runs Maven with the arguments given and the names of the images;
#   5. stops the daemon and removes everything again, whatever happened.
set -euo pipefail

cd "$(dirname "$0")/../../.."
work=$(mktemp -d)
daemon=

say() { printf '\n== %s\n' "$*" >&2; }

clean_up() {
  local status=$?
  trap - EXIT
  if [[ -n $daemon ]]; then
    docker ps -aq | xargs -r docker rm -f >/dev/null || true
    kill "$daemon" || true
    wait "$daemon" || true
    # the host's network that containers shared stays mounted
    find "$work/exec" -type f -path '*/netns/*' -exec umount {} + 2>/dev/null || true
  fi
  rm -rf --one-file-system "$work" || say "left over: $work"
  exit "$status"
}
trap clean_up EXIT
trap 'exit 130' INT TERM

start_daemon() {
  say 'starting a Docker daemon'
  # a session of its own: an interrupt must not end it before the containers are gone
  setsid dockerd --data-root "$work/data" --exec-root "$work/exec" --pidfile "$work/pid" \
    --host "$DOCKER_HOST" --bridge=none --iptables=false --ip6tables=false --ip-forward=false \
    >"$work/dockerd.log" 2>&1 &
  daemon=$!
  local deadline=$((SECONDS + 60))
  until docker version >/dev/null 2>&1; do
    if ! kill -0 "$daemon" 2>/dev/null || ((SECONDS > deadline)); then
      say 'the daemon does not start:'
      tail -n 20 "$work/dockerd.log" >&2
      exit 1
    fi
    sleep 0.2
  done
}

import_base() {
  say 'making a base image from Debian packages'
  if ! debootstrap --variant=minbase --include=openjdk-17-jre-headless bookworm "$work/root" \
    >"$work/debootstrap.log" 2>&1; then
    tail -n 20 "$work/debootstrap.log" >&2
    exit 1
  fi
  tar -C "$work/root" --exclude='./var/cache/apt/archives/*.deb' --exclude='./var/lib/apt/lists/*' -c . |
    docker import - sluice-test/jre >/dev/null
  rm -rf --one-file-system "$work/root"
}

build_images() {
  say 'building the servers'\'' images'
  mvn -q -B -ntp -DskipTests package dependency:copy@servers-for-tests \
    dependency:unpack@wildfly-for-tests
  for server in payara wildfly; do
    tar -c server-config target/sluice.war target/servers |
      docker build -q --network none --build-arg JAVA_IMAGE=sluice-test/jre \
        -t "sluice-test/$server" -f "server-config/$server/Dockerfile" -
  done
}

(($#)) || { say "usage: $0 MAVEN-ARGUMENT..."; exit 2; }
for program in dockerd docker debootstrap mvn; do
  PATH="$PATH:/usr/sbin" command -v "$program" >/dev/null || { say "missing: $program"; exit 1; }
done

export PATH="$PATH:/usr/sbin"
export DOCKER_HOST=unix://$work/docker.sock
export DOCKER_BUILDKIT=0   # the builder that needs nothing from a registry
export TESTCONTAINERS_RYUK_DISABLED=true   # its image comes from a registry; we clean up ourselves
export TESTCONTAINERS_TINYIMAGE_CONTAINER_IMAGE=sluice-test/jre   # what mounts are tried with
export TESTCONTAINERS_HOST_OVERRIDE=127.0.0.1
start_daemon
import_base
build_images
say "mvn $*"
mvn "$@" -Dsluice-test.payara-image=sluice-test/payara -Dsluice-test.wildfly-image=sluice-test/wildfly
