/* What commands share about sites. */
#include "cli/cmd/sites.h"

#include <stdio.h>
#include <string.h>

#include "base/code.h"
#include "base/lang.h"

const char *
sites_url(struct cli *cli, const char *code)
{
	const char *base = db_setting(cli->db, "base_url", &cli->pool);

	if (base == NULL || *base == '\0')
		base = "http://127.0.0.1:8080";
	return pool_fmt(&cli->pool, "%s%sQ/%s", base,
		base[strlen(base) - 1] == '/' ? "" : "/", code);
}

const char *
sites_code(struct cli *cli, const char *typed)
{
	char code[SITE_CODE_N + 1];

	return code_find(code, SITE_CODE_N, typed) == 0 ? pool_strdup(&cli->pool, code) : typed;
}

static bool
is_told(const struct site site[], size_t i)
{
	for (size_t k = 0; k < i; k++)
		if (strcmp(site[k].form_id, site[i].form_id) == 0)
			return true;
	return false;
}

void
sites_warn(struct cli *cli, const struct site site[], size_t n)
{
	struct wave wave;

	for (size_t i = 0; i < n; i++) {
		struct err none = { .code = ERR_NONE };

		if (is_told(site, i) || db_open_wave(cli->db, &wave, site[i].form_id, &cli->pool,
				&none) == 0 || none.code != ERR_MISSING)
			continue;
		fprintf(stderr, LANG_PICK(
			"manyi：注意：问卷 %1$s 现在没有开放的调查，扫码的人会看到“还没有开始，"
			"或者已经结束”；要开始，请运行 manyi wave open --form %1$s --year 年份\n",
			"manyi: note: no wave of form %1$s is open, so who scans the code is told"
			" that it has not begun or is over; to begin, run manyi"
			" wave open --form %1$s --year YEAR\n"), site[i].form_id);
	}
}
