/* cli/cmd/sites.c: where a code leads, and how people type one. */
#include "tests/db/db.h"

#include "base/code.h"
#include "cli/cmd/sites.h"

static void
a_code_leads_to_the_address_of_the_settings(void **state)
{
	struct err err = { 0 };
	struct cli cli = { .db = db_fresh("url.db") };

	(void)state;
	assert_string_equal(sites_url(&cli, "7K3M9P"), "http://127.0.0.1:8080/Q/7K3M9P");
	assert_ok(db_set_setting(cli.db, "base_url", "https://zl.example.cn", &err));
	assert_string_equal(sites_url(&cli, "7K3M9P"), "https://zl.example.cn/Q/7K3M9P");
	assert_ok(db_set_setting(cli.db, "base_url", "https://zl.example.cn/", &err));
	assert_string_equal(sites_url(&cli, "7K3M9P"), "https://zl.example.cn/Q/7K3M9P");
	db_close(cli.db);
	pool_clear(&cli.pool);
}

static void
a_typed_code_is_brought_into_form_or_left_to_be_named(void **state)
{
	struct cli cli = { 0 };
	char code[SITE_CODE_N + 1], typed[16];

	(void)state;
	code_make(code, SITE_CODE_N, 123456);
	snprintf(typed, sizeof(typed), " %.3s-%s", code, code + 3);
	for (char *p = typed; *p != '\0'; p++)
		if (*p >= 'A' && *p <= 'Z')
			*p = (char)(*p + 32);
	assert_string_equal(sites_code(&cli, typed), code);
	assert_string_equal(sites_code(&cli, code), code);
	assert_string_equal(sites_code(&cli, "not one"), "not one");
	pool_clear(&cli.pool);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_code_leads_to_the_address_of_the_settings),
		cmocka_unit_test(a_typed_code_is_brought_into_form_or_left_to_be_named),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, db_folder_make, db_folder_drop);
}
