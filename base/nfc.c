/* Normalization Form C, after UAX #15: take apart, sort the marks, put together. */
#include "base/nfc.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/nfc_data.h"
#include "base/text.h"
#include "base/utf8.h"

/* Hangul syllables are computed (The Unicode Standard, 3.12). */
enum { L = 0x1100, V = 0x1161, T = 0x11a7, S = 0xac00, V_N = 21, T_N = 28, S_N = 11172, L_N = 19 };

/* The longest canonical decomposition has four characters. */
enum { APART_MAX = 4 };

struct mark {
	uint32_t c;
	unsigned int class;
	size_t at;		/* where it stood */
};

static unsigned int
class_of(uint32_t c)
{
	size_t low = 0, high = NFC_CLASSES;

	if (c < 0x300)
		return 0;
	while (low < high) {
		size_t middle = (low + high) / 2;

		if (c > nfc_class[middle].last)
			low = middle + 1;
		else
			high = middle;
	}
	return low < NFC_CLASSES && c >= nfc_class[low].first ? nfc_class[low].class : 0;
}

static const struct nfc_pair *
pair_of(uint32_t c)
{
	size_t low = 0, high = NFC_PAIRS;

	while (low < high) {
		size_t middle = (low + high) / 2;

		if (c > nfc_pair[middle].c)
			low = middle + 1;
		else
			high = middle;
	}
	return low < NFC_PAIRS && nfc_pair[low].c == c ? &nfc_pair[low] : NULL;
}

static void
take_apart(struct mark *out, size_t *n, uint32_t c)
{
	const struct nfc_pair *pair = c < 0xc0 ? NULL : pair_of(c);

	if (c >= S && c < S + S_N) {
		uint32_t i = c - S;

		out[(*n)++] = (struct mark){ L + i / (V_N * T_N), 0, 0 };
		out[(*n)++] = (struct mark){ V + i % (V_N * T_N) / T_N, 0, 0 };
		if (i % T_N > 0)
			out[(*n)++] = (struct mark){ T + i % T_N, 0, 0 };
	} else if (pair != NULL) {
		take_apart(out, n, pair->a);
		if (pair->b != 0)
			take_apart(out, n, pair->b);
	} else {
		out[(*n)++] = (struct mark){ c, class_of(c), 0 };
	}
}

/* ---- together ---- */

static const struct nfc_pair *made[NFC_PAIRS];	/* those that compose, by their parts */
static size_t made_n;
static pthread_once_t sorted = PTHREAD_ONCE_INIT;

static int
by_parts(uint32_t a, uint32_t b, const struct nfc_pair *pair)
{
	if (a != pair->a)
		return a < pair->a ? -1 : 1;
	return b < pair->b ? -1 : b > pair->b;
}

static int
compare(const void *x, const void *y)
{
	const struct nfc_pair *const *a = x, *const *b = y;

	return by_parts((*a)->a, (*a)->b, *b);
}

static void
sort_made(void)
{
	for (size_t i = 0; i < NFC_PAIRS; i++)
		if (nfc_pair[i].composes)
			made[made_n++] = &nfc_pair[i];
	qsort(made, made_n, sizeof(made[0]), compare);
}

/* What a and b make; 0: nothing. */
static uint32_t
together(uint32_t a, uint32_t b)
{
	size_t low = 0, high = made_n;

	if (a >= L && a < L + L_N && b >= V && b < V + V_N)
		return S + ((a - L) * V_N + b - V) * T_N;
	if (a >= S && a < S + S_N && (a - S) % T_N == 0 && b > T && b < T + T_N)
		return a + b - T;
	while (low < high) {
		size_t middle = (low + high) / 2;
		int order = by_parts(a, b, made[middle]);

		if (order == 0)
			return made[middle]->c;
		if (order > 0)
			low = middle + 1;
		else
			high = middle;
	}
	return 0;
}

/* Marks behind one letter, in the order of their classes; equal ones stay as they are. */
static int
by_class(const void *x, const void *y)
{
	const struct mark *a = x, *b = y;

	if (a->class != b->class)
		return a->class < b->class ? -1 : 1;
	return a->at < b->at ? -1 : a->at > b->at;
}

static void
sort_marks(struct mark *mark, size_t n)
{
	size_t end;

	for (size_t i = 0; i < n; i = end) {
		end = i + 1;
		if (mark[i].class == 0)
			continue;
		while (end < n && mark[end].class != 0)
			end++;
		for (size_t k = i; k < end; k++)
			mark[k].at = k;
		if (end - i > 1)
			qsort(mark + i, end - i, sizeof(mark[0]), by_class);
	}
}

/* Put each mark into the letter before it unless another stands between; returns how many are left. */
static size_t
put_together(struct mark *mark, size_t n)
{
	size_t kept = 0, letter = SIZE_MAX;

	for (size_t i = 0; i < n; i++) {
		bool blocked = letter == SIZE_MAX || (kept > letter + 1 && (mark[kept - 1].class == 0 ||
		    mark[kept - 1].class >= mark[i].class));
		uint32_t c = blocked ? 0 : together(mark[letter].c, mark[i].c);

		if (c != 0) {
			mark[letter].c = c;
			continue;
		}
		if (mark[i].class == 0)
			letter = kept;
		mark[kept++] = mark[i];
	}
	return kept;
}

static void
write_one(struct text *out, uint32_t c)
{
	if (c < 0x80) {
		text_putc(out, (char)c);
		return;
	}
	if (c < 0x800) {
		text_putc(out, (char)(0xc0 | c >> 6));
	} else {
		if (c < 0x10000) {
			text_putc(out, (char)(0xe0 | c >> 12));
		} else {
			text_putc(out, (char)(0xf0 | c >> 18));
			text_putc(out, (char)(0x80 | (c >> 12 & 0x3f)));
		}
		text_putc(out, (char)(0x80 | (c >> 6 & 0x3f)));
	}
	text_putc(out, (char)(0x80 | (c & 0x3f)));
}

char *
nfc(const char *s, size_t n, struct pool *pool)
{
	struct mark *mark = pool_array(pool, utf8_count(s, n) * APART_MAX + 1, sizeof(mark[0]));
	struct text out = TEXT_INIT;
	size_t marks = 0, len;
	char *copy;

	pthread_once(&sorted, sort_made);
	for (size_t i = 0; i < n; i += len)
		take_apart(mark, &marks, utf8_next(s + i, n - i, &len));
	sort_marks(mark, marks);
	marks = put_together(mark, marks);
	for (size_t i = 0; i < marks; i++)
		write_one(&out, mark[i].c);
	copy = pool_strndup(pool, text_str(&out), out.n);
	text_clear(&out);
	return copy;
}
