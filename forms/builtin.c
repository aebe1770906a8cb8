/* The embedded questionnaires. */
#include "forms/builtin.h"

#include <string.h>

extern const unsigned char embed_form_A[], embed_form_B[], embed_form_C[];
extern const size_t embed_form_A_n, embed_form_B_n, embed_form_C_n;

static const struct {
	const char *id;
	const unsigned char *body;
	const size_t *n;
} builtins[] = {
	{ "A", embed_form_A, &embed_form_A_n },
	{ "B", embed_form_B, &embed_form_B_n },
	{ "C", embed_form_C, &embed_form_C_n },
};

bool
form_builtin_at(struct form_builtin *b, size_t i)
{
	if (i >= sizeof(builtins) / sizeof(builtins[0]))
		return false;
	*b = (struct form_builtin){ builtins[i].id, builtins[i].body, *builtins[i].n };
	return true;
}

bool
form_builtin_find(struct form_builtin *b, const char *id)
{
	for (size_t i = 0; form_builtin_at(b, i); i++)
		if (strcmp(b->id, id) == 0)
			return true;
	return false;
}

const struct form *
form_builtin_load(const char *id, struct pool *pool, struct err *err)
{
	struct form_builtin b;

	if (!form_builtin_find(&b, id)) {
		err_set(err, ERR_MISSING, "没有内置问卷 %s：内置的是 A、B、C",
			"there is no built-in form %s: there are A, B, C", id);
		return NULL;
	}
	return form_parse((const char *)b.body, b.n, pool_fmt(pool, "%s.json", b.id), pool, err);
}
