/* Blocks to files and back. */
#include "figure/block.h"

#include <dirent.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "stats/parallel.h"

enum { LAYOUT = 4, FILES_MOST = 8, SHA_SHORT = 12, ORDER = 0x01020304,
	PIECE = 1 << 18 };

struct head {
	char magic[8];
	uint32_t layout, order;
	int64_t wave;
	char form[64];			/* digest, hex */
	uint64_t first, rows;		/* both whole blocks */
	uint64_t label, labels, bytes;	/* of the texts, each with its NUL */
	uint64_t cell;			/* bytes of a row */
	uint64_t sum;			/* of marks, texts and the sums of the columns */
};
static const char magic[8] = "MYBLOCK";

/* What identifies a block. */
struct mark {
	int64_t id;
	unsigned char leaf[LEAF_N];
};

/* Where columns begin. */
static uint64_t
head_bytes(const struct head *h)
{
	return sizeof(*h) + h->rows / ROWS_BLOCK * sizeof(struct mark) + h->bytes;
}

/* ---- names ---- */

static const char *
folder_of(const char *db_path, struct pool *pool)
{
	return file_join(pool, file_folder(pool, db_path), "derived");
}

void
block_folder(const char *db_path)
{
	struct pool scratch = POOL_INIT;
	const char *folder = folder_of(db_path, &scratch);
	struct stat st;

	/* Made by root it would shut out the account the service runs under. */
	if (mkdir(folder, 0700) == 0 && geteuid() == 0 && stat(db_path, &st) == 0 &&
			lchown(folder, st.st_uid, st.st_gid) != 0)
		(void)rmdir(folder);
	pool_clear(&scratch);
}

/* "NAME-WAVE-SHA-", what all files of a wave begin with. */
static const char *
prefix_of(const struct db *db, int64_t wave, const struct form *form, struct pool *pool)
{
	const char *path = db_file(db), *slash = strrchr(path, '/');

	return pool_fmt(pool, "%s-%" PRId64 "-%.*s-", slash == NULL ? path : slash + 1, wave,
		SHA_SHORT, form->sha256);
}

static const char *
path_of(const struct rows *r, const struct db *db, int64_t wave, size_t first, struct pool *pool)
{
	return file_join(pool, folder_of(db_file(db), pool), pool_fmt(pool, "%s%zu.blocks",
		prefix_of(db, wave, r->form, pool), first / ROWS_BLOCK));
}

/* ---- checksum ---- */

#define FACTOR UINT64_C(0x9e3779b97f4a7c15)

static inline uint64_t
mix(uint64_t lane, const unsigned char *eight)
{
	uint64_t x;

	memcpy(&x, eight, sizeof(x));
	lane = (lane ^ x) * FACTOR;
	return lane ^ lane >> 29;
}

/*
 * Four lanes of multiply and mix: quick, and no bit that is turned goes unseen.  Against damage,
 * not against anybody: what the files say is never signed.
 */
static uint64_t
checksum(uint64_t sum, const void *bytes, size_t n)
{
	uint64_t a = sum, b = sum ^ FACTOR, c = sum + FACTOR, d = ~sum;
	const unsigned char *p = bytes;

	for (; n >= 32; n -= 32, p += 32) {
		a = mix(a, p);
		b = mix(b, p + 8);
		c = mix(c, p + 16);
		d = mix(d, p + 24);
	}
	for (; n > 0; n--, p++)
		a = (a ^ *p) * FACTOR;
	a = (a ^ b ^ a >> 31) * FACTOR;
	a = (a ^ c ^ a >> 31) * FACTOR;
	return (a ^ d ^ a >> 31) * FACTOR;
}

/* Piece by piece, as it is read. */
static uint64_t
checksum_column(const unsigned char *bytes, size_t all)
{
	uint64_t sum = 0;
	size_t n;

	for (size_t done = 0; done < all; done += n) {
		n = all - done < PIECE ? all - done : PIECE;
		sum = checksum(sum, bytes + done, n);
	}
	return sum;
}

/* Of a file that begins with marks and text, then columns with these sums. */
static uint64_t
checksum_all(const struct mark mark[], const struct head *h, const char *text,
	const uint64_t column[], size_t columns)
{
	uint64_t sum = checksum(0, mark, h->rows / ROWS_BLOCK * sizeof(*mark));

	return checksum(checksum(sum, text, h->bytes), column, columns * sizeof(*column));
}

/* ---- read ---- */

static int
read_all(int fd, uint64_t at, void *bytes, size_t n)
{
	unsigned char *p = bytes;
	ssize_t got;

	for (; n > 0; n -= (size_t)got, p += got, at += (uint64_t)got)
		if ((got = pread(fd, p, n, (off_t)at)) <= 0)
			return -1;
	return 0;
}

static bool
head_fits(const struct head *h, const struct rows *r, int64_t wave, off_t size)
{
	return memcmp(h->magic, magic, sizeof(magic)) == 0 && h->layout == LAYOUT &&
		h->order == ORDER && h->wave == wave &&
		memcmp(h->form, r->form->sha256, sizeof(h->form)) == 0 && h->first == r->n &&
		h->rows > 0 && h->rows % ROWS_BLOCK == 0 && h->label == r->labels.n &&
		h->cell == r->cell && h->bytes < (UINT64_C(1) << 32) &&
		h->labels <= h->bytes && h->rows < UINT32_MAX &&
		head_bytes(h) + h->rows * h->cell == (uint64_t)size;
}

/* The new texts, which end with NUL each; -1: not as many as it says. */
static int
labels_take(struct rows *r, const struct head *h, const char *text)
{
	const char *end = text + h->bytes;

	for (uint64_t i = 0; i < h->labels; i++, text += strlen(text) + 1)
		if (text >= end || rows_label(r, text) != h->label + i)
			return -1;
	return text == end ? 0 : -1;
}

static bool
marks_hold(const struct mark mark[], size_t n, struct db *db, int64_t wave)
{
	unsigned char leaf[LEAF_N];

	for (size_t i = 0; i < n; i++)
		if (db_leaf_of(db, wave, mark[i].id, leaf) != 0 ||
				memcmp(leaf, mark[i].leaf, LEAF_N) != 0)
			return false;
	return true;
}

/* The highest number of a text in rows from..to. */
static uint32_t
label_last(const struct rows *r, size_t from, size_t to)
{
	const uint32_t *stratum = rows_at(r, ROWS_STRATUM), *cluster = rows_at(r, ROWS_CLUSTER);
	uint32_t last = 0;

	for (size_t i = from; i < to; i++) {
		last = stratum[i] > last ? stratum[i] : last;
		last = cluster[i] > last ? cluster[i] : last;
	}
	return last;
}

/* A file's columns, each read and summed by itself: by several threads. */
struct taking {
	struct rows *r;
	const struct head *h;
	int fd;
	uint64_t sum[ROWS_COLUMNS_MAX];
	bool failed[ROWS_COLUMNS_MAX];
};

static void
column_take(void *arg, size_t c)
{
	struct taking *t = arg;
	uint64_t at = head_bytes(t->h);
	size_t n, all = t->h->rows * t->r->width[c];
	unsigned char *to = t->r->column[c] + t->r->n * t->r->width[c];

	for (size_t k = 0; k < c; k++)
		at += t->h->rows * t->r->width[k];
	for (size_t done = 0; done < all && !t->failed[c]; done += n) {
		n = all - done < PIECE ? all - done : PIECE;
		t->failed[c] = read_all(t->fd, at + done, to + done, n) != 0;
		t->sum[c] = checksum(t->sum[c], to + done, n);
	}
}

static int
columns_take(struct taking *t)
{
	const struct rows *r = t->r;

	parallel_each(r->columns, column_take, t);
	for (size_t c = 0; c < r->columns; c++)
		if (t->failed[c])
			return -1;
	/* Numbers of texts beyond those there are would read beyond memory. */
	return label_last(r, r->n, r->n + t->h->rows) < r->labels.n ? 0 : -1;
}

/* One file's rows behind those there are; -1 where it is not to be believed. */
static int
file_take(struct rows *r, struct db *db, int64_t wave, int fd)
{
	struct pool scratch = POOL_INIT;
	struct head h;
	struct taking t = { .r = r, .h = &h, .fd = fd };
	struct mark *mark;
	struct stat st;
	size_t blocks, marks;
	char *text;
	int rc = -1;

	if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode) ||
			read_all(fd, 0, &h, sizeof(h)) != 0 || !head_fits(&h, r, wave, st.st_size))
		return -1;
	blocks = h.rows / ROWS_BLOCK;
	marks = blocks * sizeof(*mark);
	mark = pool_array(&scratch, blocks + 1, sizeof(*mark));
	text = pool_take(&scratch, h.bytes + 1);
	rows_room(r, r->n + h.rows);
	if (read_all(fd, sizeof(h), mark, marks) == 0 &&
			read_all(fd, sizeof(h) + marks, text, h.bytes) == 0 &&
			marks_hold(mark, blocks, db, wave) && labels_take(r, &h, text) == 0 &&
			columns_take(&t) == 0 &&
			h.sum == checksum_all(mark, &h, text, t.sum, r->columns))
		rc = 0;
	r->n += rc == 0 ? h.rows : 0;
	pool_clear(&scratch);
	return rc;
}

void
block_load(struct rows *r, struct db *db, int64_t wave)
{
	struct pool scratch = POOL_INIT;
	int rc = 0, fd;

	while (rc == 0) {
		const char *path = path_of(r, db, wave, r->n, &scratch);

		/* A pipe of that name must not hold up who opens it. */
		fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
		if (fd < 0)
			break;
		rc = file_take(r, db, wave, fd);
		close(fd);
	}
	pool_clear(&scratch);
}

/* ---- write ---- */

/* Files of the wave, counted or, but for the one that is kept, removed; and what killed
 * writers left. */
static size_t
files_of(const char *folder, const char *prefix, bool remove, const char *kept)
{
	DIR *dir = opendir(folder);
	struct dirent *e;
	size_t n = 0;

	while (dir != NULL && (e = readdir(dir)) != NULL) {
		if (strncmp(e->d_name, prefix, strlen(prefix)) != 0)
			continue;
		n++;
		if (remove && strcmp(e->d_name, kept) != 0)
			(void)unlinkat(dirfd(dir), e->d_name, 0);
	}
	if (dir != NULL)
		closedir(dir);
	return n;
}

/* Rows first.. in whole blocks, and the labels from number `label` on. */
struct run {
	const struct rows *r;
	size_t first, rows, label;
	struct mark *mark;
	char *text;
	struct head head;
};

/* By what the blocks will be known; -1: the database does not say. */
static int
run_marks(struct run *run, struct db *db, int64_t wave, struct pool *pool)
{
	const int64_t *id = rows_at(run->r, ROWS_ID);
	size_t blocks = run->rows / ROWS_BLOCK;

	run->mark = pool_array(pool, blocks + 1, sizeof(*run->mark));
	for (size_t b = 0; b < blocks; b++) {
		run->mark[b].id = id[run->first + (b + 1) * ROWS_BLOCK - 1];
		if (db_leaf_of(db, wave, run->mark[b].id, run->mark[b].leaf) != 0)
			return -1;
	}
	return 0;
}

static void
run_make(struct run *run, int64_t wave, struct pool *pool)
{
	const struct rows *r = run->r;
	uint64_t sum[ROWS_COLUMNS_MAX];
	size_t at = 0;

	run->head = (struct head){ .layout = LAYOUT, .order = ORDER, .wave = wave,
		.first = run->first, .rows = run->rows, .label = run->label,
		.labels = r->labels.n - run->label, .cell = r->cell };
	memcpy(run->head.magic, magic, sizeof(magic));
	memcpy(run->head.form, r->form->sha256, sizeof(run->head.form));
	for (size_t l = run->label; l < r->labels.n; l++)
		run->head.bytes += strlen(r->labels.text[l]) + 1;
	run->text = pool_take(pool, run->head.bytes + 1);
	for (size_t l = run->label; l < r->labels.n; l++) {
		memcpy(run->text + at, r->labels.text[l], strlen(r->labels.text[l]) + 1);
		at += strlen(r->labels.text[l]) + 1;
	}
	for (size_t c = 0; c < r->columns; c++)
		sum[c] = checksum_column(r->column[c] + run->first * r->width[c],
			run->rows * r->width[c]);
	run->head.sum = checksum_all(run->mark, &run->head, run->text, sum, r->columns);
}

static int
run_write(const struct run *run, const char *path, struct pool *pool)
{
	const struct rows *r = run->r;
	char *beside = pool_fmt(pool, "%s.XXXXXX", path);
	int fd = mkostemp(beside, O_CLOEXEC);
	FILE *f = fd < 0 ? NULL : fdopen(fd, "w");
	bool ok = f != NULL;

	if (f == NULL && fd >= 0)
		close(fd);
	ok = ok && fwrite(&run->head, sizeof(run->head), 1, f) == 1;
	ok = ok && fwrite(run->mark, sizeof(*run->mark), run->rows / ROWS_BLOCK, f) ==
		run->rows / ROWS_BLOCK;
	ok = ok && fwrite(run->text, 1, run->head.bytes, f) == run->head.bytes;
	for (size_t c = 0; ok && c < r->columns; c++)
		ok = fwrite(r->column[c] + run->first * r->width[c], r->width[c], run->rows, f) ==
			run->rows;
	if (f != NULL && fclose(f) != 0)
		ok = false;
	ok = ok && rename(beside, path) == 0;
	if (!ok && fd >= 0)
		(void)unlink(beside);
	return ok ? 0 : -1;
}

void
block_keep(const struct rows *r, struct db *db, int64_t wave, size_t had)
{
	struct pool scratch = POOL_INIT;
	const char *folder = folder_of(db_file(db), &scratch), *prefix, *path;
	struct rows whole = *r;
	struct run run = { .r = &whole, .first = had };
	bool all;

	if (r->n / ROWS_BLOCK == had / ROWS_BLOCK || db_begun(db)) {
		pool_clear(&scratch);
		return;
	}
	if (!db_only_reads(db))
		block_folder(db_file(db));
	prefix = prefix_of(db, wave, r->form, &scratch);
	all = had == 0 || files_of(folder, prefix, false, "") >= FILES_MOST;
	if (all)
		run.first = 0;
	run.rows = r->n / ROWS_BLOCK * ROWS_BLOCK - run.first;
	/* Labels past those the rows use are of later rows. */
	run.label = all ? 1 : label_last(r, 0, had) + 1;
	whole.labels.n = label_last(r, 0, run.first + run.rows) + 1;
	path = path_of(r, db, wave, run.first, &scratch);
	if (run_marks(&run, db, wave, &scratch) == 0) {
		run_make(&run, wave, &scratch);
		if (run_write(&run, path, &scratch) == 0 && all)
			(void)files_of(folder, prefix, true, strrchr(path, '/') + 1);
	}
	pool_clear(&scratch);
}
