/* manyi serve, intake, store, desk, nginx-config: the processes of a running service. */
#include <stdio.h>
#include <string.h>

#include "cli/cli.h"
#include "serve/nginx.h"
#include "serve/serve.h"
#include "cli/show.h"
#include "desk/desk.h"
#include "intake/intake.h"
#include "seal/approvals.h"
#include "store/store.h"

/* "https://zl.example.cn:8443/x" -> "zl.example.cn". */
static const char *
host_of(const char *url, struct pool *pool)
{
	const char *host = strstr(url, "://");

	host = host != NULL ? host + 3 : url;
	return pool_strndup(pool, host, strcspn(host, ":/"));
}

/*
 * What the database says before any child: is the address https; and which approvals end, in time
 * to renew them.  What is wrong with the file is said here.
 */
static int
ask_db(bool *https, const char *db_path, struct err *err)
{
	struct pool pool = POOL_INIT;
	struct text said = TEXT_INIT;
	struct db *db = db_open(db_path, DB_READ, err);
	const char *url;
	int rc;

	if (db == NULL)
		return -1;
	url = db_setting(db, "base_url", &pool);
	*https = url != NULL && strncmp(url, "https://", 8) == 0;
	rc = approvals_warn(&said, db, err);
	fputs(text_str(&said), stderr);
	text_clear(&said);
	db_close(db);
	pool_clear(&pool);
	return rc;
}

static int
run_serve(struct cli *cli, struct err *err)
{
	const struct args *a = &cli->args;
	struct serve_options options = { .db = cli->db_path, .runtime = args_value(a, "runtime"),
		.address = args_value(a, "address") };
	long long port = 0;

	if (args_whole(a, "port", &port, 1, 65535, err) != 0)
		return -1;
	options.port = (int)port;
	if (ask_db(&options.https, cli->db_path, err) != 0)
		return -1;
	return serve_run(&options, err);
}

/* What the three have in common: a socket, or one already open, and how many threads. */
static int
common(long long *fd, long long *threads, const struct args *a, struct err *err)
{
	*fd = -1;
	if (args_whole(a, "listen-fd", fd, 0, 1024, err) != 0 ||
			(threads != NULL && args_whole(a, "threads", threads, 1, 256, err) != 0))
		return -1;
	return 0;
}

static int
run_intake(struct cli *cli, struct err *err)
{
	const struct args *a = &cli->args;
	long long fd;

	if (common(&fd, NULL, a, err) != 0)
		return -1;
	return intake_run(args_value(a, "socket"), (int)fd, args_value(a, "store"), err);
}

static int
run_store(struct cli *cli, struct err *err)
{
	const struct args *a = &cli->args;
	long long fd, most = 1000000;

	if (common(&fd, NULL, a, err) != 0 || args_whole(a, "batch", &most, 1, 1000000, err) != 0)
		return -1;
	return store_run_batched(cli->db_path, args_value(a, "socket"), (int)fd, (size_t)most, err);
}

static int
run_desk(struct cli *cli, struct err *err)
{
	const struct args *a = &cli->args;
	long long fd, threads = 4;

	if (common(&fd, &threads, a, err) != 0)
		return -1;
	return desk_run(cli->db_path, args_value(a, "socket"), (int)fd, (int)threads, err);
}

/*
 * Passwords and answers do not travel in the clear unless somebody says that they may: without a
 * certificate either a proxy before us ends TLS, or the network is one's own.
 */
static int
tls_settled(const struct args *a, const char *base_url, struct err *err)
{
	bool certificate = args_value(a, "certificate") != NULL, plain = args_on(a, "plain-http");
	bool https = base_url != NULL && strncmp(base_url, "https://", 8) == 0;

	if (certificate != (args_value(a, "certificate-key") != NULL))
		return err_set(err, ERR_USAGE, "--certificate 和 --certificate-key 要一起给",
			"--certificate and --certificate-key go together");
	if (certificate + args_on(a, "https-outside") + plain > 1)
		return err_set(err, ERR_USAGE,
			"--certificate、--https-outside、--plain-http 只能选一种",
			"--certificate, --https-outside and --plain-http: one of them");
	if (plain && https)
		return err_set(err, ERR_USAGE,
			"base_url 是 %s，不能用 --plain-http；请给证书，或先改 base_url",
			"base_url is %s, so --plain-http cannot be meant; give a certificate,"
			" or change base_url", base_url);
	if (certificate || plain || args_on(a, "https-outside"))
		return 0;
	return err_set(err, ERR_USAGE,
		"没有证书，登录密码和答卷会在 80 端口明文传送。请给 --certificate 和"
		" --certificate-key；前面已有代理处理 TLS 的用 --https-outside；"
		"确实只在内部网络明文使用的用 --plain-http",
		"without a certificate passwords and answers would travel in the clear on port"
		" 80: give --certificate and --certificate-key; --https-outside if a proxy before"
		" this one ends TLS; --plain-http if only your own network reaches it");
}

/* The configuration goes to standard output as it is, for tee and for reading. */
static int
run_nginx(struct cli *cli, struct err *err)
{
	const struct args *a = &cli->args;
	const char *url = db_setting(cli->db, "base_url", &cli->pool);
	const char *name = args_value(a, "server-name"), *intake = args_value(a, "intake");
	const char *desk = args_value(a, "desk");
	struct nginx_options options = { .address = "*",
		.intake = intake != NULL ? intake : "/run/manyi-intake/intake.sock",
		.desk = desk != NULL ? desk : "/run/manyi-desk/desk.sock",
		.https_outside = args_on(a, "https-outside"),
		.server_name = name != NULL || url == NULL ? name : host_of(url, &cli->pool),
		.certificate = args_value(a, "certificate"),
		.certificate_key = args_value(a, "certificate-key") };
	struct text out = TEXT_INIT;
	long long port = 0;
	int rc;

	if (tls_settled(a, url, err) != 0)
		return -1;
	port = options.certificate != NULL ? 443 : 80;
	if (args_whole(a, "port", &port, 1, 65535, err) != 0)
		return -1;
	options.port = (int)port;
	rc = nginx_config(&out, &options, err);
	if (rc == 0)
		cli->said = json_pack("{s:s}", "config", text_str(&out));
	text_clear(&out);
	return rc;
}

static void
show_nginx(struct text *out, const json_t *said)
{
	text_puts(out, show_string(said, "config"));
}

static const struct args_option serve_options[] = {
	{ .name = "port", .value = "P",
		.help = { {
			"端口，默认 8080 或其后第一个空闲的",
			"port; default: 8080 or the next free one" } } },
	{ .name = "address", .value = "IP",
		.help = { {
			"监听地址，默认 127.0.0.1", "address to listen on; default 127.0.0.1" } } },
	{ .name = "runtime", .value = "DIR",
		.help = { { "套接字等临时文件放在哪里", "where sockets and such files go" } } },
	{ .name = NULL }
};
#define SOCKET_OPTIONS \
	{ .name = "socket", .value = "PATH", .required = true, \
		.help = { { "监听的 Unix 套接字", "Unix socket to listen on" } } }, \
	{ .name = "listen-fd", .value = "FD", \
		.help = { { "用已打开的套接字", "use a socket that is open already" } } }
#define THREADS_OPTION \
	{ .name = "threads", .value = "N", .help = { { "线程数", "threads" } } }

static const struct args_option intake_options[] = {
	SOCKET_OPTIONS,
	{ .name = "store", .value = "PATH", .required = true,
		.help = { { "store 的套接字", "the store's socket" } } },
	{ .name = NULL }
};
static const struct args_option store_options[] = {
	SOCKET_OPTIONS,
	{ .name = "batch", .value = "N",
		.help = { {
			"一个事务最多存几份，默认有多少存多少",
			"at most so many submissions in one transaction;"
				" default: all that wait" } } },
	{ .name = NULL }
};
static const struct args_option desk_options[] = { SOCKET_OPTIONS, THREADS_OPTION,
	{ .name = NULL } };

static const struct args_option nginx_options[] = {
	{ .name = "server-name", .value = "HOST",
		.help = { {
			"域名，默认取设置 base_url",
			"domain; default: of the setting base_url" } } },
	{ .name = "certificate", .value = "FILE",
		.help = { { "证书（完整链）", "certificate, full chain" } } },
	{ .name = "certificate-key", .value = "FILE",
		.help = { { "证书私钥", "its private key" } } },
	{ .name = "https-outside",
		.help = { { "前面另有代理处理 TLS", "a proxy before this one ends TLS" } } },
	{ .name = "plain-http",
		.help = { {
			"不加密，只供内部网络",
			"no encryption: only for a network of your own" } } },
	{ .name = "port", .value = "P",
		.help = { {
			"端口，默认 443，无证书时 80",
			"default: 443, or 80 without a certificate" } } },
	{ .name = "intake", .value = "PATH",
		.help = { { "intake 的套接字", "the intake's socket" } } },
	{ .name = "desk", .value = "PATH", .help = { { "desk 的套接字", "the desk's socket" } } },
	{ .name = NULL }
};

const struct command cmd_serve[] = {
	{ .name = "",
		.help = { {
			"启动整个服务（含 nginx），Ctrl-C 停止",
			"start everything with nginx; Ctrl-C stops it" } },
		.operands = "", .need = CLI_PATH, .option = serve_options, .run = run_serve,
		.more = { {
			"能应答时打印一行 ready http://地址:端口。SIGUSR2"
				" 让各进程换成磁盘上的新程序，不丢请求。",
			"Prints one line \"ready http://ADDRESS:PORT\" once it answers."
				"  SIGUSR2 replaces the processes by the program as it is on the"
				" disk now, without a failed request." } } },
	{ .name = NULL }
};
const struct command cmd_intake[] = {
	{ .name = "", .help = { { "居民填答进程：不碰数据库", "the public process: no database" } },
		.operands = "", .need = CLI_ALONE, .option = intake_options, .run = run_intake },
	{ .name = NULL }
};
const struct command cmd_store[] = {
	{ .name = "", .help = { { "存储进程：唯一写答卷的", "the only writer of answers" } },
		.operands = "", .need = CLI_PATH, .option = store_options, .run = run_store },
	{ .name = NULL }
};
const struct command cmd_desk[] = {
	{ .name = "", .help = { { "工作台进程：登录后使用", "the staff's pages" } },
		.operands = "", .need = CLI_PATH, .option = desk_options, .run = run_desk },
	{ .name = NULL }
};
const struct command cmd_nginx[] = {
	{ .name = "", .help = { { "打印 nginx 站点配置，套接字默认同 systemd 单元",
		"print an nginx site; sockets default to those of the systemd units" } },
		.operands = "", .need = CLI_READ, .option = nginx_options, .run = run_nginx,
		.show = show_nginx },
	{ .name = NULL }
};
