/* Writes two posters and the bare codes into a folder, for poster.py to decode.
 * usage: put_poster DIR */
#include <stdio.h>

#include "base/file.h"
#include "view/paper/poster.h"

static const char *const title_b[] = { "现场一分钟评价", "One-minute rating" };
static const char *const title_c[] = { "城市质量满意度调查",
	"Satisfaction with the quality of the city" };

static const struct form forms[] = {
	{ .id = "B", .title = { &languages_two, title_b }, .minutes = 1 },
	{ .id = "C", .title = { &languages_two, title_c }, .minutes = 4 },
};

static const struct poster posters[] = {
	{ .base_url = "https://zl.wafangdian.gov.cn", .code = "7K3M9P",
		.site_name = "瓦房店市政务服务中心", .window = "3号窗口", .city = "瓦房店市",
		.agency = "市场监督管理局", .table_number = "瓦质调01表",
		.approval = "瓦统制〔2024〕3号", .valid_until = "2025-12-31", .form = &forms[0] },
	{ .base_url = "http://localhost:8080", .code = "ABCDEF", .city = "瓦房店市", .demo = true,
		.site_name =
		"瓦房店市得利寺镇蔡房身村农村商业银行便民金融服务站（供销社综合楼一层）",
		.form = &forms[1] },
};

static int
write_one(const char *dir, const char *name, struct text *bytes, struct pool *pool, struct err *err)
{
	int rc = file_write(file_join(pool, dir, name), bytes->s, bytes->n, 0644, err);

	text_reset(bytes);
	return rc;
}

int
main(int argc, char **argv)
{
	const char *base = posters[0].base_url, *code = posters[0].code;
	struct pool pool = POOL_INIT;
	struct text out = TEXT_INIT;
	struct err err = { 0 };
	bool bad;

	if (argc != 2)
		return 2;
	bad = file_mkdir(argv[1], 0755, &err) != 0 || poster_pdf(&out, posters, 2, &err) != 0 ||
		write_one(argv[1], "poster.pdf", &out, &pool, &err) != 0 ||
		poster_qr_svg(&out, base, code, &err) != 0 ||
		write_one(argv[1], "code.svg", &out, &pool, &err) != 0 ||
		poster_qr_png(&out, base, code, 6, &err) != 0 ||
		write_one(argv[1], "code.png", &out, &pool, &err) != 0;
	if (bad)
		fprintf(stderr, "put_poster: %s\n", err.text);
	text_clear(&out);
	pool_clear(&pool);
	return bad;
}
