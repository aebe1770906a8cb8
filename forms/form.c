/* Looking things up in a form. */
#include "forms/form.h"

#include <string.h>

int
form_item(const struct form *form, const char *name)
{
	for (size_t i = 0; i < form->items; i++)
		if (strcmp(form->item[i].name, name) == 0)
			return (int)i;
	return -1;
}

const struct index_def *
form_index(const struct form *form, const char *name)
{
	for (size_t i = 0; i < form->indices; i++)
		if (strcmp(form->index[i].name, name) == 0)
			return &form->index[i];
	return NULL;
}

const struct choice *
form_choice(const struct item *item, const char *name)
{
	for (size_t i = 0; i < item->choices; i++)
		if (strcmp(item->choice[i].name, name) == 0)
			return &item->choice[i];
	return NULL;
}

const struct choice *
form_choice_code(const struct item *item, int code)
{
	for (size_t i = 0; i < item->choices; i++)
		if (item->choice[i].code == code)
			return &item->choice[i];
	return NULL;
}

const struct texts *
form_label(const struct form *form, const struct item *item, const char *when)
{
	if (when == NULL || item->sector_label == NULL)
		return &item->label;
	for (size_t i = 0; i < form->variants; i++)
		if (strcmp(form->variant[i].item, item->name) == 0 &&
				strcmp(form->variant[i].when, when) == 0)
			return &form->variant[i].label;
	return &item->label;
}
