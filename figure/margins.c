/* The population margins a wave is weighted to. */
#include "figure/margins.h"

#include <string.h>

#include "base/sha256.h"
#include "base/text.h"

enum { MARGINS_MAX = 8 };

static void
margins_fault(struct margins *m, const char *fault, const char *zh, const char *en,
	const char *variable)
{
	if (m->fault != NULL)
		return;
	m->fault = fault;
	err_set(&m->err, ERR_REFUSED, zh, en, variable);
}

/* The rows of one variable, hashed as they are used. */
static void
variable_add(struct margins *m, const char *variable, const struct margin all[], size_t n,
	struct text *hashed, struct pool *pool)
{
	struct rake_margin *margin = &m->margin[m->n];
	const char **category = pool_array(pool, n + 1, sizeof(*category));
	double *target = pool_array(pool, n + 1, sizeof(*target));

	*margin = (struct rake_margin){ .variable = variable, .category = category,
		.target = target };
	for (size_t i = 0; i < n; i++) {
		if (strcmp(all[i].variable, variable) != 0)
			continue;
		category[margin->categories] = all[i].category;
		target[margin->categories++] = all[i].population;
		text_fmt(hashed, "%s\t%s\t%.17g\n", variable, all[i].category, all[i].population);
		m->simulated |= all[i].simulated;
		if (all[i].placeholder)
			margins_fault(m, "placeholder_margins",
				"人口数据“%s”只是占位数，不能用来加权：请先导入有出处的人口数据",
				"the population figures of “%s” are placeholders and must not"
				" weight a figure: import sourced ones", variable);
	}
	if (margin->categories == 0)
		margins_fault(m, "margin_missing", "没有“%s”的人口数据，不能加权：请先导入",
			"there are no population figures of “%s” to weight to: import them first",
			variable);
	m->n++;
}

void
margins_make(struct margins *m, const struct wave *wave, const struct margin all[], size_t n,
	struct pool *pool)
{
	struct text hashed = TEXT_INIT;
	const char *p = wave->margins;
	char hex[65];
	size_t length;

	memset(m, 0, sizeof(*m));
	m->names = wave->margins;
	m->hash = "";
	m->margin = pool_array(pool, MARGINS_MAX, sizeof(*m->margin));
	while (*(p += strspn(p, " ")) != '\0') {
		length = strcspn(p, " ");
		if (m->n == MARGINS_MAX) {
			margins_fault(m, "margin_unknown", "加权变量太多（“%s”）",
				"too many variables to weight to (“%s”)", p);
			break;
		}
		variable_add(m, pool_strndup(pool, p, length), all, n, &hashed, pool);
		p += length;
	}
	if (m->n > 0) {
		sha256_hex(hex, text_str(&hashed), hashed.n);
		m->hash = pool_strdup(pool, hex);
	}
	text_clear(&hashed);
}
