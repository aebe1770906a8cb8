/* What the tests of paper share: names short and long, and where things may stand. */
#ifndef TESTS_VIEW_PAPER_H
#define TESTS_VIEW_PAPER_H

#include "tests/support/check.h"

#include "base/pool.h"
#include "forms/form.h"
#include "view/paper/sheet.h"

static struct pool pool;

/* Names as they come, and the longest one can expect. */
struct place {
	const char *city, *site, *window, *base;
	const char *table, *agency, *approval;
};

static const struct place places[] = {
	{ "瓦房店市", "瓦房店市政务服务中心", "3号窗口", "https://zl.wafangdian.gov.cn",
		"瓦质调01表", "市场监督管理局", "瓦统制〔2024〕3号" },
	{ "瓦房店市", "瓦房店市得利寺镇蔡房身村农村商业银行便民金融服务站（供销社综合楼一层）",
		"综合业务12号窗口（东侧）",
		"https://zhiliang.diaocha.wafangdian.dalian.gov.cn:8443",
		"瓦质调01表（2024年修订）", "瓦房店市市场监督管理局、瓦房店市统计局",
		"瓦统制〔2024〕3号、瓦市监发〔2024〕115号" },
	{ "积石山保安族东乡族撒拉族自治县",
		"积石山保安族东乡族撒拉族自治县大河家镇人民政府便民服务中心",
		"社保、医保、民政综合受理一号窗口", "http://localhost:8080", "", "", "" },
	{ "", "A", "", "http://a.cn", "", "", "" },
	{ "Wafangdian",
		"Wafangdian Government Services Centre, Second Floor,"
		" East Wing, Counters for Business",
		"Counter 12 (east)", "https://surveys-of-quality.wafangdian.example.gov.cn",
		"WQS-01", "Administration for Market Regulation", "WTZ [2024] 3" },
};

static const char *const code[] = { "K7Q29XMP4TDC", "WWWWWWWWWWWW", "MMMMMMMMMMMM", "777777777777",
	"ABCDEFGHJKLM", "K7Q29XMP4TDC",
	"WWWWWWWWWWWW", "MMMMMMMMMMMM", "777777777777", "ABCDEFGHJKLM", "QQQQQQQQQQQQ" };

static inline const struct form *
load(const char *id)
{
	struct err err = { 0 };
	const struct form *form =
		form_load(check_path(pool_fmt(&pool, "forms/questionnaires/%s.json", id)), &pool,
		&err);

	if (form == NULL)
		fail_msg("%s", err.text);
	return form;
}

static inline bool
meet(const struct extent *a, const struct extent *b)
{
	const double slack = .01;

	return a->page == b->page && a->x + a->width > b->x + slack &&
		b->x + b->width > a->x + slack &&
		a->y + a->height > b->y + slack && b->y + b->height > a->y + slack;
}

static inline void
nothing_meets(const struct extents *e)
{
	for (size_t i = 0; i < e->n; i++)
		for (size_t k = 0; k < i; k++)
			if (meet(&e->extent[i], &e->extent[k]))
				fail_msg("\"%s\" and \"%s\" meet at y = %.1f", e->extent[k].words,
					e->extent[i].words, e->extent[i].y);
}

static inline void
inside(const struct extent *e, double x, double y, double width, double height)
{
	if (e->x < x || e->y < y || e->x + e->width > x + width || e->y + e->height > y + height)
		fail_msg("\"%s\" at %.1f %.1f, %.1f by %.1f, leaves %.1f %.1f, %.1f by %.1f",
			e->words, e->x, e->y, e->width, e->height, x, y, width, height);
}

/* The words are all there, whatever lines they were broken into. */
static inline bool
says(const struct extents *e, const char *words)
{
	for (size_t i = 0; i < e->n; i++)
		if (strstr(e->extent[i].words, words) != NULL)
			return true;
	return false;
}

static inline const char *
repeated(const char *what, size_t n)
{
	char *s = pool_take(&pool, strlen(what) * n + 1);

	for (size_t i = 0; i < n; i++)
		strcat(s, what);
	return s;
}

static inline int
done(void **state)
{
	(void)state;
	pool_clear(&pool);
	return 0;
}

#endif
