/* The one hand that writes answers. */
#include "store/pen.h"

#include <string.h>
#include <sys/stat.h>

#include "base/date.h"
#include "db/ticket.h"
#include "db/track.h"

enum {
	CALLBACK_DAYS = 21,		/* 15 working days, with their weekends */
	RUN_ROWS = 16384,		/* so many receipts, and they go into the index */
	TIDY_ROWS = 2000,		/* of them at a time when there is nothing else to
					 * do: some milliseconds */
	REST_SECONDS = 1,		/* without an answer, and the log is copied back */
	TIDY_SECONDS = 3600		/* between two looks for phones whose time has come */
};

/* What failed is not worth guessing at: the next batch opens the file again. */
static void
discard(struct pen *pen)
{
	receipt_run_clear(&pen->run);
	db_close(pen->db);
	pen->db = NULL;
}

static int
reach(struct pen *pen, struct err *err)
{
	if (pen->db == NULL)
		pen->db = db_open(pen->path, DB_STORE, err);
	return pen->db != NULL ? 0 : -1;
}

int
pen_open(struct pen *pen, const char *path, struct err *err)
{
	*pen = (struct pen){ .path = path };
	return reach(pen, err);
}

void
pen_close(struct pen *pen)
{
	bool left;

	if (pen->db != NULL)
		(void)db_copy_log(pen->db, &left, NULL);
	discard(pen);
	once_clear(&pen->guessed);
	once_clear(&pen->called);
}

/*
 * Its key first: a resend needs no ticket, since its first sending used it, and may come after the
 * end.  Then the ticket, then the answer, in the one transaction of the batch: both or neither.
 */
static int
write_ticketed(struct pen *pen, struct book_entry *entry, struct response_row *row, bool *fresh,
	struct err *err)
{
	bool found, spent;

	*fresh = false;
	if (db_get_key(pen->db, row, &found, err) != 0)
		return -1;
	if (found) {
		entry->ticket = TICKET_LIVE;
		entry->late = ERR_NONE;
		return 0;
	}
	if (entry->ticket != TICKET_LIVE || entry->late != ERR_NONE)
		return 0;
	if (db_spend_ticket(pen->db, entry->hash, &spent, err) != 0)
		return -1;
	if (!spent) {
		entry->ticket = TICKET_USED;
		return 0;
	}
	return db_put_responses(pen->db, row, fresh, 1, err);
}

static bool
asks_first(const struct book_entry *entry)
{
	return entry->ticketed || entry->late != ERR_NONE;
}

/* In the order they came: those without a ticket together, as many as stand together. */
static int
write_rows(struct pen *pen, struct book_entry *entry[], size_t n, struct response_row *row,
	bool *fresh, struct err *err)
{
	size_t run;

	for (size_t i = 0; i < n; i += run) {
		for (run = 0; i + run < n && !asks_first(entry[i + run]); run++)
			continue;
		if (run > 0 && db_put_responses(pen->db, row + i, fresh + i, run, err) != 0)
			return -1;
		if (run == 0 && write_ticketed(pen, entry[i], &row[i], &fresh[i], err) != 0)
			return -1;
		run += run == 0;
	}
	return 0;
}

/*
 * While answers come without a pause, receipts follow them two for one in the same commits.  All at
 * once would be cheaper still, but everybody would wait for it.
 */
static int
index_some(struct pen *pen, const struct response_row row[], size_t n, struct err *err)
{
	int64_t last = 0;

	for (size_t i = 0; i < n; i++)
		last = row[i].id > last ? row[i].id : last;
	if (pen->run.n == 0 && last - pen->run.upto >= RUN_ROWS &&
			db_gather_receipts(pen->db, &pen->run, RUN_ROWS, err) != 0)
		return -1;
	return db_index_receipts(pen->db, &pen->run, 2 * n, err);
}

static bool
is_stored(const struct book_entry *entry)
{
	return entry->late == ERR_NONE && entry->ticket == TICKET_LIVE;
}

static int
compare(struct pen *pen, struct book_entry *entry, const struct response_row *row, bool fresh,
	struct err *err)
{
	entry->same = !once_done(&pen->guessed, row->id);
	if (fresh || !entry->same)
		return 0;
	if (db_same_answers(pen->db, row, &entry->same, err) != 0)
		return -1;
	if (!entry->same)
		once_mark(&pen->guessed, row->id);
	return 0;
}

/* The second sending may be the first with a phone: it is kept, once a phone, place and day, and
 * until the same day. */
static int
keep_phone(struct pen *pen, struct book_entry *entry, const struct response_row *row,
	struct err *err)
{
	int64_t until = row->minute + CALLBACK_DAYS * DATE_DAY;

	entry->called = entry->phone[0] != '\0' && until > date_now_minute();
	if (!entry->called || once_done(&pen->called, row->id))
		return 0;
	once_mark(&pen->called, row->id);
	return db_put_callback(pen->db, entry->phone, row->site, row->minute, until, err);
}

/* Nothing of the batch was stored. */
static void
forget(struct pen *pen, const struct response_row row[], size_t n)
{
	for (size_t i = 0; i < n; i++) {
		once_forget(&pen->guessed, row[i].id);
		once_forget(&pen->called, row[i].id);
	}
}

static int
write_all(struct pen *pen, struct book_entry *entry[], size_t n, struct response_row *row,
	bool *fresh, struct err *err)
{
	if (db_begin(pen->db, err) != 0)
		return -1;
	if (write_rows(pen, entry, n, row, fresh, err) != 0)
		return -1;
	for (size_t i = 0; i < n; i++)
		if (is_stored(entry[i]) && (compare(pen, entry[i], &row[i], fresh[i], err) != 0 ||
				keep_phone(pen, entry[i], &row[i], err) != 0))
			return -1;
	if (index_some(pen, row, n, err) != 0)
		return -1;
	return db_commit(pen->db, err);
}

/*
 * What book_accept() let through fits the tables, so a refusal is the engine's trouble and nobody's
 * fault: SQLite says "constraint" even when it only lacked the memory to check one.  It must not
 * read as "survey closed".
 */
static void
refuse(struct err *err, const struct err *failed)
{
	bool blames = failed->code == ERR_CONFLICT || failed->code == ERR_INPUT ||
		failed->code == ERR_MISSING;

	err_set(err, blames ? ERR_DB : failed->code, "%s", "%s", failed->text);
}

int
pen_write(struct pen *pen, struct book_entry *entry[], size_t n, struct err *err)
{
	struct pool pool = POOL_INIT;
	struct response_row *row = pool_array(&pool, n, sizeof(*row));
	bool *fresh = pool_array(&pool, n, sizeof(*fresh));
	struct err failed = { 0 };
	int rc = -1;

	for (size_t i = 0; i < n; i++)
		row[i] = entry[i]->row;
	if (reach(pen, &failed) != 0 || write_all(pen, entry, n, row, fresh, &failed) != 0) {
		if (pen->db != NULL)
			db_rollback(pen->db);
		forget(pen, row, n);
		discard(pen);
		refuse(err, &failed);
		goto out;
	}
	for (size_t i = 0; i < n; i++) {
		entry[i]->row.id = row[i].id;
		entry[i]->fresh = fresh[i];
		pen->spent = pen->spent || (entry[i]->ticketed && fresh[i]);
		entry[i]->row.minute = row[i].minute;
		memcpy(entry[i]->row.receipt, row[i].receipt, sizeof(row[i].receipt));
	}
	pen->wrote = date_now_second();
	rc = 0;
out:
	pool_clear(&pool);
	return rc;
}

/* Of whoever wrote: the desk and the shell leave it to us. */
static bool
log_there(const struct pen *pen)
{
	struct pool pool = POOL_INIT;
	struct stat st;
	bool there = stat(pool_fmt(&pool, "%s-wal", pen->path), &st) == 0 && st.st_size > 0;

	pool_clear(&pool);
	return there;
}

/*
 * What was acknowledged goes from the log into the file once nobody has answered for a second: one
 * damaged byte of the log cuts off all that follows it.  A ticket that was used goes at once: the
 * log shows which pages changed together.  Is something left?
 */
static bool
copy_log(struct pen *pen, int64_t now)
{
	bool left = true;

	if (!log_there(pen))
		return pen->spent = false;
	if (!pen->spent && now >= pen->wrote && now < pen->wrote + REST_SECONDS)
		return true;
	if (db_copy_log(pen->db, &left, NULL) == 0 && !left)
		pen->spent = false;
	pen->wrote = now;	/* where somebody reads or writes: again in a second */
	return left;
}

bool
pen_tidy(struct pen *pen)
{
	int64_t now = date_now_second();
	bool more;

	if (pen->db == NULL)
		return false;
	if (pen->run.n == 0 && db_gather_receipts(pen->db, &pen->run, RUN_ROWS, NULL) != 0)
		return false;
	more = pen->run.n > 0;
	if (db_index_receipts(pen->db, &pen->run, TIDY_ROWS, NULL) != 0)
		return false;	/* somebody else is writing: later */
	/* A clock set back must not put off what was promised to be deleted. */
	if ((now < pen->tidied || now >= pen->tidied + TIDY_SECONDS) &&
			db_drop_callbacks(pen->db, date_now_minute(), NULL) == 0)
		pen->tidied = now;
	if (!more || pen->spent)
		more = copy_log(pen, now) || more;
	return more;
}
