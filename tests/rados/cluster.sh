#!/bin/bash
# A small Ceph cluster for tests: one monitor, one manager, three OSDs on 127.0.0.1, with cephx as real
# ones have it, all in one folder. Only processes that it started itself are ever ended.
#
#   cluster.sh FOLDER start        makes what is missing, starts what isn't running, waits for writes
#   cluster.sh FOLDER stop         ends all of it
#   cluster.sh FOLDER kill N       kill -9 of an OSD: its connections are refused at once
#   cluster.sh FOLDER freeze N     SIGSTOP of an OSD: as a host that died without a word
#   cluster.sh FOLDER thaw N       and SIGCONT
#   cluster.sh FOLDER revive N     starts an OSD again
#   cluster.sh FOLDER radosgw P    starts Ceph's own gateway on a port, for `make bench`
#
# FOLDER/ceph.conf and FOLDER/keyring are for clients: client.onggi with what docs/operating/rados.md
# says, pools onggi-index, onggi-data (3 copies), onggi-data-ec (2 + 1). PORT (17050) and the one behind
# it are the monitor's. Heartbeats are quicker than Ceph's own (1 s, dead after 4 s instead of 20 s).
set -euo pipefail
folder=$(realpath -m "$1"); action=$2; number=${3:-}
port=${PORT:-17050}
conf=$folder/ceph.conf
osds=(0 1 2)
unset CEPH_ARGS

ceph() { command ceph -c "$conf" --connect-timeout 20 "$@"; }
say() { echo "cluster: $*" >&2; }

# The process of a daemon, if it is ours and alive.
pid() {
  local file=$folder/run/$1.pid it
  [ -s "$file" ] || return 1
  it=$(tr -d '[:space:]' <"$file")
  grep -qa -- "$conf" "/proc/$it/cmdline" 2>/dev/null && echo "$it"
}

write_conf() {
  mkdir -p "$folder"/{run,log,mon,mgr,crash}
  cat >"$conf" <<C
[global]
fsid = $(cat /proc/sys/kernel/random/uuid)
mon_host = [v2:127.0.0.1:$port/0,v1:127.0.0.1:$((port + 1))/0]
public_network = 127.0.0.0/8
ms_bind_ipv6 = false
auth_cluster_required = cephx
auth_service_required = cephx
auth_client_required = cephx
keyring = $folder/keyring
run_dir = $folder/run
pid_file = $folder/run/\$name.pid
log_file = $folder/log/\$name.log
crash_dir = $folder/crash
admin_socket = $folder/run/\$name.asok
log_to_stderr = false
osd_crush_chooseleaf_type = 0
osd_pool_default_size = 3
osd_pool_default_min_size = 2
osd_pool_default_pg_autoscale_mode = off
osd_heartbeat_interval = 1
osd_heartbeat_grace = 4
mon_osd_adjust_heartbeat_grace = false
mon_osd_down_out_interval = 600
# radosgw makes eight pools of its own.
mon_max_pg_per_osd = 1000
osd_pool_default_pg_num = 8
[client]
log_file =
admin_socket =
[mon]
mon_data = $folder/mon
mon_data_avail_warn = 5
mon_data_avail_crit = 2
# All OSDs are on one host: one of them is enough to say that another is dead.
mon_osd_reporter_subtree_level = osd
mon_osd_min_down_reporters = 1
mon_warn_on_pool_no_redundancy = false
[mgr]
mgr_data = $folder/mgr
mgr_initial_modules =
[osd]
osd_data = $folder/osd\$id
osd_objectstore = bluestore
bluestore_block_create = true
bluestore_block_size = 8589934592
bluestore_block_db_create = false
bluestore_block_wal_create = false
bluestore_cache_autotune = false
bluestore_cache_size = 134217728
osd_op_num_shards = 2
osd_op_num_threads_per_shard = 2
osd_scrub_load_threshold = 0.01
osd_recovery_sleep_hdd = 0
osd_recovery_sleep_hybrid = 0
C
}

start_mon() {
  if [ ! -d "$folder/mon/store.db" ]; then
    local map=$folder/monmap
    monmaptool --create --clobber --fsid "$(awk '/^fsid/{print $3}' "$conf")" \
      --addv a "[v2:127.0.0.1:$port,v1:127.0.0.1:$((port + 1))]" "$map" >/dev/null
    ceph-authtool --create-keyring "$folder/keyring" --gen-key -n mon. --cap mon 'allow *' >/dev/null
    ceph-authtool "$folder/keyring" --gen-key -n client.admin \
      --cap mon 'allow *' --cap osd 'allow *' --cap mgr 'allow *' >/dev/null
    chmod 600 "$folder/keyring"
    ceph-mon -c "$conf" -i a --mkfs --monmap "$map" --keyring "$folder/keyring"
  fi
  pid mon.a >/dev/null || ceph-mon -c "$conf" -i a
  for _ in $(seq 100); do ceph mon stat >/dev/null 2>&1 && return; sleep 0.1; done
  say "the monitor doesn't answer"; return 1
}

start_mgr() {
  [ -s "$folder/mgr/keyring" ] ||
    ceph auth get-or-create mgr.x mon 'allow profile mgr' osd 'allow *' -o "$folder/mgr/keyring"
  pid mgr.x >/dev/null || ceph-mgr -c "$conf" -i x --keyring "$folder/mgr/keyring"
}

start_osd() {
  local data=$folder/osd$1 uuid key
  if [ ! -e "$data/made" ]; then
    rm -rf "$data"; mkdir -p "$data"
    uuid=$(cat /proc/sys/kernel/random/uuid); key=$(ceph-authtool --gen-print-key)
    echo "{\"cephx_secret\": \"$key\"}" | ceph osd new "$uuid" "$1" -i - >/dev/null
    printf '[osd.%s]\n\tkey = %s\n' "$1" "$key" >"$data/keyring"
    ceph-osd -c "$conf" -i "$1" --mkfs --osd-uuid "$uuid" --keyring "$data/keyring" >>"$folder/log/mkfs.$1.log" 2>&1
    touch "$data/made"
  fi
  pid "osd.$1" >/dev/null ||
    ceph-osd -c "$conf" -i "$1" --keyring "$data/keyring" >>"$folder/log/start.$1.log" 2>&1
}

make_pools() {
  [ ! -e "$folder/pools-made" ] || return 0
  ceph osd pool create onggi-index 32 32 replicated
  ceph osd pool create onggi-data 32 32 replicated
  ceph osd erasure-code-profile set two-and-one k=2 m=1 crush-failure-domain=osd
  ceph osd pool create onggi-data-ec 16 16 erasure two-and-one
  for pool in onggi-index onggi-data onggi-data-ec; do ceph osd pool application enable $pool onggi; done
  ceph auth get-or-create client.onggi mon 'profile simple-rados-client-with-blocklist' \
    osd 'allow rwx pool=onggi-index, allow rwx pool=onggi-data, allow rwx pool=onggi-data-ec' \
    >>"$folder/keyring"
  touch "$folder/pools-made"
} >&2

up() { ceph osd stat -f json 2>/dev/null | sed -n 's/.*"num_up_osds":\([0-9]*\).*/\1/p'; }

wait_for_osds() {
  # A map from before an unclean stop may still count the dead: twice in a row.
  local seen=0
  for _ in $(seq 300); do
    if [ "$(up)" = "${#osds[@]}" ]; then seen=$((seen + 1)); else seen=0; fi
    [ $seen -ge 2 ] && return
    sleep 0.3
  done
  say "only $(up) OSDs are up"; return 1
}

stop() {
  local names name it
  # OSDs while the monitor still listens: they leave in order, and the map doesn't grow stale.
  for names in "osd.0 osd.1 osd.2 client.rgw.x" "mgr.x mon.a"; do
    for name in $names; do
      if it=$(pid "$name"); then kill -CONT "$it" 2>/dev/null || true; kill -TERM "$it" || true; fi
    done
    for _ in $(seq 100); do
      it=; for name in $names; do it+=$(pid "$name" || true); done
      [ -z "$it" ] && break
      sleep 0.1
    done
    for name in $names; do if it=$(pid "$name"); then kill -KILL "$it" || true; fi; done
  done
}

case $action in
  start)
    [ -s "$conf" ] || write_conf
    start_mon; start_mgr
    for it in "${osds[@]}"; do start_osd "$it" & done; wait
    wait_for_osds; make_pools
    for pool in onggi-index onggi-data onggi-data-ec; do
      echo x | timeout 60 rados -c "$conf" -p $pool put started -
    done
    say "started in $SECONDS s"
    ;;
  stop) stop ;;
  kill) kill -KILL "$(pid "osd.$number")" ;;
  freeze) kill -STOP "$(pid "osd.$number")" ;;
  thaw) kill -CONT "$(pid "osd.$number")" ;;
  revive) start_osd "$number"; wait_for_osds ;;
  radosgw)
    ceph auth get-or-create client.rgw.x mon 'allow rw' osd 'allow rwx' >"$folder/rgw.keyring"
    radosgw -c "$conf" -n client.rgw.x --keyring "$folder/rgw.keyring" --rgw-data "$folder/rgw" \
      --rgw-frontends "beast endpoint=127.0.0.1:$number"
    ;;
  *) sed -n '2,18p' "$0"; exit 2 ;;
esac
