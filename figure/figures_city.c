/* The city's figure: composed of its parts, or of the sectors by their weights. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "figure/figures_in.h"
#include "stats/fault.h"

int
figures_weight(double *weight, const char *weights, const char *sector, struct err *err)
{
	size_t n = strlen(sector);
	const char *p = weights;
	char *end;

	*weight = 1;
	if (weights[0] == '\0')
		return 0;
	for (; *p != '\0'; p += strcspn(p, " ,"), p += strspn(p, " ,")) {
		if (strncmp(p, sector, n) != 0 || p[n] != '=')
			continue;
		*weight = strtod(p + n + 1, &end);
		if (end != p + n + 1 && strchr(" ,", *end) != NULL && *weight >= 0 && *weight < 1e9)
			return 0;
		break;
	}
	return err_set(err, ERR_INPUT,
		"行业权重“%s”里没有 %s，或者写得不对：应写成 S01=2 S02=1.5 …",
		"the sector weights “%s” do not say %s, or say it wrongly: write S01=2 S02=1.5 ...",
		weights, sector);
}

/* Coefficients of the city's value: parts, or sectors by their weights.  -1 with *err. */
static int
city_coefficients(double a[], const struct one *o, const struct table *t,
	const struct scores_figure *figure, struct err *err)
{
	for (size_t i = 0; i < t->rows; i++) {
		a[i] = figure->weight[i % figure->parts];
		if (figure->by_sector && figures_weight(&a[i], o->f->weights, t->row[i].by[0],
				err) != 0)
			return -1;
	}
	return 0;
}

int
one_city(struct table *t, double **a, int *left_out, const struct one *o,
	const struct scores_figure *figure, struct err *err)
{
	struct one_scores scores;
	int rc;

	*left_out = 0;
	one_scores(&scores, figure, 1, o->temp);
	rc = one_estimate(t, o, &scores, one_interval(figure), figure->by_sector ? "sector" : "",
		false, err);
	if (rc != 0)
		return rc;
	*a = pool_array(o->temp, t->rows + 1, sizeof(**a));
	if (city_coefficients(*a, o, t, figure, err) != 0)
		return FAULT_INPUT;
	if (figure->by_sector)
		*left_out = table_present(t, *a);
	return *left_out < 0 ? fault_set(err, FAULT_EMPTY_DOMAIN, "没有一个行业有可用的答卷",
		"no sector has usable answers") : 0;
}

const char *
one_sectors(const struct one *o, const double a[], const struct table *t, int left_out)
{
	size_t n = 0;

	for (size_t i = 0; i < t->rows; i++)
		n += a[i] != 0;
	return pool_fmt(o->pool, ", %zu sectors weighted %s%s", n,
		o->f->weights[0] == '\0' ? "equally" : o->f->weights,
		left_out > 0 ? pool_fmt(o->pool, " (%d without answers left out)", left_out) : "");
}
