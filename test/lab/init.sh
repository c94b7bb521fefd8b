#!/bin/sh
# The lab's first process: makes room, runs the script $LAB_WORK/command as root and leaves its exit status in
# $LAB_WORK/status. LAB_KIND says where it runs: `uml`, as the init of a User Mode Linux guest whose root is the host's
# file system, or `host`, in namespaces of their own on the host's kernel.
export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/run/home TMPDIR=/run/tmp LC_ALL=C.UTF-8
# The kernel hands its own options on as variables.
unset mem uml_dir umid

mount -t proc proc /proc
mount -t sysfs sysfs /sys
# What a test writes outside these two folders would land on the host.
mount -t tmpfs tmpfs /run
mount -t tmpfs tmpfs /var/lib
mkdir -p "$HOME" "$TMPDIR"

if [ "$LAB_KIND" = uml ]; then
  mount -t devpts -o ptmxmode=0666 devpts /dev/pts 2>/dev/null
  echo director >/proc/sys/kernel/hostname
  mkdir -p /lib/modules 2>/dev/null
  mount --bind /usr/lib/uml/modules /lib/modules
  # The first serial line is a file on the host: a write there never waits for a reader, and the reader sees it at once.
  mknod /run/output c 4 64
  stty -F /run/output raw -echo
  exec >/run/output 2>&1 </dev/null
  # Nobody is left to end this guest when the program that started it was killed.
  (sleep "$((LAB_SECONDS + 10))"; busybox poweroff -f) &
fi

modprobe -a ip_vs ipv6 veth bridge dummy ipip ip6_tunnel 2>/dev/null
ip link set lo up

sh "$LAB_WORK/command" </dev/null
echo $? >"$LAB_WORK/status"

if [ "$LAB_KIND" = uml ]; then
  sync
  busybox poweroff -f
fi
