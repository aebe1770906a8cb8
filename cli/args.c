/* Options are found by table, so that a new one is a row and not a branch. */
#include "cli/args.h"

#include <assert.h>
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/entry.h"

enum { WORD_MAX = 63 };

static int
option_find(const struct args_option option[], const char *name, size_t n)
{
	for (size_t i = 0; option[i].name != NULL; i++)
		if (strlen(option[i].name) == n && memcmp(option[i].name, name, n) == 0)
			return (int)i;
	return -1;
}

static int
letter_find(const struct args_option option[], char letter)
{
	for (size_t i = 0; letter != '\0' && option[i].name != NULL; i++)
		if (option[i].letter == letter)
			return (int)i;
	return -1;
}

/* What must be said is not said by an empty word or by spaces. */
static bool
says_nothing(const struct args_option *option, const char *text)
{
	return option->required && text[strspn(text, " \t\r\n")] == '\0';
}

/* Put the value of one option; text is what was joined to it, or NULL. */
static int
option_put(const struct args_option *option, const char **value, const char *text,
	const char *const word[], size_t words, struct err *err)
{
	int took = 1;

	if (*value != NULL)
		return err_set(err, ERR_USAGE, "--%s 给了两次", "--%s is given twice",
			option->name);
	if (option->value == NULL && text != NULL)
		return err_set(err, ERR_USAGE, "--%s 不带值", "--%s takes no value", option->name);
	if (option->value != NULL && text == NULL) {
		/* "--form --json" is a forgotten value; "-" and negative numbers are values. */
		if (words < 2 || (word[1][0] == '-' && word[1][1] == '-'))
			return err_set(err, ERR_USAGE, "--%s 后面缺少 %s", "--%s needs a %s",
				option->name, option->value);
		text = word[1];
		took = 2;
	}
	if (option->value != NULL && says_nothing(option, text))
		return err_set(err, ERR_USAGE, "--%s 不能为空", "--%s must not be empty",
			option->name);
	*value = option->value != NULL ? text : "";
	return took;
}

int
args_step(const struct args_option option[], const char *value[], const char *const word[],
	size_t words, struct err *err)
{
	const char *w = word[0], *text = NULL;
	int i;

	assert(words >= 1);
	if (w[0] != '-' || w[1] == '\0')
		return 0;
	if (w[1] == '-') {
		text = strchr(w, '=');
		i = option_find(option, w + 2,
			text != NULL ? (size_t)(text - w) - 2 : strlen(w + 2));
		if (text != NULL)
			text++;
	} else {
		i = letter_find(option, w[1]);
		if (w[2] != '\0')
			text = w + 2;
	}
	return i < 0 ? 0 : option_put(&option[i], &value[i], text, word, words, err);
}

const char *
args_value(const struct args *args, const char *name)
{
	int i = option_find(args->option, name, strlen(name));

	assert(i >= 0);
	return args->value[i];
}

bool
args_on(const struct args *args, const char *name)
{
	return args_value(args, name) != NULL;
}

static bool
is_whole(const char *s, long long *number, long long low, long long high)
{
	char *end;
	long long x;

	errno = 0;
	x = strtoll(s, &end, 10);
	if (end == s || *end != '\0' || errno != 0 || x < low || x > high)
		return false;
	*number = x;
	return true;
}

int
args_operand_whole(const struct args *args, size_t i, long long *number, long long low,
	long long high, struct err *err)
{
	const char *s = i < args->operands ? args->operand[i] : "";

	if (!is_whole(s, number, low, high))
		return err_set(err, ERR_USAGE, "应是一个编号（整数），不是“%s”",
			"a whole number is wanted, not \"%s\"", s);
	return 0;
}

int
args_whole(const struct args *args, const char *name, long long *number, long long low,
	long long high, struct err *err)
{
	const char *s = args_value(args, name);

	if (s != NULL && !is_whole(s, number, low, high))
		return err_set(err, ERR_USAGE, "--%s 应是 %lld 到 %lld 的整数，不是“%s”",
			"--%s takes a whole number from %lld to %lld, not \"%s\"", name,
			low, high, s);
	return 0;
}

int
args_number(const struct args *args, const char *name, double *number, struct err *err)
{
	const char *s = args_value(args, name);
	char *end;
	double x;

	if (s == NULL)
		return 0;
	x = strtod(s, &end);
	/* Nobody means 0x1f by a number. */
	if (end == s || *end != '\0' || !isfinite(x) || s[strcspn(s, "xX")] != '\0')
		return err_set(err, ERR_USAGE, "--%s 应是一个数，不是“%s”",
			"--%s takes a number, not \"%s\"", name, s);
	*number = x;
	return 0;
}

int
args_level(const struct args *args, double *level, struct err *err)
{
	if (args_number(args, "level", level, err) != 0)
		return -1;
	if (args_on(args, "level") && !(*level > 0 && *level < 1))
		return err_set(err, ERR_USAGE, "--level 应在 0 与 1 之间，如 0.95",
			"--level lies between 0 and 1, as 0.95");
	return 0;
}

int
args_day(const struct args *args, const char *name, const char **day, long long *minute,
	struct err *err)
{
	const char *s = args_value(args, name);
	int64_t m;

	if (s == NULL)
		return 0;
	if (date_parse(s, &m) != 0)
		return err_set(err, ERR_USAGE, "--%s 应写成 2024-05-12 这样的日期，不是“%s”",
			"--%s takes a day like 2024-05-12, not \"%s\"", name, s);
	if (day != NULL)
		*day = s;
	if (minute != NULL)
		*minute = m;
	return 0;
}

int
args_past(const struct args *args, const char *name, const char **day, struct err *err)
{
	if (args_day(args, name, day, NULL, err) != 0)
		return -1;
	return args_on(args, name) ? entry_day(args_value(args, name), err) : 0;
}

int
args_year(const struct args *args, const char *name, int *year, struct err *err)
{
	long long number = 0;

	if (args_whole(args, name, &number, 1000, 9999, err) != 0)
		return -1;
	if (!args_on(args, name))
		return 0;
	*year = (int)number;
	return entry_year(*year, err);
}

static size_t
least(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* Optimal string alignment: Damerau-Levenshtein without editing a swapped pair again. */
size_t
args_distance(const char *a, const char *b)
{
	size_t n = least(strlen(a), WORD_MAX), m = least(strlen(b), WORD_MAX);
	size_t d[WORD_MAX + 1][WORD_MAX + 1];

	for (size_t i = 0; i <= n; i++)
		d[i][0] = i;
	for (size_t j = 0; j <= m; j++)
		d[0][j] = j;
	for (size_t i = 1; i <= n; i++) {
		for (size_t j = 1; j <= m; j++) {
			size_t edit = d[i - 1][j - 1] + (a[i - 1] != b[j - 1]);

			edit = least(edit, least(d[i - 1][j], d[i][j - 1]) + 1);
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
				edit = least(edit, d[i - 2][j - 2] + 1);
			d[i][j] = edit;
		}
	}
	return d[n][m];
}

const char *
args_nearest(const char *typed, const char *(*next)(size_t i, const void *ctx), const void *ctx)
{
	/* A third of the letters may be wrong; beyond that a guess is noise. */
	size_t best = strlen(typed) / 3 + 2;
	const char *name, *found = NULL;

	for (size_t i = 0; (name = next(i, ctx)) != NULL; i++) {
		size_t d = args_distance(typed, name);

		if (d < best && d < strlen(name)) {
			best = d;
			found = name;
		}
	}
	return found;
}
