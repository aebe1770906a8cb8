/* Every command, in the order people meet them. */
#include "cli/cli.h"

const struct topic cli_topics[] = {
	{ "init", { { "新建数据库", "make a new database" } }, cmd_init },
	{ "config", { { "安装设置：城市、网址、法定表头", "settings: city, address, statutory header" } }, cmd_config },
	{ "form", { { "问卷：检查、载入、查看", "questionnaires: check, load, show" } }, cmd_form },
	{ "wave", { { "调查轮次", "survey waves" } }, cmd_wave },
	{ "site", { { "点位", "sites with posters" } }, cmd_site },
	{ "poster", { { "海报", "posters" } }, cmd_poster },
	{ "qr", { { "二维码", "QR codes" } }, cmd_qr },
	{ "import", { { "导入答卷", "import answers" } }, cmd_import },
	{ "export", { { "导出答卷", "export answers" } }, cmd_export },
	{ "callback", { { "留下电话等回访的人", "people waiting for a callback" } }, cmd_callback },
	{ "margins", { { "人口边际", "population margins" } }, cmd_margins },
	{ "index", { { "指数和区间", "indices with intervals" } }, cmd_index },
	{ "analyse", { { "按计划分析一份数据", "analyse a file by a plan" } }, cmd_analyse },
	{ "rank", { { "在同类城市中的名次", "places among peers" } }, cmd_rank },
	{ "rate", { { "投诉率等", "complaint rates and the like" } }, cmd_rate },
	{ "track", { { "52 行指标的跟踪", "the tracker of 52 rows" } }, cmd_track },
	{ "publish", { { "发布数字", "publish figures" } }, cmd_publish },
	{ "ledger", { { "账本：签名和核对", "the ledger: sign and verify" } }, cmd_ledger },
	{ "user", { { "用户", "users" } }, cmd_user },
	{ "backup", { { "备份", "back up" } }, cmd_backup },
	{ "serve", { { "启动整个服务", "run the whole service" } }, cmd_serve },
	{ "intake", { { "居民填答进程", "the public process" } }, cmd_intake },
	{ "store", { { "存储进程", "the storing process" } }, cmd_store },
	{ "desk", { { "工作台进程", "the staff's process" } }, cmd_desk },
	{ "nginx-config", { { "生成 nginx 站点配置", "nginx configuration for a real domain" } }, cmd_nginx },
	{ "demo", { { "生成演示城市", "make a simulated city" } }, cmd_demo },
	{ "version", { { "程序版本", "the program's version" } }, cmd_version },
	{ "help", { { "解释一条命令", "explain a command" } }, cmd_help },
	{ .name = NULL }
};
