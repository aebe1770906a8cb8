/* A model's answers, its sample and how to resample it. */
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "plan/many.h"
#include "plan/model/in.h"
#include "plan/plan.h"
#include "plan/read.h"
#include "stats/fault.h"

/* ---- stored resamples ---- */

/* Row numbers of one line, from 1 in the file, into draw[room]; how many there are, or -1. */
static long
line_rows(uint32_t draw[], size_t room, char *line)
{
	long n = 0;

	for (char *cell = strtok_r(line, ", \t", &line); cell != NULL;
			cell = strtok_r(NULL, ", \t", &line)) {
		char *end;
		unsigned long row;

		errno = 0;
		row = strtoul(cell, &end, 10);
		if (*end != '\0' || errno != 0 || *cell == '-' || row == 0 || row > UINT32_MAX)
			return -1;
		if ((size_t)n < room)
			draw[n] = (uint32_t)(row - 1);
		n++;
	}
	return n;
}

static size_t
count(const char *s, const char *of)
{
	size_t n = 0;

	for (s = strpbrk(s, of); s != NULL; s = strpbrk(s + 1, of))
		n++;
	return n;
}

static int
draws_read(struct pls_resample *r, const char *path, struct pool *pool, struct err *err)
{
	const char *bytes;
	size_t size, room;
	uint32_t *draw;
	char *rest, *line;
	long n;

	if (file_read(&bytes, &size, path, 0, pool, err) != 0)
		return -1;
	/* Every number ends at a separator or at the end. */
	room = count(bytes, ", \t\r\n") + 1;
	draw = pool_array(pool, room, sizeof(*draw));
	rest = pool_strndup(pool, bytes, size);
	r->replicates = 0;
	while ((line = strtok_r(rest, "\r\n", &rest)) != NULL) {
		n = line_rows(draw + r->replicates * r->draws,
			room - r->replicates * r->draws, line);
		if (n < 1 || (r->replicates > 0 && (size_t)n != r->draws))
			return fault_set(err, FAULT_INPUT,
				"%s 第 %zu 行：应为行号（从 1 起），每行一样多",
				"%s, line %zu: there should be numbers of rows, from 1,"
				" as many as in the other lines", path, r->replicates + 1);
		r->draws = (size_t)n;
		r->replicates++;
	}
	r->draw = draw;
	return r->replicates >= 2 ? 0 : fault_set(err, FAULT_INPUT, "%s：至少要有两次重抽样",
		"%s: there should be at least two resamples", path);
}

/* ---- bootstrap and jackknife ---- */

static int
whole(double *number, const json_t *object, const char *key, double low, double high,
	struct err *err)
{
	if (read_number(number, object, key, err) != 0)
		return FAULT_INPUT;
	return *number >= low && *number <= high && *number == floor(*number) ? 0 :
		fault_set(err, FAULT_INPUT, "“%s” 应为 %.0f 至 %.0f 的整数",
		"\"%s\" should be a whole number from %.0f to %.0f", key, low, high);
}

static int
bootstrap_read(struct pls_resample *r, const json_t *said, const char *folder, struct pool *pool,
	struct err *err)
{
	static const char *const known[] = { "replicates", "seed", "cluster", "strata", "nest",
		"lonely", "rescaled", "threads", "indices", NULL };
	double replicates = PLS_REPLICATES, seed = 1, threads = 0;
	const char *indices = NULL;

	if (read_known(said, known, err) != 0 ||
			whole(&replicates, said, "replicates", 2, PLS_REPLICATES_MAX, err) != 0 ||
			whole(&seed, said, "seed", 0, 0x1p53, err) != 0 ||
			whole(&threads, said, "threads", 0, 64, err) != 0 ||
			read_flag(&r->rescaled, said, "rescaled", err) != 0 ||
			read_text(&indices, said, "indices", err) != 0)
		return FAULT_INPUT;
	r->replicates = (size_t)replicates;
	r->seed = (uint64_t)seed;
	r->threads = (unsigned)threads;
	return indices == NULL ? 0 : draws_read(r, plan_path(folder, indices, pool), pool, err);
}

/* JK1 leaves out one PSU of all, JKn one of each stratum; which it is follows from the strata. */
static int
jackknife_read(struct model *m, const json_t *said, struct err *err)
{
	static const char *const known[] = { "type", "cluster", "strata", "nest", "lonely",
		"threads", NULL };
	static const char *const type[] = { "JK1", "JKn", NULL };
	double threads = 0;
	int t = -1;

	if (read_known(said, known, err) != 0 || read_word(&t, said, "type", type, err) != 0 ||
			whole(&threads, said, "threads", 0, 64, err) != 0)
		return FAULT_INPUT;
	m->resample.threads = (unsigned)threads;
	return t != 0 || sample_psus(m->sample.sample)->strata == 1 ? 0 :
		fault_set(err, FAULT_INPUT,
		"分层样本应用 JKn，不能用 JK1", "a stratified sample needs JKn, not JK1");
}

/* The member as an object: true and a number are short for one.  A new reference, NULL
 * where there is none. */
static int
resampling_of(json_t **object, const json_t *said, const char *key, struct err *err)
{
	json_t *value = json_object_get(said, key);

	*object = NULL;
	if (value == NULL || json_is_null(value) || json_is_false(value))
		return 0;
	if (json_is_object(value))
		*object = json_incref(value);
	else if (json_is_true(value))
		*object = json_object();
	else if (json_is_integer(value) && strcmp(key, "bootstrap") == 0)
		*object = json_pack("{s:O}", "replicates", value);
	else if (json_is_string(value) && strcmp(key, "jackknife") == 0)
		*object = json_pack("{s:O}", "type", value);
	else
		return fault_set(err, FAULT_INPUT, "“%s” 应为对象 {…} 或 true",
			"\"%s\" should be an object {...} or true", key);
	return 0;
}

static bool
named(const json_t *object, const char *key)
{
	const json_t *value = json_object_get(object, key);

	return value != NULL && !json_is_null(value);
}

bool
model_own_weight(const json_t *said)
{
	return named(said, "weight");
}

/* ---- the sample ---- */

/* The design's members, those of the resampling before those of the model,
 * before those of the wave. */
static json_t *
design_of(const json_t *said, const json_t *resampling, const json_t *wave)
{
	static const char *const member[] = { "weight", "cluster", "strata", "nest", "lonely" };
	json_t *design = wave != NULL ? json_copy((json_t *)wave) : json_object();

	for (size_t i = 0; i < sizeof(member) / sizeof(member[0]); i++) {
		const json_t *from = named(resampling, member[i]) ? resampling : said;

		if (named(from, member[i]))
			json_object_set(design, member[i], json_object_get(from, member[i]));
	}
	return design;
}

static int
sample_read(struct model *m, const json_t *said, const json_t *resampling,
	const struct plan_wave *wave, struct err *err)
{
	json_t *design = design_of(said, resampling, wave->design);
	bool own = model_own_weight(said);
	const struct design *d;
	int rc = plan_sample_make(&m->sample, &m->data, design, own ? NULL : wave->calibrate, err);

	if (wave->design != NULL && (own || !json_equal(design, wave->design)))
		m->own = json_pack(own ? "{s:O, s:n}" : "{s:O}", "design", design, "calibrate");
	m->resample.rescaled = named(design, "cluster") || named(design, "strata");
	json_decref(design);
	if (rc != 0)
		return rc;
	d = sample_psus(m->sample.sample);
	if (d->lonely != DESIGN_FAIL && d->lonely != DESIGN_CERTAINTY && m->resampled)
		return fault_set(err, FAULT_INPUT, "重抽样时 “lonely” 只能是 fail 或 certainty",
			"when resampling, \"lonely\" can only be fail or certainty");
	return 0;
}

static int
resampling_read(struct model *m, const json_t *said, const char *folder,
	const struct plan_wave *wave, struct pool *pool, struct err *err)
{
	json_t *bootstrap, *jackknife = NULL;
	int rc = resampling_of(&bootstrap, said, "bootstrap", err);

	if (rc == 0)
		rc = resampling_of(&jackknife, said, "jackknife", err);
	if (rc == 0 && bootstrap != NULL && jackknife != NULL)
		rc = fault_set(err, FAULT_INPUT, "“bootstrap” 和 “jackknife” 只能要一个",
			"ask for \"bootstrap\" or \"jackknife\", not both");
	m->resampled = bootstrap != NULL || jackknife != NULL;
	m->resample.way = jackknife != NULL ? PLS_JACKKNIFE : PLS_BOOTSTRAP;
	m->resample.level = m->level;
	if (rc == 0)
		rc = sample_read(m, said, bootstrap != NULL ? bootstrap : jackknife, wave, err);
	if (rc == 0 && bootstrap != NULL)
		rc = bootstrap_read(&m->resample, bootstrap, folder, pool, err);
	if (rc == 0 && jackknife != NULL)
		rc = jackknife_read(m, jackknife, err);
	json_decref(bootstrap);
	json_decref(jackknife);
	return rc;
}

/* ---- the answers ---- */

static int
answers_read(struct model *m, struct pool *pool, struct err *err)
{
	size_t k = m->pls.items, n = m->data.n;
	double *x = pool_array(pool, n * k + 1, sizeof(*x)), low = isnan(m->low) ? 0 : m->low;
	const double *column;
	int rc;

	for (size_t i = 0; i < k; i++) {
		if ((rc = plan_data_numbers(&column, &m->data, m->pls.item[i], err)) != 0)
			return rc;
		for (size_t r = 0; r < n; r++)
			x[r * k + i] = column[r] - low;
	}
	m->x = x;
	return 0;
}

static int
file_load(struct model *m, const json_t *said, const json_t *codes, const struct model_from *from,
	struct pool *pool, struct err *err)
{
	const char *path = "", *written = NULL;

	if (read_required(said, "data", err) != 0 || read_text(&path, said, "data", err) != 0 ||
			read_text(&written, said, "encoding", err) != 0)
		return FAULT_INPUT;
	return plan_data_load(&m->data, plan_path(from->folder, path, pool),
		from->encoding != NULL ? from->encoding : written, codes, pool, err);
}

static int
wave_load(struct model *m, struct plan_wave *wave, const json_t *said, const json_t *codes,
	const struct plan_stored *stored, struct pool *pool, struct err *err)
{
	int rc;

	if (stored->waves > 1)
		return fault_set(err, FAULT_INPUT, "模型一次只能用一个轮次",
			"a model is of one wave at a time");
	m->model_based = stored->model_based;
	rc = stored->wave(wave, stored->ctx, 0, said, err);
	return rc != 0 ? rc : plan_wave_data(&m->data, wave, codes, pool, err);
}

int
model_read_data(struct model *m, const json_t *said, const struct model_from *from,
	struct pool *pool, struct err *err)
{
	struct plan_wave wave = { .frame = NULL };
	const json_t *codes;
	int rc;

	if (read_object(&codes, said, "codes", err) != 0)
		return FAULT_INPUT;
	rc = from->stored != NULL ? wave_load(m, &wave, said, codes, from->stored, pool, err) :
		file_load(m, said, codes, from, pool, err);
	if (rc == 0)
		rc = answers_read(m, pool, err);
	if (rc == 0)
		rc = resampling_read(m, said, from->folder, &wave, pool, err);
	plan_wave_clear(&wave);
	return rc;
}
