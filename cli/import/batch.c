/* A file's rows against what is stored, then stored: slice by slice, counted all at once. */
#include "cli/import/import.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/date.h"
#include "ledger/leaf.h"

/* ---- the same rows once more ---- */

/* The file's rows by content, or by the agency's key; each can be met once. */
struct known {
	const struct import *in;
	size_t *by_content, *by_key;	/* by_content[rows], by_key[keys]:
					 * places in in->row, sorted */
	size_t rows, keys;
	bool *met;			/* met[csv.rows] */
	size_t same, changed;
	size_t example;			/* of same, else of changed */
	int64_t example_id, example_batch;
};

static int
compare_content(const void *a, const void *b, void *ctx)
{
	const struct import *in = ctx;
	size_t x = *(const size_t *)a, y = *(const size_t *)b;
	int c = memcmp(in->more[x].content, in->more[y].content, sizeof(in->more[x].content));

	return c != 0 ? c : (x > y) - (x < y);
}

static int
compare_key(const void *a, const void *b, void *ctx)
{
	const struct import *in = ctx;
	size_t x = *(const size_t *)a, y = *(const size_t *)b;
	int c = strcmp(in->row[x].agency_key, in->row[y].agency_key);

	return c != 0 ? c : (x > y) - (x < y);
}

/* Both orders of the rows that are to be stored. */
static void
sort_rows(struct known *k, struct import *in, struct pool *pool)
{
	*k = (struct known){ .in = in };
	k->by_content = pool_array(pool, in->csv.rows + 1, sizeof(*k->by_content));
	k->by_key = pool_array(pool, in->csv.rows + 1, sizeof(*k->by_key));
	k->met = pool_array(pool, in->csv.rows + 1, sizeof(*k->met));
	for (size_t i = 0; i < in->csv.rows; i++) {
		if (in->more[i].skip)
			continue;
		k->by_content[k->rows++] = i;
		if (in->row[i].agency_key[0] != '\0')
			k->by_key[k->keys++] = i;
	}
	qsort_r(k->by_content, k->rows, sizeof(*k->by_content), compare_content, in);
	qsort_r(k->by_key, k->keys, sizeof(*k->by_key), compare_key, in);
}

/* First place in list[n] that is not before the wanted one. */
static size_t
first_at(const size_t list[], size_t n, int (*before)(const struct import *, size_t, const void *),
	const struct import *in, const void *wanted)
{
	size_t low = 0, high = n;

	while (low < high) {
		size_t mid = (low + high) / 2;

		if (before(in, list[mid], wanted) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

static int
content_at(const struct import *in, size_t i, const void *wanted)
{
	return memcmp(in->more[i].content, wanted, sizeof(in->more[i].content));
}

static int
key_at(const struct import *in, size_t i, const void *wanted)
{
	return strcmp(in->row[i].agency_key, wanted);
}

/* A stored row meets one row of the file that says the same and was not met yet. */
static bool
meet(struct known *k, const struct response_row *row, bool timeless)
{
	unsigned char content[16];

	import_content(content, row, timeless);
	for (size_t at = first_at(k->by_content, k->rows, content_at, k->in, content);
			at < k->rows; at++) {
		size_t i = k->by_content[at];

		if (content_at(k->in, i, content) != 0)
			return false;
		if (k->met[i] || k->in->more[i].timeless != timeless)
			continue;
		k->met[i] = true;
		if (k->same++ == 0) {
			k->example = i;
			k->example_id = row->id;
			k->example_batch = row->batch;
		}
		return true;
	}
	return false;
}

/* May the stored row's minute be the time of its import?  Only rows of old, without a
 * batch, leave that open. */
static bool
may_be_timeless(const struct import *in, const struct response_row *row)
{
	if (row->batch == 0)
		return strcmp(row->mode, "phone") == 0 || strcmp(row->mode, "household") == 0;
	for (size_t i = 0; i < in->batches_n; i++)
		if (in->batches[i].id == row->batch)
			return in->batches[i].minute == row->minute;
	return false;
}

static void
compare_row(struct known *k, const struct response_row *row)
{
	size_t at;

	if (meet(k, row, false) || (may_be_timeless(k->in, row) && meet(k, row, true)))
		return;
	if (row->agency_key[0] == '\0')
		return;
	at = first_at(k->by_key, k->keys, key_at, k->in, row->agency_key);
	if (at == k->keys || key_at(k->in, k->by_key[at], row->agency_key) != 0)
		return;
	if (k->changed++ == 0 && k->same == 0) {
		k->example = k->by_key[at];
		k->example_id = row->id;
		k->example_batch = row->batch;
	}
}

static int
refuse_same(const struct known *k, struct err *err)
{
	const struct import *in = k->in;
	const char *where = k->example_batch != 0 ? pool_fmt(&in->cli->pool,
		LANG_PICK("第 %lld 批", "batch %lld"), (long long)k->example_batch) :
		LANG_PICK("没有批号的答卷", "answers of no batch");
	const char *advice = import_advice(in, k->example_batch);

	if (k->same > 0)
		return err_set(err, ERR_CONFLICT,
			"%zu 行与这一轮已存的答卷完全相同（不看权数），如文件第 %zu 行与%s的第"
			" %lld 号答卷；什么都没有存。%s",
			"%zu rows are the same as answers of this wave that are stored (weights"
			" aside), as line %zu and, of %s, answer %lld; nothing was stored; %s",
			k->same, in->csv.line[k->example], where, (long long)k->example_id, advice);
	return err_set(err, ERR_CONFLICT,
		"%zu 行的机构编号已经存过，内容却不同，如文件第 %zu 行“%s”与%s的第 %lld 号答卷；"
		"什么都没有存。%s",
		"%zu rows bear an agency key that is stored with other answers, as line %zu,"
		" \"%s\", and, of %s, answer %lld; nothing was stored; %s", k->changed,
		in->csv.line[k->example], in->row[k->example].agency_key, where,
		(long long)k->example_id, advice);
}

/* The same key twice in the file: the same answer once more is passed over,
 * another answer is an error. */
static void
skip_doubled(struct import *in, struct pool *pool)
{
	struct known k;
	size_t first = 0;

	sort_rows(&k, in, pool);
	for (size_t at = 1; at < k.keys; at++) {
		size_t a = k.by_key[first], b = k.by_key[at];

		if (strcmp(in->row[a].agency_key, in->row[b].agency_key) != 0) {
			first = at;
		} else if (memcmp(in->more[a].content, in->more[b].content,
				sizeof(in->more[a].content)) == 0) {
			in->more[b].skip = true;
			in->skipped++;
		} else {
			rows_error_cell(&in->errors, &in->csv, b, "key", NULL,
				in->row[b].agency_key,
				LANG_PICK("这个编号在文件里出现过，答案却不同；请核对哪一行是对的",
				"this key stands in the file before, with other answers; see"
				" which row is right"));
		}
	}
}

/* Rows of the file that are alike without a key to tell them apart: worth a word, no error. */
static void
note_alike(struct import *in, const struct known *k)
{
	size_t alike = 0, line = 0;

	for (size_t at = 1; at < k->rows; at++)
		if (content_at(in, k->by_content[at - 1], in->more[k->by_content[at]].content) ==
				0 && alike++ == 0)
			line = in->csv.line[k->by_content[at]];
	if (alike > 0)
		json_array_append_new(in->notes, json_string(pool_fmt(&in->cli->pool, LANG_PICK(
			"%zu 行与文件里前面的行完全相同（如第 %zu 行），按不同的人存入；"
			"若是重复粘贴，请撤回后删去",
			"%zu rows are the same as one before them (as line %zu) and are stored as"
			" other people; if they were pasted twice,"
			" withdraw the batch and remove them"), alike, line)));
}

/* What the stored rows are compared with. */
struct comparing {
	bool again, unlike;	/* asked not to look at the rows, at the design */
	int64_t apart;		/* batch that does not count here: the one to be replaced */
	struct known known;
	struct import_alike *alike;
	struct import_design stored;
};

static int
take_stored(const struct response_row *row, void *ctx)
{
	struct comparing *c = ctx;

	if (row->batch != 0 && row->batch == c->apart)
		return 0;
	import_design_add(&c->stored, row);
	if (!c->again) {
		compare_row(&c->known, row);
		import_alike_add(c->alike, row);
	}
	return 0;
}

/* Row by row, then by what both have: a file that came with fewer columns is the same file. */
static int
refuse(const struct import *in, struct comparing *c, struct err *err)
{
	struct import_design file = { 0 };

	if (!c->again && import_alike_refuse(c->alike, c->known.same, err) != 0)
		return -1;
	if (c->known.same + c->known.changed > 0)
		return refuse_same(&c->known, err);
	for (size_t i = 0; i < c->known.rows; i++)
		import_design_add(&file, &in->row[c->known.by_content[i]]);
	return c->unlike ? 0 : import_design_refuse(&file, &c->stored, err);
}

/* Once through the wave. */
static int
compare_stored(const struct import *in, struct comparing *c, struct pool *pool, struct err *err)
{
	int rc;

	c->alike = import_alike_begin(in, pool);
	rc = db_each_response(in->cli->db, in->wave.id, 0, take_stored, c, err);
	if (rc == 0)
		rc = refuse(in, c, err);
	import_alike_end(c->alike);
	return rc;
}

int
import_compare(struct import *in, struct err *err)
{
	struct comparing c = { .again = args_on(&in->cli->args, "again"),
		.unlike = args_on(&in->cli->args, "unlike"), .apart = in->batch.replaces };
	struct pool pool = POOL_INIT;
	int rc = 0;

	skip_doubled(in, &pool);
	if (in->errors.list == NULL) {
		sort_rows(&c.known, in, &pool);
		note_alike(in, &c.known);
		/* What is going on was compared when it began, and would only meet itself. */
		if (!in->resumed && !(c.again && c.unlike))
			rc = compare_stored(in, &c, &pool, err);
	}
	pool_clear(&pool);
	return rc;
}

/* ---- stored ---- */

void
import_find(struct import *in)
{
	for (size_t i = 0; i < in->batches_n; i++) {
		const struct batch *b = &in->batches[i];

		if (batch_state(b) == BATCH_LOADING && strcmp(b->sha256, in->batch.sha256) == 0 &&
				strcmp(b->options, in->batch.options) == 0) {
			in->batch = *b;
			in->resumed = true;
		}
	}
}

/* The rows that are kept become rows of the batch: key, minute, leaf and receipt
 * follow from its number. */
static size_t
number_rows(struct import *in)
{
	size_t n = 0;

	for (size_t i = 0; i < in->csv.rows; i++) {
		struct response_row *row = &in->row[i];

		if (in->more[i].skip)
			continue;
		row->batch = in->batch.id;
		row->key = pool_fmt(&in->cli->pool, "b%lld-%zu", (long long)in->batch.id, i + 1);
		if (in->more[i].timeless)
			row->minute = in->batch.minute;
		row_leaf(row->leaf, row, in->wave_name, in->form->sha256, in->more[i].site_code);
		leaf_receipt(row->receipt, row->leaf);
		in->row[n++] = *row;
	}
	return n;
}

/* Residents wait for a slice, and then it is their turn: as long as the slice took. */
static void
let_others(const struct timespec *began)
{
	struct timespec now, rest;
	long long ns;

	clock_gettime(CLOCK_MONOTONIC, &now);
	ns = (now.tv_sec - began->tv_sec) * 1000000000LL + (now.tv_nsec - began->tv_nsec);
	rest = (struct timespec){ .tv_sec = ns / 1000000000, .tv_nsec = ns % 1000000000 };
	nanosleep(&rest, NULL);
}

/* Another program that writes holds the lock no longer than a slice does: it
 * is worth a few tries. */
static int
put_slice(struct import *in, size_t from, size_t n, struct err *err)
{
	enum { TRIES = 10 };
	struct timespec began;
	struct err busy;
	int rc = -1;

	for (int i = 0; i < TRIES && rc != 0; i++) {
		busy = (struct err){ 0 };
		clock_gettime(CLOCK_MONOTONIC, &began);
		rc = db_put_batch_rows(in->cli->db, in->batch.id, (int64_t)from,
			in->row + from, n, &busy);
		let_others(&began);
		if (rc != 0 && busy.code != ERR_BUSY)
			break;
	}
	if (rc != 0)
		*err = busy;
	return rc;
}

/* What a stopped import stored must be what this one would store. */
static int
check_resumed(struct import *in, size_t n, struct err *err)
{
	struct response_row last = in->row[in->batch.stored - 1];
	bool found = false;

	if ((size_t)in->batch.stored <= n && db_get_key(in->cli->db, &last, &found, err) != 0)
		return -1;
	if (found && memcmp(last.leaf, in->row[in->batch.stored - 1].leaf, LEAF_N) == 0)
		return 0;
	return err_set(err, ERR_CONFLICT,
		"第 %lld 批已存的部分与这个文件现在读出的不同（程序或点位变过）；"
		"请先撤回：manyi import withdraw %lld",
		"what is stored of batch %lld is not what this file gives now (the program or the"
		" sites have changed); take it back first: manyi import withdraw %lld",
		(long long)in->batch.id, (long long)in->batch.id);
}

static int
unfinished(const struct import *in, struct err *err)
{
	struct err cause = *err;

	*err = (struct err){ 0 };
	return err_set(err, cause.code,
		"%s。第 %lld 批没有导入完，一份也不计入：排除原因后用同一个文件和选项再导入一次，"
		"会接着存；或撤回：manyi import withdraw %lld",
		"%s.  Batch %lld is not complete and none of it counts: import the same file again"
		" with the same options to go on, or take it back: manyi import withdraw %lld",
		cause.text, (long long)in->batch.id, (long long)in->batch.id);
}

/* What was compared with must still be all there is. */
static int
begin_batch(struct import *in, struct err *err)
{
	int rc = -1;

	if (db_begin(in->cli->db, err) != 0)
		return -1;
	if (db_last_batch_event(in->cli->db, in->wave.id) != in->last_event)
		err_set(err, ERR_CONFLICT, "这一轮刚有别的导入完成或撤回；请再运行一次",
			"another import of this wave was completed or withdrawn"
			" just now; run this again");
	else
		rc = db_put_batch(in->cli->db, &in->batch, err);
	if (rc == 0)
		return db_commit(in->cli->db, err);
	db_rollback(in->cli->db);
	return -1;
}

int
import_store(struct import *in, struct err *err)
{
	size_t n, some;

	if (!in->resumed && begin_batch(in, err) != 0)
		return -1;
	n = number_rows(in);
	if (in->batch.stored > 0 && check_resumed(in, n, err) != 0)
		return -1;
	for (size_t i = (size_t)in->batch.stored; i < n; i += some) {
		some = n - i < SLICE ? n - i : SLICE;
		if (put_slice(in, i, some, err) != 0)
			return unfinished(in, err);
		progress_step(&in->progress, (int64_t)some);
	}
	in->rows = n;
	if (db_complete_batch(in->cli->db, in->batch.id, cli_account(), date_now_minute(), err) !=
			0)
		return unfinished(in, err);
	return 0;
}
