/* nginx's configuration as text. */
#include "serve/nginx.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Of each worker: ten thousand that only hold on to theirs leave room for the
 * others; 400 bytes each. */
enum { CONNECTIONS = 16384 };

/* A page nginx gives when nobody behind it can. */
static const struct {
	const char *name;	/* of the location */
	int status;
	const char *zh, *en;
} pages[] = {
	{ "away", 503, "请稍候再试。如果您刚才在提交，请返回上一页再交一次，不会重复计算。",
		"Please try again in a moment. If you were handing in answers, go back and"
		" send them again; they count once." },
	{ "often", 429, "现在请求太多，请稍候几秒再试。",
		"Too many requests just now. Please try again in a few seconds." },
	{ "large", 413, "提交的内容太长，没有保存。请返回上一页，把文字缩短后再交。",
		"What was sent is too long and was not stored. Please go back,"
		" shorten the text and send again." },
};

/* Addresses that are not the resident's: pages of figures and the staff's. */
static const struct {
	const char *match;	/* nginx's location */
	const char *limit;	/* as in put_location() */
} desk_locations[] = {
	{ "= /", "" },
	{ "/published/", "" },
	{ "= /ledger", "" },
	{ "/api/", "" },
	{ "= /desk", "" },
	{ "/desk/", "" },
	{ "= /desk/login", "login" },
	{ "= /desk/password", "login" },
};

static int
check_one(const char *name, const char *value, struct err *err)
{
	for (const char *s = value; s != NULL && *s != '\0'; s++)
		if (strchr("\"\\$;{}'", *s) != NULL || (unsigned char)*s < 0x20 || *s == 0x7f)
			return err_set(err, ERR_INPUT,
				"%s “%s”：含有 nginx 配置不能用的字符，请换一个",
				"%s \"%s\": has a character nginx's configuration cannot hold;"
				" use another", name, value);
	return 0;
}

static int
check(const struct nginx_options *o, struct err *err)
{
	if (o->port < 1 || o->port > 65535)
		return err_set(err, ERR_USAGE, "端口 %d 不在 1–65535 之内",
			"port %d is not within 1-65535", o->port);
	return check_one("address", o->address, err) != 0 || check_one("intake", o->intake, err) !=
		0 || check_one("desk", o->desk, err) != 0 || check_one("runtime", o->runtime,
		err) != 0 || check_one("user", o->user, err) != 0 || check_one("server name",
		o->server_name, err) != 0 || check_one("certificate", o->certificate, err) != 0 ||
		check_one("certificate key", o->certificate_key, err) != 0 ? -1 : 0;
}

/*
 * Access logs are off and errors start at crit: lower levels would write
 * residents' addresses to the disk.  Bodies fit the buffer: answers never
 * touch a temporary file.
 */
static void
put_main(struct text *out, const struct nginx_options *o)
{
	static const char *const temp[] = { "client_body", "proxy", "fastcgi", "uwsgi", "scgi" };

	text_puts(out, "daemon off;\n");
	if (o->user != NULL)
		text_fmt(out, "user \"%s\";\n", o->user);
	text_fmt(out, "worker_processes auto;\nworker_shutdown_timeout 10s;\n"
		"pid \"%s/nginx.pid\";\nerror_log stderr crit;\n"
		"events { worker_connections %d; }\nhttp {\n", o->runtime, CONNECTIONS);
	for (size_t i = 0; i < sizeof(temp) / sizeof(temp[0]); i++)
		text_fmt(out, "%s_temp_path \"%s/%s\";\n", temp[i], o->runtime, temp[i]);
	text_puts(out, "default_type application/octet-stream;\n");
}

/*
 * The staff's pages and passwords are limited by address.  The residents' are not: a hall's Wi-Fi
 * and a carrier's NAT bring hundreds of phones under one, so the intake counts them itself, by
 * network and by site, and slows down without refusing (intake/rate.h).  It is told the network,
 * never the address: the first three bytes of IPv4, the first 48 bits of IPv6, of
 * this machine nothing.
 */
static void
put_zones(struct text *out)
{
	text_puts(out,
		"geo $manyi_outside { default 1; 127.0.0.1 0; ::1 0; }\n"
		"map $manyi_outside $manyi_page { 1 $binary_remote_addr; default \"\"; }\n"
		"map \"$request_method$manyi_outside\" $manyi_post { POST1 $binary_remote_addr;"
		" default \"\"; }\n"
		"limit_req_zone $manyi_page zone=manyi_page:10m rate=100r/s;\n"
		"limit_req_zone $manyi_post zone=manyi_login:10m rate=30r/m;\n"
		"limit_conn_zone $manyi_page zone=manyi_conn:10m;\n"
		"map $remote_addr $manyi_network {\n"
		"\tdefault \"\";\n\t127.0.0.1 \"\";\n\t::1 \"\";\n"
		"\t\"~^(?:::ffff:)?(?<v4>\\d+\\.\\d+\\.\\d+)\\.\" $v4;\n"
		"\t\"~^(?<v6>[0-9a-f]*:[0-9a-f]*:[0-9a-f]*)\" $v6;\n}\n"
		"map $http_user_agent $manyi_client {\n"
		"\tdefault other;\n\t\"\" \"\";\n\t~MicroMessenger wechat;\n"
		"\t\"~iPad|Tablet|PlayBook|Silk\" tablet;\n"
		"\t\"~Mobile|iPhone|HarmonyOS.*Phone\" phone;\n"
		"\t~Android tablet;\n\t\"~Windows NT|Macintosh|X11|CrOS\" desktop;\n}\n");
}

/* The same socket three times: when a worker dies with a request in its hands,
 * nginx asks its successor. */
static void
put_upstream(struct text *out, const char *name, const char *socket)
{
	text_fmt(out, "upstream manyi_%s {\n", name);
	for (int i = 0; i < 3; i++)
		text_fmt(out, "\tserver \"unix:%s\" max_fails=0;\n", socket);
	text_puts(out, "}\n");
}

/*
 * The supervisor holds the socket, and a submission's key makes the second asking safe, which is
 * why intake may also repeat POST.  For the same reason its connections are kept and the desk's are
 * not: a kept one may end just as a request is put on it.  When a worker dies all that were kept
 * are dead at once; nginx tries one after the other as long as its upstream has one server, where
 * of three it calls three dead ones the end (502).  Who got no answer there is asked for again
 * on fresh connections.
 */
static void
put_upstreams(struct text *out, const struct nginx_options *o)
{
	text_fmt(out, "upstream manyi_intake {\n\tserver \"unix:%s\" max_fails=0;\n"
		"\tkeepalive 128;\n\tkeepalive_timeout 30s;\n}\n", o->intake);
	put_upstream(out, "intake_again", o->intake);
	put_upstream(out, "desk", o->desk);
}

/*
 * One location with its backend; our programs get the headers they read and
 * no other.  limit: NULL none, "" that of pages, else a zone for posts besides.
 */
static void
put_location(struct text *out, const struct nginx_options *o, const char *match,
	const char *backend, const char *limit, int burst, const char *more)
{
	bool desk = strcmp(backend, "desk") == 0;

	text_fmt(out, "\tlocation %s {\n", match);
	if (limit != NULL)
		text_puts(out, "\t\tlimit_req zone=manyi_page burst=400 nodelay;\n");
	if (limit != NULL && limit[0] != '\0')
		text_fmt(out, "\t\tlimit_req zone=manyi_%s burst=%d nodelay;\n", limit, burst);
	text_fmt(out, "\t\tfastcgi_pass manyi_%s;\n"
		"\t\tfastcgi_pass_request_headers off;\n"
		"\t\tfastcgi_param REQUEST_METHOD $request_method;\n"
		"\t\tfastcgi_param REQUEST_URI $request_uri;\n"
		"\t\tfastcgi_param CONTENT_TYPE $content_type;\n"
		"\t\tfastcgi_param CONTENT_LENGTH $content_length;\n"
		"\t\tfastcgi_param HTTPS %s;\n"
		"\t\tfastcgi_param HTTP_HOST $http_host;\n"
		"\t\tfastcgi_param HTTP_ACCEPT_LANGUAGE $http_accept_language if_not_empty;\n"
		"\t\tfastcgi_param HTTP_ORIGIN $http_origin if_not_empty;\n"
		"\t\tfastcgi_param HTTP_SEC_FETCH_SITE $http_sec_fetch_site if_not_empty;\n"
		"\t\tfastcgi_param HTTP_IF_NONE_MATCH $http_if_none_match if_not_empty;\n", backend,
		o->https_outside ? "on" : "$https if_not_empty");
	/* the staff's session is nothing to the public process, the visitor's device nothing to the
	 * desk, and his network only where passwords are tried */
	text_puts(out, desk ? "\t\tfastcgi_param HTTP_COOKIE $http_cookie if_not_empty;\n" :
		"\t\tfastcgi_param MANYI_CLIENT $manyi_client if_not_empty;\n");
	if (!desk || (limit != NULL && strcmp(limit, "login") == 0))
		text_puts(out, "\t\tfastcgi_param MANYI_NETWORK $manyi_network if_not_empty;\n");
	text_fmt(out, "%s\t}\n", more);
}

static void
put_intake(struct text *out, const struct nginx_options *o)
{
	static const char keep[] =
		"\t\tfastcgi_keep_conn on;\n"
		"\t\tfastcgi_next_upstream error timeout non_idempotent;\n"
		"\t\terror_page 502 = @again;\n\t\terror_page 503 504 = @away;\n"
		"\t\terror_page 413 = @large;\n"
		"\t\terror_page 429 = @often;\n";

	put_location(out, o, "/", "intake", NULL, 0, keep);
	put_location(out, o, "= /healthz", "intake", NULL, 0, keep);
	put_location(out, o, "@again", "intake_again", NULL, 0,
		"\t\tfastcgi_next_upstream error timeout non_idempotent;\n");
	/* Style sheets of both programs stand under one address. */
	put_location(out, o, "/s/", "intake_again", NULL, 0,
		"\t\tfastcgi_intercept_errors on;\n\t\terror_page 404 = @desk_file;\n");
	put_location(out, o, "@desk_file", "desk", NULL, 0, "");
}

static void
put_desk(struct text *out, const struct nginx_options *o)
{
	/* gzip would let the length of a page tell its token (BREACH). */
	for (size_t i = 0; i < sizeof(desk_locations) / sizeof(desk_locations[0]); i++)
		put_location(out, o, desk_locations[i].match, "desk", desk_locations[i].limit, 20,
			"\t\tgzip off;\n");
	text_puts(out,
		"\tlocation = /favicon.ico { return 204; }\n"
		"\tlocation = /robots.txt { default_type text/plain; "
		"return 200 \"User-agent: *\\nDisallow: /Q/\\nDisallow: /q/\\nDisallow:"
		" /V/\\nDisallow: /v/\\nDisallow: /desk/\\n\"; }\n");
}

static void
put_pages(struct text *out)
{
	text_puts(out,
		"\trecursive_error_pages on;\n\terror_page 502 503 504 = @away;\n"
		"\terror_page 429 = @often;\n"
		"\terror_page 413 = @large;\n");
	for (size_t i = 0; i < sizeof(pages) / sizeof(pages[0]); i++)
		text_fmt(out,
			"\tlocation @%s {\n\t\tdefault_type \"text/html; charset=utf-8\";\n"
			"\t\tadd_header Retry-After 5 always;\n"
			"\t\tadd_header Cache-Control no-store always;\n"
			"\t\tadd_header Content-Security-Policy \"default-src 'none'\" always;\n"
			"\t\treturn %d \"<!DOCTYPE html><html lang='zh-CN'><meta charset='utf-8'>"
			"<meta name='viewport' content='width=device-width'><title>满意</title>"
			"<p>%s<p lang='en'>%s</html>\";\n\t}\n",
			pages[i].name, pages[i].status, pages[i].zh, pages[i].en);
}

static void
put_listen(struct text *out, const struct nginx_options *o)
{
	const char *address = o->address != NULL ? o->address : "*";
	bool six = strchr(address, ':') != NULL && address[0] != '[';
	bool tls = o->certificate != NULL;

	text_fmt(out, "\tlisten %s%s%s:%d%s;\n", six ? "[" : "", address, six ? "]" : "", o->port,
		tls ? " ssl http2" : " backlog=1024");
	text_fmt(out, "\tserver_name \"%s\";\n", o->server_name != NULL ? o->server_name : "_");
	if (tls)
		text_fmt(out,
			"\tssl_certificate \"%s\";\n\tssl_certificate_key \"%s\";\n"
			"\tssl_protocols TLSv1.2 TLSv1.3;\n"
			"\tssl_session_cache shared:manyi_tls:10m;\n",
			o->certificate, o->certificate_key);
}

static void
put_server(struct text *out, const struct nginx_options *o)
{
	/* the system's nginx logs errors of lower levels, too, each with a resident's address */
	const char *log = o->runtime == NULL ? "\terror_log /var/log/nginx/error.log crit;\n" : "";

	if (o->certificate != NULL)
		text_fmt(out,
			"server {\n\tlisten 80;\n\tserver_name \"%s\";\n\tserver_tokens off;\n"
			"\taccess_log off;\n%s\treturn 301 https://$host$request_uri;\n}\n",
			o->server_name != NULL ? o->server_name : "_", log);
	text_fmt(out, "server {\n%s", log);
	put_listen(out, o);
	text_puts(out,
		"\tserver_tokens off;\n\taccess_log off;\n"
		"\tclient_max_body_size 128k;\n\tclient_body_buffer_size 128k;\n"
		"\tclient_header_timeout 15s;\n\tclient_body_timeout 15s;\n\tsend_timeout 30s;\n"
		"\tkeepalive_timeout 30s;\n\treset_timedout_connection on;\n"
		"\tlimit_req_status 429;\n\tlimit_conn_status 429;\n\tlimit_conn manyi_conn 1000;\n"
		"\tlimit_req_log_level info;\n\tlimit_conn_log_level info;\n"
		"\tgzip on;\n\tgzip_min_length 1000;\n\tgzip_vary on;\n"
		"\tgzip_types text/css text/javascript application/json image/svg+xml;\n"
		"\tfastcgi_keep_conn off;\n\tfastcgi_request_buffering on;\n"
		"\tfastcgi_buffering on;\n"
		"\tfastcgi_buffer_size 16k;\n\tfastcgi_buffers 16 16k;\n"
		"\tfastcgi_connect_timeout 5s;\n\tfastcgi_send_timeout 15s;\n"
		"\tfastcgi_read_timeout 60s;\n"
		"\tfastcgi_next_upstream_timeout 60s;\n");
	put_intake(out, o);
	put_desk(out, o);
	put_pages(out);
	text_puts(out, "}\n");
}

int
nginx_config(struct text *out, const struct nginx_options *options, struct err *err)
{
	if (check(options, err) != 0)
		return -1;
	text_puts(out, "# made by manyi\n");
	if (options->runtime != NULL)
		put_main(out, options);
	/* Whose network it is the proxy before us knows; nobody else is believed. */
	if (options->https_outside)
		text_puts(out,
			"set_real_ip_from 127.0.0.1;\nset_real_ip_from ::1;\n"
			"real_ip_header X-Forwarded-For;\n");
	put_zones(out);
	put_upstreams(out, options);
	put_server(out, options);
	if (options->runtime != NULL)
		text_puts(out, "}\n");
	return 0;
}

/* "DIR/nginx" of the first directory of a colon-separated list that has it; NULL if none. */
static const char *
find_in(const char *list)
{
	static char found[4096];

	while (list != NULL && *list != '\0') {
		int n = (int)strcspn(list, ":");

		snprintf(found, sizeof(found), "%.*s/nginx", n, list);
		if (n > 0 && access(found, X_OK) == 0)
			return found;
		list += n + (list[n] == ':');
	}
	return NULL;
}

const char *
nginx_find(struct err *err)
{
	const char *named = getenv("MANYI_NGINX"), *found;

	if (named != NULL && named[0] != '\0')
		found = access(named, X_OK) == 0 ? named : NULL;
	else if ((found = find_in(getenv("PATH"))) == NULL)
		found = find_in("/usr/sbin:/usr/local/sbin:/usr/local/nginx/sbin:/usr/bin");
	if (found == NULL)
		err_set(err, ERR_SYSTEM,
			"没有找到 nginx，请先安装（Debian、Ubuntu：apt-get install nginx-light）",
			"nginx not found; install it first (Debian,"
			" Ubuntu: apt-get install nginx-light)");
	return found;
}
