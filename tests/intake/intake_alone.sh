#!/bin/sh
# What the public process is made of holds no database and no key.
echo 1..2
if nm "$builddir/tests/intake/intake_alone" | grep -E ' [TtUW] (sqlite3_|db_|book_|head_|crypto_|leaf_)' >intake_alone.$$; then
	sed 's/^/# /' intake_alone.$$
	echo "not ok 1 - no symbol of database or ledger in the intake"
else
	echo "ok 1 - no symbol of database or ledger in the intake"
fi
rm -f intake_alone.$$
if nm "$builddir/tests/intake/intake_alone" | grep -q ' T form_accept$'; then
	echo "ok 2 - the look is at the right program"
else
	echo "not ok 2 - the look is at the right program"
fi
