#!/bin/sh
# The shipped units give away next to nothing, by systemd's own count (0: nothing, 10: everything), and each has a socket that
# outlives it, long enough for a crowd and open to one group.
set -u
units=${srcdir:-.}/contrib/systemd
command -v systemd-analyze >/dev/null || { echo "1..0 # SKIP systemd-analyze is not installed"; exit 0; }
systemd-analyze security --help 2>/dev/null | grep -q -- --offline ||
	{ echo "1..0 # SKIP this systemd-analyze cannot judge units that are not installed"; exit 0; }
n=0
bad=0
for unit in "$units"/*.service; do
	n=$((n + 1))
	score=$(LC_ALL=C systemd-analyze security --offline=true "$unit" 2>/dev/null |
		sed -n 's/.*exposure level for .*: \([0-9.]*\) .*/\1/p')
	if [ -n "$score" ] && awk "BEGIN { exit !($score <= 1.0) }"; then
		echo "ok $n - ${unit##*/} is exposed by $score of 10"
	else
		echo "not ok $n - ${unit##*/} is exposed by ${score:-?} of 10, and 1.0 is the most allowed"
		bad=1
	fi
done
say() { # holds?, sentence
	n=$((n + 1))
	if [ "$1" = 0 ]; then
		echo "ok $n - $2"
	else
		echo "not ok $n - $2"
		bad=1
	fi
}
# value of a key
of() { sed -n "s/^$2=//p" "$1"; }
for socket in "$units"/*.socket; do
	service=${socket%.socket}.service
	name=${socket##*/}
	[ "$(of "$socket" Backlog)" -ge 1024 ]; say $? "$name holds a queue of 1024 or more"
	[ "$(of "$socket" SocketMode)$(of "$socket" SocketUser)" = 0660root ] && [ -n "$(of "$socket" SocketGroup)" ]
	say $? "$name is open to its group and to nobody else"
	[ "$(of "$socket" TriggerLimitIntervalSec)$(of "$service" StartLimitIntervalSec)" = 00 ]
	say $? "$name is not closed by a service that fails again and again"
	path=$(of "$socket" ListenStream)
	of "$service" Requires | grep -qxF "$name" && of "$service" ExecStart | grep -qF -- "--socket $path --listen-fd 3"
	say $? "the service of $name takes what systemd hands it"
done
[ "$(of "$units/manyi-store.socket" SocketGroup)" != "$(of "$units/manyi-intake.socket" SocketGroup)" ]
say $? "who may ask for the form may not hand in answers to the store"
echo "1..$n"
exit "$bad"
