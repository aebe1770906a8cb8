/* Cells of a table into numbers, row by row on several threads: each cell is looked at once. */
#include "stats/frame_in.h"

#include <endian.h>
#include <stdlib.h>
#include <string.h>

#include "stats/parallel.h"

enum {
	SHORT = 8,		/* bytes of a cell that is its own key */
	SLOTS_FIRST = 64,
	APART = 65536		/* different cells of a part, beyond which places are kept */
};

/* Every byte of a word, and its highest bit. */
#define EACH UINT64_C(0x0101010101010101)
#define HIGH (EACH << 7)
/* 2^64 over the golden ratio: keys near each other come far apart. */
#define SPREAD UINT64_C(0x9e3779b97f4a7c15)

struct frame_slot {
	uint64_t key;
	uint32_t at;		/* where the first such cell begins */
	uint32_t number;	/* from 1; 0: free */
};

static void *
heap(size_t n, size_t size)
{
	void *p = calloc(n + 1, size);

	if (p == NULL)
		err_die("out of memory");
	pool_advise(p, n * size);
	return p;
}

/* ---- dictionaries ---- */

static inline uint64_t
word_at(const char *p)
{
	uint64_t word;

	memcpy(&word, p, sizeof(word));
	return le64toh(word);
}

/* A short cell is its key; the last byte of a long one's, where text begins, is 0. */
static inline uint64_t
key_of(const char *cell, size_t n)
{
	uint64_t h = n;

	if (n < SHORT)
		return word_at(cell) & ((UINT64_C(1) << 8 * n) - 1);
	if (n == SHORT)
		return word_at(cell);
	for (; n > SHORT; n -= SHORT, cell += SHORT) {
		h = (h ^ word_at(cell)) * SPREAD;
		h ^= h >> 29;
	}
	h ^= n == SHORT ? word_at(cell) : word_at(cell) & ((UINT64_C(1) << 8 * n) - 1);
	return h * SPREAD << 8;
}

static inline size_t
slot_of(uint64_t key, size_t size)
{
	return (size_t)(key * SPREAD >> 32) & (size - 1);
}

static bool
same_text(const struct frame_met *m, uint32_t at, uint32_t other, size_t n)
{
	return memcmp(m->base + at, m->base + other, n) == 0 &&
		m->stops[(unsigned char)m->base[other + n]];
}

static void
dict_grow(struct frame_dict *d)
{
	struct frame_dict old = *d;
	size_t i;

	d->size = old.size == 0 ? SLOTS_FIRST : 4 * old.size;
	d->slot = heap(d->size, sizeof(*d->slot));
	for (size_t k = 0; k < old.size; k++)
		if (old.slot[k].number != 0) {
			i = slot_of(old.slot[k].key, d->size);
			while (d->slot[i].number != 0)
				i = (i + 1) & (d->size - 1);
			d->slot[i] = old.slot[k];
		}
	free(old.slot);
}

/* A word for totals makes a row one that csv_rows() has to judge. */
static bool
is_total(const char *cell, size_t n)
{
	char copy[32];
	const char *text = copy;

	if (n >= sizeof(copy) || (*cell >= '0' && *cell <= '9'))
		return false;
	memcpy(copy, cell, n);
	copy[n] = '\0';
	return csv_total(&text, 1) >= 0;
}

static uint32_t
dict_add(struct frame_met *m, struct frame_part *w, struct frame_dict *d, struct frame_slot *slot,
	uint64_t key, uint32_t at, size_t n)
{
	if (d->n == d->room) {
		d->room = d->room == 0 ? 16 : 2 * d->room;
		d->at = reallocarray(d->at, d->room, sizeof(*d->at));
		if (d->at == NULL)
			err_die("out of memory");
	}
	d->at[d->n++] = at;
	*slot = (struct frame_slot){ key, at, (uint32_t)d->n };
	w->odd |= is_total(m->base + at, n);
	if (2 * d->n > d->size)
		dict_grow(d);
	return (uint32_t)d->n - 1;
}

static inline uint32_t
number_of(struct frame_met *m, struct frame_part *w, struct frame_dict *d, const char *cell,
	size_t n, uint64_t key)
{
	uint32_t at = (uint32_t)(cell - m->base);

	for (size_t i = slot_of(key, d->size);; i = (i + 1) & (d->size - 1)) {
		struct frame_slot *s = &d->slot[i];

		if (s->number == 0)
			return dict_add(m, w, d, s, key, at, n);
		if (s->key == key && (n <= SHORT || same_text(m, at, s->at, n)))
			return s->number - 1;
	}
}

/* ---- columns ---- */

/* The column's codes of 32 bits, which the first part that needs them makes for all. */
static uint32_t *
wide_of(struct frame_met *m, size_t c)
{
	uint32_t *code = m->code[c], *fresh;

	if (code != NULL)
		return code;
	fresh = heap(m->rows, sizeof(*fresh));
	if (atomic_compare_exchange_strong(&m->code[c], &code, fresh))
		return fresh;
	free(fresh);
	return code;
}

/* What was put down of the part's first rows, in 32 bits. */
static void
widen(struct frame_met *m, const struct frame_part *w, size_t c, size_t rows)
{
	const uint8_t *code8 = m->code8[c] + w->row;
	struct frame_dict *d = &w->dict[c];

	d->code = wide_of(m, c) + w->row;
	for (size_t r = 0; r < rows; r++)
		d->code[r] = code8[r] == FRAME_NONE8 ? FRAME_NONE : code8[r];
	d->way = FRAME_WIDE;
}

/* Places in the place of numbers: too many cells are different. */
static void
part_from(struct frame_dict *d, size_t rows)
{
	for (size_t r = 0; r < rows; r++)
		if (d->code[r] != FRAME_NONE)
			d->code[r] = d->at[d->code[r]];
	d->way = FRAME_APART;
	free(d->slot);
	free(d->at);
	d->slot = NULL;
	d->at = NULL;
	d->n = d->size = 0;
}

/* In 32 bits; the number is new where it is the dictionary's last. */
static void
put_wide(struct frame_met *m, struct frame_part *w, size_t c, size_t r, uint32_t number)
{
	struct frame_dict *d = &w->dict[c];

	if (d->way == FRAME_BYTE)
		widen(m, w, c, r);
	d->code[r] = number;
	if (d->n > APART)
		part_from(d, r + 1);
}

static inline __attribute__((always_inline)) void
put(struct frame_met *m, struct frame_part *w, size_t c, size_t r, const char *cell, size_t n,
	uint64_t key)
{
	struct frame_dict *d = &w->dict[c];
	uint32_t number = FRAME_NONE;

	if (d->way == FRAME_APART) {
		d->code[r] = n == 0 ? FRAME_NONE : (uint32_t)(cell - m->base);
		w->odd |= is_total(cell, n);
		return;
	}
	if (n > 0)
		number = number_of(m, w, d, cell, n, key);
	if (d->way == FRAME_BYTE && number + 1 <= FRAME_NONE8)
		m->code8[c][w->row + r] = (uint8_t)number;
	else
		put_wide(m, w, c, r, number);
}

/* ---- plain rows ---- */

struct plain {
	struct frame_met *m;
	uint64_t delimiter, newline;	/* in every byte of a word */
	bool cr;			/* lines end with CR LF */
};

/* The highest bit of the first byte that is 0, and perhaps of later ones. */
static inline uint64_t
zeros(uint64_t word)
{
	return (word - EACH) & ~word & HIGH;
}

/* Where the cell at p ends. */
static inline char *
cell_end(const struct plain *a, char *p)
{
	uint64_t word, stop;

	for (;; p += sizeof(word)) {
		word = word_at(p);
		stop = zeros(word ^ a->delimiter) | zeros(word ^ a->newline);
		if (stop != 0)
			return p + (__builtin_ctzll(stop) >> 3);
	}
}

/* One row; NULL: it is not plain. */
static inline char *
row_put(const struct plain *a, struct frame_part *w, size_t r, char *p)
{
	size_t columns = a->m->columns, n, some = 0;
	char delimiter = (char)(a->delimiter & 0xff), *end;

	for (size_t c = 0; c < columns; c++, p = end + 1) {
		bool last = c + 1 == columns;

		end = cell_end(a, p);
		n = (size_t)(end - p);
		if (*end != (last ? '\n' : delimiter))
			return NULL;
		if (last && a->cr && (n == 0 || p[--n] != '\r'))
			return NULL;
		some |= n;
		put(a->m, w, c, r, p, n, key_of(p, n));
	}
	return some != 0 ? p : NULL;
}

static void
part_put(void *arg, size_t k)
{
	const struct plain *a = arg;
	struct frame_part *w = &a->m->part[k];
	char *p = w->p;

	for (size_t r = 0; r < w->rows && !w->odd; r++) {
		p = row_put(a, w, r, p);
		w->odd |= p == NULL;
	}
}

static size_t
count_byte(const char *p, const char *end, char c)
{
	size_t n = 0;

	while (p < end && (p = memchr(p, c, (size_t)(end - p))) != NULL) {
		n++;
		p++;
	}
	return n;
}

static void
part_count(void *arg, size_t k)
{
	const struct plain *a = arg;
	struct frame_part *w = &a->m->part[k];

	w->rows = count_byte(w->p, w->end, '\n');
	w->odd = memchr(w->p, '"', (size_t)(w->end - w->p)) != NULL ||
		count_byte(w->p, w->end, '\r') != (a->cr ? w->rows : 0);
}

/* ---- parts ---- */

/* Whole lines, about as many bytes in each part. */
static void
bytes_share(struct frame_met *m, char *p, char *end)
{
	size_t n = (size_t)(end - p);
	char *from = p, *to;

	for (size_t k = 0; k < m->parts; k++, p = to) {
		to = k + 1 == m->parts ? end : from + n / m->parts * (k + 1);
		if (to < p)
			to = p;
		if (to < end && to > from && to[-1] != '\n')
			to = (char *)memchr(to, '\n', (size_t)(end - to)) + 1;
		m->part[k].p = p;
		m->part[k].end = to;
	}
}

static void
met_open(struct frame_met *m, const struct csv *csv, const struct csv_rest *rest, size_t parts,
	struct pool *pool)
{
	*m = (struct frame_met){ .base = rest->p, .columns = csv->columns, .parts = parts };
	m->part = pool_array(pool, parts, sizeof(*m->part));
	m->code8 = pool_array(pool, m->columns, sizeof(*m->code8));
	m->code = pool_array(pool, m->columns, sizeof(*m->code));
	m->stops[0] = true;
}

/* Room for rows whose number is known. */
static void
met_room(struct frame_met *m, struct pool *pool)
{
	for (size_t k = 0; k < m->parts; k++) {
		m->part[k].row = m->rows;
		m->rows += m->part[k].rows;
		m->part[k].dict = pool_array(pool, m->columns, sizeof(*m->part->dict));
		for (size_t c = 0; c < m->columns; c++)
			dict_grow(&m->part[k].dict[c]);
	}
	for (size_t c = 0; c < m->columns; c++)
		m->code8[c] = heap(m->rows, 1);
}

static void
heap_keep(void *p, bool keep, struct pool *pool)
{
	if (keep)
		pool_adopt(pool, p);
	else
		free(p);
}

/* What is on the heap: to the pool, or away. */
static void
met_close(struct frame_met *m, bool keep, struct pool *pool)
{
	for (size_t k = 0; k < m->parts; k++)
		for (size_t c = 0; m->part[k].dict != NULL && c < m->columns; c++) {
			struct frame_dict *d = &m->part[k].dict[c];

			free(d->slot);
			d->slot = NULL;
			heap_keep(d->at, keep, pool);
		}
	for (size_t c = 0; c < m->columns; c++) {
		heap_keep(m->code8[c], keep, pool);
		heap_keep(m->code[c], keep, pool);
	}
}

static bool
any_odd(const struct frame_met *m)
{
	bool odd = false;

	for (size_t k = 0; k < m->parts; k++)
		odd |= m->part[k].odd;
	return odd;
}

static bool
ends_cr(const struct csv_rest *rest)
{
	const char *end = memchr(rest->p, '\n', (size_t)(rest->end - rest->p));

	return end != NULL && end > rest->p && end[-1] == '\r';
}

bool
frame_met_plain(struct frame_met *m, const struct csv *csv, const struct csv_rest *rest,
	size_t parts, struct pool *pool)
{
	struct plain a = { m, EACH * (unsigned char)csv->delimiter, EACH * '\n', ends_cr(rest) };
	char *end = rest->end;
	bool odd;

	if (rest->p == end || rest->width != csv->columns || end[-1] == '\r')
		return false;
	/* The last line may lack its end. */
	if (csv->open_end)
		*end++ = '\n';
	met_open(m, csv, rest, parts, pool);
	m->stops['\n'] = m->stops['\r'] = m->stops[(unsigned char)csv->delimiter] = true;
	bytes_share(m, rest->p, end);
	parallel_each(parts, part_count, &a);
	odd = any_odd(m);
	if (!odd) {
		met_room(m, pool);
		parallel_each(parts, part_put, &a);
		odd = any_odd(m);
		met_close(m, !odd, pool);
	}
	*rest->end = '\0';
	return !odd;
}

/* ---- cells ---- */

struct listed {
	struct frame_met *m;
	const struct csv *csv;
};

static void
part_list(void *arg, size_t k)
{
	const struct listed *a = arg;
	struct frame_part *w = &a->m->part[k];
	const size_t columns = a->m->columns;

	for (size_t r = 0; r < w->rows; r++)
		for (size_t c = 0; c < columns; c++) {
			const char *cell = a->csv->cell[(w->row + r) * columns + c];
			size_t n = strlen(cell);

			put(a->m, w, c, r, cell, n, key_of(cell, n));
		}
}

void
frame_met_cells(struct frame_met *m, const struct csv *csv, const struct csv_rest *rest,
	size_t parts, struct pool *pool)
{
	struct listed a = { m, csv };

	met_open(m, csv, rest, parts, pool);
	for (size_t k = 0; k < parts; k++)
		m->part[k].rows = csv->rows * (k + 1) / parts - csv->rows * k / parts;
	met_room(m, pool);
	parallel_each(parts, part_list, &a);
	met_close(m, true, pool);
}

const char *
frame_met_text(const struct frame_met *m, uint32_t at)
{
	char *p = m->base + at;

	while (!m->stops[(unsigned char)*p])
		p++;
	*p = '\0';
	return m->base + at;
}
