/* What a ticket's code is worth to the store. */
#include <string.h>

#include "base/code.h"
#include "base/date.h"
#include "store/book.h"

/* Where no key was ever made there is no ticket either: *has false. */
static int
ready_key(struct book *book, bool *has, struct err *err)
{
	struct pool pool = POOL_INIT;
	struct err why = { 0 };

	if (!book->has_key) {
		book->has_key =
			ticket_key_load(&book->key, ticket_key_path(book->path, &pool), &why) == 0;
		pool_clear(&pool);
	}
	*has = book->has_key;
	if (why.code == ERR_NONE || why.code == ERR_MISSING)
		return 0;
	return err_set(err, why.code, "%s", "%s", why.text);
}

static enum ticket_state
judge(const struct book *book, const struct ticket_batch *batch, const char *state, int64_t opened)
{
	const struct catalogue_wave *wave = catalogue_wave_id(&book->catalogue, batch->wave);
	int64_t now = date_now_minute();

	if (strcmp(state, "live") != 0)
		return strcmp(state, "used") == 0 ? TICKET_USED : TICKET_VOID;
	if (wave == NULL || !term_takes(&wave->term, now, opened))
		return TICKET_CLOSED;
	return term_takes_until(batch->expires, now, opened) ? TICKET_LIVE : TICKET_EXPIRED;
}

int
book_ticket(struct book *book, enum ticket_state *state, struct ticket_batch *batch,
	unsigned char hash[TICKET_HASH_N], const char *typed, int64_t opened, struct pool *pool,
	struct err *err)
{
	char code[TICKET_CODE_N + 1];
	struct err missing = { 0 };
	const char *word;
	bool has;

	*batch = (struct ticket_batch){ .stratum = "", .cluster = "", .weight = 1000000 };
	*state = TICKET_UNKNOWN;
	if (ready_key(book, &has, err) != 0)
		return -1;
	if (!has || code_normal(code, TICKET_CODE_N, typed) != 0)
		return 0;
	ticket_hash(hash, &book->key, code);
	if (db_get_ticket(book->db, batch, &word, hash, pool, &missing) == 0) {
		*state = judge(book, batch, word, opened);
		if (catalogue_wave_id(&book->catalogue, batch->wave) == NULL)
			batch->wave = 0;
	} else if (missing.code != ERR_MISSING)
		return err_set(err, missing.code, "%s", "%s", missing.text);
	return 0;
}
