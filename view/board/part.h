/* Pieces every page of the board is made of: the frame, states, values with their interval. */
#ifndef VIEW_BOARD_PART_H
#define VIEW_BOARD_PART_H

#include "view/board/board.h"
#include "view/board/words.h"

enum board_tab {
	TAB_NONE, TAB_BOARD, TAB_DEPARTMENTS, TAB_FIELDWORK, TAB_SITES, TAB_LEDGER, TAB_PUBLIC
};

/* ---- frame.c ---- */
/* Everything down to <main>, and from </main> on.  title is escaped and heads every printed page;
 * verbatim: it is the table's Chinese, not ours. */
void board_begin(struct text *out, const struct board_frame *frame, enum board_tab tab,
	const char *title, bool verbatim);
void board_end(struct text *out, const struct board_frame *frame);

/* ---- frame.c ---- */
/* <input type=hidden name=_csrf>, if the frame has a token. */
void board_csrf(struct text *out, const struct board_frame *frame);

/* ---- part.c ---- */
/* Ours, in the page's language. */
void board_say(struct text *out, const struct board_frame *frame, enum word word);

/* ---- part.c ---- */
/* Ours with {1} and {2} replaced by a and b, which are escaped. */
void board_fill(struct text *out, const struct board_frame *frame, enum word word,
	const char *a, const char *b);
/* Somebody's words: the page's language, else the other; nothing if there is none. */
void board_words_of(struct text *out, const struct board_frame *frame, const struct words *w);
bool board_has(const struct words *w);
/* What people wrote: Chinese on an English page is marked as such, to be read aloud right. */
void board_verbatim(struct text *out, const struct board_frame *frame, const char *s);
/* The table's words (a title, a chapter, a department): their English on an English page,
 * where the data have it. */
/* The English of the programme in force; NULL where none is known. */
const struct english *board_english(const struct board_frame *frame);
void board_named(struct text *out, const struct board_frame *frame, const char *zh);
/* A value that was read or entered (track/rule/value.h): 是 is yes. */
void board_read(struct text *out, const struct board_frame *frame, const char *value);
/* What a rule asks, as a sentence; its matter alone. */
void board_rule(struct text *out, const struct board_frame *frame, const struct rule *rule);
void board_rule_label(struct text *out, const struct board_frame *frame, const struct rule *rule);

/* Shape, word and colour. */
void board_state(struct text *out, const struct board_frame *frame, enum standing standing);
void board_evidence(struct text *out, const struct board_frame *frame, enum evidence evidence);
void board_truth(struct text *out, const struct board_frame *frame, enum truth truth);
/* "八", or "8" in English; as plain text. */
void board_numeral(char s[16], const struct board_frame *frame, int n);
/* "2024 年", "2024": of which year all this is. */
void board_of_year(struct text *out, const struct board_frame *frame, int year);
/* A note under a value: of which year it is (0: unknown), where it comes from, of which day.
 * Nothing of nothing. */
void board_source(struct text *out, const struct board_frame *frame, int year, bool computed,
	const char *source, const char *date);
/* href of an absolute path that may leave this face: it keeps the reader's language
 * wherever he chose one. */
void board_link_away(struct text *out, const struct board_frame *frame, const char *path);
/* "year=2023" after what stands before it, "?" or "&amp;", where the page was asked for a year. */
void board_link_year(struct text *out, const struct board_frame *frame, const char *before);
/* href of an indicator, a department's board. */
void board_link_row(struct text *out, const struct board_frame *frame, const char *id);
void board_link_department(struct text *out, const struct board_frame *frame, const char *name);
/* Every member unit, as the table says it: no department, no board of its own. */
/* "市商务局、市旅游局", each a link to its board; names are ';'-separated. */
void board_duties(struct text *out, const struct board_frame *frame, const char *names);
/* The next name of a ';'-separated list into name[size]; returns the rest, or NULL at the end. */
const char *board_next_name(char *name, size_t size, const char *names);

/* How a figure's numbers are written: points, percent, or a rate per 10,000. */
struct board_scale {
	double factor;
	int decimals;
	enum word unit;
};
struct board_scale board_scale_of(const char *form, const struct estimate *e);
/* May this number be shown at all?  Refused, undefined or below the publishing limits: no. */
bool board_shown(const struct figure *m);
/* "78.4", "38.6%"; — for none. */
void board_number(struct text *out, double x, const struct board_scale *scale);
/* "78.4（76.9–79.8）", "38.6%（37.3%–39.9%）"; only for shown figures. */
void board_value(struct text *out, const struct board_frame *frame, const struct estimate *e,
	const struct board_scale *scale);
/* "+0.6（−1.3 至 2.5）" of a difference. */
void board_change(struct text *out, const struct board_frame *frame, const struct estimate *e,
	const struct board_scale *scale);
/* "— " and why there is no number. */
void board_refusal(struct text *out, const struct board_frame *frame, const struct figure *m);
/* <td data-label="...">: the column's word stands before the cell on a phone.  Columns of numbers
 * line up at the right, which the word decides. */
void board_cell(struct text *out, const struct board_frame *frame, enum word label);
/* What people wrote, or a dash where they wrote nothing (NULL or ""); a whole cell of it. */
void board_written(struct text *out, const struct board_frame *frame, const char *s);
void board_written_cell(struct text *out, const struct board_frame *frame, enum word label,
	const char *s);
/* <th scope=col> for each; ends with WORD_MAX. */
void board_head(struct text *out, const struct board_frame *frame, const enum word column[]);

#endif
