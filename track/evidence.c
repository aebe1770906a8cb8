/* Documents: what a row rests on, the worst that counts. */
#include "track/known.h"
#include "track/year.h"

/* Worst first. */
static const int order[EVIDENCE_MAX] = {
	[EVIDENCE_RETURNED] = 0, [EVIDENCE_NONE] = 1, [EVIDENCE_WAITING] = 2,
	[EVIDENCE_ACCEPTED] = 3,
};

/* Does a document speak of the clause?  rule NULL: of the row, so any. */
static bool
speaks_of(const struct evidence_row *file, const struct rule *rule, int year)
{
	if (rule == NULL)
		return true;
	return (file->subtarget == 0 || file->subtarget == rule->number) &&
		(!rule_annual(rule) || year_covered(file, year));
}

/* A newer document of the same sub-target that was not returned itself. */
static bool
replaced(const struct track_row *row, const struct evidence_row *file, const struct rule *rule)
{
	for (size_t i = 0; i < row->files; i++)
		if (row->file[i].subtarget == file->subtarget && row->file[i].id > file->id &&
				speaks_of(&row->file[i], rule, row->year) &&
				evidence_file(&row->file[i]) != EVIDENCE_RETURNED)
			return true;
	return false;
}

/* Of one sub-target and of the whole row; rule NULL: of all. */
static enum evidence
evidence_of(const struct track_row *row, const struct rule *rule)
{
	enum evidence worst = EVIDENCE_NONE, one;
	bool some = false;

	for (size_t i = 0; i < row->files; i++) {
		const struct evidence_row *file = &row->file[i];

		if (!speaks_of(file, rule, row->year))
			continue;
		one = evidence_file(file);
		if (one == EVIDENCE_RETURNED && replaced(row, file, rule))
			continue;
		if (!some || order[one] < order[worst])
			worst = one;
		some = true;
	}
	return worst;
}

/* The best of the alternatives first..end-1 that stand as their group does; -1
 * where all dropped out. */
static int
evidence_group(const struct track_row *row, size_t first, size_t end)
{
	enum standing group = STANDING_NONE;
	enum evidence one;
	int best = -1;

	for (size_t i = first; i < end; i++)
		group = verdict_or(group, row->clause[i].standing);
	if (group == STANDING_NONE || group == STANDING_CANCELLED)
		return -1;
	for (size_t i = first; i < end; i++) {
		if (row->clause[i].standing != group)
			continue;
		one = evidence_of(row, &row->rule[i]);
		if (best < 0 || order[one] > order[best])
			best = (int)one;
	}
	return best;
}

enum evidence
evidence_row(const struct track_row *row)
{
	int worst = -1, one;
	size_t end;

	for (size_t i = 0; i < row->rules; i = end) {
		for (end = i + 1; end < row->rules &&
				row->rule[end].group == row->rule[i].group; end++)
			continue;
		one = evidence_group(row, i, end);
		if (one >= 0 && (worst < 0 || order[one] < order[worst]))
			worst = one;
	}
	return worst < 0 ? evidence_of(row, NULL) : (enum evidence)worst;
}
