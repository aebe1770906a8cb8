/* Files as whole things. */
#include "tests/base/folder.h"

#include <dirent.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/err.h"
#include "base/file.h"
#include "base/pool.h"

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

static void
a_folder_is_where_the_file_really_lies(void **state)
{
	struct pool pool = POOL_INIT;
	struct err err = { 0 };
	char *real = realpath(folder, NULL), *inner;

	(void)state;
	assert_int_equal(file_mkdir(in_folder("real"), 0700, &err), 0);
	put_file("real/db", "");
	assert_int_equal(symlink("real/db", in_folder("link")), 0);
	inner = realpath(in_folder("real"), NULL);
	assert_string_equal(file_folder(&pool, in_folder("link")), inner);
	assert_string_equal(file_folder(&pool, in_folder("link")),
		file_folder(&pool, in_folder("real/db")));
	assert_string_equal(file_folder(&pool, in_folder("ten")), real);
	assert_string_equal(file_folder(&pool, "no_such_file_here"), ".");
	free(real);
	free(inner);
	pool_clear(&pool);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_file_is_written_whole_or_not_at_all),
		cmocka_unit_test(a_disk_without_room_keeps_the_old_file_and_leaves_no_rest),
		cmocka_unit_test(reading_names_what_is_missing_or_too_large),
		cmocka_unit_test(folders_are_made_with_their_parents),
		cmocka_unit_test(a_folder_is_where_the_file_really_lies),
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
