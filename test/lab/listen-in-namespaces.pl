# Opens one listening TCP socket in each of several network namespaces and runs a program that inherits them all:
# a socket stays in the namespace where it was made. Node cannot enter a namespace, and a Node for each real server
# would cost a guest 15 s and a gigabyte; perl-base is part of every Debian.
# usage: perl listen-in-namespaces.pl NETNS:PORT... -- COMMAND...    The command gets the file descriptors as arguments.
use strict;
use warnings;
use Socket qw(:DEFAULT IPPROTO_IPV6 IPV6_V6ONLY inet_pton pack_sockaddr_in6);

use constant CLONE_NEWNET => 0x40000000;
my %SETNS = (x86_64 => 308, aarch64 => 268);
chomp(my $machine = `uname -m`);
my $setns = $SETNS{$machine} or die "setns: no number of this system call known for $machine\n";

$^F = 1023; # descriptors up to this one survive exec
my $home = enter('/proc/self/ns/net');
my @sockets;
while (defined(my $place = shift @ARGV)) {
  last if $place eq '--';
  my ($netns, $port) = $place =~ /^(.+):(\d+)$/ or die "not NETNS:PORT: $place\n";
  close enter("/run/netns/$netns");
  push @sockets, listening($port);
}
syscall($setns, fileno($home), CLONE_NEWNET) == 0 or die "setns: $!\n";
close $home;
exec @ARGV, map { fileno $_ } @sockets;
die "$ARGV[0]: $!\n";

sub enter {
  my ($path) = @_;
  open(my $file, '<', $path) or die "$path: $!\n";
  syscall($setns, fileno($file), CLONE_NEWNET) == 0 or die "setns $path: $!\n";
  return $file;
}

# On every address of both families.
sub listening {
  my ($port) = @_;
  socket(my $socket, AF_INET6, SOCK_STREAM, 0) or die "socket: $!\n";
  setsockopt($socket, SOL_SOCKET, SO_REUSEADDR, 1) or die "SO_REUSEADDR: $!\n";
  setsockopt($socket, IPPROTO_IPV6, IPV6_V6ONLY, 0) or die "IPV6_V6ONLY: $!\n";
  bind($socket, pack_sockaddr_in6($port, inet_pton(AF_INET6, '::'))) or die "bind $port: $!\n";
  listen($socket, 1024) or die "listen: $!\n";
  return $socket;
}
