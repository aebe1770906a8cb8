#!/bin/sh
# Includes go one way, and no outside library leaves its folder.
echo 1..1
if out=$(sh "$srcdir/build-aux/layers" "$srcdir"); then
	echo "ok 1 - includes go one way"
else
	echo "$out" | sed 's/^/# /'
	echo "not ok 1 - includes go one way"
fi
