/* Faults of a form file: their places, their order, and the nearest right word. */
#include "forms/load/fault.h"

#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/text.h"
#include "base/utf8.h"

enum { WORD_MAX = 64, ARG_CHARS_MAX = 160, LISTED_MAX = 40 };

void
fault_init(struct fault_list *l, const char *source, struct pool *pool)
{
	*l = (struct fault_list){ .pool = pool, .source = source };
	l->fault = pool_array(pool, FORM_FAULTS_MAX + 1, sizeof(l->fault[0]));
}

/* At most so many characters of s, with "…" where it was cut. */
static void
add_cut(struct text *t, const char *s, size_t chars)
{
	size_t n = strlen(s), at = 0, len;

	for (; at < n && chars > 0; chars--, at += len)
		utf8_next(s + at, n - at, &len);
	text_add(t, s, at < n ? at : n);
	text_puts(t, at < n ? "…" : "");
}

/* The words with %1 to %4 filled in. */
static const char *
fill(struct fault_list *l, const struct words *words, const char *const arg[4])
{
	struct text t = TEXT_INIT;
	const char *s;

	for (const char *p = words->in[lang_get()]; *p != '\0'; p++) {
		if (p[0] != '%' || p[1] < '1' || p[1] > '4') {
			text_putc(&t, *p);
			continue;
		}
		p++;
		s = arg[*p - '1'] != NULL ? arg[*p - '1'] : "";
		if (*p == '4')
			text_puts(&t, s);
		else
			add_cut(&t, s, ARG_CHARS_MAX);
	}
	s = pool_strdup(l->pool, text_str(&t));
	text_clear(&t);
	return s;
}

void
fault_put(struct fault_list *l, const char *where, size_t at, enum fault_id id,
	const char *const arg[4])
{
	struct fault *f = &l->fault[l->n];

	if (l->n >= FORM_FAULTS_MAX && id != FAULT_MORE) {
		l->more++;
		return;
	}
	l->n++;
	*f = (struct fault){ .where = where, .what = fill(l, &fault_words[id].what, arg),
		.instead = fill(l, &fault_words[id].instead, arg) };
	if (id == FAULT_MORE)
		return;
	json_where(l->source, where, &f->line, &f->column);
	if (at > 0)
		f->column += at + 1;
}

static int
by_place(const void *a, const void *b)
{
	const struct fault *x = a, *y = b;

	if (x->line != y->line)
		return x->line < y->line ? -1 : 1;
	if (x->column != y->column)
		return x->column < y->column ? -1 : 1;
	return strcmp(x->what, y->what);
}

void
fault_finish(struct fault_list *l)
{
	if (l->n > 0)
		qsort(l->fault, l->n, sizeof(l->fault[0]), by_place);
	if (l->more > 0)
		fault_add(l, "", FAULT_MORE, fault_number(l, l->more));
}

/* Levenshtein distance, letters' case aside; words beyond WORD_MAX count as unlike. */
static size_t
distance(const char *a, const char *b)
{
	size_t row[WORD_MAX + 1], na = strlen(a), nb = strlen(b);

	if (na > WORD_MAX || nb > WORD_MAX)
		return WORD_MAX;
	for (size_t j = 0; j <= nb; j++)
		row[j] = j;
	for (size_t i = 1; i <= na; i++) {
		size_t corner = row[0];

		row[0] = i;
		for (size_t j = 1; j <= nb; j++) {
			size_t best = corner + ((a[i - 1] | 0x20) != (b[j - 1] | 0x20));

			corner = row[j];
			if (row[j] + 1 < best)
				best = row[j] + 1;
			if (row[j - 1] + 1 < best)
				best = row[j - 1] + 1;
			row[j] = best;
		}
	}
	return row[nb];
}

/* The candidate most like the word, or NULL if none is like it. */
static const char *
nearest_of(const char *word, const char *const candidate[])
{
	size_t n = strlen(word), best = n < 2 ? 0 : n < 4 ? 1 : n < 8 ? 2 : 3, d;
	const char *nearest = NULL;

	for (size_t i = 0; candidate[i] != NULL; i++) {
		d = distance(word, candidate[i]);
		if (d <= best && (nearest == NULL || d < best)) {
			best = d;
			nearest = candidate[i];
		}
	}
	return nearest;
}

const char *
fault_suggest(struct fault_list *l, const char *word, const char *const candidate[])
{
	const char *nearest = nearest_of(word, candidate), *all;
	struct text t = TEXT_INIT;

	if (nearest != NULL)
		return pool_fmt(l->pool, LANG_PICK("您是不是想写 %s", "did you mean %s"), nearest);
	text_puts(&t, LANG_PICK("可以写：", "known here: "));
	for (size_t i = 0, n = 0; candidate[i] != NULL && n < LISTED_MAX; i++)
		if (candidate[i][0] != '\0')
			text_fmt(&t, "%s%s", n++ > 0 ? " " : "", candidate[i]);
	all = pool_strdup(l->pool, text_str(&t));
	text_clear(&t);
	return all;
}

void
fault_keys(struct fault_list *l, const json_t *object, const char *where,
	const char *const allowed[])
{
	const char *key;
	json_t *value;

	json_object_foreach((json_t *)object, key, value) {
		size_t i = 0;

		while (allowed[i] != NULL && strcmp(key, allowed[i]) != 0)
			i++;
		if (allowed[i] == NULL)
			fault_add(l, fault_key(l, where, key), FAULT_UNKNOWN_KEY,
				pool_strdup(l->pool, key), NULL, NULL,
				fault_suggest(l, key, allowed));
	}
}

const char *
fault_number(struct fault_list *l, size_t n)
{
	return pool_fmt(l->pool, "%zu", n);
}

const char *
fault_key(struct fault_list *l, const char *where, const char *key)
{
	struct text t = TEXT_INIT;
	const char *p;

	text_puts(&t, where);
	text_putc(&t, '/');
	for (; *key != '\0'; key++)
		if (*key == '~' || *key == '/')
			text_puts(&t, *key == '~' ? "~0" : "~1");
		else
			text_putc(&t, *key);
	p = pool_strdup(l->pool, text_str(&t));
	text_clear(&t);
	return p;
}

const char *
fault_index(struct fault_list *l, const char *where, size_t i)
{
	return pool_fmt(l->pool, "%s/%zu", where, i);
}
