/* What a process that was broken into may still do: nothing it was not made for. */
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stddef.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/json.h"
#include "proc/sandbox.h"
#include "tests/support/check.h"

/* ---- what a stranger would try; 0: it worked ---- */

static char folder[] = "/tmp/manyi-box-XXXXXX";

static int
worked(long rc)
{
	return rc >= 0 ? 0 : errno;
}

static int
try_open(void)
{
	return worked(open("/etc/passwd", O_RDONLY));
}

static int
try_openat(void)
{
	return worked(syscall(SYS_openat, AT_FDCWD, "/etc/passwd", O_RDONLY));
}

static int
try_openat2(void)
{
	static const uint64_t how[3];

	return worked(syscall(437, AT_FDCWD, "/etc/passwd", how, sizeof(how)));
}

static int
try_make(void)
{
	char path[64];

	snprintf(path, sizeof(path), "%s/new", folder);
	return worked(open(path, O_CREAT | O_WRONLY, 0600));
}

static int
try_unlink(void)
{
	char path[64];

	snprintf(path, sizeof(path), "%s/old", folder);
	return worked(unlink(path));
}

static int
try_inet(void)
{
	return worked(socket(AF_INET, SOCK_STREAM, 0));
}

static int
try_inet6(void)
{
	return worked(socket(AF_INET6, SOCK_DGRAM, 0));
}

static int
try_netlink(void)
{
	return worked(socket(AF_NETLINK, SOCK_RAW, 0));
}

static int
try_unix(void)
{
	return worked(socket(AF_UNIX, SOCK_STREAM, 0));
}

static int
try_exec(void)
{
	char *const none[] = { "true", NULL };

	return worked(execve("/bin/true", none, NULL));
}

static int
try_fork(void)
{
	pid_t pid = fork();

	if (pid == 0)
		_exit(0);
	return worked(pid);
}

static int
try_ptrace(void)
{
	return worked(ptrace(PTRACE_TRACEME, 0, NULL, NULL));
}

static int
try_memory_of_another(void)
{
	char byte;
	struct iovec here = { &byte, 1 }, there = { folder, 1 };

	return worked(process_vm_readv(getppid(), &here, 1, &there, 1, 0));
}

static int
try_kill(void)
{
	return worked(kill(getppid(), 0));
}

static int
try_code(void)
{
	return mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1,
		0) == MAP_FAILED ? errno : 0;
}

static int
try_turn_into_code(void)
{
	void *p = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	return p == MAP_FAILED ? -1 : worked(mprotect(p, 4096, PROT_READ | PROT_EXEC));
}

static int
try_memfd(void)
{
	return worked(memfd_create("x", 0));
}

static int
try_ring(void)
{
	static char params[128];

	return worked(syscall(425, 1, params));		/* io_uring_setup */
}

static int
try_bpf(void)
{
	return worked(syscall(SYS_bpf, 0, NULL, 0));
}

static int
try_mount(void)
{
	return worked(syscall(SYS_mount, "none", folder, "tmpfs", 0, NULL));
}

static int
try_unshare(void)
{
	return worked(syscall(SYS_unshare, 0x10000000));
}

static int
try_another_table(void)
{
#ifdef __x86_64__	/* getpid of the x32 table */
	return worked(syscall(0x40000000 | SYS_getpid));
#else
	return -1;
#endif
}

static int
try_chmod(void)
{
	return worked(syscall(SYS_fchmodat, AT_FDCWD, folder, 0777));
}

/* ---- the honest part ---- */

static void *
take_and_give_back(void *ctx)
{
	for (size_t n = 1; n < 400000; n += 20000)
		free(memset(malloc(n), 1, n));
	return ctx;
}

/* Memory, the catalogue's forms, words on standard error. */
static int
try_work(void)
{
	take_and_give_back(NULL);
	json_decref(json_loads("{\"form\": [1, 2]}", 0, NULL));
	return worked(write(STDERR_FILENO, "", 0));
}

/* And a thread, as the intake has one that fetches the catalogue. */
static int
try_thread(void)
{
	pthread_t thread;
	int rc = pthread_create(&thread, NULL, take_and_give_back, NULL);

	return rc != 0 ? rc : pthread_join(thread, NULL);
}

/* Run in a child inside the sandbox: what it says, or -signal. */
static int
inside(enum sandbox_kind kind, int (*attempt)(void))
{
	const struct sandbox sandbox = { .kind = kind,
		.folder = { kind == SANDBOX_INTAKE ? NULL : folder } };
	struct err err = { 0 };
	int status;
	pid_t pid;

	fflush(NULL);
	pid = fork();
	if (pid == 0) {
		if (sandbox_enter(&sandbox, &err) != 0)
			_exit(250);
		_exit(attempt());
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	return WIFSIGNALED(status) ? -WTERMSIG(status) : WEXITSTATUS(status);
}

#define DIES (-SIGSYS)

/* cmocka's skip() is a failure to automake's driver: what cannot be tried here
 * says so and is let be. */
static bool
has_seccomp(void)
{
	if (!sandbox_has_seccomp())
		fprintf(stderr, "# skipped: no seccomp in this kernel or build\n");
	return sandbox_has_seccomp();
}

static bool
has_landlock(int version)
{
	if (sandbox_landlock_version() < version)
		fprintf(stderr, "# skipped: no Landlock %d in this kernel or build\n", version);
	return sandbox_landlock_version() >= version;
}

struct attempt {
	const char *name;
	int (*run)(void);
};

static void
all_die(enum sandbox_kind kind, const struct attempt a[], size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (inside(kind, a[i].run) != DIES)
			fail_msg("%s: %d instead of death", a[i].name, inside(kind, a[i].run));
}

static void
the_intake_dies_of_files_sockets_programs_and_debuggers(void **state)
{
	static const struct attempt a[] = {
		{ "open", try_open }, { "openat", try_openat }, { "openat2", try_openat2 },
		{ "make a file", try_make }, { "internet socket", try_inet },
		{ "internet socket, six", try_inet6 }, { "netlink", try_netlink },
		{ "exec", try_exec }, { "fork", try_fork }, { "ptrace", try_ptrace },
		{ "another's memory", try_memory_of_another }, { "kill", try_kill },
		{ "code", try_code }, { "data into code", try_turn_into_code },
		{ "memfd", try_memfd }, { "io_uring", try_ring }, { "bpf", try_bpf },
		{ "mount", try_mount }, { "unshare", try_unshare }, { "chmod", try_chmod },
		{ "another table of calls", try_another_table },
	};

	(void)state;
	if (!has_seccomp())
		return;
	all_die(SANDBOX_INTAKE, a, sizeof(a) / sizeof(a[0]) - (sizeof(void *) == 8 ? 0 : 1));
	assert_int_equal(inside(SANDBOX_INTAKE, try_unlink), EPERM);
	/* to the store, which may come and go */
	assert_int_equal(inside(SANDBOX_INTAKE, try_unix), 0);
	assert_int_equal(inside(SANDBOX_INTAKE, try_work), 0);
	assert_int_equal(inside(SANDBOX_INTAKE, try_thread), 0);
}

static void
the_store_dies_of_sockets_programs_and_debuggers(void **state)
{
	static const struct attempt a[] = {
		{ "internet socket", try_inet }, { "unix socket", try_unix }, { "exec", try_exec },
		{ "fork", try_fork }, { "ptrace", try_ptrace },
		{ "another's memory", try_memory_of_another }, { "kill", try_kill },
		{ "code", try_code }, { "data into code", try_turn_into_code },
		{ "io_uring", try_ring }, { "bpf", try_bpf }, { "mount", try_mount },
		{ "unshare", try_unshare },
	};

	(void)state;
	if (!has_seccomp())
		return;
	all_die(SANDBOX_STORE, a, sizeof(a) / sizeof(a[0]));
	assert_int_equal(inside(SANDBOX_STORE, try_make), 0);
	assert_int_equal(inside(SANDBOX_STORE, try_work), 0);
}

static void
the_store_reaches_no_file_outside_its_folder(void **state)
{
	(void)state;
	if (!has_landlock(1))
		return;
	assert_int_equal(inside(SANDBOX_STORE, try_open), EACCES);
	assert_int_equal(inside(SANDBOX_STORE, try_make), 0);
}

static void
the_desk_dies_of_the_network_programs_and_debuggers(void **state)
{
	static const struct attempt a[] = {
		{ "internet socket", try_inet }, { "netlink", try_netlink }, { "exec", try_exec },
		{ "ptrace", try_ptrace }, { "another's memory", try_memory_of_another },
		{ "kill", try_kill }, { "io_uring", try_ring }, { "bpf", try_bpf },
		{ "mount", try_mount }, { "unshare", try_unshare },
	};

	(void)state;
	if (!has_seccomp())
		return;
	all_die(SANDBOX_DESK, a, sizeof(a) / sizeof(a[0]));
	assert_int_equal(inside(SANDBOX_DESK, try_open), 0);	/* fonts lie anywhere */
	assert_int_equal(inside(SANDBOX_DESK, try_make), 0);
}

/* Outside the folder it may be read, not written: the folder's parent here. */
static int
try_write_outside(void)
{
	char path[64];

	snprintf(path, sizeof(path), "%s.outside", folder);
	return worked(open(path, O_CREAT | O_WRONLY, 0600));
}

static int
try_abstract(void)
{
	struct sockaddr_un a = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);

	memcpy(a.sun_path, "\0manyi-test", 11);
	return worked(connect(fd, (struct sockaddr *)&a,
		(socklen_t)(offsetof(struct sockaddr_un, sun_path) + 11)));
}

static void
the_desk_writes_nothing_outside_its_folder(void **state)
{
	(void)state;
	if (!has_landlock(1))
		return;
	assert_int_equal(inside(SANDBOX_DESK, try_write_outside), EACCES);
}

static void
nobody_reaches_an_abstract_socket(void **state)
{
	struct sockaddr_un a = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);

	(void)state;
	if (!has_landlock(6))
		return;
	memcpy(a.sun_path, "\0manyi-test", 11);
	assert_int_equal(bind(fd, (struct sockaddr *)&a,
		(socklen_t)(offsetof(struct sockaddr_un, sun_path) + 11)), 0);
	assert_int_equal(listen(fd, 1), 0);
	assert_int_equal(try_abstract(), 0);	/* from here it can be reached */
	assert_int_equal(inside(SANDBOX_INTAKE, try_abstract), EPERM);
	assert_int_equal(inside(SANDBOX_DESK, try_abstract), EPERM);
	close(fd);
}

static int
make_folder(void **state)
{
	char path[64];
	int fd;

	(void)state;
	if (mkdtemp(folder) == NULL)
		return -1;
	snprintf(path, sizeof(path), "%s/old", folder);
	fd = open(path, O_CREAT | O_WRONLY, 0600);
	close(fd);
	return fd < 0;
}

static int
drop_folder(void **state)
{
	char command[64];

	(void)state;
	snprintf(command, sizeof(command), "rm -rf %s %s.outside", folder, folder);
	return system(command) != 0;
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_intake_dies_of_files_sockets_programs_and_debuggers),
		cmocka_unit_test(the_store_dies_of_sockets_programs_and_debuggers),
		cmocka_unit_test(the_store_reaches_no_file_outside_its_folder),
		cmocka_unit_test(the_desk_dies_of_the_network_programs_and_debuggers),
		cmocka_unit_test(the_desk_writes_nothing_outside_its_folder),
		cmocka_unit_test(nobody_reaches_an_abstract_socket),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, make_folder, drop_folder);
}
