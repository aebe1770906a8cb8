/* Scores of a form as lines of R. */
#include <string.h>

#include "seal/sealed_in.h"

static void
add_column(struct sealed_work *w, const char *name, const char *item, enum column_kind kind)
{
	for (size_t i = 0; i < w->columns; i++)
		if (strcmp(w->column[i].name, name) == 0)
			return;
	if (w->columns < SEALED_COLUMNS)
		w->column[w->columns++] = (struct sealed_column){ name, item, kind };
}

/* c("a", "b") of names separated by spaces; one name stands alone. */
static void
put_strings(struct text *out, const char *const name[], size_t n)
{
	text_puts(out, n == 1 ? "" : "c(");
	for (size_t i = 0; i < n; i++)
		text_fmt(out, "%s\"%s\"", i > 0 ? ", " : "", name[i]);
	text_puts(out, n == 1 ? "" : ")");
}

static void
put_codes(struct text *out, const int code[], size_t n)
{
	text_puts(out, n == 1 ? "" : "c(");
	for (size_t i = 0; i < n; i++)
		text_fmt(out, "%s%d", i > 0 ? ", " : "", code[i]);
	text_puts(out, n == 1 ? "" : ")");
}

/* Names of the choices in a mask. */
static void
put_mask(struct text *out, const struct item *item, const struct scan_set *mask)
{
	const char *name[FORM_CHOICES_MAX];
	size_t n = 0;

	for (size_t i = 0; i < item->choices; i++)
		if (scan_ticked(mask, i))
			name[n++] = item->choice[i].name;
	put_strings(out, name, n);
}

/* The item of a score that is read as it stands; its column. */
static const char *
item_column(struct sealed_work *w, const struct form *form, size_t item)
{
	const char *name = form->item[item].name;

	add_column(w, name, name, COLUMN_ITEM);
	return name;
}

static void
put_mean(struct text *out, struct sealed_work *w, const struct form *form,
	const struct score *score)
{
	const char *name[FORM_ITEMS_MAX];
	int weight[FORM_ITEMS_MAX];

	for (size_t i = 0; i < score->items; i++) {
		name[i] = item_column(w, form, score->item[i]);
		weight[i] = score->weight == NULL ? 1 : score->weight[i];
	}
	text_puts(out, "person_mean(");
	put_strings(out, name, score->items);
	text_puts(out, ", ");
	put_codes(out, weight, score->items);
	text_fmt(out, ", least = %zu, %d, %d)", score->least == 0 ? score->items : score->least,
		score->lo, score->hi);
}

static void
put_share(struct text *out, struct sealed_work *w, const struct scores *s,
	const struct score *score)
{
	text_fmt(out, "share(\"%s\", ", item_column(w, s->form, score->item[0]));
	put_codes(out, score->in, score->ins);
	text_fmt(out, ", %d, %d)", score->lo, score->hi);
}

/* Words by their codes: those of the hotlines, any other is 1. */
static void
put_words(struct text *out, struct sealed_work *w, const struct scores *s,
	const struct score *score)
{
	const char *item = s->form->item[score->item[0]].name,
		*name = pool_fmt(w->pool, "%s.code", item);

	add_column(w, name, item, COLUMN_CODE);
	text_fmt(out, "share(\"%s\", ", name);
	put_codes(out, rows_hotline, ROWS_HOTLINES);
	text_puts(out, ", 1, 99999)");
}

/* A multiple, with or without those who ticked a decoy. */
static void
put_chosen(struct text *out, struct sealed_work *w, const struct scores *s,
	const struct score *score)
{
	const struct item *item = &s->form->item[score->item[0]];

	text_fmt(out, "chosen(\"%s\", ", item_column(w, s->form, score->item[0]));
	put_mask(out, item, &score->mask);
	if ((score->without.bit[0] | score->without.bit[1]) != 0) {
		text_puts(out, ", without = ");
		put_mask(out, item, &score->without);
	}
	text_putc(out, ')');
}

/* The column of a score: the one that is made the same way already, or a new one. */
static const char *
score_define(struct sealed_work *w, const struct scores *s, const struct score *score)
{
	struct text t = TEXT_INIT;
	const char *name = score->name, *text;
	int version = 1;

	if (score->kind == SCORE_SCALE)
		text_fmt(&t, "points(\"%s\", %d, %d)", item_column(w, s->form, score->item[0]),
			score->lo, score->hi);
	else if (score->kind == SCORE_MEAN)
		put_mean(&t, w, s->form, score);
	else if (score->kind == SCORE_SHARE)
		put_share(&t, w, s, score);
	else if (score->kind == SCORE_WORDS)
		put_words(&t, w, s, score);
	else
		put_chosen(&t, w, s, score);
	text = pool_strdup(w->pool, text_str(&t));
	text_clear(&t);
	for (size_t i = 0; i < w->scores; i++) {
		if (strcmp(w->score[i].column, name) != 0)
			continue;
		if (strcmp(w->score[i].text, text) == 0)
			return name;
		name = pool_fmt(w->pool, "%s.%d", score->name, ++version);
		i = (size_t)-1;
	}
	if (w->scores == SEALED_SCORES)
		return NULL;
	w->score[w->scores++] = (struct sealed_score){ name, text };
	return name;
}

/* c("sex", "age") of "sex age", each a column. */
static void
put_margins(struct text *out, struct sealed_work *w, const char *margins)
{
	const char *name[SEALED_COLUMNS], *p = margins;
	size_t n = 0, length;

	while (*(p += strspn(p, " ")) != '\0' && n < SEALED_COLUMNS) {
		length = strcspn(p, " ");
		name[n] = pool_strndup(w->pool, p, length);
		add_column(w, name[n], name[n], COLUMN_LEVEL);
		n++;
		p += length;
	}
	put_strings(out, name, n);
}

/* c(S01 = 2, S02 = 1.5) of "S01=2 S02=1.5". */
static void
put_weights(struct text *out, const char *weights)
{
	const char *p = weights, *sep = "";

	text_puts(out, ", weight = c(");
	while (*(p += strspn(p, " ,")) != '\0') {
		size_t n = strcspn(p, " ,"), name = strcspn(p, "=");

		if (name < n)
			text_fmt(out, "%s\"%.*s\" = %.*s", sep, (int)name, p, (int)(n - name - 1),
				p + name + 1);
		sep = ", ";
		p += n;
	}
	text_putc(out, ')');
}

/* Scores of the figure, and how they are weighted. */
static int
put_parts(struct text *out, struct sealed_work *w, struct sealed_wave *wave,
	const struct scores_figure *figure, enum scores_set set)
{
	const struct scores *s = &wave->scores;
	const char *name[8];

	for (size_t i = 0; i < figure->parts; i++) {
		name[i] = score_define(w, s, &s->score[set][figure->part[i]]);
		if (name[i] == NULL)
			return -1;
	}
	text_puts(out, "score = ");
	put_strings(out, name, figure->parts);
	if (figure->by_sector) {
		add_column(w, "sector", "sector", COLUMN_LEVEL);
		text_puts(out, ", by = \"sector\"");
		if (w->weights[0] != '\0')
			put_weights(out, w->weights);
		return 0;
	}
	text_puts(out, figure->parts == 1 ? ", weight = 1" : ", weight = c(");
	for (size_t i = 0; i < figure->parts && figure->parts > 1; i++)
		text_fmt(out, "%s%.17g", i > 0 ? ", " : "", figure->weight[i]);
	text_puts(out, figure->parts == 1 ? "" : ")");
	return 0;
}

const char *
sealed_figure(struct sealed_work *w, struct sealed_wave *wave, const char *index,
	enum stream stream, const char *margins, bool korn)
{
	enum scores_set set;
	const struct scores_figure *figure = scores_find(&wave->scores, index, &set);
	struct text t = TEXT_INIT;
	const char *s = NULL;

	if (figure == NULL)
		return NULL;
	wave->stream[stream] = true;
	text_fmt(&t, "list(wave = \"%s\", stream = \"%s\", ", wave->name, stream_name(stream));
	if (margins[0] != '\0') {
		text_puts(&t, "rake = ");
		put_margins(&t, w, margins);
		text_puts(&t, ", ");
	}
	if (put_parts(&t, w, wave, figure, set) == 0) {
		text_fmt(&t, ", upper = %d%s)", figure->share ? 1 : 100,
			korn ? ", korn = TRUE" : "");
		s = pool_strdup(w->pool, text_str(&t));
	}
	text_clear(&t);
	return s;
}
