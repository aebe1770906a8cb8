/* Starting, saying what went wrong, handing estimates over. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/lang.h"
#include "lib/in.h"

void
manyi_init(void)
{
	stats_init();
}

const char *
manyi_version(void)
{
	return PACKAGE_VERSION;
}

int
manyi_language(const char *name)
{
	enum lang lang;

	if (lang_parse(&lang, name) != 0)
		return -1;
	lang_set(lang);
	return 0;
}

const char *
manyi_fault_word(int fault)
{
	return fault_word(fault);
}

int
lib_error(struct manyi_error *error, int fault, const struct err *err)
{
	if (error == NULL)
		return fault;
	error->fault = fault;
	snprintf(error->text, sizeof(error->text), "%s", fault == 0 ? "" : err->text);
	return fault;
}

struct manyi_estimate
lib_estimate(const struct estimate *e)
{
	return (struct manyi_estimate){ e->value, e->se, e->low, e->high, e->level, e->df, e->n,
		e->n_eff, e->kish, e->deff };
}

struct estimate
lib_estimate_in(const struct manyi_estimate *e)
{
	return (struct estimate){ .value = e->value, .se = e->se, .low = e->low, .high = e->high,
		.level = e->level, .df = e->df, .n = e->n, .n_eff = e->n_eff, .kish = e->kish,
		.deff = e->deff, .method = "", .mapping = "", .population = "", .stream = "" };
}
