/* Screening rules. */
#include "figure/screen.h"

#include <string.h>

/* Did it take less than a part of the typical time, for as many items as were asked? */
static bool
faster_than(const struct counted *a, size_t row, double part)
{
	size_t asked = 0;

	if (a->seconds[row] < 0)
		return false;
	for (size_t i = 0; i < a->form->items; i++)
		asked += a->item[i].code[row] != SCAN_NONE;
	return (double)a->seconds[row] * (double)a->form->items <
		part * a->form->seconds * (double)asked;
}

static bool
is_fast(const struct counted *a, size_t row)
{
	return faster_than(a, row, 1. / 3);
}

static bool
is_crowd(const struct counted *a, size_t row)
{
	return a->rush[row] != 0 && faster_than(a, row, 1. / 2);
}

static bool
is_straight(const struct counted *a, size_t row)
{
	int n = 0, first = 0;

	for (size_t i = 0; i < a->form->items; i++) {
		const struct item *item = &a->form->item[i];
		uint8_t choice = a->item[i].code[row];

		if (item->kind != KIND_SCALE || item->high - item->low < 9 ||
				choice >= SCAN_SKIPPED)
			continue;
		if (n++ == 0)
			first = item->choice[choice].code;
		else if (item->choice[choice].code != first)
			return false;
	}
	return n >= SCREEN_STRAIGHT;
}

static bool
is_blank(const struct counted *a, size_t row)
{
	int asked = 0, given = 0;

	for (size_t i = 0; i < a->form->items; i++) {
		uint8_t choice = a->item[i].code[row];

		if (a->form->item[i].kind != KIND_SCALE)
			continue;
		asked += choice != SCAN_NONE;
		given += choice < SCAN_SKIPPED;
	}
	return asked >= SCREEN_BLANK && 2 * given < asked;
}

const struct screen_rule screen_rules[] = {
	{ "fast", "1", { { "用时不到该问卷通常用时的三分之一",
		"took less than a third of the form's typical time" } }, is_fast },
	{ "straight", "1", { { "八个以上十分题全部打同一分",
		"eight or more ten-point items answered all alike" } }, is_straight },
	{ "blank", "1", { { "半数以上评分题跳过或不清楚",
		"more than half of the ratings skipped or don't know" } }, is_blank },
	{ "crowd", "1", { { "同处短时大量提交之一，且用时不到通常的一半",
		"one of very many at once, and took less than half of the typical time" } },
		is_crowd },
};
const size_t screen_rules_n = sizeof(screen_rules) / sizeof(screen_rules[0]);

const struct screen_rule *
screen_rule(const char *name, const char *version)
{
	for (size_t i = 0; i < screen_rules_n; i++)
		if (strcmp(screen_rules[i].name, name) == 0 &&
				(version == NULL || strcmp(screen_rules[i].version, version) == 0))
			return &screen_rules[i];
	return NULL;
}
