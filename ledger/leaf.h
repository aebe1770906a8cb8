/* One stored answer as a leaf of the ledger, and the receipt a resident takes home. */
#ifndef LEDGER_LEAF_H
#define LEDGER_LEAF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { LEAF_BYTES = 32, LEAF_RECEIPT_N = 16 };

/*
 * Something that only some rows say: "batch" (the import's number), "agency_key" (the agency's own
 * key).  A later column is a later name: no row that lacks it changes.
 */
struct leaf_field {
	const char *name, *value;	/* neither is "" */
};

/* Everything a stored row says, as plain values; strings are never NULL. */
struct leaf {
	const char *wave;		/* "A-2024": form and label */
	const char *form_sha256;	/* of the form version's file, hex */
	const char *site;		/* code, "" if none */
	const char *stream, *mode, *key;
	int64_t minute, seconds;
	const char *stratum, *cluster;
	int64_t weight;			/* millionths */
	const char *answers;		/* the stored JSON array, byte for byte */
	bool flagged;
	const char *paradata;		/* forms/paradata.h's text; "" or NULL:
					 * none, as in rows of old */
	const struct leaf_field *more;	/* more[fields]: what only some rows
					 * have, in the order above */
	size_t fields;			/* 0: none, as in rows of old */
};

/*
 * SHA-256(0x00 || "manyi-leaf-1" || fields), each field with its length as
 * eight bytes, most significant first, numbers in decimal, in the order above:
 * no two different rows have the same bytes.  The leading 0x00 is RFC 6962's
 * mark of a leaf.  A row with paradata has it as one more field at the end, and the name
 * "manyi-leaf-2".  A row with named fields has the name "manyi-leaf-3", then the fields above,
 * paradata even where it is "", then the name and the value of each.  Anyone with the export and
 * this comment can recompute it.
 */
void leaf_hash(unsigned char hash[LEAF_BYTES], const struct leaf *leaf);

/* 15 characters of the hash's first 75 bits and a check character (base/code.h).
 * The random key is inside the hash, so a receipt cannot be guessed. */
void leaf_receipt(char receipt[LEAF_RECEIPT_N + 1], const unsigned char hash[LEAF_BYTES]);

#endif
