/* manyi poster, manyi qr: paper that residents scan. */
#include <string.h>

#include "base/file.h"
#include "cli/cli.h"
#include "cli/cmd/office.h"
#include "base/progress.h"
#include "cli/cmd/sites.h"
#include "db/survey.h"
#include "view/paper/poster.h"

enum { PX_PER_MODULE = 12 };

/* The form a site's poster opens: of its open wave, else the newest version. */
static const struct form *
site_form(struct cli *cli, const struct site *site, struct err *err)
{
	struct err none = { .code = ERR_NONE };
	const char *version = NULL;
	struct wave w;

	if (db_open_wave(cli->db, &w, site->form_id, &cli->pool, &none) == 0)
		version = w.form_version;
	return db_get_form(cli->db, site->form_id, version, &cli->pool, err);
}

static int
poster_of(struct poster *p, struct cli *cli, const struct office *o, const struct site *site,
	struct err *err)
{
	const struct form *form = site_form(cli, site, err);

	if (form == NULL)
		return -1;
	*p = (struct poster){ .base_url = o->base_url, .code = site->code, .site_name = site->name,
		.window = site->window, .city = o->city, .agency = o->agency,
		.table_number = o->table_number, .approval = o->approval,
		.valid_until = o->valid_until, .form = form, .demo = o->demo };
	return 0;
}

static int
write_poster(struct cli *cli, const struct office *o, const struct site *site, const char *path,
	struct err *err)
{
	struct text pdf = TEXT_INIT;
	struct poster p;
	int rc = -1;

	if (poster_of(&p, cli, o, site, err) == 0 && poster_pdf(&pdf, &p, 1, err) == 0)
		rc = file_write(path, pdf.s, pdf.n, 0644, err);
	text_clear(&pdf);
	return rc;
}

/* A directory gets a file per active site, named by its code. */
static int
write_all(struct cli *cli, const char *dir, json_t *files, struct err *err)
{
	static const struct words what = { { "生成海报", "making posters" } };
	struct office o = office_load(cli);
	struct progress progress;
	struct site *site, *made;
	size_t n, posters = 0;
	int rc = -1;

	if (db_list_sites(cli->db, &site, &n, &cli->pool, err) != 0 ||
			file_mkdir(dir, 0755, err) != 0)
		return -1;
	made = pool_array(&cli->pool, n + 1, sizeof(*made));
	progress_begin(&progress, what, (int64_t)n);
	for (size_t i = 0; i < n; i++, progress_step(&progress, 1)) {
		char *path =
			file_join(&cli->pool, dir, pool_fmt(&cli->pool, "%s.pdf", site[i].code));

		if (!site[i].active)
			continue;
		made[posters++] = site[i];
		if (write_poster(cli, &o, &site[i], path, err) != 0)
			goto out;
		json_array_append_new(files, json_string(path));
	}
	rc = 0;
out:
	progress_end(&progress);
	if (rc == 0)
		sites_warn(cli, made, posters);
	return rc;
}

static int
run_poster(struct cli *cli, struct err *err)
{
	const char *code = args_value(&cli->args, "site"), *out = args_value(&cli->args, "output");
	struct office o = office_load(cli);
	json_t *files = json_array();
	struct site site;

	cli->said = json_pack("{s:o}", "files", files);
	if ((code != NULL) == args_on(&cli->args, "all"))
		return err_set(err, ERR_USAGE, "用 --site 编号 或 --all（两者取一）",
			"say which: either --site CODE or --all");
	if (code == NULL)
		return write_all(cli, out, files, err);
	if (db_get_site(cli->db, &site, sites_code(cli, code), &cli->pool, err) != 0 ||
			write_poster(cli, &o, &site, out, err) != 0)
		return -1;
	json_array_append_new(files, json_string(out));
	sites_warn(cli, &site, 1);
	return 0;
}

static bool
ends_with(const char *s, const char *end)
{
	size_t n = strlen(s), m = strlen(end);

	return n >= m && strcmp(s + n - m, end) == 0;
}

static int
run_qr(struct cli *cli, struct err *err)
{
	const char *out = args_value(&cli->args, "output");
	struct office o = office_load(cli);
	struct text image = TEXT_INIT;
	struct site site;
	int rc;

	if (!ends_with(out, ".svg") && !ends_with(out, ".png"))
		return err_set(err, ERR_USAGE, "文件名应以 .svg 或 .png 结尾，不是“%s”",
			"the file must end in .svg or .png, not \"%s\"", out);
	if (db_get_site(cli->db, &site, sites_code(cli, args_value(&cli->args, "site")),
			&cli->pool, err) != 0)
		return -1;
	rc = ends_with(out, ".svg") ? poster_qr_svg(&image, o.base_url, site.code, err) :
		poster_qr_png(&image, o.base_url, site.code, PX_PER_MODULE, err);
	if (rc == 0)
		rc = file_write(out, image.s, image.n, 0644, err);
	text_clear(&image);
	if (rc != 0)
		return -1;
	cli->said = json_pack("{s:s, s:s, s:s}", "file", out, "code", site.code,
		"url", sites_url(cli, site.code));
	return 0;
}

static const struct args_option poster_options[] = {
	{ .name = "site", .value = "CODE", .help = { { "点位编号", "site code" } } },
	{ .name = "all", .help = { { "全部启用的点位", "every active site" } } },
	{ .name = "output", .letter = 'o', .value = "FILE.pdf|DIR", .required = true,
		.help = { { "写到文件；--all 时写到目录", "file; a directory with --all" } } },
	{ .name = NULL }
};
static const struct args_option qr_options[] = {
	{ .name = "site", .value = "CODE", .required = true,
		.help = { { "点位编号", "site code" } } },
	{ .name = "output", .letter = 'o', .value = "FILE.svg|FILE.png", .required = true,
		.help = { { "写到文件，格式看扩展名", "file; its ending tells the format" } } },
	{ .name = NULL }
};

const struct command cmd_poster[] = {
	{ .name = "", .help = { { "生成 A4 海报（PDF）", "make A4 posters (PDF)" } },
		.operands = "", .need = CLI_READ, .option = poster_options, .run = run_poster },
	{ .name = NULL }
};

const struct command cmd_qr[] = {
	{ .name = "",
		.help = { {
			"生成单独的二维码（SVG 或 PNG）", "make a bare QR code (SVG or PNG)" } },
		.operands = "", .need = CLI_READ, .option = qr_options, .run = run_qr },
	{ .name = NULL }
};
