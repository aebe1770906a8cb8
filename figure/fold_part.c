/* The slices a fold holds: one tally a stream for each. */
#include <string.h>

#include "figure/fold.h"
#include "figure/fold_in.h"

static bool
part_is(const struct fold_part *part, const struct fold_slice *slice)
{
	return part->slice.set == slice->set && strcmp(part->slice.by, slice->by) == 0 &&
		part->slice.all == slice->all;
}

bool
fold_apart(const struct fold_slice *slice, enum stream stream)
{
	return stream == STREAM_OPEN && strcmp(slice->by, "site") == 0;
}

enum scores_extent
fold_extent(const struct fold *fold, const struct fold_slice *slice, enum stream stream)
{
	bool elements = fold->elements[stream] || fold_apart(slice, stream);

	return (enum scores_extent)((elements ? SCORES_ELEMENTS : 0) |
		(slice->by[0] == '\0' ? SCORES_PAIRED : 0));
}

static void
part_variable(struct fold_part *part, const struct fold *fold, enum stream stream, const char *name)
{
	struct fold_stream *s = &part->stream[stream];

	for (size_t i = 0; i < s->variables; i++)
		if (strcmp(s->name[i], name) == 0)
			return;
	if (s->variables == FOLD_VARIABLES_MAX)
		return;
	s->name[s->variables] = name;
	s->variable[s->variables] = fold_variable(fold->form, name);
	s->variables++;
}

/* "flagged", the margins, `by`: in this order, none twice. */
static void
part_variables(struct fold_part *part, const struct fold *fold, enum stream stream,
	struct pool *pool)
{
	struct fold_stream *s = &part->stream[stream];
	const char *p = fold->wave.margins;
	size_t n;

	part_variable(part, fold, stream, "flagged");
	while (stream == STREAM_SAMPLED && *(p += strspn(p, " ")) != '\0') {
		n = strcspn(p, " ");
		part_variable(part, fold, stream, pool_strndup(pool, p, n));
		p += n;
	}
	if (part->slice.by[0] != '\0')
		part_variable(part, fold, stream, part->slice.by);
	tally_init(&s->tally,
		&fold->scores.layout[part->slice.set][fold_extent(fold, &part->slice, stream)],
		s->name, s->variables, pool);
}

struct fold_part *
fold_part_add(struct fold *fold, const struct fold_slice *slice, struct pool *pool)
{
	struct fold_part *part;

	if (fold->parts == FOLD_PARTS_MAX || fold->scores.layout[slice->set][0].scores == 0)
		return NULL;
	part = &fold->part[fold->parts++];
	*part = (struct fold_part){
		.slice = { slice->set, pool_strdup(pool, slice->by), slice->all } };
	part_variables(part, fold, STREAM_SAMPLED, pool);
	part_variables(part, fold, STREAM_OPEN, pool);
	return part;
}

const struct fold_part *
fold_part_find(const struct fold *fold, const struct fold_slice *slice)
{
	for (size_t i = 0; i < fold->parts; i++)
		if (part_is(&fold->part[i], slice))
			return &fold->part[i];
	return NULL;
}

void
fold_reset(struct fold *fold, struct pool *pool)
{
	struct fold_part *old = fold->part;
	size_t n = fold->parts;

	fold->part = pool_array(pool, FOLD_PARTS_MAX, sizeof(*fold->part));
	fold->parts = 0;
	for (size_t i = 0; i < n; i++)
		fold_part_add(fold, &old[i].slice, pool);
	fold->after = 0;
	fold->state.folded = -1;
	fold->state.excluded = 0;
}
