#!/bin/sh
# The program as built is hardened: read from the file itself, not from the flags it was meant to get.
set -u
n=0
bad=0
say() { # true or false, sentence
	n=$((n + 1))
	if [ "$1" = 0 ]; then echo "ok $n - $2"; else echo "not ok $n - $2"; bad=1; fi
}
program=${MANYI:-./manyi}
makefile=${builddir:-.}/Makefile
flags() { sed -n "s/^$1 = //p" "$makefile"; }
if [ -z "$(flags HARD_LDFLAGS)" ]; then
	echo "1..0 # SKIP built with sanitizers, coverage or --disable-hardening"
	exit 0
fi
command -v readelf >/dev/null || { echo "1..0 # SKIP readelf is not installed"; exit 0; }

all=$(LC_ALL=C readelf -W -h -l -d -n -s "$program")
has() { printf '%s\n' "$all" | grep -Eq "$1"; }
test_has() { has "$1"; say $? "$2"; }

test_has '^ *Type: *DYN .*(Position-Independent|Shared)' 'it may be loaded anywhere (PIE)'
test_has 'GNU_RELRO' 'what is relocated is read-only afterwards (RELRO)'
test_has 'FLAGS.*(BIND_)?NOW' 'and all of it is relocated at the start'
printf '%s\n' "$all" | grep GNU_STACK | grep -q 'RW '
say $? 'the stack holds no code'
! printf '%s\n' "$all" | grep -E '^ *LOAD' | grep -q 'RWE'
say $? 'no page can be both written and run'
test_has '__stack_chk_fail' 'functions watch their stack frames'
if flags CFLAGS | grep -Eq -- '-O[1-3s]'; then
	test_has '__(memcpy|snprintf|vsnprintf|fprintf|read|memmove|strcpy)_chk' 'copies are checked against the size of their target (FORTIFY)'
fi
if flags HARD_CFLAGS | grep -q -- '-fcf-protection' && has 'Machine: *Advanced Micro Devices X86-64'; then
	# Of our objects: the program's own mark needs the C library's start files to have it, which Debian 12's have not.
	LC_ALL=C readelf -W -n "${builddir:-.}/libcgi.a" "${builddir:-.}/libstore.a" | awk '
		/^File:.*\.o\)$/ { files++ } /x86 feature: IBT, SHSTK/ { marked++ } END { exit files < 10 || marked < files }'
	say $? 'jumps and returns are checked where the processor can (CET)'
fi
! printf '%s\n' "$all" | grep -Eq '\((RPATH|RUNPATH|TEXTREL)\)'
say $? 'it looks for libraries nowhere of its own, and its code is never rewritten'
echo "1..$n"
exit "$bad"
