/* proc/listen: whose socket it is, who may ask there, and who waits. */
#include "tests/support/check.h"

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "proc/listen.h"

static char dir[] = "/tmp/manyi-listen-XXXXXX";
static char path[64], beside[64], elsewhere[64];

static int
make_dir(void **state)
{
	(void)state;
	if (mkdtemp(dir) == NULL)
		return -1;
	snprintf(path, sizeof(path), "%s/s", dir);
	snprintf(beside, sizeof(beside), "%s/s~", dir);
	snprintf(elsewhere, sizeof(elsewhere), "%s/t", dir);
	return 0;
}

static int
drop_dir(void **state)
{
	(void)state;
	return rmdir(dir);
}

static int
drop_files(void **state)
{
	(void)state;
	unlink(path);
	unlink(beside);
	unlink(elsewhere);
	return 0;
}

static struct sockaddr_un
name_of(const char *at)
{
	struct sockaddr_un name = { .sun_family = AF_UNIX };

	strcpy(name.sun_path, at);
	return name;
}

static int
made(void)
{
	struct err err = { 0 };
	int fd = listen_open(path, -1, &err);

	assert_true(fd >= 0);
	assert_int_equal(err.code, ERR_NONE);
	return fd;
}

/* A visitor; -1 if he is turned away. */
static int
visit(void)
{
	struct sockaddr_un name = name_of(path);
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0);

	if (connect(fd, (struct sockaddr *)&name, sizeof(name)) == 0)
		return fd;
	close(fd);
	return -1;
}

static void
assert_refused(enum err_code why)
{
	struct err err = { 0 };

	assert_int_equal(listen_open(path, -1, &err), -1);
	assert_int_equal(err.code, why);
	assert_true(err.text[0] != '\0');
}

static void
a_socket_is_for_its_group_alone(void **state)
{
	mode_t before = umask(0);
	struct stat st;
	int fd = made();

	(void)state;
	umask(before);
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0660);
	assert_int_equal(access(beside, F_OK), -1);
	assert_true(fcntl(fd, F_GETFL) & O_NONBLOCK);
	assert_true(fcntl(fd, F_GETFD) & FD_CLOEXEC);
	close(fd);
}

static void
a_dead_socket_is_replaced(void **state)
{
	struct sockaddr_un name = name_of(beside);
	int fd, left = socket(AF_UNIX, SOCK_STREAM, 0);

	(void)state;
	close(made());
	assert_int_equal(visit(), -1);
	assert_int_equal(bind(left, (struct sockaddr *)&name, sizeof(name)), 0);
	close(left);	/* of one that was killed while it started */
	fd = made();
	assert_true(visit() >= 0);
	close(fd);
}

static void
a_live_one_is_left_alone(void **state)
{
	int visitor, fd = made();

	(void)state;
	assert_refused(ERR_CONFLICT);
	visitor = visit();
	assert_true(visitor >= 0);
	close(listen_accept(fd));	/* who only looked */
	assert_true(listen_accept(fd) >= 0);
	close(fd);
}

static void
one_so_busy_that_nobody_can_wait_is_live(void **state)
{
	struct sockaddr_un name = name_of(path);
	int fd = socket(AF_UNIX, SOCK_STREAM, 0), i;

	(void)state;
	assert_int_equal(bind(fd, (struct sockaddr *)&name, sizeof(name)), 0);
	assert_int_equal(listen(fd, 0), 0);
	for (i = 0; i < 8 && visit() >= 0; i++)
		continue;
	assert_true(i < 8);
	assert_refused(ERR_CONFLICT);
	close(fd);
}

static void
a_file_that_is_no_socket_is_nobody_s_to_replace(void **state)
{
	const char *const way[] = { path, beside };
	struct stat st;

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		close(open(way[i], O_CREAT | O_WRONLY, 0600));
		assert_refused(ERR_CONFLICT);
		assert_int_equal(unlink(way[i]), 0);
	}
	assert_int_equal(symlink(elsewhere, path), 0);
	assert_refused(ERR_CONFLICT);
	assert_int_equal(lstat(path, &st), 0);
	assert_true(S_ISLNK(st.st_mode));
}

static void
one_we_may_not_ask_at_is_not_taken_for_dead(void **state)
{
	struct err err = { 0 };
	int status, fd;

	(void)state;
	if (geteuid() != 0)
		skip();
	fd = made();
	assert_int_equal(chmod(dir, 0777), 0);
	if (fork() == 0)
		_exit(setuid(65534) == 0 && listen_open(path, -1, &err) == -1 &&
			err.code == ERR_CONFLICT ? 7 : 8);
	wait(&status);
	assert_int_equal(WEXITSTATUS(status), 7);
	assert_true(visit() >= 0);
	close(fd);
}

static void
a_path_that_cannot_be_is_said(void **state)
{
	char longer[200];
	struct err err = { 0 }, other = { 0 };

	(void)state;
	memset(longer, 'a', sizeof(longer) - 1);
	longer[sizeof(longer) - 1] = '\0';
	assert_int_equal(listen_open(longer, -1, &err), -1);
	assert_int_equal(err.code, ERR_INPUT);
	snprintf(longer, sizeof(longer), "%s/none/s", dir);
	assert_int_equal(listen_open(longer, -1, &other), -1);
	assert_int_equal(other.code, ERR_IO);
}

static void
an_inherited_one_is_taken_as_it_is(void **state)
{
	struct err err = { 0 };
	int fd = made(), flags = fcntl(fd, F_GETFL);

	(void)state;
	assert_int_equal(fcntl(fd, F_SETFL, flags & ~O_NONBLOCK), 0);
	assert_int_equal(fcntl(fd, F_SETFD, 0), 0);
	assert_int_equal(listen_open(NULL, fd, &err), fd);
	assert_true(fcntl(fd, F_GETFL) & O_NONBLOCK);
	assert_true(fcntl(fd, F_GETFD) & FD_CLOEXEC);
	assert_int_equal(access(path, F_OK), 0);
	close(fd);
}

static void
what_does_not_listen_is_not_inherited(void **state)
{
	int pair[2], ends[2];
	const int *const none[] = { &pair[0], &ends[0], &(const int){ 999 } };

	(void)state;
	assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, pair) | pipe(ends), 0);
	for (size_t i = 0; i < 3; i++) {
		struct err err = { 0 };

		assert_int_equal(listen_open(path, *none[i], &err), -1);
		assert_int_equal(err.code, ERR_INPUT);
		assert_int_equal(access(path, F_OK), -1);
	}
	for (size_t i = 0; i < 2; i++) {
		close(pair[i]);
		close(ends[i]);
	}
}

static void
who_waits_comes_in_one_by_one(void **state)
{
	int fd = made(), visitor[2] = { visit(), visit() }, guest;

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		guest = listen_accept(fd);
		assert_true(guest >= 0);
		assert_true(fcntl(guest, F_GETFL) & O_NONBLOCK);
		assert_true(fcntl(guest, F_GETFD) & FD_CLOEXEC);
		close(guest);
		close(visitor[i]);
	}
	assert_int_equal(listen_accept(fd), LISTEN_NOBODY);
	close(fd);
}

static void
without_a_descriptor_to_spare_he_waits_on(void **state)
{
	int fd = made(), visitor = visit(), free_one = dup(visitor), guest;
	struct rlimit before, none;

	(void)state;
	assert_int_equal(getrlimit(RLIMIT_NOFILE, &before), 0);
	none = before;
	none.rlim_cur = (rlim_t)free_one;
	close(free_one);
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &none), 0);
	assert_int_equal(listen_accept(fd), LISTEN_FULL);
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &before), 0);
	guest = listen_accept(fd);
	assert_true(guest >= 0);
	close(guest);
	close(visitor);
	close(fd);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(a_socket_is_for_its_group_alone, drop_files),
		cmocka_unit_test_teardown(a_dead_socket_is_replaced, drop_files),
		cmocka_unit_test_teardown(a_live_one_is_left_alone, drop_files),
		cmocka_unit_test_teardown(one_so_busy_that_nobody_can_wait_is_live, drop_files),
		cmocka_unit_test_teardown(a_file_that_is_no_socket_is_nobody_s_to_replace,
			drop_files),
		cmocka_unit_test_teardown(one_we_may_not_ask_at_is_not_taken_for_dead, drop_files),
		cmocka_unit_test(a_path_that_cannot_be_is_said),
		cmocka_unit_test_teardown(an_inherited_one_is_taken_as_it_is, drop_files),
		cmocka_unit_test(what_does_not_listen_is_not_inherited),
		cmocka_unit_test_teardown(who_waits_comes_in_one_by_one, drop_files),
		cmocka_unit_test_teardown(without_a_descriptor_to_spare_he_waits_on, drop_files),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, make_dir, drop_dir);
}
