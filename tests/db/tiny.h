/* A form of two items. */
#ifndef TESTS_DB_TINY_H
#define TESTS_DB_TINY_H

#include "tests/db/db.h"

/* A form of two items whose wording the test chooses. */
static inline const struct form *
tiny(const char *id, const char *version, const char *word, struct pool *pool)
{
	struct err err = { 0 };
	const char *body = pool_fmt(pool,
		"{\"settings\": {\"form_id\": \"%s\", \"version\": \"%s\","
		" \"title\": {\"zh\": \"%s\", \"en\": \"T\"}, \"population\": {\"zh\": \"居民\","
		" \"en\": \"Residents\"}, \"minutes\": 1, \"seconds\": 40, \"mapping\": \"share\","
		" \"consent\": {\"zh\": \"同意\", \"en\": \"Agree\"}}, \"choices\": {\"yn\":"
		" [{\"name\": \"1\", \"label\": {\"zh\": \"是\", \"en\": \"Yes\"}},"
		" {\"name\": \"2\", \"label\": {\"zh\": \"否\", \"en\": \"No\"}}]},"
		" \"survey\": [{\"type\": \"begin_group\", \"name\": \"g\","
		" \"appearance\": \"field-list\"},{\"type\": \"select_one yn\","
		" \"name\": \"q_one\", \"label\": {\"zh\": \"一\", \"en\": \"One\"}},{\"type\":"
		" \"text\", \"name\": \"select\", \"label\": {\"zh\": \"二\","
		" \"en\": \"Two\"}},{\"type\": \"end_group\"}]}", id, version, word);
	const struct form *form = form_parse(body, strlen(body), "tiny.json", pool, &err);

	if (form == NULL)
		fail_msg("%s", err.text);
	return form;
}

#endif
