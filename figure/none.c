/* Reasons for having no rows. */
#include "figure/none.h"

#include <string.h>

#include "base/text.h"

/* Names of waves, and how many. */
struct names {
	struct text text;
	size_t n;
};

static void
name_add(struct names *names, const struct wave *w)
{
	text_fmt(&names->text, "%s%s-%s", names->n++ > 0 ? ", " : "", w->form_id, w->label);
}

static int
no_answers(const struct names *of, const char *stream, struct err *err)
{
	const char *names = of->text.s;

	if (stream == NULL)
		return err_set(err, ERR_REFUSED, "%s 还没有答卷", "there are no answers of %s yet",
			names);
	return err_set(err, ERR_REFUSED,
		"%s 没有 %s 答卷；数据来源用 --stream 说明，两者从不合并",
		of->n == 1 ? "%s has no answers of the %s stream; --stream says which,"
		" they are never pooled" :
		"%s have no answers of the %s stream; --stream says which,"
		" they are never pooled", names, stream);
}

/* Answers of a stream (NULL: of both) that may count; -1 with *err. */
static int64_t
answers_of(struct db *db, const struct wave *wave, const char *stream, struct pool *pool,
	struct err *err)
{
	struct response_count *count;
	size_t counts;
	int64_t n = 0;

	if (db_count_responses(db, wave->id, &count, &counts, pool, err) != 0)
		return -1;
	for (size_t k = 0; k < counts; k++)
		n += stream == NULL || strcmp(count[k].stream, stream) == 0 ? count[k].n : 0;
	return n;
}

int
none_answers(struct db *db, const struct wave *wave, enum stream stream, struct pool *pool,
	struct err *err)
{
	int64_t n = answers_of(db, wave, stream_name(stream), pool, err);
	struct names names = { TEXT_INIT, 0 };

	if (n != 0)
		return n > 0 ? 0 : -1;
	name_add(&names, wave);
	no_answers(&names, stream_name(stream), err);
	text_clear(&names.text);
	return -1;
}

int
none_groups(const char *waves, const char *by, const char *stream, struct err *err)
{
	if (stream == NULL)
		return err_set(err, ERR_REFUSED, "%s 的答卷都没有“%s”，不能按它分组",
			"no answer of %s has a “%s” to be grouped by", waves, by);
	return err_set(err, ERR_REFUSED, "%s 的 %s 答卷都没有“%s”，不能按它分组",
		"no answer of %s (%s stream) has a “%s” to be grouped by", waves, stream, by);
}

static int
no_wave(const struct names *waves, const struct figure_ask *ask, struct err *err)
{
	if (waves->n == 0)
		return err_set(err, ERR_MISSING, "问卷 %s 还没有轮次", "form %s has no wave yet",
			ask->form);
	return err_set(err, ERR_MISSING, "问卷 %s 没有 %d 年的轮次；有：%s",
		"form %s has no wave of %d; there are: %s", ask->form, ask->year, waves->text.s);
}

static int
reason(const struct names *all, const struct names *asked, const struct names *answered,
	const struct figure_ask *ask, struct err *err)
{
	if (asked->n == 0)
		return no_wave(all, ask, err);
	if (answered->n == 0)
		return no_answers(asked, ask->stream, err);
	if (ask->by != NULL && ask->by[0] != '\0')
		return none_groups(answered->text.s, ask->by, ask->stream, err);
	return err_set(err, ERR_MISSING, "%s 所用的问卷没有“%s”",
		"the form of %s has no “%s”", answered->text.s,
		ask->index != NULL ? ask->index : LANG_PICK("指数", "index"));
}

int
none_figures(struct db *db, const struct figure_ask *ask, struct pool *pool, struct err *err)
{
	struct names all = { TEXT_INIT, 0 }, asked = all, answered = all;
	struct wave *wave;
	size_t waves;
	int64_t n = 0;

	if (db_list_waves(db, ask->form, &wave, &waves, pool, err) != 0)
		return -1;
	for (size_t i = 0; n >= 0 && i < waves; i++) {
		name_add(&all, &wave[i]);
		if (ask->year != 0 && wave[i].year != ask->year)
			continue;
		name_add(&asked, &wave[i]);
		if ((n = answers_of(db, &wave[i], ask->stream, pool, err)) > 0)
			name_add(&answered, &wave[i]);
	}
	if (n >= 0)
		reason(&all, &asked, &answered, ask, err);
	text_clear(&all.text);
	text_clear(&asked.text);
	text_clear(&answered.text);
	return -1;
}
