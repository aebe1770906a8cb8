/* One year by sector or dimension, and our city among its peers. */
#include "view/board/indicator.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "view/chart.h"
#include "view/html.h"

/* Dimensions are several indices of the whole city; sectors are parts of one index. */
static bool
by_index(const struct figure figure[], size_t n)
{
	return n > 1 && figure[0].index != NULL && figure[1].index != NULL &&
		strcmp(figure[0].index, figure[1].index) != 0;
}

static const struct words *
label_of(const struct figure *m, bool dimensions)
{
	return dimensions || !board_has(&m->domain_label) ? &m->index_label : &m->domain_label;
}

/* Highest first; what may not be shown comes last and keeps its order. */
static int
compare(const void *a, const void *b)
{
	const struct figure *x = *(const struct figure *const *)a,
		*y = *(const struct figure *const *)b;
	bool sx = board_shown(x), sy = board_shown(y);

	if (sx != sy)
		return sx ? -1 : 1;
	if (sx && x->estimate.value != y->estimate.value)
		return x->estimate.value > y->estimate.value ? -1 : 1;
	return x < y ? -1 : x > y;
}

static void
put_domain_chart(struct text *out, const struct board_frame *frame,
	const struct figure *const *sorted, size_t n, bool dimensions, const char *description)
{
	struct pool pool = POOL_INIT;
	struct chart_bar *bar = pool_array(&pool, n, sizeof(*bar));
	struct board_scale scale = board_scale_of(sorted[0]->form, &sorted[0]->estimate);
	enum word title = dimensions ? WORD_BY_DIMENSION : WORD_BY_SECTOR;
	struct chart_rows chart = {
		.bar = bar, .rail = NAN, .decimals = scale.decimals,
		.title = board_pair(title),
		.description = { { description, description } },
		.unit = board_pair(scale.unit),
	};

	for (size_t i = 0; i < n; i++) {
		const struct estimate *e = &sorted[i]->estimate;

		if (board_scale_of(sorted[i]->form, e).unit != scale.unit)
			continue;	/* a share among points: in the table alone */
		bar[chart.bars++] = (struct chart_bar){ *label_of(sorted[i], dimensions),
			board_shown(sorted[i]) ? e->value * scale.factor : NAN,
			e->low * scale.factor, e->high * scale.factor, false };
	}
	chart_rows(out, &chart, frame->lang);
	pool_clear(&pool);
}

static void
put_domain_row(struct text *out, const struct board_frame *frame, const struct figure *m,
	bool dimensions)
{
	html_lit(out, "<tr><th scope=\"row\">");
	board_words_of(out, frame, label_of(m, dimensions));
	html_lit(out, "</th>");
	board_measured(out, frame, m,
		board_volunteered(m->stream) ? WORD_VALUE_MODEL : WORD_VALUE_INTERVAL);
}

/* Which parts, of which year and stream, and what their order is worth. */
static void
begin_domains(struct text *out, const struct board_frame *frame, const struct figure *first,
	bool dimensions)
{
	bool open = board_volunteered(first->stream);
	char year[16];

	snprintf(year, sizeof(year), "%d", first->year);
	text_fmt(out, "<section class=\"series%s\"><h2>", open ? " open" : "");
	board_say(out, frame, dimensions ? WORD_BY_DIMENSION : WORD_BY_SECTOR);
	html_lit(out, " <small>");
	board_fill(out, frame, WORD_YEAR_ONLY, year, NULL);
	html_lit(out, " ");
	board_say(out, frame, open ? WORD_STREAM_OPEN : WORD_STREAM_SAMPLED);
	html_lit(out, "</small></h2>");
	if (open)
		board_volunteers(out, frame);
	html_lit(out, "<p>");
	board_say(out, frame, WORD_OVERLAP);
	html_lit(out, "</p>");
}

void
board_domains(struct text *out, const struct board_frame *frame, const struct figure figure[],
	size_t n)
{
	static const enum word sample[] = { WORD_PART, WORD_VALUE_INTERVAL, WORD_N, WORD_N_EFF,
		WORD_DEFF, WORD_MAX },
		model[] = { WORD_PART, WORD_VALUE_MODEL, WORD_N, WORD_N_EFF, WORD_DEFF, WORD_MAX };
	struct pool pool = POOL_INIT;
	const struct figure **sorted;
	bool dimensions = by_index(figure, n);

	if (n == 0)
		return;
	sorted = pool_array(&pool, n, sizeof(*sorted));
	for (size_t i = 0; i < n; i++)
		sorted[i] = &figure[i];
	qsort(sorted, n, sizeof(*sorted), compare);
	begin_domains(out, frame, &figure[0], dimensions);
	html_lit(out, "<figure>");
	put_domain_chart(out, frame, sorted, n, dimensions, board_word(WORD_TABLE_BELOW,
		frame->lang));
	html_lit(out, "</figure><table class=\"numbers stack\">");
	board_head(out, frame, board_volunteered(figure[0].stream) ? model : sample);
	html_lit(out, "<tbody>");
	for (size_t i = 0; i < n; i++)
		put_domain_row(out, frame, sorted[i], dimensions);
	html_lit(out, "</tbody></table></section>\n");
	pool_clear(&pool);
}

/* "第 8 名（考虑抽样误差，可能在第 4–13 名之间）" */
static void
put_place(struct text *out, const struct board_frame *frame, const struct rank_row *rank)
{
	char place[16], set[40];

	snprintf(place, sizeof(place), "%d", rank->rank);
	snprintf(set, sizeof(set), "%d–%d", rank->low, rank->high);
	board_fill(out, frame,
		rank->low == rank->high ? WORD_PLACE_ONLY : WORD_PLACE_SET, place, set);
}

/* "86%", "大于 99%": a simulated probability is never sure. */
static const char *
chance(char p[16], double p_top, enum lang lang)
{
	if (p_top > 0.99)
		return lang == LANG_ZH ? "大于 99%" : "over 99%";
	if (p_top < 0.01)
		return lang == LANG_ZH ? "小于 1%" : "under 1%";
	snprintf(p, 16, "%.0f%%", p_top * 100);
	return p;
}

static void
put_rank_row(struct text *out, const struct board_frame *frame, const struct rank_row *rank)
{
	char p[16];

	text_fmt(out, "<tr%s><th scope=\"row\">", rank->ours ? " class=\"ours\"" : "");
	board_verbatim(out, frame, rank->city);
	html_lit(out, "</th>");
	board_cell(out, frame, WORD_PLACE);
	put_place(out, frame, rank);
	html_lit(out, "</td>");
	board_cell(out, frame, WORD_SCORE);
	html_number(out, rank->score, 2);
	html_lit(out, "</td>");
	board_cell(out, frame, WORD_SE);
	html_number(out, rank->se, 2);
	html_lit(out, "</td>");
	board_cell(out, frame, WORD_P_TOP);
	if (isfinite(rank->p_top))
		html_text(out, chance(p, rank->p_top, frame->lang));
	else
		html_lit(out, "—");
	html_lit(out, "</td></tr>");
}

static void
put_rank_sentence(struct text *out, const struct board_frame *frame, const struct rank_row rank[],
	size_t n)
{
	char p[16];

	for (size_t i = 0; i < n; i++) {
		if (!rank[i].ours)
			continue;
		html_lit(out, "<p>");
		board_verbatim(out, frame, rank[i].city);
		html_lit(out, " ");
		put_place(out, frame, &rank[i]);
		if (isfinite(rank[i].p_top)) {
			board_say(out, frame, WORD_COMMA);
			board_fill(out, frame, WORD_P_TOP_IS,
				chance(p, rank[i].p_top, frame->lang), NULL);
		}
		board_say(out, frame, WORD_PERIOD);
		html_lit(out, " ");
		board_say(out, frame, WORD_RANK_CAUTION);
		html_lit(out, "</p>");
	}
}

static void
put_rank_chart(struct text *out, const struct board_frame *frame, const struct rank_row rank[],
	size_t n)
{
	struct pool pool = POOL_INIT;
	struct chart_bar *bar = pool_array(&pool, n, sizeof(*bar));
	const char *below = board_word(WORD_TABLE_BELOW, frame->lang);
	struct chart_rows chart = {
		.bar = bar, .bars = n, .rail = 10, .reversed = true, .decimals = 0,
		.title = board_pair(WORD_RANKS),
		.description = { { below, below } },
		.unit = board_pair(WORD_PLACE),
		.rail_label = board_pair(WORD_TENTH),
	};

	for (size_t i = 0; i < n; i++)
		bar[i] = (struct chart_bar){ { { rank[i].city, rank[i].city } }, rank[i].rank,
			rank[i].low, rank[i].high, rank[i].ours };
	chart_rows(out, &chart, frame->lang);
	pool_clear(&pool);
}

void
board_ranks(struct text *out, const struct board_frame *frame, const struct rank_row rank[],
	size_t n)
{
	static const enum word column[] = { WORD_CITY, WORD_PLACE, WORD_SCORE, WORD_SE, WORD_P_TOP,
		WORD_MAX };

	if (n == 0)
		return;
	html_lit(out, "<section class=\"series\"><h2>");
	board_say(out, frame, WORD_RANKS);
	html_lit(out, "</h2>");
	put_rank_sentence(out, frame, rank, n);
	html_lit(out, "<figure>");
	put_rank_chart(out, frame, rank, n);
	html_lit(out, "<figcaption>");
	board_say(out, frame, WORD_CAPTION_RANKS);
	html_lit(out, "</figcaption></figure><table class=\"numbers stack\">");
	board_head(out, frame, column);
	html_lit(out, "<tbody>");
	for (size_t i = 0; i < n; i++)
		put_rank_row(out, frame, &rank[i]);
	html_lit(out, "</tbody></table></section>\n");
}
