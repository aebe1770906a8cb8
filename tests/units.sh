#!/bin/sh
# The shipped units give away next to nothing, by systemd's own count (0: nothing, 10: everything).
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
echo "1..$n"
exit "$bad"
