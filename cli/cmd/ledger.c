/* manyi ledger: what was stored, signed; and whether it is still what was stored. */
#include "base/date.h"
#include "cli/cli.h"
#include "seal/proof.h"
#include "cli/show.h"

static int
run_head(struct cli *cli, struct err *err)
{
	unsigned char public[32];
	struct head head;
	bool fresh;
	char hex[65];

	if (proof_head(cli->db, cli_key_path(cli->db_path, &cli->pool), date_now_minute(), &head,
			&fresh, public, err) != 0)
		return -1;
	head_hex(hex, public);
	cli->said = proof_head_json(&head);
	json_object_update_new(cli->said,
		json_pack("{s:s, s:b}", "public_key", hex, "fresh", fresh));
	return 0;
}

static int
run_verify(struct cli *cli, struct err *err)
{
	const char *path = args_value(&cli->args, "public-key");

	if (path == NULL)
		path = pool_fmt(&cli->pool, "%s.pub", cli_key_path(cli->db_path, &cli->pool));
	cli->said = proof_verify(cli->db, path, &cli->pool, err);
	if (cli->said == NULL)
		return -1;
	return json_is_true(json_object_get(cli->said, "ok")) ? 0 : 1;
}

static void
show_verify(struct text *out, const json_t *said)
{
	const json_t *head;
	size_t i;

	show_line(out, "答卷 %lld 份，存证摘要 %s", "%lld answers, root %s",
		show_whole(said, "responses"), show_string(said, "root"));
	if (show_whole(said, "changed_rows") > 0)
		show_line(out, "有 %lld 份答卷与入库时不一致！",
			"%lld answers are not what was stored!", show_whole(said, "changed_rows"));
	json_array_foreach(json_object_get(said, "heads"), i, head) {
		bool root = json_is_true(json_object_get(head, "root_ok"));
		bool signature = json_is_true(json_object_get(head, "signature_ok"));

		if (!root || !signature)
			show_line(out, "已签名的存证摘要（%lld 份）对不上：%s",
				"the signed head of %lld answers fails: %s",
				show_whole(head, "size"),
				!root ? LANG_PICK("摘要不同", "its root differs") :
				LANG_PICK("签名不对", "its signature is wrong"));
	}
	if (json_is_true(json_object_get(said, "ok")))
		show_line(out, "全部一致：%zu 个签过名的存证摘要都对得上。",
			"All agree: %zu signed heads hold.",
			json_array_size(json_object_get(said, "heads")));
}

static const struct args_option none[] = { { .name = NULL } };
static const struct args_option verify_options[] = {
	{ .name = "public-key", .value = "FILE",
		.help = { {
			"公钥文件，默认数据库旁的 ledger.key.pub",
			"default: ledger.key.pub beside the database" } } },
	{ .name = NULL }
};

const struct command cmd_ledger[] = {
	{ .name = "head",
		.help = { {
			"给目前全部答卷的存证摘要签名", "sign the head of all answers so far" } },
		.operands = "", .need = CLI_WRITE, .quiet = true, .option = none, .run = run_head },
	{ .name = "verify",
		.help = { {
			"重算每份答卷和存证摘要，与签过名的核对",
			"recompute every answer's leaf and the roots,"
				" and compare with the signed heads" } },
		.operands = "", .need = CLI_READ, .option = verify_options, .run = run_verify,
		.show = show_verify },
	{ .name = NULL }
};
