#!/bin/sh
# Every seed of fuzz/ and every crash once found is taken without harm.
set -u
n=0
bad=0
for seeds in "${srcdir:-.}"/fuzz/*.seeds; do
	target=$(basename "$seeds" .seeds)
	n=$((n + 1))
	if said=$("${builddir:-.}/fuzz/fuzz_$target" "${builddir:-.}/fuzz/seeds/$target"/* 2>&1); then
		echo "ok $n - $target takes its seeds"
	else
		echo "not ok $n - $target takes its seeds"
		printf '%s\n' "$said" | sed 's/^/# /'
		bad=1
	fi
done
echo "1..$n"
exit "$bad"
