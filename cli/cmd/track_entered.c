/* Confirmations: who reads them knows the table, not our field names. */
#include "cli/cmd/track_entered.h"

#include <string.h>

#include "cli/show.h"
#include "track/track.h"

static const char *
in_lang(const json_t *said, const char *key)
{
	return show_string(json_object_get(said, key), LANG_PICK("zh", "en"));
}

/* What the signature does not do. */
static void
show_note(struct text *out, const json_t *said)
{
	if (*show_string(said, "note") != '\0')
		show_line(out, "%s", "%s", show_string(said, "note"));
}

void
track_show_set(struct text *out, const json_t *said)
{
	show_line(out, "已填报：第 %s 项第 %lld 条“%s”", "Entered: row %s, requirement %lld, “%s”", show_string(said, "indicator"),
	    show_whole(said, "subtarget"), in_lang(said, "sentence"));
	show_line(out, "%lld 年完成值：%s；来源：%s（%s）", "%lld: %s; source: %s (%s)", show_whole(said, "year"),
	    in_lang(said, "shown"), show_string(said, "source"), show_string(said, "date"));
}

void
track_show_threshold(struct text *out, const json_t *said)
{
	show_line(out, "已登记审定：第 %s 项第 %lld 条“%s”", "Signed: row %s, requirement %lld, “%s”", show_string(said, "indicator"),
	    show_whole(said, "clause"), in_lang(said, "sentence"));
	show_line(out, "审定为：%s（%s，%s）", "set to: %s (%s, %s)", in_lang(said, "shown"), show_string(said, "signed_by"),
	    show_string(said, "date"));
	if (*show_string(said, "document") != '\0')
		show_line(out, "依据文件：%s", "by the document: %s", show_string(said, "document"));
	if (*show_string(said, "successor") != '\0')
		show_line(out, "现行依据：%s", "in its place: %s", show_string(said, "successor"));
	show_note(out, said);
}

void
track_show_criterion(struct text *out, const json_t *said)
{
	const char *words = show_string(json_object_get(said, "words"), LANG_PICK("zh", "en"));

	if (json_object_get(said, "governs") != NULL)
		show_line(out, "已登记审定：第 %s 项以%s为准（%s，%s）", "Signed: in row %s %s governs (%s, %s)",
			show_string(said, "indicator"), words, show_string(said, "signed_by"), show_string(said, "date"));
	else
		show_line(out, "已登记审定：第 %s 项的连续年数%s（%s，%s）", "Signed: years in a row of row %s are %s (%s, %s)",
			show_string(said, "indicator"), words, show_string(said, "signed_by"), show_string(said, "date"));
	show_note(out, said);
}

static const char *
state_words(const json_t *said)
{
	enum evidence evidence = evidence_find(show_string(said, "state"));

	return evidence == EVIDENCE_MAX ? show_string(said, "state") : evidence_words(evidence).in[lang_get()];
}

void
track_show_evidence(struct text *out, const json_t *said)
{
	show_line(out, "已登记佐证材料，编号 %lld：第 %s 项《%s》，%s", "Document no. %lld: row %s, “%s”, %s", show_whole(said, "evidence"),
	    show_string(said, "indicator"), show_string(said, "title"), state_words(said));
	show_line(out, "文件摘要（SHA-256）：%s", "SHA-256: %s", show_string(said, "sha256"));
}

void
track_show_review(struct text *out, const json_t *said)
{
	show_line(out, "佐证材料编号 %lld：%s", "Document no. %lld: %s", show_whole(said, "evidence"), state_words(said));
}
