/* How long an index takes over a million stored answers, beside sqlite3 summing one
 * item of the same file. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "base/text.h"
#include "db/survey.h"
#include "db/track.h"
#include "figure/figure.h"

/* Everything is the quickest of so many runs, the baseline too. */
enum { BATCH = 5000, CLUSTERS = 400, STRATA = 20, RUNS = 3 };

static struct pool pool;
static uint64_t state = 1;

/* splitmix64 */
static int
below(int n)
{
	uint64_t z = (state += UINT64_C(0x9e3779b97f4a7c15));

	z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
	return (int)((z ^ z >> 31) % (uint64_t)n);
}

/* Wall clock and processor time: the second means something on a busy machine too. */
struct span_ms {
	double wall, cpu;
};

static double
clock_ms(clockid_t clock)
{
	struct timespec t;

	clock_gettime(clock, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

/* Processor time of children that have ended. */
static double
children_ms(void)
{
	struct rusage u;

	getrusage(RUSAGE_CHILDREN, &u);
	return (double)(u.ru_utime.tv_sec + u.ru_stime.tv_sec) * 1e3 +
		(double)(u.ru_utime.tv_usec + u.ru_stime.tv_usec) / 1e3;
}

static struct span_ms
start_clock(void)
{
	return (struct span_ms){ clock_ms(CLOCK_MONOTONIC),
		clock_ms(CLOCK_PROCESS_CPUTIME_ID) + children_ms() };
}

static struct span_ms
since(struct span_ms start)
{
	struct span_ms now = start_clock();

	return (struct span_ms){ now.wall - start.wall, now.cpu - start.cpu };
}

static double
memory_mb(void)
{
	struct rusage u;

	getrusage(RUSAGE_SELF, &u);
	return (double)u.ru_maxrss / 1024;
}

static void
say(const char *what, struct span_ms t)
{
	printf("%-28s %10.1f ms, processor %10.1f ms\n", what, t.wall, t.cpu);
	fflush(stdout);
}

static void
die(const struct err *err)
{
	fprintf(stderr, "bench_index: %s\n", err->text);
	exit(3);
}

static void
put_answer(struct text *out, const struct item *item)
{
	static const char *const said[] = { "\"12345\"", "\"打市长热线\"", "\"商家\"", "98", "99" };

	switch (item->kind) {
	case KIND_SCALE:
		text_fmt(out, "%d", below(15) == 0 ? 98 : 6 + below(5));
		break;
	case KIND_TEXT:
		text_puts(out, said[below(5)]);
		break;
	case KIND_MULTI:
		text_fmt(out, "[%s]", item->choice[below((int)item->choices)].name[0] == '1' ?
			"12345" : "\"none\"");
		break;
	default:
		text_puts(out, item->choice[below((int)item->choices)].name);
	}
}

static void
make_row(struct response_row *row, struct text *answers, char *names, const struct form *form,
	int64_t wave, int64_t serial)
{
	int cluster = below(CLUSTERS);

	text_reset(answers);
	for (size_t i = 0; i < form->items; i++) {
		text_putc(answers, i == 0 ? '[' : ',');
		put_answer(answers, &form->item[i]);
	}
	text_putc(answers, ']');
	memset(row, 0, sizeof(*row));
	snprintf(names, 32, "k%" PRId64, serial);
	snprintf(names + 32, 16, "h%d", cluster % STRATA);
	snprintf(names + 48, 16, "c%d", cluster);
	row->wave = wave;
	row->stream = "sampled";
	row->mode = "phone";
	row->key = names;
	row->stratum = names + 32;
	row->cluster = names + 48;
	row->minute = 28500000;
	row->seconds = 200;
	row->weight = 1000000 + below(1000) * 1000;
	row->answers = text_str(answers);
	row->flagged = below(20) == 0;
	memcpy(row->leaf, &serial, sizeof(serial));
	snprintf(row->receipt, sizeof(row->receipt), "%016u", (unsigned)serial);
}

static void
store(struct db *db, const struct form *form, int64_t wave, int64_t first, size_t n)
{
	static struct response_row row[BATCH];
	static struct text answers[BATCH];
	static char names[BATCH][64];
	static bool fresh[BATCH];
	struct err err = { 0 };

	for (size_t i = 0; i < n; i++)
		make_row(&row[i], &answers[i], names[i], form, wave, first + (int64_t)i);
	if (db_put_responses(db, row, fresh, n, &err) != 0)
		die(&err);
}

static void
put_margins(struct db *db, const struct form *form)
{
	static const char *const variable[] = { "sex", "age", "edu" };
	struct margin margin[32];
	struct err err = { 0 };
	size_t n = 0;

	for (size_t v = 0; v < 3; v++) {
		const struct item *item = &form->item[form_item(form, variable[v])];

		for (size_t i = 0; i < item->choices; i++)
			margin[n++] = (struct margin){ variable[v], item->choice[i].name,
				840000.0 / (double)item->choices, "bench", "2024-01-01", "",
				false, true };
	}
	if (db_put_margins(db, margin, n, &err) != 0)
		die(&err);
}

static struct span_ms
ask(struct db *db, const char *index, const char *by)
{
	struct figure_ask ask = { .form = "C", .index = index, .by = by };
	struct span_ms start = start_clock();
	const struct figure *m;
	struct err err = { 0 };
	size_t n;

	if (figure_index(db, &ask, &m, &n, &pool, &err) != 0)
		die(&err);
	start = since(start);
	if (n == 0 || m[0].err_code[0] != '\0')
		die(n == 0 ? &(struct err){ .text = "no figure" } : &m[0].err);
	pool_clear(&pool);
	return start;
}

static struct span_ms
quicker(struct span_ms a, struct span_ms b)
{
	return b.wall < a.wall ? b : a;
}

/* One index, and every figure of the form. */
static void
later(struct db *db, const char *by)
{
	static const char *const what[] = { "one index", "all figures" };

	for (size_t k = 0; k < 2; k++) {
		const char *index = k == 0 ? "cqi" : NULL;
		char line[64];
		struct span_ms best = ask(db, index, by);

		for (int again = 1; again < RUNS; again++)
			best = quicker(best, ask(db, index, by));
		snprintf(line, sizeof(line), by == NULL ? "%s%.0s" : "%s by %s", what[k],
			by == NULL ? "" : by);
		say(line, best);
	}
}

/* The sum of one item by the database's own program; negative if it is not installed. */
static struct span_ms
sqlite_sum(const char *path, int item)
{
	char *command = pool_fmt(&pool,
		"sqlite3 -readonly '%s' \"SELECT sum(json_extract(answers, '$[%d]'))"
		" FROM response\"", path, item);
	struct span_ms start = start_clock();
	char line[64];
	FILE *f = popen(command, "r");
	bool ok = f != NULL && fgets(line, sizeof(line), f) != NULL;

	return f != NULL && pclose(f) == 0 && ok ? since(start) : (struct span_ms){ -1, -1 };
}

static struct db *
make_file(const char *path, const char *form_path, int64_t rows, int64_t *wave, int *item)
{
	struct err err = { 0 };
	const struct form *form;
	struct db *db;
	struct wave w;

	/* Of a run that was cut, too. */
	unlink(path);
	unlink(pool_fmt(&pool, "%s-wal", path));
	unlink(pool_fmt(&pool, "%s-shm", path));
	db = db_create(path, &err);
	form = db == NULL ? NULL : form_load(form_path, &pool, &err);
	if (form == NULL || db_put_form(db, form, &err) != 0)
		die(&err);
	w = (struct wave){ .form_id = form->id, .form_version = form->version, .year = 2024,
		.label = "2024", .opens = 28400000, .open = true, .population = "residents",
		.modes = "phone", .mapping = form->mapping, .strata = "area", .clusters = "village",
		.margins = "sex age edu", .domains = "", .break_note = "",
		.table_number = "", .agency = "", .approval = "", .valid_until = "" };
	if (db_put_wave(db, &w, &err) != 0)
		die(&err);
	put_margins(db, form);
	for (int64_t i = 0; i < rows; i += BATCH)
		store(db, form, w.id, i + 1, rows - i < BATCH ? (size_t)(rows - i) : BATCH);
	*wave = w.id;
	*item = form_item(form, "P");
	/* All of it in the file: neither side reads a log of a million answers. */
	db_close(db);
	db = db_open(path, DB_WRITE, &err);
	return db != NULL ? db : (die(&err), NULL);
}

/* What the first page is over the baseline. */
static void
baseline(const char *path, int item, struct span_ms first)
{
	struct span_ms sum = sqlite_sum(path, item);

	for (int again = 1; again < RUNS; again++)
		sum = quicker(sum, sqlite_sum(path, item));
	if (sum.cpu < 0) {
		printf("sqlite3 is not installed: no comparison\n");
		return;
	}
	say("sqlite3 sums one item", sum);
	printf("first page over sqlite3's sum of one item: %.2f, processor time %.2f\n",
		first.wall / sum.wall, first.cpu / sum.cpu);
}

/* Blocks of an earlier run are of other rows. */
static void
derived_remove(const char *path)
{
	char *command = pool_fmt(&pool, "rm -rf '%s/derived'", file_folder(&pool, path));

	if (system(command) != 0)
		fprintf(stderr, "bench_index: derived/ stays\n");
}

/* Blocks made, and every figure from them. */
static struct span_ms
first_page(struct db *db, const char *path)
{
	struct span_ms best = { 0 }, one;

	for (int again = 0; again < RUNS; again++) {
		derived_remove(path);
		one = ask(db, NULL, NULL);
		best = again == 0 ? one : quicker(best, one);
	}
	return best;
}

int
main(int argc, char *argv[])
{
	static const char *const by[] = { NULL, "township", "age", "edu" };
	int64_t rows = argc > 3 ? atoll(argv[3]) : 1000000, wave;
	struct span_ms start = start_clock(), first, more;
	const struct form *form;
	struct db *db;
	int item;

	if (argc < 3) {
		fprintf(stderr, "usage: bench_index FORM_C.json FILE.db [ROWS]\n");
		return 2;
	}
	derived_remove(argv[2]);
	db = make_file(argv[2], argv[1], rows, &wave, &item);
	printf("%" PRId64 " answers of form C\n", rows);
	say("stored", since(start));
	first = first_page(db, argv[2]);
	say("first page", first);
	for (size_t i = 0; i < sizeof(by) / sizeof(by[0]); i++)
		later(db, by[i]);
	for (int again = 0; again < RUNS; again++) {
		form = db_get_form(db, "C", NULL, &pool, NULL);
		store(db, form, wave, rows + 1 + again, 1);
		more = again == 0 ? ask(db, NULL, NULL) : quicker(more, ask(db, NULL, NULL));
	}
	say("page after one more answer", more);
	printf("%-28s %10.1f MB\n", "most memory", memory_mb());
	baseline(argv[2], item, first);
	db_close(db);
	derived_remove(argv[2]);
	pool_clear(&pool);
	return 0;
}
