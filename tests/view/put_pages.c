/* Writes resident pages and their files into a folder, for resident.py to open in a browser.
 * usage: put_pages DIR */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "view/resident/resident.h"

/* One page to write. */
struct sheet {
	const char *name, *form;	/* "-long" in the name: a place whose
					 * name takes several lines */
	enum lang lang;
	bool elder;
	const char *sector;
	bool mistake;		/* the second item was answered wrongly */
};

static const struct sheet sheets[] = {
	{ "A.html", "A", LANG_ZH, false, NULL, false },
	{ "A-site.html", "A", LANG_ZH, false, "S04", false },
	{ "A-en.html", "A", LANG_EN, false, NULL, false },
	{ "B.html", "B", LANG_ZH, false, NULL, false },
	{ "B-elder.html", "B", LANG_ZH, true, NULL, false },
	{ "B-wrong.html", "B", LANG_ZH, false, NULL, true },
	{ "C.html", "C", LANG_ZH, false, NULL, false },
	{ "C-elder.html", "C", LANG_ZH, true, NULL, false },
	{ "C-en-elder.html", "C", LANG_EN, true, NULL, false },
	{ "C-wrong.html", "C", LANG_ZH, false, NULL, true },
	{ "A-long.html", "A", LANG_ZH, false, NULL, false },
	{ "A-long-en.html", "A", LANG_EN, false, NULL, false },
	{ "B-long.html", "B", LANG_ZH, false, NULL, false },
	{ "B-long-en.html", "B", LANG_EN, false, NULL, false },
	{ "C-long.html", "C", LANG_ZH, false, NULL, false },
	{ "C-long-en.html", "C", LANG_EN, false, NULL, false },
};

static const char *dir;
static struct pool pool;
static struct text out = TEXT_INIT;
static struct err err;

static int
save(const char *name)
{
	int rc = file_write(file_join(&pool, dir, name), out.s, out.n, 0644, &err);

	text_reset(&out);
	return rc;
}

static const struct form *
load(const char *id)
{
	const char *srcdir = getenv("srcdir");

	return form_load(pool_fmt(&pool, "%s/forms/questionnaires/%s.json",
		srcdir != NULL ? srcdir : ".", id), &pool, &err);
}

static int
put_page(const struct sheet *sheet, const struct form *form)
{
	struct issue issue = { ISSUE_CHOICE, 1, form->item[1].name };
	struct resident_form page = { .form = form, .site_name = "瓦房店市政务服务中心",
		.window = "3号窗口", .key = "0123456789abcdef", .started = 1716000000,
		.sector = sheet->sector, .issue = &issue, .issues = sheet->mistake };

	if (strstr(sheet->name, "-long") != NULL) {
		page.site_name =
			"瓦房店市得利寺镇蔡房身村农村商业银行便民金融服务站（供销社综合楼一层）";
		page.window = "综合业务12号窗口（东侧）";
	}
	page.frame = (struct resident_frame){ .lang = sheet->lang, .elder = sheet->elder,
		.demo = true, .city = "瓦房店市", .self = "/post", .table_number = "瓦质调01表",
		.agency = "市场监督管理局", .approval = "瓦统制〔2024〕3号",
		.valid_until = "2025-12-31", .processor = "市场监督管理局",
		.contact = "0411-85610000" };
	resident_form(&out, &page);
	return save(sheet->name);
}

/* Every file a page may name, under its path without the leading slash. */
static int
put_file(const char *path, const struct form *form)
{
	const char *type;

	if (resident_file(&out, &type, path, &form, 1) != 0)
		return err_set(&err, ERR_MISSING, "没有 %s", "no %s", path);
	return save(path + 1);
}

static int
put_files(const char *name, const struct form *form)
{
	const char *bytes;
	size_t n;
	int rc = file_read(&bytes, &n, file_join(&pool, dir, name), 0, &pool, &err);

	for (const char *s = bytes; rc == 0 && (s = strstr(s, "\"/s/")) != NULL; s++)
		rc = put_file(pool_strndup(&pool, s + 1, strcspn(s + 1, "\"")), form);
	return rc;
}

static int
put_note(const char *name)
{
	struct resident_frame frame = { .lang = LANG_ZH, .demo = true, .city = "瓦房店市",
		.self = "/post" };

	resident_thanks(&out, &frame, "7K3M9PXQ2ABCD4EF", 28600000, (struct resident_end){ 0 });
	return save(name);
}

int
main(int argc, char **argv)
{
	int rc = 0;

	if (argc != 2)
		return 2;
	dir = argv[1];
	rc = file_mkdir(file_join(&pool, dir, "s"), 0755, &err);
	for (size_t i = 0; rc == 0 && i < sizeof(sheets) / sizeof(sheets[0]); i++) {
		const struct form *form = load(sheets[i].form);

		rc = form == NULL ? -1 : put_page(&sheets[i], form);
		rc = rc == 0 ? put_files(sheets[i].name, form) : rc;
	}
	rc = rc == 0 ? put_note("thanks.html") : rc;
	if (rc != 0)
		fprintf(stderr, "put_pages: %s\n", err.text);
	text_clear(&out);
	pool_clear(&pool);
	return rc != 0;
}
