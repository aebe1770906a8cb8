/* What a reader of a fitted model has to know. */
#include <math.h>
#include <stdarg.h>

#include "base/lang.h"
#include "plan/model/in.h"

static void
warn(json_t *list, const char *zh, const char *en,
	...) __attribute__((format(printf, 2, 4), format(printf, 3, 4)));

static void
warn(json_t *list, const char *zh, const char *en, ...)
{
	struct text t = TEXT_INIT;
	va_list ap;

	va_start(ap, en);
	text_vfmt(&t, LANG_PICK(zh, en), ap);
	va_end(ap);
	json_array_append_new(list, json_string(text_str(&t)));
	text_clear(&t);
}

static void
warn_missing(json_t *list, const struct model *m, const struct model_fit *f)
{
	const double *w = sample_weights(m->sample.sample);
	size_t k = m->pls.items, missing = 0, rows = 0;
	double share;

	for (size_t r = 0; r < m->data.n; r++) {
		if (w[r] == 0)
			continue;
		rows++;
		for (size_t i = 0; i < k; i++)
			missing += isnan(m->x[r * k + i]);
	}
	if (missing == 0)
		return;
	share = 100 * (double)missing / (double)(rows * k);
	if (m->missing == PLS_LISTWISE)
		warn(list, "%.1f%% 的回答缺失，有缺失的答卷整份不用：%zu 份中用了 %.0f 份",
			"%.1f %% of the answers are missing, and rows with a gap"
			" are left out: of %zu, %.0f are used", share, rows, f->moments.n);
	else if (m->missing == PLS_PAIRWISE)
		warn(list,
			"%.1f%% 的回答缺失，相关系数由两题都答了的人逐对计算；"
			"请用 listwise 再算一次作对照",
			"%.1f %% of the answers are missing; each correlation is from those who"
			" answered both items: compare with listwise", share);
	else
		warn(list,
			"%.1f%% 的回答缺失，以该题均值代替，使相关系数和未经重抽的标准误偏小；"
			"请用 listwise 再算一次作对照",
			"%.1f %% of the answers are missing and replaced by the item's mean,"
			" which makes correlations, and standard errors without resampling,"
			" too small: compare with listwise", share);
}

/* Answers no choice of the questionnaire stands for: most often a code for "don't know". */
static void
warn_scale(json_t *list, const struct model *m)
{
	size_t k = m->pls.items;

	if (isnan(m->pls.low)) {
		warn(list, "没有给出 “scale”，不能算 0–100 的指数",
			"without \"scale\" there is no index on 0-100");
		return;
	}
	for (size_t i = 0; i < k; i++) {
		size_t outside = 0;
		double first = NAN;

		for (size_t r = 0; r < m->data.n; r++) {
			double x = m->x[r * k + i];

			if (!(x < m->pls.low || x > m->pls.high))
				continue;
			if (outside++ == 0)
				first = m->low + x;
		}
		if (outside > 0)
			warn(list,
				"题目“%s”有 %zu 个回答不在量表 %g 至 %g 内，如"
				" %g：如为特殊代码，请列入 “codes”",
				"item %s: %zu answers are off the scale %g to %g, as %g: if it is a"
				" special code, list it in \"codes\"",
				m->pls.item[i], outside, m->low, m->low + m->pls.high, first);
	}
}

static void
warn_outside(json_t *list, const struct model *m, const struct pls_fit *fit)
{
	struct text items = TEXT_INIT;

	for (size_t b = 0; b < m->pls.blocks; b++) {
		if (!fit->outside[b])
			continue;
		text_reset(&items);
		for (size_t i = 0; i < m->pls.items; i++)
			if (m->pls.of[i] == b && fit->raw_weight[i] < 0)
				text_fmt(&items, "%s%s", items.n > 0 ? ", " : "", m->pls.item[i]);
		warn(list, "“%s”中权重为负的题目（%s）会使指数越出 0–100",
			"%s: items of negative weight (%s) let the index "
			"leave 0-100", m->pls.block[b], text_str(&items));
	}
	text_clear(&items);
}

static void
warn_failed(json_t *list, const struct model *m, const struct pls_replicates *r)
{
	if (m->resampled && r->constant + r->unsolved + r->unconverged > 0)
		warn(list,
			"%2$zu 次重抽中有 %1$zu 次无解，未计入：题目无变化 %3$zu 次，回归无解"
			" %4$zu 次，未收敛 %5$zu 次",
			"%1$zu of %2$zu replicates had no solution and are left out: %3$zu by an"
			" item without variation, %4$zu by a singular regression,"
			" %5$zu not converged", r->constant + r->unsolved + r->unconverged,
			r->replicates, r->constant, r->unsolved, r->unconverged);
}

json_t *
model_warnings(const struct model *m, const struct model_fit *f)
{
	json_t *list = json_array();

	warn_missing(list, m, f);
	warn_scale(list, m);
	warn_outside(list, m, &f->fit);
	warn_failed(list, m, &f->replicates);
	if (m->resampled && m->sample.calibrated)
		warn(list, "重抽时加权到人口边际的权数保持不变，标准误偏大",
			"replicates hold the weights met to margins fixed,"
			" which makes standard errors too large");
	return list;
}
