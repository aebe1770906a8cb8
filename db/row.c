/* A response becomes a stored row. */
#include "db/row.h"

#include <string.h>

#include "base/utf8.h"
#include "ledger/leaf.h"

void
row_leaf(unsigned char leaf[LEAF_N], const struct response_row *row, const char *wave_name,
	const char *form_sha256, const char *site_code)
{
	struct text paradata = TEXT_INIT;
	struct leaf_field more[2];
	char batch[DECIMAL_MAX];
	size_t fields = 0;

	if (row->batch != 0) {
		text_decimal(batch, row->batch);
		more[fields++] = (struct leaf_field){ "batch", batch };
	}
	if (row->agency_key != NULL && row->agency_key[0] != '\0')
		more[fields++] = (struct leaf_field){ "agency_key", row->agency_key };
	paradata_put(&paradata, &row->paradata);
	leaf_hash(leaf, &(struct leaf){
		.wave = wave_name, .form_sha256 = form_sha256, .site = site_code,
		.stream = row->stream, .mode = row->mode, .key = row->key,
		.minute = row->minute, .seconds = row->seconds,
		.stratum = row->stratum, .cluster = row->cluster, .weight = row->weight,
		.answers = row->answers, .flagged = row->flagged, .paradata = text_str(&paradata),
		.more = more, .fields = fields,
	});
	text_clear(&paradata);
}

void
row_make(struct response_row *row, const struct response *r, const struct row_envelope *e,
	struct pool *pool)
{
	struct text answers = TEXT_INIT;

	response_put_json(&answers, r);
	*row = (struct response_row){
		.wave = e->wave, .site = e->site, .stream = e->stream, .mode = e->mode,
		.key = e->key, .minute = e->minute, .seconds = e->seconds,
		.stratum = e->stratum, .cluster = e->cluster, .weight = e->weight,
		.answers = pool_strndup(pool, answers.s, answers.n),
		.flagged = r->flagged,
		.paradata = e->paradata != NULL ? *e->paradata : PARADATA_NONE,
		.batch = e->batch, .agency_key = e->agency_key != NULL ? e->agency_key : "",
	};
	text_clear(&answers);
	row_leaf(row->leaf, row, e->wave_name, r->form->sha256, e->site_code);
	leaf_receipt(row->receipt, row->leaf);
}

const char *
row_wave_name(const struct wave *wave, struct pool *pool)
{
	return pool_fmt(pool, "%s-%s", wave->form_id, wave->label);
}

const char *
row_site_fault(const struct site *site)
{
	const struct { const char *name, *text; } part[] = {
		{ "code", site->code }, { "name", site->name }, { "window", site->window },
		{ "sector", site->sector }, { "township", site->township },
		{ "stratum", site->stratum }, { "form", site->form_id },
	};

	for (size_t i = 0; i < sizeof(part) / sizeof(part[0]); i++)
		if (utf8_valid(part[i].text, strlen(part[i].text)) != strlen(part[i].text))
			return part[i].name;
	return NULL;
}
