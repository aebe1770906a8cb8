/* The questionnaires that come with the program, inside it: no path needed to load them. */
#ifndef FORMS_BUILTIN_H
#define FORMS_BUILTIN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/pool.h"
#include "forms/form.h"

/* What a poster on the spot opens where nobody says which form: the shortest. */
#define FORM_ON_SITE "B"

/* The bytes of forms/questionnaires/ID.json as they were when the program was built. */
struct form_builtin {
	const char *id;			/* "A" */
	const unsigned char *body;	/* NUL after the end */
	size_t n;			/* bytes */
};

/* The i-th in order of id, from 0; false past the last (*b untouched). */
bool form_builtin_at(struct form_builtin *b, size_t i);
/* The one of that id; false if there is none. */
bool form_builtin_find(struct form_builtin *b, const char *id);

/* The same, loaded; NULL with ERR_MISSING, naming those there are. */
const struct form *form_builtin_load(const char *id, struct pool *pool, struct err *err);

#endif
