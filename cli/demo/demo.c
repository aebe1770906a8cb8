/* manyi demo: a whole simulated city in a directory, marked as such everywhere. */
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/date.h"
#include "base/file.h"
#include "cli/city.h"
#include "cli/cli.h"
#include "cli/demo/fill.h"
#include "seal/publish.h"
#include "cli/show.h"
#include "cli/cmd/users.h"

enum { SEED = 2024 };

/* Files of a demo directory, for taking an unfinished one away. */
static const char *const files[] = { "manyi.db", "manyi.db-wal", "manyi.db-shm", "manyi.db-journal",
	"ledger.key", "ledger.key.pub" };

static void
remove_draft(const char *dir, struct pool *pool)
{
	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++)
		(void)unlink(file_join(pool, dir, files[i]));
	(void)rmdir(dir);
}

/* An empty directory may be filled; anything else is left alone. */
static int
must_be_empty(const char *dir, struct err *err)
{
	DIR *d = opendir(dir);
	struct dirent *e;
	bool empty = true;

	if (d == NULL && errno == ENOENT)
		return 0;
	if (d == NULL)
		return err_set_errno(err, ERR_IO, "打不开 %s", "cannot open %s", dir);
	while ((e = readdir(d)) != NULL)
		if (strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0)
			empty = false;
	closedir(d);
	return empty ? 0 : err_set(err, ERR_CONFLICT, "%s 不是空目录，没有改动它；换一个目录",
		"%s is not empty and was left alone; name another directory", dir);
}

/* Last year's figures went out in June; this year's too. */
static int
publish_year(struct demo_fill *f, int year, struct err *err)
{
	static const char *const indicators[] = { "43", "47" };
	struct pool pool = POOL_INIT;
	char day[24];
	int64_t minute = 0;
	int rc = 0;

	snprintf(day, sizeof(day), "%d-06-18", DEMO_FIRST_YEAR + year);
	(void)date_parse(day, &minute);
	for (size_t i = 0; rc == 0 && i < sizeof(indicators) / sizeof(indicators[0]); i++) {
		struct publish p = { .indicator = indicators[i], .year = DEMO_FIRST_YEAR + year,
			.signed_by = "演示签发人", .key_path = f->key_path, .minute = minute };
		struct published_row row;

		rc = publish_figure(f->db, &p, &row, &pool, err);
	}
	pool_clear(&pool);
	return rc;
}

static int
fill(struct demo_fill *f, struct err *err)
{
	static const struct words what = { { "生成演示城市", "making the demo city" } };
	int rc;

	progress_begin(&f->progress, what, demo_fill_total(f->answers));
	rc = demo_fill_city(f, err);
	for (int year = 0; rc == 0 && year < DEMO_YEARS; year++)
		if (demo_fill_year(f, year, err) != 0 || demo_track_year(f, year, err) != 0 ||
				publish_year(f, year, err) != 0)
			rc = -1;
	progress_end(&f->progress);
	return rc;
}

/* Everything inside a draft directory. */
static int
make_draft(struct cli *cli, const char *dir, long long seed, long long answers,
	char password[SECRET_PASSWORD_N + 1], int64_t *stored, struct err *err)
{
	struct demo_fill *f = pool_take(&cli->pool, sizeof(*f));
	bool made;
	int rc = -1;

	f->key_path = file_join(&cli->pool, dir, "ledger.key");
	f->answers = (int)answers;
	demo_world_make(&f->world, (uint64_t)seed);
	if (city_key(f->key_path, &made, err) != 0)
		return -1;
	f->db = city_create(file_join(&cli->pool, dir, "manyi.db"), err);
	if (f->db == NULL)
		return -1;
	if (fill(f, err) == 0 && users_add(f->db, "admin", ROLE_ADMIN, "", password, err) == 0)
		rc = 0;
	*stored = f->stored;
	db_close(f->db);
	return rc;
}

static int
run_demo(struct cli *cli, struct err *err)
{
	const char *dir = cli_operand(cli, 0);
	size_t n = strlen(dir);
	char *draft, password[SECRET_PASSWORD_N + 1];
	long long seed = SEED, answers = DEMO_ANSWERS;
	int64_t stored = 0;

	if (args_whole(&cli->args, "seed", &seed, 0, INT64_MAX, err) != 0 ||
			args_whole(&cli->args, "answers", &answers, 600, 100000, err) != 0 ||
			must_be_empty(dir, err) != 0)
		return -1;
	while (n > 1 && dir[n - 1] == '/')
		n--;
	draft = pool_fmt(&cli->pool, "%.*s.new-%ld", (int)n, dir, (long)getpid());
	if (file_mkdir(draft, 0750, err) != 0)
		return -1;
	if (make_draft(cli, draft, seed, answers, password, &stored, err) != 0) {
		remove_draft(draft, &cli->pool);
		return -1;
	}
	/* rename() takes the place of an empty directory and of nothing else. */
	if (rename(draft, dir) != 0) {
		err_set_errno(err, ERR_IO, "不能建立 %s", "cannot make %s", dir);
		remove_draft(draft, &cli->pool);
		return -1;
	}
	cli->said = json_pack("{s:s, s:s, s:s, s:I, s:i, s:I, s:s, s:s, s:b}", "dir", dir, "db",
		file_join(&cli->pool, dir, "manyi.db"), "city", DEMO_CITY, "seed", (json_int_t)seed,
		"sites", DEMO_SITES, "responses", (json_int_t)stored, "user", "admin",
		"password", password, "simulated", 1);
	return 0;
}

static void
show_demo(struct text *out, const json_t *said)
{
	show_line(out, "演示城市在 %s：%lld 个点位，%lld 份模拟答卷（演示数据，非真实调查）。",
		"The demo city is in %s: %lld sites, %lld simulated answers (not a real survey).",
		show_string(said, "dir"), show_whole(said, "sites"), show_whole(said, "responses"));
	show_line(out, "启动：manyi serve --db %s",
		"Start it: manyi serve --db %s", show_string(said, "db"));
	show_line(out, "登录：%s，一次性密码 %s", "Login: %s, one-time password %s",
		show_string(said, "user"), show_string(said, "password"));
}

static const struct args_option options[] = {
	{ .name = "seed", .value = "N",
		.help = { {
			"随机种子，默认 2024；同一种子得到同一座城市",
			"seed, default 2024; the same seed gives the same city" } } },
	{ .name = "answers", .value = "N", .hidden = true,
		.help = { { "每轮抽样答卷数", "sampled answers a wave" } } },
	{ .name = NULL }
};

const struct command cmd_demo[] = {
	{ .name = "",
		.help = { {
			"在新目录里生成演示城市", "make a simulated city in a new directory" } },
		.operands = "DIR", .least = 1, .most = 1, .need = CLI_ALONE, .option = options,
		.run = run_demo, .show = show_demo,
		.more = { {
			"60 个点位、12 个行业、四年 A 和 C 两份问卷、约 22.6 万份模拟答卷；"
				"每页都标“演示数据”。",
			"60 sites, 12 sectors, four years of forms A and C,"
				" about 226,000 simulated answers; every\n"
				"page says that the data are simulated." } } },
	{ .name = NULL }
};
