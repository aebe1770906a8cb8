/* Path models. */
#include <math.h>
#include <string.h>

#include "lib/in.h"

static void
give(double out[], const double from[], size_t n)
{
	if (out != NULL)
		memcpy(out, from, n * sizeof(*out));
}

static struct pls_model
model_of(const struct manyi_model *m, struct pool *pool)
{
	bool *path = pool_array(pool, m->blocks * m->blocks + 1, sizeof(*path));
	bool scale = m->low != 0 || m->high != 0;

	for (size_t i = 0; i < m->blocks * m->blocks; i++)
		path[i] = m->path[i] != 0;
	return (struct pls_model){ .block = m->block, .blocks = m->blocks, .item = m->item,
		.items = m->items, .of = m->of, .path = path, .scheme = (enum pls_scheme)m->scheme,
		.mode = m->formative ? PLS_MODE_B : PLS_MODE_A, .low = scale ? m->low : NAN,
		.high = scale ? m->high : NAN };
}

static void
fit_give(struct manyi_model_fit *fit, const struct pls_fit *f, size_t items, size_t blocks)
{
	give(fit->weight, f->weight, items);
	give(fit->loading, f->loading, items);
	give(fit->path, f->path, blocks * blocks);
	give(fit->r2, f->r2, blocks);
	give(fit->alpha_standardised, f->alpha, blocks);
	give(fit->rho_c, f->rho_c, blocks);
	give(fit->ave, f->ave, blocks);
	give(fit->index, f->index, blocks);
	fit->iterations = f->iterations;
}

int
manyi_model_fit_to(struct manyi_model_fit *fit, const struct manyi_model *m, const double x[],
	size_t rows, const double weight[], struct manyi_error *error)
{
	struct pool pool = POOL_INIT;
	struct pls_model model = model_of(m, &pool);
	struct pls_moments moments;
	struct pls_fit f;
	struct err err = { 0 };
	int rc;

	moments.mean = pool_array(&pool, m->items + 1, sizeof(double));
	moments.sd = pool_array(&pool, m->items + 1, sizeof(double));
	moments.cor = pool_array(&pool, m->items * m->items + 1, sizeof(double));
	rc = pls_moments(&moments, x, rows, &model, weight,
		(enum pls_missing)m->missing, &pool, &err);
	if (rc == 0)
		rc = pls_fit(&f, &model, &moments, &pool, &err);
	if (rc == 0)
		fit_give(fit, &f, m->items, m->blocks);
	pool_clear(&pool);
	return lib_error(error, rc, &err);
}
