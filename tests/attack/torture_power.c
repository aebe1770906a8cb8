/*
 * The power goes out at any moment: what was acknowledged is there, once, and the file is whole.
 *
 * A real store writes on a disk that remembers every write and sync.  Each moment of that history
 * is then played again as a disk without power leaves it: what was synced is there, and of the rest
 * any part of any write in pieces of 512 bytes.  IMAGES (default 300; 5,000 and more for a full
 * run) and SEED come from the environment.
 */
#include <pthread.h>
#include <time.h>

#include "tests/attack/disk.h"
#include "tests/store/store.h"

enum { PHONES = 6, SECTOR = 512, ANSWERS_SHORT = 60, ANSWERS_FULL = 300, CHECKPOINT_PAGES = 40 };

/* What a phone was told, as it lies in the log. */
struct told {
	int phone, number;
	char receipt[17];
};

static struct disk *disk;

static int
setting(const char *name, int otherwise)
{
	const char *s = getenv(name);

	return s != NULL && atoi(s) > 0 ? atoi(s) : otherwise;
}

static uint64_t
next(uint64_t *random)
{
	*random ^= *random << 13;
	*random ^= *random >> 7;
	*random ^= *random << 17;
	return *random;
}

/* ---- the history ---- */

struct phone {
	const struct store_city *city;
	const char *answers;
	int number, sent;
};

static void *
send_all(void *ctx)
{
	struct phone *p = ctx;
	struct store_client *client = store_client_new(p->city->socket);
	struct told told = { .phone = p->number };
	struct store_receipt receipt;
	struct err err = { 0 };
	char key[32];

	for (int i = 0; i < p->sent; i++) {
		struct store_submission s;

		snprintf(key, sizeof(key), "p%d-%d", p->number, i);
		s = store_submission(p->city, key);
		s.answers = p->answers;
		if (store_put(client, &receipt, &s, &err) != 0)
			break;
		told.number = i;
		memcpy(told.receipt, receipt.receipt, sizeof(told.receipt));
		disk_ack(disk, &told, sizeof(told));
		if (i % 16 == p->number)
			usleep(70000);	/* so that housekeeping has its turn */
	}
	store_client_free(client);
	return err.code == ERR_NONE ? ctx : NULL;
}

/* A store at work, as it wrote; the database as it was before is in *before. */
static void
record(struct store_city *c, const char *name, struct text *before, int sent, bool normal)
{
	struct phone phone[PHONES];
	pthread_t thread[PHONES];
	struct err err = { 0 };
	struct pool pool = POOL_INIT;
	const char *bytes;
	size_t n;
	void *fine;

	store_city(c, name);
	assert_ok(file_read(&bytes, &n, c->db, 1 << 30, &pool, &err));
	text_add(before, bytes, n);
	pool_clear(&pool);
	atomic_store(&disk->used, 0);
	atomic_store(&disk->normal, normal);
	atomic_store(&disk->checkpoint_pages, CHECKPOINT_PAGES);
	atomic_store(&disk->recording, true);
	store_start(c);
	for (int i = 0; i < PHONES; i++) {
		phone[i] = (struct phone){ .city = c,
			.answers = store_answers(c->form, "level=4", &c->pool),
			.number = i, .sent = sent };
		assert_int_equal(pthread_create(&thread[i], NULL, send_all, &phone[i]), 0);
	}
	for (int i = 0; i < PHONES; i++) {
		pthread_join(thread[i], &fine);
		assert_non_null(fine);
	}
	store_stop(c, SIGTERM);
	atomic_store(&disk->recording, false);
	atomic_store(&disk->normal, false);
	atomic_store(&disk->checkpoint_pages, 0);
}

/* ---- a disk without power ---- */

enum { PENDING_MAX = 4096 };

struct platter {
	struct text file[DISK_FILES];			/* what was synced */
	const struct disk_entry *pending[PENDING_MAX];	/* what was not, oldest first */
	size_t n;
};

static void
resize(struct text *t, size_t n)
{
	static const char nothing[4096];

	while (t->n < n)
		text_add(t, nothing, n - t->n < sizeof(nothing) ? n - t->n : sizeof(nothing));
	t->n = n;
}

static void
put(struct text *t, const struct disk_entry *e, size_t from, size_t to)
{
	size_t end = (size_t)e->offset + to;

	if (t->n < end)
		resize(t, end);
	memcpy(t->s + e->offset + from, e->bytes + from, to - from);
}

static void
apply(struct text file[], const struct disk_entry *e)
{
	if (e->kind == DISK_WRITE)
		put(&file[e->file], e, 0, e->n);
	else
		resize(&file[e->file], (size_t)e->offset);
}

static void
sync_platter(struct platter *p, uint32_t file)
{
	size_t kept = 0;

	for (size_t i = 0; i < p->n; i++)
		if (p->pending[i]->file == file)
			apply(p->file, p->pending[i]);
		else
			p->pending[kept++] = p->pending[i];
	p->n = kept;
}

/* One more thing happens to the disk. */
static void
advance(struct platter *p, const struct disk_entry *e)
{
	if (e->kind == DISK_SYNC) {
		sync_platter(p, e->file);
	} else if (e->kind != DISK_ACK) {
		assert_true(p->n < PENDING_MAX);
		p->pending[p->n++] = e;
	}
}

/* What a disk may make of a write that nobody waited for. */
enum fate { FATE_NONE, FATE_ALL, FATE_ANY_SECTOR, FATE_IN_ORDER, FATE_ONE_MISSING,
	FATE_LAST, FATES };

static void
put_torn(struct text *file, const struct disk_entry *e, uint64_t *random)
{
	if (next(random) % 2 == 0 && file->n < (size_t)e->offset + e->n)
		/* the length came through, the bytes did not */
		resize(file, (size_t)e->offset + e->n);
	for (size_t at = 0, end; at < e->n; at = end) {
		end = at + SECTOR - ((size_t)e->offset + at) % SECTOR;
		if (end > e->n)
			end = e->n;
		if (next(random) % 2 == 0)
			put(file, e, at, end);
	}
}

static void
lose_power(struct text out[DISK_FILES], const struct platter *p, enum fate fate, uint64_t *random)
{
	size_t at = p->n > 0 ? next(random) % p->n : 0;

	for (int i = 0; i < DISK_FILES; i++) {
		text_reset(&out[i]);
		text_add(&out[i], p->file[i].s != NULL ? p->file[i].s : "", p->file[i].n);
	}
	for (size_t i = 0; i < p->n; i++) {
		const struct disk_entry *e = p->pending[i];
		bool whole = fate == FATE_ALL || (fate == FATE_IN_ORDER && i < at) ||
			(fate == FATE_ONE_MISSING && i != at) ||
			(fate == FATE_LAST && i + 1 == p->n);
		bool torn = fate == FATE_ANY_SECTOR || (fate == FATE_IN_ORDER && i == at);

		if (whole || (torn && e->kind == DISK_TRUNCATE && next(random) % 2 == 0))
			apply(out, e);
		else if (torn && e->kind == DISK_WRITE)
			put_torn(&out[e->file], e, random);
	}
}

/* ---- what is in an image ---- */

struct verdict {
	size_t images, opened, lost, doubled, strange, broken;
};

/* Receipts of one answer: what the phone was told, and how often it is in the image. */
struct answer {
	char told[17];
	int seen;
};

struct book_of_answers {
	int sent;
	struct answer *answer;		/* answer[PHONES * sent] */
};

static void
see_rows(struct verdict *v, struct book_of_answers *b, sqlite3 *raw)
{
	sqlite3_stmt *s;
	int phone, number;

	assert_int_equal(sqlite3_prepare_v2(raw, "SELECT key, receipt FROM response", -1, &s, NULL),
		SQLITE_OK);
	while (sqlite3_step(s) == SQLITE_ROW) {
		const char *key = (const char *)sqlite3_column_text(s, 0);
		struct answer *a;

		if (sscanf(key, "p%d-%d", &phone, &number) != 2 || phone < 0 || phone >= PHONES ||
				number < 0 || number >= b->sent) {
			v->strange++;
			continue;
		}
		a = &b->answer[phone * b->sent + number];
		v->doubled += a->seen++ > 0;
		if (a->told[0] != '\0' &&
				strcmp(a->told, (const char *)sqlite3_column_text(s, 1)) != 0)
			v->strange++;
	}
	sqlite3_finalize(s);
}

static bool
says(sqlite3 *raw, const char *sql, const char *wanted)
{
	sqlite3_stmt *s = NULL;
	bool same = sqlite3_prepare_v2(raw, sql, -1, &s, NULL) == SQLITE_OK &&
		sqlite3_step(s) == SQLITE_ROW &&
		strcmp((const char *)sqlite3_column_text(s, 0), wanted) == 0;

	sqlite3_finalize(s);
	return same;
}

/* Opened as the store opens it, then read by SQLite alone. */
static void
judge(struct verdict *v, struct book_of_answers *b, const char *path)
{
	struct err err = { 0 };
	struct db *db = db_open(path, DB_WRITE, &err);
	sqlite3 *raw;

	v->images++;
	if (db == NULL) {
		v->broken++;
		return;
	}
	v->opened++;
	assert_int_equal(sqlite3_open_v2(path, &raw, SQLITE_OPEN_READWRITE, NULL), SQLITE_OK);
	if (!says(raw, "PRAGMA integrity_check", "ok") ||
			!says(raw, "SELECT count(*) FROM pragma_foreign_key_check", "0") ||
			!says(raw,
			"SELECT (SELECT coalesce(sum(n), 0) FROM fieldwork) - (SELECT count(*)"
			" FROM response)", "0"))
		v->broken++;
	else
		see_rows(v, b, raw);
	sqlite3_close(raw);
	db_close(db);
	for (int i = 0; i < PHONES * b->sent; i++) {
		v->lost += b->answer[i].told[0] != '\0' && b->answer[i].seen == 0;
		b->answer[i].seen = 0;
	}
}

static void
write_image(const struct text image[DISK_FILES], const char *path)
{
	static const char *const suffix[DISK_FILES] = { "", "-wal", "-journal" };
	char name[512];

	snprintf(name, sizeof(name), "%s-shm", path);
	unlink(name);
	for (int i = 0; i < DISK_FILES; i++) {
		FILE *f;

		snprintf(name, sizeof(name), "%s%s", path, suffix[i]);
		unlink(name);
		if (i > 0 && image[i].n == 0)
			continue;
		f = fopen(name, "wb");
		assert_non_null(f);
		assert_int_equal(fwrite(image[i].s, 1, image[i].n, f), image[i].n);
		assert_int_equal(fclose(f), 0);
	}
}

/* Cut the power at evenly spread moments, so often that there are about as
 * many images as wanted. */
static void
replay(struct verdict *v, struct text *before, int sent, size_t images, uint64_t random)
{
	struct book_of_answers b = { .sent = sent,
		.answer = calloc((size_t)(PHONES * sent), sizeof(*b.answer)) };
	struct platter *p = calloc(1, sizeof(*p));
	struct text image[DISK_FILES] = { TEXT_INIT, TEXT_INIT, TEXT_INIT };
	const struct disk_entry *e;
	size_t at = 0, moments = 0, moment = 0, made = 0;

	while ((e = disk_next(disk, &at)) != NULL)
		moments++;
	p->file[DISK_DB] = *before;
	*before = (struct text)TEXT_INIT;
	at = 0;
	while ((e = disk_next(disk, &at)) != NULL) {
		advance(p, e);
		if (e->kind == DISK_ACK) {
			struct told told;

			memcpy(&told, e->bytes, sizeof(told));
			memcpy(b.answer[told.phone * sent + told.number].told, told.receipt,
				sizeof(told.receipt));
		}
		for (moment++; made * moments < moment * images; made++) {
			lose_power(image, p, (enum fate)(next(&random) % FATES), &random);
			write_image(image, db_path("image.db"));
			judge(v, &b, db_path("image.db"));
		}
	}
	for (int i = 0; i < DISK_FILES; i++) {
		text_clear(&image[i]);
		text_clear(&p->file[i]);
	}
	free(p);
	free(b.answer);
}

static struct verdict
torture(const char *name, bool normal, int images)
{
	uint64_t seed = (uint64_t)setting("SEED", (int)time(NULL));
	int sent = images > 1000 ? ANSWERS_FULL : ANSWERS_SHORT;
	struct verdict v = { 0 };
	struct text before = TEXT_INIT;
	struct store_city c;

	fprintf(stderr, "# SEED=%llu\n", (unsigned long long)seed);
	record(&c, name, &before, sent, normal);
	replay(&v, &before, sent, (size_t)images, seed * 2654435761u + 1);
	fprintf(stderr,
		"# power lost %zu times with synchronous=%s, %d answers, %zu bytes of history: %zu"
		" acknowledged rows lost, %zu doubled, %zu strange, %zu files broken\n",
		v.images, normal ? "NORMAL" : "FULL",
		PHONES * sent, atomic_load(&disk->used), v.lost, v.doubled, v.strange, v.broken);
	assert_int_equal(v.images, images);
	assert_int_equal(v.doubled + v.strange + v.broken, 0);
	pool_clear(&c.pool);
	return v;
}

static void
no_acknowledged_answer_is_lost_when_the_power_goes(void **state)
{
	(void)state;
	assert_int_equal(torture("full.db", false, setting("IMAGES", 300)).lost, 0);
}

/* To prove that the test above can fail: the same with a store that does not wait for the disk. */
static void
without_waiting_for_the_disk_answers_are_lost(void **state)
{
	(void)state;
	assert_true(torture("normal.db", true, setting("IMAGES", 300) / 4).lost > 0);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_acknowledged_answer_is_lost_when_the_power_goes),
		cmocka_unit_test(without_waiting_for_the_disk_answers_are_lost),
	};

	disk = disk_install();
	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, db_folder_make, db_folder_drop);
}
