### ledger: append-only proof: leaves, Merkle tree, signed heads, receipts; secrets
noinst_LIBRARIES += libledger.a
libledger_a_SOURCES = ledger/leaf.c ledger/leaf.h ledger/tree.c ledger/tree.h \
	ledger/proof.c ledger/proof.h \
	ledger/head.c ledger/head.h ledger/secret.c ledger/secret.h \
	ledger/ticket.c ledger/ticket.h
libledger_a_CPPFLAGS = $(AM_CPPFLAGS) $(SODIUM_CFLAGS)
LEDGER = libledger.a $(SODIUM_LIBS)
