/* Faults of a form file: their places, their order, and the nearest right word. */
#include "forms/fault.h"

#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/text.h"
#include "base/utf8.h"

enum { WORD_MAX = 64 };

void
fault_init(struct fault_list *l, const char *source, struct pool *pool)
{
	*l = (struct fault_list){ .pool = pool, .source = source };
	l->fault = pool_array(pool, FORM_FAULTS_MAX + 1, sizeof(l->fault[0]));
}

void
fault_add_at(struct fault_list *l, const char *where, size_t at, const char *what,
    const char *instead)
{
	struct fault *f;

	if (l->n >= FORM_FAULTS_MAX) {
		l->more++;
		return;
	}
	f = &l->fault[l->n++];
	*f = (struct fault){ .where = where, .what = what, .instead = instead };
	json_where(l->source, where, &f->line, &f->column);
	if (at > 0)
		f->column += at + 1;
}

void
fault_add(struct fault_list *l, const char *where, const char *what, const char *instead)
{
	fault_add_at(l, where, 0, what, instead);
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
		l->fault[l->n++] = (struct fault){ .where = "",
		    .what = SAY(l, "还有 %zu 处问题没有列出", "%zu more faults are not listed", l->more),
		    .instead = LANG_PICK("先改正以上各处，再检查一次", "mend these first, then check again") };
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

const char *
fault_nearest(const char *word, const char *const candidate[])
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
	const char *nearest = fault_nearest(word, candidate), *all;
	struct text t = TEXT_INIT;

	if (nearest != NULL)
		return SAY(l, "您是不是想写 %s", "did you mean %s", nearest);
	for (size_t i = 0; candidate[i] != NULL && i < 40; i++) {
		text_puts(&t, i > 0 ? " " : "");
		text_puts(&t, candidate[i]);
	}
	all = SAY(l, "可以写：%s", "known here: %s", text_str(&t));
	text_clear(&t);
	return all;
}

void
fault_keys(struct fault_list *l, const json_t *object, const char *where,
    const char *const allowed[])
{
	const char *key, *name;
	json_t *value;

	json_object_foreach((json_t *)object, key, value) {
		size_t i = 0;

		while (allowed[i] != NULL && strcmp(key, allowed[i]) != 0)
			i++;
		if (allowed[i] != NULL)
			continue;
		name = strlen(key) > WORD_MAX ? "…" : key;
		fault_add(l, fault_key(l, where, key), SAY(l, "不认识的字段 %s", "unknown key %s", name),
		    fault_suggest(l, key, allowed));
	}
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
