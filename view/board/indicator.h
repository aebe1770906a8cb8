/* The parts of an indicator's page, one file each. */
#ifndef VIEW_BOARD_INDICATOR_H
#define VIEW_BOARD_INDICATOR_H

#include "base/json.h"
#include "view/board/part.h"

/* ---- series.c ---- */
/* A yearly series: a sentence, the line with its band and what it is held against (the national
 * rate year by year, or the series' target), the numbers, why it breaks.  check: it decides nothing
 * here, and says so. */
void board_series(struct text *out, const struct board_frame *frame,
	const struct series *series, bool check);
/* Many series of one scale and stream: small drawings on one axis, one table.  n >= 1. */
void board_multiples(struct text *out, const struct board_frame *frame,
	const struct series *const series[], size_t n, bool check);

/* ---- trend.c ---- */
/* Their pieces: the drawing, whose axis holds [low, high], too, where low <
 * high; the table's rows. */
void board_trend_chart(struct text *out, const struct board_frame *frame,
	const struct series *series, double low, double high);

/* ---- trend.c ---- */
/* beside: with a column for the national rate or the target. */
void board_trend_head(struct text *out, const struct board_frame *frame,
	const struct series *series, bool beside);
void board_trend_year(struct text *out, const struct board_frame *frame,
	const struct series *series, size_t i, bool beside);
/* Is there a national rate or a target to hold it against? */
bool board_held(const struct series *series);
/* The step that ends in year i, if both of its years may be shown; else NULL. */
const struct step *board_step_to(const struct series *series, size_t i);
/* WORD_UP and WORD_DOWN only if significant, else WORD_FLAT. */
enum word board_direction(const struct step *step);

/* ---- clauses.c ---- */
/* What the wording asks, clause by clause, and what comes out. */
void board_clauses(struct text *out, const struct board_frame *frame, const struct track_row *row);

/* ---- series.c ---- */
/* What the open stream's numbers are not. */
void board_volunteers(struct text *out, const struct board_frame *frame);

/* ---- domain.c ---- */
/* One year by sector or by dimension, all of one stream: caterpillar and numbers. */
void board_domains(struct text *out, const struct board_frame *frame,
	const struct figure figure[], size_t n);
/* Our city among its peers, with the sets of the ranks. */
void board_ranks(struct text *out, const struct board_frame *frame,
	const struct rank_row rank[], size_t n);

/* ---- record.c ---- */
void board_external(struct text *out, const struct board_frame *frame,
	const struct external_row *row);
/* Evidence files, readings, published versions. */
void board_files(struct text *out, const struct board_frame *frame, const struct track_row *row);
void board_readings(struct text *out, const struct board_frame *frame, const struct track_row *row);
void board_versions(struct text *out, const struct board_frame *frame,
	const struct published_row published[], size_t n);

/* ---- figure.c ---- */
/*
 * A published figure: its heading ("h2") and headline, then its numbers (under those of the years
 * before it, in one table), clauses and provenance; one published estimate as a figure, whose
 * strings live in the JSON.
 */
void board_figure_head(struct text *out, const struct board_frame *frame,
	const struct tracker *tracker, const struct published_row *row, const char *heading);
void board_figure_body(struct text *out, const struct board_frame *frame,
	const struct published_row *row, const struct figure before[], size_t n);
struct figure board_figure_of(const json_t *object);

/* ---- method.c ---- */
/* "logit t, linearised, raked to sex age" and "sex age" in the page's language. */
void board_method_words(struct text *out, const struct board_frame *frame, const char *method);
void board_variables(struct text *out, const struct board_frame *frame, const char *names);
/* How each number was made, and the command that makes it again. */
void board_method(struct text *out, const struct board_frame *frame,
	const struct board_indicator *page);

/* ---- trend.c ---- */
/* The newest year that may be shown, or NULL. */
const struct figure *board_newest(const struct series *series);
/* Is this the open stream?  Its intervals are called model-based, never confidence intervals. */
bool board_volunteered(const char *stream);
bool board_is_open(const struct series *series);
bool board_is_complaints(const struct series *series);
/* "1,234": whole numbers in groups of three. */
void board_count(struct text *out, double n);
/* The end of a row: value with interval, n, effective n, design effect; or why it is not shown. */
void board_measured(struct text *out, const struct board_frame *frame, const struct figure *m,
	enum word value);

#endif
