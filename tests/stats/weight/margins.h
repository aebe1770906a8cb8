/* Margins of the api data's population, and a sample brought to them. */
#ifndef TESTS_STATS_MARGINS_H
#define TESTS_STATS_MARGINS_H

#include "tests/stats/api.h"

#include "stats/weight/calibrate.h"

static const char *const stypes[] = { "E", "H", "M" }, *const yesno[] = { "No", "Yes" };
static const double stype_n[] = { 4421, 755, 1018 }, wide_n[] = { 1072, 5122 },
	awards_n[] = { 2027, 4167 };
static const struct rake_margin stype_margin = { "stype", stypes, stype_n, 3 },
	wide_margin = { "sch.wide", yesno, wide_n, 2 },
	awards_margin = { "awards", yesno, awards_n, 2 };

static inline struct rake_report
calibrate_margins(const struct api *a, enum calibrate_method method,
	const struct rake_margin margin[], size_t n, double cap)
{
	const struct factor *factor[3];
	struct calibrate_spec spec = { .method = method,
		.margin = margin,
		.factor = factor,
		.margins = n,
		.low = -INFINITY,
		.high = INFINITY,
		.cap = cap };
	struct rake_report report;

	for (size_t i = 0; i < n; i++)
		factor[i] = factor_column(&a->csv, margin[i].variable);
	memset(&err, 0, sizeof(err));
	if (sample_calibrate(a->sample, &spec, &report, &err) != 0)
		fail_msg("%s", err.text);
	return report;
}

#endif
