#!/bin/sh
# Includes go one way, no outside library leaves its folder, files do not call each other in circles, a function is where
# its header says, and a module has a test of its name.
echo 1..4
number=0
check() { # what, command...
	number=$((number + 1))
	what=$1; shift
	if out=$("$@" 2>&1); then
		echo "ok $number - $what"
	else
		echo "$out" | sed 's/^/# /'
		echo "not ok $number - $what"
	fi
}
check "includes go one way" sh "$srcdir/build-aux/layers" "$srcdir"
check "no files call each other" python3 "$srcdir/build-aux/calls" "$srcdir" .
check "functions are where their headers say" python3 -B "$srcdir/build-aux/homes" "$srcdir"
check "modules have tests of their names" python3 -B "$srcdir/build-aux/mirror" "$srcdir"
