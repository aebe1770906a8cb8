/* Cells as people's programs write them, and sentences for whoever made the file. */
#include "cli/import/import.h"

#include <stdio.h>
#include <string.h>

#include "base/date.h"
#include "base/part.h"
#include "base/utf8.h"

/* A space that is not one to look at: U+00A0, U+3000, U+FEFF. */
static bool
is_blank(uint32_t c)
{
	return c == ' ' || c == '\t' || c == 0xa0 || c == 0x3000 || c == 0xfeff;
}

const char *
cell_plain(const char *cell, enum habit *habit, struct pool *pool)
{
	size_t n = strlen(cell), k = 0, len, kept = 0;
	char *out;

	/* Nearly every cell is short ASCII without spaces around. */
	if (n == 0 || (cell[0] != ' ' && cell[n - 1] != ' ' && utf8_count(cell, n) == n &&
			strchr(cell, '\t') == NULL))
		return cell;
	out = pool_take(pool, n + 1);
	for (size_t i = 0; i < n; i += len) {
		uint32_t c = utf8_next(cell + i, n - i, &len);

		if (c > 0xff00 && c < 0xff5f) {
			out[k++] = (char)(c - 0xfee0);
			*habit = HABIT_WIDTH;
			kept = k;
		} else if (is_blank(c)) {
			if (k > 0)
				out[k++] = ' ';
		} else {
			memcpy(out + k, cell + i, len);
			k += len;
			kept = k;
		}
	}
	out[kept] = '\0';
	if (strcmp(out, cell) == 0)
		return cell;
	if (*habit == HABIT_NONE)
		*habit = HABIT_SPACE;
	return out;
}

static bool
is_code(const struct item *item, const char *s)
{
	return form_choice(item, s) != NULL || strcmp(s, "99") == 0 ||
		(item->dont_know && strcmp(s, "98") == 0);
}

/* "9.0" without its zeros, or NULL. */
static const char *
whole_of(const char *s, struct pool *pool)
{
	size_t n = strspn(s, "0123456789");

	if (n == 0 || s[n] != '.' || s[n + 1] == '\0' || s[n + 1 + strspn(s + n + 1, "0")] != '\0')
		return NULL;
	return pool_strndup(pool, s, n);
}

/* One code, or NULL where it cannot be told. */
static const char *
one_code(const struct item *item, const char *s, enum habit *habit, struct pool *pool)
{
	const char *whole;

	if (is_code(item, s))
		return s;
	whole = whole_of(s, pool);
	if (whole == NULL || !is_code(item, whole))
		return NULL;
	*habit = HABIT_FLOAT;
	return whole;
}

/* Codes of a question with several answers, however they are parted. */
static const char *
many_codes(const struct item *item, const char *cell, enum habit *habit, struct pool *pool)
{
	struct text out = TEXT_INIT;
	const char *part, *rest = cell, *code, *s;
	size_t n;

	while ((part = part_next(&rest, &n)) != NULL) {
		code = one_code(item, pool_strndup(pool, part, n), habit, pool);
		if (code == NULL) {
			text_clear(&out);
			return NULL;
		}
		text_fmt(&out, "%s%s", out.n > 0 ? " " : "", code);
	}
	s = pool_strdup(pool, text_str(&out));
	text_clear(&out);
	if (*habit == HABIT_NONE && strcmp(s, cell) != 0)
		*habit = HABIT_SEPARATOR;
	return s;
}

const char *
cell_codes(const struct item *item, const char *cell, enum habit *habit, struct pool *pool)
{
	const char *plain, *codes;

	*habit = HABIT_NONE;
	if (*cell == '\0' || kind_written(item->kind) || is_code(item, cell))
		return cell;
	plain = cell_plain(cell, habit, pool);
	codes = item->kind == KIND_MULTI ? many_codes(item, plain, habit, pool) :
		one_code(item, plain, habit, pool);
	if (codes == NULL)
		*habit = HABIT_NONE;
	return codes != NULL ? codes : cell;
}

int
cell_minute(const char *cell, int64_t *minute, enum habit *habit)
{
	char day[11];
	long long x;

	if (date_read(cell, minute) != 0)
		return rows_whole(&x, cell, 0, 1000000000) == 0 ? (*minute = x, 0) : -1;
	date_day(day, *minute);
	if (strncmp(day, cell, 10) != 0 && *habit == HABIT_NONE)
		*habit = HABIT_DATE;
	return 0;
}

/* ---- sentences ---- */

static void
put_choice(struct text *out, const struct choice *c)
{
	text_fmt(out, "%s%s %s", out->n > 0 ? LANG_PICK("；", "; ") : "", c->name,
		texts_for(&c->label, lang_get()));
}

const char *
cell_allowed(const struct item *item, bool missing, struct pool *pool)
{
	enum { SHOWN = 12 };
	struct text out = TEXT_INIT;
	const char *s;

	if (item->kind == KIND_SCALE)
		text_fmt(&out, LANG_PICK("%d 到 %d 的整数", "a whole number from %d to %d"),
			item->low, item->high);
	for (size_t i = 0; item->kind != KIND_SCALE && i < item->choices && i < SHOWN; i++)
		if (item->choice[i].code != FORM_DONT_KNOW)
			put_choice(&out, &item->choice[i]);
	if (item->kind != KIND_SCALE && item->choices > SHOWN)
		text_fmt(&out, LANG_PICK("；……共 %zu 个，见 manyi form show",
			"; ... %zu in all, see manyi form show"), item->choices);
	if (missing && item->dont_know)
		text_puts(&out, LANG_PICK("；98 不清楚", "; 98 don't know"));
	if (missing)
		text_puts(&out, LANG_PICK("；99 没有回答；空着是没有问到",
			"; 99 not answered; empty: not asked"));
	s = pool_strdup(pool, text_str(&out));
	text_clear(&out);
	return s;
}

/* The choice whose label the cell is, or NULL: the commonest mistake of all. */
static const struct choice *
by_label(const struct item *item, const char *cell)
{
	for (size_t i = 0; i < item->choices; i++)
		for (size_t l = 0; cell[0] != '\0' && l < LANGUAGES_MAX; l++)
			if (strcmp(texts_in(&item->choice[i].label, l), cell) == 0)
				return &item->choice[i];
	return NULL;
}

static bool
is_missing_word(const char *cell)
{
	static const char *const word[] = { "NA", "N/A", "n/a", "NULL", "null", "nan", "NaN", ".",
		"-", "-1", "#N/A", "无", "缺失" };

	for (size_t i = 0; i < sizeof(word) / sizeof(word[0]); i++)
		if (strcmp(cell, word[i]) == 0)
			return true;
	return false;
}

static const char *
not_a_code(const struct item *item, const char *cell, struct pool *pool)
{
	const struct choice *c = by_label(item, cell);
	const char *allowed = cell_allowed(item, true, pool);

	if (c != NULL)
		return pool_fmt(pool, LANG_PICK("写的是选项的文字，要写代码；可填：%s",
			"the words of a choice stand here, its code is wanted."
			"  Allowed: %s"), allowed);
	if (is_missing_word(cell))
		return pool_fmt(pool,
			LANG_PICK("缺失值要空着（没有问到）或写 99（问了没有回答）；可填：%s",
			"leave a missing value empty (not asked) or write 99 (asked,"
			" not answered).  Allowed: %s"), allowed);
	return pool_fmt(pool,
		LANG_PICK("不是这一题的代码；可填：%s", "no code of this question.  Allowed: %s"),
		allowed);
}

const char *
cell_fault(const struct form *form, const struct issue *issue, const char *cell, struct pool *pool)
{
	const struct item *item = issue->item >= 0 ? &form->item[issue->item] : NULL;

	if (item == NULL)
		return issue_words(issue->code, lang_get());
	switch (issue->code) {
	case ISSUE_MISSING:
		return pool_fmt(pool, LANG_PICK("这一题必答，却空着；可填：%s",
			"this question must be answered and is empty.  Allowed: %s"),
			cell_allowed(item, true, pool));
	case ISSUE_CHOICE:
	case ISSUE_RANGE:
		if (form_choice(item, cell) != NULL)
			return LANG_PICK("按前面的答案，这里没有给出这个选项；请核对",
				"earlier answers do not offer this choice here; check them");
		return not_a_code(item, cell, pool);
	case ISSUE_NOT_ASKED:
		return LANG_PICK("按前面的答案，这一题不该问，却有答案；应空着",
			"earlier answers skip this question, yet it has an answer; leave it empty");
	case ISSUE_TOGETHER:
		return LANG_PICK("“以上都没有”或“不清楚”不能与别的选项同时选",
			"\"none of these\" and \"don't know\" stand alone");
	case ISSUE_DOUBLED:
		return LANG_PICK("同一个代码写了两次，或这一题只能选一个",
			"a code stands twice, or this question takes one answer only");
	case ISSUE_TOO_LONG:
		return pool_fmt(pool,
			LANG_PICK("太长，最多 %zu 个字", "too long, at most %zu characters"),
			item->max_chars);
	case ISSUE_ENCODING:
		return LANG_PICK("有不能保存的控制字符；删去",
			"holds control characters that cannot be kept; remove them");
	default:
		return issue_words(issue->code, lang_get());
	}
}
