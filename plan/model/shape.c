/* What causes what and what measures it, from a model's JSON. */
#include <math.h>
#include <string.h>

#include "plan/model/in.h"
#include "plan/read.h"
#include "stats/fault.h"

enum { BLOCKS_MAX = 64, ITEMS_MAX = 512 };

static int
number_of(const char *const name[], size_t n, const char *wanted)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(name[i], wanted) == 0)
			return (int)i;
	return -1;
}

/* One construct's items, after those read so far. */
static int
block_read(struct pls_model *p, const char **item, size_t *of, const json_t *blocks,
	const char *construct, struct pool *pool, struct err *err)
{
	const char *const *name = NULL;
	size_t n = 0;
	int at;

	if (read_texts(&name, &n, blocks, construct, pool, err) != 0)
		return FAULT_INPUT;
	if (n == 0)
		return fault_set(err, FAULT_INPUT, "构念“%s”没有题目",
			"construct %s has no item", construct);
	for (size_t i = 0; i < n; i++) {
		if (name[i] == NULL || p->items == ITEMS_MAX)
			return fault_set(err, FAULT_INPUT,
				"构念“%s”的题目应为列名，全部题目最多 %d 个",
				"the items of construct %s should be names of columns,"
				" at most %d in all", construct, ITEMS_MAX);
		if ((at = number_of(item, p->items, name[i])) >= 0)
			return fault_set(err, FAULT_INPUT, "题目“%s”同时属于构念“%s”和“%s”",
				"item %s belongs to two constructs: %s and %s", name[i],
				p->block[of[at]], construct);
		item[p->items] = name[i];
		of[p->items++] = p->blocks;
	}
	return 0;
}

static int
blocks_read(struct pls_model *p, const json_t *said, struct pool *pool, struct err *err)
{
	const char **block = pool_array(pool, BLOCKS_MAX, sizeof(*block));
	const char **item = pool_array(pool, ITEMS_MAX, sizeof(*item)), *construct;
	size_t *of = pool_array(pool, ITEMS_MAX, sizeof(*of));
	const json_t *blocks;
	json_t *items;
	int rc;

	if (read_required(said, "blocks", err) != 0 ||
			read_object(&blocks, said, "blocks", err) != 0)
		return FAULT_INPUT;
	p->block = block;
	p->item = item;
	p->of = of;
	json_object_foreach((json_t *)blocks, construct, items) {
		if (p->blocks == BLOCKS_MAX)
			return fault_set(err, FAULT_INPUT, "最多 %d 个构念",
				"at most %d constructs", BLOCKS_MAX);
		block[p->blocks] = construct;
		if ((rc = block_read(p, item, of, blocks, construct, pool, err)) != 0)
			return rc;
		p->blocks++;
	}
	return p->blocks > 1 ? 0 :
		fault_set(err, FAULT_INPUT, "模型至少要有两个构念", "a model needs two constructs");
}

static int
path_read(struct model *m, bool path[], const json_t *pair, struct err *err)
{
	const struct pls_model *p = &m->pls;
	size_t *end = m->path[m->paths];

	if (json_array_size(pair) != 2)
		return fault_set(err, FAULT_INPUT, "“paths” 应为 [[\"原因\", \"结果\"], …]",
			"\"paths\" should be [[\"cause\", \"effect\"], ...]");
	for (size_t i = 0; i < 2; i++) {
		const char *name = json_string_value(json_array_get(pair, i));
		int at = name != NULL ? number_of(p->block, p->blocks, name) : -1;

		if (at < 0)
			return fault_set(err, FAULT_INPUT, "路径中的“%s”不在 “blocks” 里",
				"path to or from %s: it is not in \"blocks\"",
				name != NULL ? name : "?");
		end[i] = (size_t)at;
	}
	if (path[end[0] * p->blocks + end[1]])
		return fault_set(err, FAULT_INPUT, "路径“%s”→“%s”写了两次",
			"the path from %s to %s stands twice", p->block[end[0]], p->block[end[1]]);
	path[end[0] * p->blocks + end[1]] = true;
	m->paths++;
	return 0;
}

static int
paths_read(struct model *m, const json_t *said, struct pool *pool, struct err *err)
{
	const json_t *paths = json_object_get(said, "paths");
	bool *path = pool_array(pool, m->pls.blocks * m->pls.blocks, sizeof(*path));
	int rc = 0;

	if (read_required(said, "paths", err) != 0)
		return FAULT_INPUT;
	m->path = pool_array(pool, json_array_size(paths) + 1, sizeof(*m->path));
	if (!json_is_array(paths))
		return path_read(m, path, NULL, err);
	for (size_t i = 0; rc == 0 && i < json_array_size(paths); i++)
		rc = path_read(m, path, json_array_get(paths, i), err);
	m->pls.path = path;
	return rc;
}

static int
scale_read(struct model *m, const json_t *said, struct pool *pool, struct err *err)
{
	const double *end = NULL;
	size_t n = 0;

	m->low = m->pls.low = m->pls.high = NAN;
	if (read_numbers(&end, &n, said, "scale", pool, err) != 0)
		return FAULT_INPUT;
	if (end == NULL)
		return 0;
	if (n != 2 || !(end[0] < end[1]))
		return fault_set(err, FAULT_INPUT, "“scale” 应为量表的两端，如 [1, 10]",
			"\"scale\" should be the ends of the questionnaire's scale, as [1, 10]");
	m->low = end[0];
	m->pls.low = 0;
	m->pls.high = end[1] - end[0];
	return 0;
}

/* Other names of a construct, for tables. */
static int
labels_read(struct model *m, const json_t *said, struct pool *pool, struct err *err)
{
	const char **label = pool_array(pool, m->pls.blocks, sizeof(*label));
	const json_t *labels;

	if (read_object(&labels, said, "labels", err) != 0)
		return FAULT_INPUT;
	for (size_t b = 0; b < m->pls.blocks; b++) {
		label[b] = "";
		if (read_text(&label[b], labels, m->pls.block[b], err) != 0)
			return FAULT_INPUT;
	}
	m->label = label;
	return 0;
}

int
model_read_shape(struct model *m, const json_t *said, struct pool *pool, struct err *err)
{
	static const char *const known[] = { "model", "data", "encoding", "codes", "blocks",
		"paths", "labels", "scheme", "mode", "scale", "missing", "level", "weight",
		"cluster", "strata", "nest", "lonely", "bootstrap", "jackknife", "scores", NULL };
	static const char *const scheme[] = { "path", "centroid", "factorial", NULL },
		*const mode[] = { "A", "B", NULL };
	static const char *const missing[] = { "mean", "listwise", "pairwise", NULL };
	int s = PLS_PATH, o = PLS_MODE_A, a = PLS_MEAN, rc;

	m->level = 0.95;
	if (read_known(said, known, err) != 0 || read_word(&s, said, "scheme", scheme, err) != 0 ||
			read_word(&o, said, "mode", mode, err) != 0 ||
			read_word(&a, said, "missing", missing, err) != 0 ||
			read_level(&m->level, said, "level", err) != 0 ||
			read_flag(&m->scores, said, "scores", err) != 0)
		return FAULT_INPUT;
	m->pls.scheme = (enum pls_scheme)s;
	m->pls.mode = (enum pls_mode)o;
	m->missing = (enum pls_missing)a;
	if ((rc = blocks_read(&m->pls, said, pool, err)) != 0 ||
			(rc = paths_read(m, said, pool, err)) != 0 ||
			(rc = scale_read(m, said, pool, err)) != 0)
		return rc;
	return labels_read(m, said, pool, err);
}
