/* Files written whole, and JSON read with its place. */
#include "tests/check.h"

#include <dirent.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include "base/err.h"
#include "base/file.h"
#include "base/json.h"
#include "base/pool.h"
#include "base/text.h"

/* ---- json ---- */

static char folder[] = "/tmp/manyi-base-XXXXXX";

static const char *
in_folder(const char *name)
{
	static char path[4][256];
	static int turn;
	char *p = path[turn++ & 3];

	snprintf(p, sizeof(path[0]), "%s/%s", folder, name);
	return p;
}

static void
put_file(const char *name, const char *bytes)
{
	struct err err = { 0 };

	if (file_write(in_folder(name), bytes, strlen(bytes), 0600, &err) < 0)
		fail_msg("%s", err.text);
}

static void
a_pointer_leads_to_line_and_column(void **state)
{
	static const char s[] =
	    "{\"名\": 1,\n"
	    "  \"a/b\": {\"m~n\": [10, {\"x\": \"]}\\\"\"},\n"
	    "\t\t[]]},\n"
	    "  \"\\u6ee1\\ud840\\udc87\": true, \"中文\": 7}";
	static const struct { const char *pointer; size_t line, column; } row[] = {
		{ "", 1, 1 }, { "/名", 1, 7 }, { "/a~1b", 2, 10 }, { "/a~1b/m~0n", 2, 18 },
		{ "/a~1b/m~0n/0", 2, 19 }, { "/a~1b/m~0n/1", 2, 23 }, { "/a~1b/m~0n/1/x", 2, 29 },
		{ "/a~1b/m~0n/2", 3, 3 }, { "/满\xf0\xa0\x82\x87", 4, 25 }, { "/中文", 4, 37 },
		{ "/nothing", 1, 1 }, { "/a~1b/m~0n/9", 2, 18 }, { "/a~1b/m~0n/x", 2, 18 },
		{ "/a~1b/m~0n/1/x/deeper", 2, 29 }, { "/a~1b/", 2, 10 }, { "/a~1b/m~0n/", 2, 18 },
		{ "/a~1b/m~0n/99999999999999999999999", 2, 18 },
	};
	size_t line, column;

	(void)state;
	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
		json_where(s, row[i].pointer, &line, &column);
		if (line != row[i].line || column != row[i].column)
			fail_msg("%s: %zu:%zu, want %zu:%zu", row[i].pointer, line, column,
			    row[i].line, row[i].column);
	}
}

static void
faulty_json_is_named_by_line_and_column(void **state)
{
	static const struct { const char *s, *said; } row[] = {
		{ "{\"a\": 1,\n \"a\": 2}", ":2:" }, { "[1,\n2", ":2:" }, { "{\"a\": \"\\u0000\"}", ":1:" },
		{ "[\"\xff\"]", "UTF-8" }, { "", ":1:1" }, { "[1] x", ":1:" },
	};
	struct pool pool = POOL_INIT;

	(void)state;
	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
		struct err err = { 0 };

		put_file("bad.json", row[i].s);
		assert_null(json_load_path(in_folder("bad.json"), &pool, NULL, NULL, &err));
		assert_int_equal(err.code, ERR_INPUT);
		if (strstr(err.text, "bad.json:") == NULL || strstr(err.text, row[i].said) == NULL)
			fail_msg("\"%s\" does not say %s", err.text, row[i].said);
	}
	pool_clear(&pool);
}

static void
good_json_comes_back_with_its_source(void **state)
{
	struct pool pool = POOL_INIT;
	struct err err = { 0 };
	struct text t = TEXT_INIT;
	const char *source;
	size_t n;
	json_t *value;

	(void)state;
	put_file("good.json", "\xef\xbb\xbf{\"b\": 1, \"a\": [0.1, null, \"满\"]}");
	value = json_load_path(in_folder("good.json"), &pool, &source, &n, &err);
	assert_non_null(value);
	assert_int_equal(n, strlen(source));
	json_put(&t, value, 0);
	assert_string_equal(text_str(&t), "{\"b\":1,\"a\":[0.10000000000000001,null,\"满\"]}\n");
	json_decref(value);
	text_clear(&t);
	pool_clear(&pool);
}

static void
what_is_undefined_is_null_never_zero(void **state)
{
	json_t *v = json_pack("[o,o,o,o,o]", json_number(NAN), json_number(INFINITY),
	    json_count(1000000), json_count(2.5), json_count(NAN));
	struct text t = TEXT_INIT;

	(void)state;
	assert_non_null(v);
	json_put(&t, v, 0);
	assert_string_equal(text_str(&t), "[null,null,1000000,2.5,null]\n");
	json_decref(v);
	text_clear(&t);
}

/* ---- file ---- */

static int
files_in_folder(void)
{
	DIR *d = opendir(folder);
	struct dirent *e;
	int n = 0;

	assert_non_null(d);
	while ((e = readdir(d)) != NULL)
		n += e->d_name[0] != '.';
	closedir(d);
	return n;
}

static void
a_file_is_written_whole_or_not_at_all(void **state)
{
	struct pool pool = POOL_INIT;
	struct err err = { 0 };
	const char *bytes;
	struct stat st;
	size_t n;
	int before;

	(void)state;
	put_file("w", "old");
	before = files_in_folder();
	assert_int_equal(file_write(in_folder("w"), "new!", 4, 0640, &err), 0);
	assert_int_equal(stat(in_folder("w"), &st), 0);
	assert_int_equal(st.st_mode & 0777, 0640);
	assert_int_equal(file_read(&bytes, &n, in_folder("w"), 0, &pool, &err), 0);
	assert_string_equal(bytes, "new!");
	assert_int_equal(files_in_folder(), before);
	assert_int_equal(file_write(in_folder("no/such/folder"), "x", 1, 0600, &err), -1);
	assert_int_equal(err.code, ERR_IO);
	pool_clear(&pool);
}

static void
a_disk_without_room_keeps_the_old_file_and_leaves_no_rest(void **state)
{
	struct rlimit old, small = { 1000, RLIM_INFINITY };
	struct pool pool = POOL_INIT;
	struct err err = { 0 };
	static char big[5000];
	const char *bytes;
	size_t n;
	int before, rc;

	(void)state;
	put_file("small", "old");
	before = files_in_folder();
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &old), 0);
	small.rlim_max = old.rlim_max;
	signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
	rc = file_write(in_folder("small"), big, sizeof(big), 0600, &err);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &old), 0);
	assert_int_equal(rc, -1);
	assert_int_equal(err.code, ERR_FULL);
	assert_int_equal(files_in_folder(), before);
	assert_int_equal(file_read(&bytes, &n, in_folder("small"), 0, &pool, NULL), 0);
	assert_string_equal(bytes, "old");
	pool_clear(&pool);
}

static void
reading_names_what_is_missing_or_too_large(void **state)
{
	struct pool pool = POOL_INIT;
	struct err missing = { 0 }, large = { 0 }, dir = { 0 };
	const char *bytes;
	size_t n;

	(void)state;
	assert_int_equal(file_read(&bytes, &n, in_folder("none"), 0, &pool, &missing), -1);
	assert_int_equal(missing.code, ERR_MISSING);
	assert_non_null(strstr(missing.text, "none"));
	put_file("ten", "0123456789");
	assert_int_equal(file_read(&bytes, &n, in_folder("ten"), 9, &pool, &large), -1);
	assert_int_equal(large.code, ERR_INPUT);
	assert_int_equal(file_read(&bytes, &n, in_folder("ten"), 10, &pool, NULL), 0);
	assert_int_equal(n, 10);
	assert_int_equal(file_read(&bytes, &n, folder, 0, &pool, &dir), -1);
	assert_int_equal(dir.code, ERR_IO);
	pool_clear(&pool);
}

static void
folders_are_made_with_their_parents(void **state)
{
	struct pool pool = POOL_INIT;
	struct err err = { 0 };
	struct stat st;

	(void)state;
	assert_int_equal(file_mkdir(in_folder("x/y/z"), 0700, &err), 0);
	assert_int_equal(file_mkdir(in_folder("x/y/z/"), 0700, &err), 0);
	assert_int_equal(stat(in_folder("x/y/z"), &st), 0);
	assert_true(S_ISDIR(st.st_mode));
	put_file("plain", "");
	assert_int_equal(file_mkdir(in_folder("plain/y"), 0700, &err), -1);
	assert_string_equal(file_join(&pool, "a", "b"), "a/b");
	assert_string_equal(file_join(&pool, "a/", "b"), "a/b");
	assert_string_equal(file_join(&pool, "", "b"), "b");
	pool_clear(&pool);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_pointer_leads_to_line_and_column),
		cmocka_unit_test(faulty_json_is_named_by_line_and_column),
		cmocka_unit_test(good_json_comes_back_with_its_source),
		cmocka_unit_test(what_is_undefined_is_null_never_zero),
		cmocka_unit_test(a_file_is_written_whole_or_not_at_all),
		cmocka_unit_test(a_disk_without_room_keeps_the_old_file_and_leaves_no_rest),
		cmocka_unit_test(reading_names_what_is_missing_or_too_large),
		cmocka_unit_test(folders_are_made_with_their_parents),
	};
	char command[64];
	int failed;

	if (mkdtemp(folder) == NULL)
		return 99;
	cmocka_set_message_output(CM_OUTPUT_TAP);
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	snprintf(command, sizeof(command), "rm -rf %s", folder);
	return system(command) == 0 ? failed : 99;
}
