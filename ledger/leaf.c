/* One stored answer as a leaf: bytes in, SHA-256 out. */
#include "ledger/leaf.h"

#include <string.h>

#include "base/code.h"
#include "base/sha256.h"
#include "base/text.h"

static void
add_bytes(struct sha256 *s, const char *field, uint64_t n)
{
	unsigned char length[8];

	for (size_t i = 0; i < sizeof(length); i++)
		length[i] = (unsigned char)(n >> (8 * (7 - i)));
	sha256_add(s, length, sizeof(length));
	sha256_add(s, field, n);
}

static void
add_field(struct sha256 *s, const char *field)
{
	add_bytes(s, field, strlen(field));
}

static void
add_number(struct sha256 *s, int64_t number)
{
	char decimal[DECIMAL_MAX];

	add_bytes(s, decimal, text_decimal(decimal, number));
}

void
leaf_hash(unsigned char hash[LEAF_BYTES], const struct leaf *leaf)
{
	const char *paradata = leaf->paradata != NULL ? leaf->paradata : "";
	int version = leaf->fields > 0 ? 3 : paradata[0] != '\0' ? 2 : 1;
	static const char *const name[] = { "", "manyi-leaf-1", "manyi-leaf-2", "manyi-leaf-3" };
	struct sha256 s;

	sha256_init(&s);
	sha256_add(&s, "\0", 1);
	add_field(&s, name[version]);
	add_field(&s, leaf->wave);
	add_field(&s, leaf->form_sha256);
	add_field(&s, leaf->site);
	add_field(&s, leaf->stream);
	add_field(&s, leaf->mode);
	add_field(&s, leaf->key);
	add_number(&s, leaf->minute);
	add_number(&s, leaf->seconds);
	add_field(&s, leaf->stratum);
	add_field(&s, leaf->cluster);
	add_number(&s, leaf->weight);
	add_field(&s, leaf->answers);
	add_number(&s, leaf->flagged);
	if (version > 1)
		add_field(&s, paradata);
	for (size_t i = 0; i < leaf->fields; i++) {
		add_field(&s, leaf->more[i].name);
		add_field(&s, leaf->more[i].value);
	}
	sha256_end(hash, &s);
}

void
leaf_receipt(char receipt[LEAF_RECEIPT_N + 1], const unsigned char hash[LEAF_BYTES])
{
	code_from_bytes(receipt, LEAF_RECEIPT_N, hash, LEAF_BYTES);
}
