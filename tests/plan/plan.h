/* What the tests of plans share: JSON and data from text, a sample, an operation's answer. */
#ifndef TESTS_PLAN_PLAN_H
#define TESTS_PLAN_PLAN_H

#include "plan/op/ops.h"
#include "stats/fault.h"
#include "tests/support/check.h"

static struct pool pool;
static struct err err;
static json_t *kept[256];
static size_t kept_n;
static char folder[] = "/tmp/manyi-plan-XXXXXX";
static bool folder_made;

/* JSON with ' for ", released at the end of the test; what went wrong before it is forgotten. */
static inline json_t *
json(const char *text)
{
	char *copy = pool_strdup(&pool, text);
	json_error_t where;

	err = (struct err){ 0 };
	for (char *p = copy; *p != '\0'; p++)
		if (*p == '\'')
			*p = '"';
	kept[kept_n] = json_loads(copy, JSON_DECODE_ANY, &where);
	if (kept[kept_n] == NULL)
		fail_msg("%s: %s", copy, where.text);
	return kept[kept_n++];
}

static inline int
teardown(void **state)
{
	(void)state;
	while (kept_n > 0)
		json_decref(kept[--kept_n]);
	if (folder_made && system(pool_fmt(&pool, "rm -r %s", folder)) != 0)
		return -1;
	memcpy(folder + strlen(folder) - 6, "XXXXXX", 6);
	folder_made = false;
	pool_clear(&pool);
	err = (struct err){ 0 };
	return 0;
}

static inline struct plan_data *
data(const char *text, const json_t *codes)
{
	struct plan_data *d = pool_take(&pool, sizeof(*d));

	assert_int_equal(plan_data_parse(d, text, strlen(text), "d.csv", codes, &pool, &err), 0);
	return d;
}

/* Four people. */
#define PEOPLE "y,s,c,w,N,g\n1,n,1,1,4,a\n2,n,2,2,4,b\n3,m,3,1,4,a\n4,m,4,1,4,b\n"

/* A sample of a table, design (JSON, or NULL) and all. */
static inline struct plan_work
work(const char *text, const char *design)
{
	struct plan_sample *s = pool_take(&pool, sizeof(*s));
	struct plan_work w = { data(text, NULL), s, 0.95, &pool, false };

	if (plan_sample_make(s, w.data, design != NULL ? json(design) : NULL, NULL, &err) != 0)
		fail_msg("%s", err.text);
	return w;
}

/* What an operation answers, kept until the end of the test; *fault is what it returns. */
static inline const json_t *
answer(plan_op *op, const struct plan_work *w, const char *request, int *fault)
{
	const json_t *asked = json(request);
	json_t *result = kept[kept_n++] = json_object();

	*fault = op(result, w, asked, &err);
	return result;
}

/* The same of one that can be answered. */
static inline const json_t *
answered(plan_op *op, const struct plan_work *w, const char *request)
{
	int fault;
	const json_t *result = answer(op, w, request, &fault);

	if (fault != 0)
		fail_msg("%s: %s", request, err.text);
	return result;
}

/* It is refused with this fault, whose sentence has this part. */
static inline void
refused(plan_op *op, const struct plan_work *w, const char *request, int want, const char *part)
{
	int fault;

	answer(op, w, request, &fault);
	if (fault != want || strstr(err.text, part) == NULL)
		fail_msg("%s: %d, %s; want %d with %s", request, fault, err.text, want, part);
}

/* A file of this name in a folder of the test's own. */
static inline const char *
put(const char *name, const char *text)
{
	const char *path;
	FILE *f;

	if (!folder_made)
		assert_non_null(mkdtemp(folder));
	folder_made = true;
	path = pool_fmt(&pool, "%s/%s", folder, name);
	f = fopen(path, "w");
	assert_non_null(f);
	fputs(text, f);
	fclose(f);
	return path;
}

static inline const json_t *
row_of(const json_t *result, size_t i)
{
	return json_array_get(json_object_get(result, "rows"), i);
}

static inline double
number_of(const json_t *result, size_t i, const char *member)
{
	return json_number_at(row_of(result, i), member);
}

#endif
