/* Ready models, and a file's members on top of one. */
#include <string.h>

#include "base/lang.h"
#include "plan/model/model.h"
#include "plan/model/in.h"
#include "plan/read.h"
#include "stats/fault.h"

extern const unsigned char embed_model_ecsi[], embed_model_acsi[], embed_model_ccsi[];
extern const size_t embed_model_ecsi_n, embed_model_acsi_n, embed_model_ccsi_n;

static const struct {
	const char *name;
	const unsigned char *body;
	const size_t *n;
} ready[] = {
	{ "ecsi", embed_model_ecsi, &embed_model_ecsi_n },
	{ "acsi", embed_model_acsi, &embed_model_acsi_n },
	{ "ccsi", embed_model_ccsi, &embed_model_ccsi_n },
};

json_t *
plan_model_ready(const char *name, struct err *err)
{
	for (size_t i = 0; i < sizeof(ready) / sizeof(ready[0]); i++)
		if (strcmp(ready[i].name, name) == 0)
			return json_loadb((const char *)ready[i].body, *ready[i].n, 0, NULL);
	err_set(err, ERR_INPUT, "没有现成的模型“%s”：有 ecsi、acsi、ccsi",
		"there is no ready model \"%s\": there are "
		"ecsi, acsi, ccsi", name);
	return NULL;
}

json_t *
plan_model_list(void)
{
	json_t *list = json_array();

	for (size_t i = 0; i < sizeof(ready) / sizeof(ready[0]); i++) {
		json_t *model = plan_model_ready(ready[i].name, NULL),
			*title = json_object_get(model, "title");

		json_array_append_new(list, json_pack("{s:s, s:O, s:i, s:i}", "name", ready[i].name,
			"title", json_object_get(title, LANG_PICK("zh", "en")), "constructs",
			(int)json_object_size(json_object_get(model, "blocks")), "paths",
			(int)json_array_size(json_object_get(model, "paths"))));
		json_decref(model);
	}
	return list;
}

/* Does a path start or end at a construct? */
static bool
touches(const json_t *path, const char *construct)
{
	for (size_t i = 0; i < json_array_size(path); i++) {
		const char *end = json_string_value(json_array_get(path, i));

		if (end != NULL && strcmp(end, construct) == 0)
			return true;
	}
	return false;
}

static void
take_away(json_t *model, const char *construct)
{
	json_t *paths = json_object_get(model, "paths");

	json_object_del(json_object_get(model, "blocks"), construct);
	for (size_t i = json_array_size(paths); i-- > 0;)
		if (touches(json_array_get(paths, i), construct))
			json_array_remove(paths, i);
}

/* Constructs named anew get other items; null takes one away, with its paths. */
static void
blocks_merge(json_t *model, const json_t *blocks)
{
	const char *construct;
	json_t *items;

	json_object_foreach((json_t *)blocks, construct, items) {
		if (json_is_null(items))
			take_away(model, construct);
		else
			json_object_set(json_object_get(model, "blocks"), construct, items);
	}
}

json_t *
model_merge(const json_t *said, struct err *err)
{
	const char *name = NULL, *key;
	const json_t *blocks;
	json_t *model, *value;

	if (read_text(&name, said, "model", err) != 0)
		return NULL;
	if (name == NULL)
		return json_copy((json_t *)said);
	if (read_object(&blocks, said, "blocks", err) != 0 ||
			(model = plan_model_ready(name, err)) == NULL)
		return NULL;
	json_object_foreach((json_t *)said, key, value)
		if (strcmp(key, "blocks") != 0 && strcmp(key, "model") != 0)
			json_object_set(model, key, value);
	blocks_merge(model, blocks);
	return model;
}
