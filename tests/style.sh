#!/bin/sh
# The look of C keeps to one law.
echo 1..1
if out=$(/usr/bin/python3 "$srcdir/build-aux/style" "$srcdir"); then
	echo "ok 1 - the look of C keeps to one law"
else
	echo "$out" | sed 's/^/# /'
	echo "not ok 1 - the look of C keeps to one law"
fi
