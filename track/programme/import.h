/* A programme's file made of the table as offices send it. */
#ifndef TRACK_PROGRAMME_IMPORT_H
#define TRACK_PROGRAMME_IMPORT_H

#include "base/csv.h"
#include "base/json.h"

/* What the table does not say. */
struct programme_import {
	const char *id, *edition, *title;
	const char *file;		/* the table's name, for messages */
};

/*
 * The table has the five headings 指标项 指标内容 目标任务 牵头部门 配合部门, in any order; 序号
 * and 备注 are passed over, others refused:
 *
 *     指标项	the chapter, "一、…"; an empty cell is of the one above (merged); a line of a
 *		chapter alone is its heading
 *     指标内容	the row's number and title, "11.…"; an empty cell is of the one above, whose tasks
 *		are 11.1, 11.2
 *     目标任务	the content, verbatim but for the number of the task before it
 *     牵头部门, 配合部门	names separated by blanks, lines, 、 ， ； or /; blanks between
 *				single characters only fill a name out; （牵头） behind a name is no
 *				part of it; a name that is others of the table run together is taken
 *				apart; 各成员单位, 各有关部门 and the like are everyone.  Who leads
 *				is never of the line above
 *
 * Totals and remarks below the table are passed over with a note; a line twice is refused.
 *
 * The file has no rules, so that every row is judged by a person, and nothing that feeds them; it
 * is programme(5) and programme_parse() accepts it.  note[] gets a text for each thing that was
 * understood rather than read.  New reference; NULL with *err naming the line.
 */
json_t *programme_import(const struct csv *csv, const struct programme_import *of, json_t *notes,
	struct pool *pool, struct err *err);

#endif
