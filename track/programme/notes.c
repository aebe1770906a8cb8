/* What a programme says of a row beside its wording. */
#include "track/programme/programme.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "track/rule/sentence.h"

enum { NOTES_MAX = 200 };

struct notes {
	struct words *note;
	size_t n;
	struct pool *pool;
	const struct programme *programme;
};

static void
add(struct notes *s, const char *zh, const char *en)
{
	if (s->n < NOTES_MAX)
		s->note[s->n++] = (struct words){ { zh, en } };
}

/* ';' between names becomes the language's own sign. */
static const char *
list(const char *names, const char *between, struct pool *pool)
{
	struct text t = TEXT_INIT;
	const char *s;

	for (; *names != '\0'; names++)
		if (*names == ';')
			text_puts(&t, between);
		else
			text_putc(&t, *names);
	s = pool_strdup(pool, text_str(&t));
	text_clear(&t);
	return s;
}

static void
wording(struct notes *s, const struct indicator *row)
{
	if (row->deadline[0] != '\0')
		add(s, pool_fmt(s->pool,
			"完成时限：%.4s 年 %d 月。", row->deadline, atoi(row->deadline + 5)),
			pool_fmt(s->pool, "Deadline: %s.", row->deadline));
	if (!isnan(row->points))
		add(s, pool_fmt(s->pool, "分值：%g 分。", row->points),
			pool_fmt(s->pool, "Points: %g.", row->points));
	if (row->evidence[0] != '\0')
		add(s, pool_fmt(s->pool, "佐证编号：%s。", list(row->evidence, "、", s->pool)),
			pool_fmt(s->pool,
			"Numbers of evidence: %s.", list(row->evidence, ", ", s->pool)));
}

/* "市经信局现为市工业和信息化局（…，2019-03-01）。"; a suggestion says that it is one. */
static void
department(struct notes *s, const char *name)
{
	static const struct words now[] = {
		[BECAME_RENAMED] = { { "已更名为", "is now called" } },
		[BECAME_MERGED] = { { "已并入", "is now part of" } },
		[BECAME_MOVED_UP] = { { "已上收，现为", "was moved up and is now" } },
		[BECAME_ENDED] = { { "已撤销", "no longer exists" } },
	};
	const struct programme_department *d = programme_department(s->programme, name);
	const char *en = english_of(s->programme->english, name);

	if (d == NULL || d->became == BECAME_SAME || d->became == BECAME_UNKNOWN)
		return;
	en = en != NULL ? en : name;
	if (programme_confirmed(d->document, d->date))
		add(s, pool_fmt(s->pool, "%s%s%s（%s，%s）。", name, now[d->became].in[LANG_ZH],
			d->successor, d->document, d->date), pool_fmt(s->pool, "%s %s %s (%s, %s).",
			en, now[d->became].in[LANG_EN], d->successor, d->document, d->date));
	else
		add(s, pool_fmt(s->pool, "%s可能%s%s，尚未以文件确认，仍按原名。", name,
			now[d->became].in[LANG_ZH], d->successor), pool_fmt(s->pool,
			"%s perhaps %s %s: not confirmed by a document, the old name stands.", en,
			now[d->became].in[LANG_EN], d->successor));
}

static void
departments(struct notes *s, const char *names)
{
	size_t n;

	for (; *names != '\0'; names += n + (names[n] == ';')) {
		n = strcspn(names, ";");
		department(s, pool_strndup(s->pool, names, n));
	}
}

static void
clause(struct notes *s, const struct rule *rule)
{
	const struct programme_clause *c = rule->clause;
	struct words label;

	if (c == NULL || (!c->ended && c->proposed[0] == '\0'))
		return;
	label = rule_label(rule, s->pool);
	if (c->ended && !programme_confirmed(c->document, c->date))
		add(s, pool_fmt(s->pool,
			"第 %d 条“%s”的评价依据可能已取消%s%s%s，尚未以文件确认，仍按原条文。",
			rule->number, label.in[LANG_ZH], c->successor[0] != '\0' ? "，现为“" : "",
			c->successor, c->successor[0] != '\0' ? "”" : ""), pool_fmt(s->pool,
			"The yardstick of requirement %d, “%s”, may no longer exist%s%s%s: not"
			" confirmed by a document, the wording stands.",
			rule->number, label.in[LANG_EN], c->successor[0] != '\0' ? " (today: " : "",
			c->successor, c->successor[0] != '\0' ? ")" : ""));
	if (c->proposed[0] != '\0')
		add(s, pool_fmt(s->pool, "第 %d 条“%s”拟定为 %s，须经审定才算数。", rule->number,
			label.in[LANG_ZH], c->proposed), pool_fmt(s->pool,
			"For requirement %d, “%s”, %s is proposed: it counts once it is signed.",
			rule->number, label.in[LANG_EN], c->proposed));
}

void
programme_notes(struct words **note, size_t *n, const struct programme *p,
	const struct indicator *row, struct pool *pool)
{
	struct notes s = { .note = pool_array(pool, NOTES_MAX, sizeof(*s.note)), .pool = pool,
		.programme = p };

	wording(&s, row);
	departments(&s, row->lead);
	departments(&s, row->cooperate);
	for (size_t i = 0; i < row->rules; i++)
		clause(&s, &row->rule[i]);
	*note = s.note;
	*n = s.n;
}
