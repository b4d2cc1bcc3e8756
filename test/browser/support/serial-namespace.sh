#!/usr/bin/env bash
# Runs a program where pseudo terminals stand in for serial ports behind USB: what udev and the kernel would say of
# them is laid over the system's own files, in a mount namespace that ends with the program.
#
#   serial-namespace.sh <bench folder> <program> [arguments]
#
# The folder holds `drivers` (for /proc/tty/drivers), `etc/` (for /etc/chromium), `policy.json`, `udev/` (files of the udev
# database) and `ports`, the names of the ports in /dev, one a line. Its file `pid` gets the program's number. What is in
# TEST_PRELOAD is preloaded into the program alone.
set -euo pipefail
bench=$1
shift

# Ports whose node does not exist can be made only in a /dev of our own; of the system's it gets what a program needs.
mkdir "$bench/dev"
mount --rbind /dev "$bench/dev"
mount -t tmpfs tmpfs /dev
for name in null zero full random urandom tty ptmx pts shm; do
  if [ -d "$bench/dev/$name" ]; then mkdir "/dev/$name"; else : >"/dev/$name"; fi
  mount --rbind "$bench/dev/$name" "/dev/$name"
done
ln -s /proc/self/fd /dev/fd
# Terminals are put in their places later. Until then there is nothing that could be opened by mistake.
while read -r name; do
  [ -e "/dev/$name" ] || : >"/dev/$name"
  mount --bind "$bench/ports" "/dev/$name"
done <"$bench/ports"

mount --bind "$bench/drivers" /proc/tty/drivers
cp "$bench/policy.json" "$bench/etc/policies/managed/"
mount --bind "$bench/etc" /etc/chromium
mount -t tmpfs tmpfs /run
mkdir -p /run/udev
cp -r "$bench/udev" /run/udev/data
: >/run/udev/control

# A network of its own may lack even loopback; what is sent to udev stays inside.
ip link set lo up 2>/dev/null || true
echo $$ >"$bench/pid"
export LD_PRELOAD=${TEST_PRELOAD:-}
exec "$@"
