/* A row of the tracker as a tile and as a line of the list. */
#ifndef VIEW_BOARD_TILE_H
#define VIEW_BOARD_TILE_H

#include "view/board/part.h"

/* <li> with number, shape, word and evidence mark; the title appears on focus. */
void board_tile(struct text *out, const struct board_frame *frame, const struct track_row *row);
/* "条文口径：符合 · 统计检验：尚不能认定", and which governs; nothing for a row that rests
 * on no survey or count. */
void board_both(struct text *out, const struct board_frame *frame, const struct track_row *row);
/* Is there such a line, and does the row's reason not say the same? */
bool board_both_unsaid(const struct board_frame *frame, const struct track_row *row);
/* <span>八</span>, or the number in English. */
void board_chapter(struct text *out, const struct board_frame *frame, int chapter);
/* What the shapes mean. */
void board_legend(struct text *out, const struct board_frame *frame);

/* The list: head, a chapter's <tbody> (the caller closes it), a row. */
void board_list_head(struct text *out, const struct board_frame *frame);
void board_list_chapter(struct text *out, const struct board_frame *frame,
	const struct indicator *indicator);
void board_list_row(struct text *out, const struct board_frame *frame, const struct track_row *row);

#endif
