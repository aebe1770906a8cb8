/* The names and words of what may be signed. */
#include "track/criteria.h"

#include <string.h>

static const struct {
	const char *name;
	const char *value[CRITERION_VALUES + 1];
	struct words words[CRITERION_VALUES];
} table[CRITERION_MAX] = {
	[CRITERION_GOVERNS] = { "governs", { "literal", "statistical", NULL },
		{ { { "条文口径", "the literal reading" } },
		{ { "统计检验", "the statistical test" } } } },
	[CRITERION_YEARS] = { "years", { "steps", "values", NULL },
		{ { { "按变化次数计（连续 3 年为 3 次变化、4 个年度）",
		"counted as steps (3 years are 3 steps of 4 values)" } },
		{ { "按年度数计（连续 3 年为 3 个年度、2 次变化）",
		"counted as values (3 years are 3 values, 2 steps)" } } } },
};

const char *
criterion_name(enum criterion criterion)
{
	return table[criterion].name;
}

enum criterion
criterion_find(const char *name)
{
	int i = 0;

	while (i < CRITERION_MAX && strcmp(table[i].name, name) != 0)
		i++;
	return (enum criterion)i;
}

const char *const *
criterion_values(enum criterion criterion)
{
	return table[criterion].value;
}

struct words
criterion_words(enum criterion criterion, const char *value)
{
	for (int i = 0; i < CRITERION_VALUES; i++)
		if (strcmp(table[criterion].value[i], value) == 0)
			return table[criterion].words[i];
	return (struct words){ { value, value } };
}
