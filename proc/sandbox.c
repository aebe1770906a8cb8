/* Seccomp by a filter of our own making, Landlock by its system calls. */
#include "proc/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <malloc.h>
#include <sched.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/json.h"
#include "base/lang.h"

#if defined __x86_64__
#define OUR_ARCH AUDIT_ARCH_X86_64
#elif defined __aarch64__
#define OUR_ARCH AUDIT_ARCH_AARCH64
#endif

/* ---- system calls ---- */

enum { INTAKE = 1, STORE = 2, DESK = 4, BOTH = INTAKE | STORE, ALL = BOTH | DESK };

/* What of one argument must hold. */
enum check { ANY, EQUALS, OTHER_THAN, WITH, WITHOUT, OWN_PID };

/*
 * Three lists: what the intake and the store may do; what ends a process, since only somebody
 * else's code in it would try; and the rest, which these two are refused (EPERM), so that a habit
 * of a newer C library is not their end.  The desk, which draws posters with libraries of many
 * habits, has the second list alone.
 */
struct rule {
	int number;
	int who;
	enum check check;
	unsigned arg;
	uint32_t value;
	int refusal;		/* errno instead of leave; 0: allowed */
};

#ifdef OUR_ARCH
static const struct rule allowed[] = {
	/* in the order of how often they are made: the filter is walked from the top */
	{ SYS_recvfrom, BOTH, ANY, 0, 0, 0 },
	{ SYS_sendto, BOTH, ANY, 0, 0, 0 },
	{ SYS_epoll_ctl, BOTH, ANY, 0, 0, 0 },
#ifdef SYS_epoll_wait
	{ SYS_epoll_wait, BOTH, ANY, 0, 0, 0 },
#endif
	{ SYS_epoll_pwait, BOTH, ANY, 0, 0, 0 },
	{ SYS_accept4, BOTH, ANY, 0, 0, 0 },
	{ SYS_close, BOTH, ANY, 0, 0, 0 },
	{ SYS_pwrite64, STORE, ANY, 0, 0, 0 },
	{ SYS_pread64, STORE, ANY, 0, 0, 0 },
	{ SYS_fdatasync, STORE, ANY, 0, 0, 0 },
	{ SYS_fcntl, BOTH, ANY, 0, 0, 0 },
	{ SYS_read, BOTH, ANY, 0, 0, 0 },
	{ SYS_write, BOTH, ANY, 0, 0, 0 },
	{ SYS_readv, BOTH, ANY, 0, 0, 0 },
	{ SYS_writev, BOTH, ANY, 0, 0, 0 },
	{ SYS_recvmsg, BOTH, ANY, 0, 0, 0 },
	{ SYS_sendmsg, BOTH, ANY, 0, 0, 0 },
	{ SYS_shutdown, BOTH, ANY, 0, 0, 0 },
	{ SYS_getsockopt, BOTH, ANY, 0, 0, 0 },
	{ SYS_setsockopt, BOTH, ANY, 0, 0, 0 },
	{ SYS_getsockname, BOTH, ANY, 0, 0, 0 },
	{ SYS_getpeername, BOTH, ANY, 0, 0, 0 },
	/* to find the store again after it was started anew; a family other than this has no use */
	{ SYS_socket, INTAKE, EQUALS, 0, AF_UNIX, 0 },
	{ SYS_connect, INTAKE, ANY, 0, 0, 0 },
	/* memory, but none that can be run */
	{ SYS_mmap, BOTH, WITHOUT, 2, PROT_EXEC, 0 },
	{ SYS_mprotect, BOTH, WITHOUT, 2, PROT_EXEC, 0 },
	{ SYS_munmap, BOTH, ANY, 0, 0, 0 },
	{ SYS_mremap, BOTH, ANY, 0, 0, 0 },
	{ SYS_madvise, BOTH, ANY, 0, 0, 0 },
	{ SYS_brk, BOTH, ANY, 0, 0, 0 },
	/* time, chance, waiting */
	{ SYS_clock_gettime, BOTH, ANY, 0, 0, 0 },
	{ SYS_gettimeofday, BOTH, ANY, 0, 0, 0 },
#ifdef SYS_time
	{ SYS_time, BOTH, ANY, 0, 0, 0 },
#endif
	{ SYS_clock_nanosleep, BOTH, ANY, 0, 0, 0 },
	{ SYS_nanosleep, BOTH, ANY, 0, 0, 0 },
	{ SYS_getrandom, BOTH, ANY, 0, 0, 0 },
#ifdef SYS_poll
	{ SYS_poll, BOTH, ANY, 0, 0, 0 },
#endif
	{ SYS_ppoll, BOTH, ANY, 0, 0, 0 },
	{ SYS_futex, BOTH, ANY, 0, 0, 0 },
	{ SYS_sched_yield, BOTH, ANY, 0, 0, 0 },
	{ SYS_eventfd2, BOTH, ANY, 0, 0, 0 },
	{ SYS_restart_syscall, BOTH, ANY, 0, 0, 0 },
	/* itself: signals, and the end by abort() */
	{ SYS_rt_sigaction, BOTH, ANY, 0, 0, 0 },
	{ SYS_rt_sigprocmask, BOTH, ANY, 0, 0, 0 },
	{ SYS_rt_sigreturn, BOTH, ANY, 0, 0, 0 },
	{ SYS_sigaltstack, BOTH, ANY, 0, 0, 0 },
	{ SYS_getpid, BOTH, ANY, 0, 0, 0 },
	{ SYS_gettid, BOTH, ANY, 0, 0, 0 },
	{ SYS_getuid, BOTH, ANY, 0, 0, 0 },
	{ SYS_geteuid, BOTH, ANY, 0, 0, 0 },
	{ SYS_tgkill, BOTH, OWN_PID, 0, 0, 0 },
	{ SYS_getrusage, BOTH, ANY, 0, 0, 0 },
	{ SYS_sysinfo, BOTH, ANY, 0, 0, 0 },		/* qsort() asks how much memory there is */
	{ SYS_exit, BOTH, ANY, 0, 0, 0 },
	{ SYS_exit_group, BOTH, ANY, 0, 0, 0 },
	/* threads, not processes; clone3() hides its flags from a filter, and the C library
	 * falls back to clone() */
#ifdef SYS_clone3
	{ SYS_clone3, BOTH, ANY, 0, 0, ENOSYS },
#endif
	{ SYS_clone, BOTH, WITH, 0, CLONE_THREAD, 0 },
	{ SYS_set_robust_list, BOTH, ANY, 0, 0, 0 },
#ifdef SYS_rseq
	{ SYS_rseq, BOTH, ANY, 0, 0, 0 },
#endif
	{ SYS_sched_getaffinity, BOTH, ANY, 0, 0, 0 },
	/* files: what the database needs; Landlock says where */
	{ SYS_openat, STORE, ANY, 0, 0, 0 },
#ifdef SYS_open
	{ SYS_open, STORE, ANY, 0, 0, 0 },
	{ SYS_stat, STORE, ANY, 0, 0, 0 },
	{ SYS_lstat, STORE, ANY, 0, 0, 0 },
	{ SYS_access, STORE, ANY, 0, 0, 0 },
	{ SYS_unlink, STORE, ANY, 0, 0, 0 },
	{ SYS_readlink, STORE, ANY, 0, 0, 0 },
	{ SYS_rename, STORE, ANY, 0, 0, 0 },
	{ SYS_link, STORE, ANY, 0, 0, 0 },
	{ SYS_chmod, STORE, ANY, 0, 0, 0 },
	/* a refusal, not death: whoever tidies up at the end */
	{ SYS_unlink, INTAKE, ANY, 0, 0, EPERM },
#endif
	{ SYS_faccessat, STORE, ANY, 0, 0, 0 },
#ifdef SYS_faccessat2
	{ SYS_faccessat2, STORE, ANY, 0, 0, 0 },
#endif
	{ SYS_unlinkat, STORE, ANY, 0, 0, 0 },
	{ SYS_unlinkat, INTAKE, ANY, 0, 0, EPERM },
	{ SYS_readlinkat, STORE, ANY, 0, 0, 0 },
	{ SYS_renameat, STORE, ANY, 0, 0, 0 },
	{ SYS_renameat2, STORE, ANY, 0, 0, 0 },
	{ SYS_linkat, STORE, ANY, 0, 0, 0 },
	{ SYS_newfstatat, BOTH, ANY, 0, 0, 0 },
	{ SYS_fstat, BOTH, ANY, 0, 0, 0 },
	{ SYS_statx, STORE, ANY, 0, 0, 0 },
	{ SYS_lseek, STORE, ANY, 0, 0, 0 },
	{ SYS_fsync, STORE, ANY, 0, 0, 0 },
	{ SYS_ftruncate, STORE, ANY, 0, 0, 0 },
	{ SYS_fallocate, STORE, ANY, 0, 0, 0 },
	{ SYS_fchmod, STORE, ANY, 0, 0, 0 },
	{ SYS_fchown, STORE, ANY, 0, 0, 0 },
	{ SYS_getcwd, STORE, ANY, 0, 0, 0 },
	{ SYS_prlimit64, STORE, EQUALS, 0, 0, 0 },
};

static const struct rule deadly[] = {
	{ SYS_execve, ALL, ANY, 0, 0, 0 },
	{ SYS_execveat, ALL, ANY, 0, 0, 0 },
	{ SYS_ptrace, ALL, ANY, 0, 0, 0 },
	{ SYS_process_vm_readv, ALL, ANY, 0, 0, 0 },
	{ SYS_process_vm_writev, ALL, ANY, 0, 0, 0 },
	{ SYS_kcmp, ALL, ANY, 0, 0, 0 },
	{ SYS_socket, DESK, OTHER_THAN, 0, AF_UNIX, 0 },
	/* of the two with a list, where the list has them not, or not so */
	{ SYS_socket, BOTH, ANY, 0, 0, 0 },
	{ SYS_connect, BOTH, ANY, 0, 0, 0 },
	{ SYS_bind, BOTH, ANY, 0, 0, 0 },
	{ SYS_listen, BOTH, ANY, 0, 0, 0 },
	{ SYS_clone, BOTH, ANY, 0, 0, 0 },
	{ SYS_mmap, BOTH, ANY, 0, 0, 0 },
	{ SYS_mprotect, BOTH, ANY, 0, 0, 0 },
	{ SYS_tgkill, BOTH, ANY, 0, 0, 0 },
	{ SYS_openat, BOTH, ANY, 0, 0, 0 },
#ifdef SYS_openat2
	{ SYS_openat2, BOTH, ANY, 0, 0, 0 },
#endif
#ifdef SYS_open
	{ SYS_open, BOTH, ANY, 0, 0, 0 },
	{ SYS_creat, BOTH, ANY, 0, 0, 0 },
	{ SYS_fork, BOTH, ANY, 0, 0, 0 },
	{ SYS_vfork, BOTH, ANY, 0, 0, 0 },
	{ SYS_chmod, BOTH, ANY, 0, 0, 0 },
	{ SYS_rename, BOTH, ANY, 0, 0, 0 },
	{ SYS_symlink, BOTH, ANY, 0, 0, 0 },
#endif
	{ SYS_renameat, BOTH, ANY, 0, 0, 0 },
	{ SYS_renameat2, BOTH, ANY, 0, 0, 0 },
	{ SYS_linkat, BOTH, ANY, 0, 0, 0 },
	{ SYS_symlinkat, BOTH, ANY, 0, 0, 0 },
	{ SYS_fchmodat, BOTH, ANY, 0, 0, 0 },
	{ SYS_memfd_create, BOTH, ANY, 0, 0, 0 },
	{ SYS_setuid, BOTH, ANY, 0, 0, 0 },
	{ SYS_setgid, BOTH, ANY, 0, 0, 0 },
	{ SYS_kill, ALL, ANY, 0, 0, 0 },
	{ SYS_tkill, ALL, ANY, 0, 0, 0 },
	{ SYS_mount, ALL, ANY, 0, 0, 0 },
	{ SYS_umount2, ALL, ANY, 0, 0, 0 },
	{ SYS_pivot_root, ALL, ANY, 0, 0, 0 },
	{ SYS_chroot, ALL, ANY, 0, 0, 0 },
	{ SYS_unshare, ALL, ANY, 0, 0, 0 },
	{ SYS_setns, ALL, ANY, 0, 0, 0 },
	{ SYS_bpf, ALL, ANY, 0, 0, 0 },
	{ SYS_perf_event_open, ALL, ANY, 0, 0, 0 },
	{ SYS_userfaultfd, ALL, ANY, 0, 0, 0 },
#ifdef SYS_io_uring_setup
	{ SYS_io_uring_setup, ALL, ANY, 0, 0, 0 },
#endif
	{ SYS_keyctl, ALL, ANY, 0, 0, 0 },
	{ SYS_add_key, ALL, ANY, 0, 0, 0 },
	{ SYS_request_key, ALL, ANY, 0, 0, 0 },
	{ SYS_init_module, ALL, ANY, 0, 0, 0 },
	{ SYS_finit_module, ALL, ANY, 0, 0, 0 },
	{ SYS_delete_module, ALL, ANY, 0, 0, 0 },
	{ SYS_kexec_load, ALL, ANY, 0, 0, 0 },
	{ SYS_reboot, ALL, ANY, 0, 0, 0 },
	{ SYS_swapon, ALL, ANY, 0, 0, 0 },
	{ SYS_swapoff, ALL, ANY, 0, 0, 0 },
	{ SYS_settimeofday, ALL, ANY, 0, 0, 0 },
	{ SYS_clock_settime, ALL, ANY, 0, 0, 0 },
	{ SYS_sethostname, ALL, ANY, 0, 0, 0 },
	{ SYS_acct, ALL, ANY, 0, 0, 0 },
	{ SYS_quotactl, ALL, ANY, 0, 0, 0 },
	{ SYS_open_by_handle_at, ALL, ANY, 0, 0, 0 },
	{ SYS_mknodat, ALL, ANY, 0, 0, 0 },
};

enum { FILTER_MAX =
	8 + 6 * (sizeof(allowed) / sizeof(allowed[0]) + sizeof(deadly) / sizeof(deadly[0])) };

struct filter {
	struct sock_filter code[FILTER_MAX];
	unsigned short n;
};

static void
add(struct filter *f, unsigned short code, uint32_t k, unsigned char yes, unsigned char no)
{
	f->code[f->n++] = (struct sock_filter)BPF_JUMP(code, k, yes, no);
}

static void
load(struct filter *f, size_t offset)
{
	add(f, BPF_LD | BPF_W | BPF_ABS, (uint32_t)offset, 0, 0);
}

/* The low half of an argument; values looked for here are small, and the kernel looks
 * at no more of these. */
static size_t
argument(unsigned i)
{
	return offsetof(struct seccomp_data, args) + i * sizeof(uint64_t) +
		(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__ ? 0 : 4);
}

static void
add_rule(struct filter *f, const struct rule *r, uint32_t answer)
{
	if (r->refusal != 0)
		answer = SECCOMP_RET_ERRNO | (uint32_t)r->refusal;
	if (r->check == ANY) {
		add(f, BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)r->number, 0, 1);
		add(f, BPF_RET | BPF_K, answer, 0, 0);
		return;
	}
	add(f, BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)r->number, 0, 4);
	load(f, argument(r->arg));
	if (r->check == WITHOUT)
		add(f, BPF_JMP | BPF_JSET | BPF_K, r->value, 1, 0);
	else if (r->check == WITH)
		add(f, BPF_JMP | BPF_JSET | BPF_K, r->value, 0, 1);
	else if (r->check == OTHER_THAN)
		add(f, BPF_JMP | BPF_JEQ | BPF_K, r->value, 1, 0);
	else
		add(f, BPF_JMP | BPF_JEQ | BPF_K,
			r->check == OWN_PID ? (uint32_t)getpid() : r->value, 0, 1);
	add(f, BPF_RET | BPF_K, answer, 0, 0);
	load(f, offsetof(struct seccomp_data, nr));
}

static void
add_rules(struct filter *f, const struct rule rule[], size_t n, enum sandbox_kind kind,
	uint32_t answer)
{
	for (size_t i = 0; i < n; i++)
		if (rule[i].who & (1 << kind))
			add_rule(f, &rule[i], answer);
}

static void
make_filter(struct filter *f, enum sandbox_kind kind)
{
	load(f, offsetof(struct seccomp_data, arch));
	add(f, BPF_JMP | BPF_JEQ | BPF_K, OUR_ARCH, 1, 0);
	add(f, BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS, 0, 0);
	load(f, offsetof(struct seccomp_data, nr));
#ifdef __x86_64__	/* the same calls again under other numbers */
	add(f, BPF_JMP | BPF_JGE | BPF_K, 0x40000000, 0, 1);
	add(f, BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS, 0, 0);
#endif
	add_rules(f, allowed, sizeof(allowed) / sizeof(allowed[0]), kind, SECCOMP_RET_ALLOW);
	add_rules(f, deadly, sizeof(deadly) / sizeof(deadly[0]), kind, SECCOMP_RET_KILL_PROCESS);
	add(f, BPF_RET | BPF_K,
		kind == SANDBOX_DESK ? SECCOMP_RET_ALLOW : SECCOMP_RET_ERRNO | EPERM, 0, 0);
}

static int
enter_seccomp(enum sandbox_kind kind, struct err *err)
{
	struct filter f = { .n = 0 };
	struct sock_fprog program = { .filter = f.code };

	make_filter(&f, kind);
	program.len = f.n;
	/* every thread there is, too */
	if (syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_TSYNC, &program) != 0)
		return err_set_errno(err, ERR_SYSTEM, "无法限制系统调用",
			"cannot limit the system calls");
	return 0;
}
#endif

bool
sandbox_has_seccomp(void)
{
#if defined OUR_ARCH && !defined NO_SANDBOX
	uint32_t action = SECCOMP_RET_KILL_PROCESS;

	return syscall(SYS_seccomp, SECCOMP_GET_ACTION_AVAIL, 0, &action) == 0;
#else
	return false;
#endif
}

/* ---- files ---- */

/* As in <linux/landlock.h>, which is older than the kernel on many systems. */
struct ruleset {
	uint64_t files, net, scope;
};
struct beneath {
	uint64_t allowed;
	int32_t folder;
} __attribute__((packed));

enum {
	EXECUTE = 1 << 0, WRITE_FILE = 1 << 1, READ_FILE = 1 << 2, READ_DIR = 1 << 3,
	REMOVE_DIR = 1 << 4, REMOVE_FILE = 1 << 5, MAKE_ALL = 0x7f << 6, REFER = 1 << 13,
	TRUNCATE = 1 << 14, IOCTL_DEV = 1 << 15, MAKE_REG = 1 << 8, MAKE_SOCK = 1 << 9,
	TCP = 3, SCOPES = 3,
	RULE_BENEATH = 1, GET_VERSION = 1
};
#ifndef SYS_landlock_create_ruleset
#define SYS_landlock_create_ruleset 444
#define SYS_landlock_add_rule 445
#define SYS_landlock_restrict_self 446
#endif

int
sandbox_landlock_version(void)
{
#ifdef NO_SANDBOX
	return 0;
#else
	long version = syscall(SYS_landlock_create_ruleset, NULL, 0, GET_VERSION);

	return version > 0 ? (int)version : 0;
#endif
}

/* Everything this version of the kernel's Landlock can hold. */
static struct ruleset
everything(int version)
{
	return (struct ruleset){
		.files = EXECUTE | WRITE_FILE | READ_FILE | READ_DIR | REMOVE_DIR | REMOVE_FILE |
			MAKE_ALL | (version >= 2 ? REFER : 0) | (version >= 3 ? TRUNCATE : 0) |
			(version >= 5 ? IOCTL_DEV : 0),
		.net = version >= 4 ? TCP : 0,
		.scope = version >= 6 ? SCOPES : 0,
	};
}

static int
allow_beneath(int ruleset, const char *path, uint64_t access)
{
	struct beneath rule = { .allowed = access };
	int rc = -1;

	rule.folder = open(path, O_PATH | O_CLOEXEC);
	if (rule.folder < 0)
		return -1;
	if (syscall(SYS_landlock_add_rule, ruleset, RULE_BENEATH, &rule, 0) == 0)
		rc = 0;
	close(rule.folder);
	return rc;
}

static int
allow_folders(int ruleset, const struct sandbox *s, uint64_t handled)
{
	const uint64_t work = WRITE_FILE | READ_FILE | READ_DIR | REMOVE_FILE | MAKE_REG |
		MAKE_SOCK | TRUNCATE | REFER;
	const uint64_t look = READ_FILE | READ_DIR;
	int rc = 0;

	for (int i = 0; i < SANDBOX_FOLDERS && rc == 0; i++)
		if (s->folder[i] != NULL && s->folder[i][0] != '\0')
			rc = allow_beneath(ruleset, s->folder[i], work & handled);
	if (rc == 0 && s->kind == SANDBOX_DESK)
		rc = allow_beneath(ruleset, "/", look & handled);
	if (rc == 0 && s->kind == SANDBOX_STORE)	/* where SQLite takes its random bytes */
		(void)allow_beneath(ruleset, "/dev/urandom", READ_FILE & handled);
	return rc;
}

static int
enter_landlock(const struct sandbox *s, int version, struct err *err)
{
	const struct ruleset all = everything(version);
	/* an older kernel refuses a longer struct unless the rest is zero, which it is */
	int ruleset = (int)syscall(SYS_landlock_create_ruleset, &all, sizeof(all), 0), rc = -1;

	if (ruleset < 0 || allow_folders(ruleset, s, all.files) != 0 ||
			syscall(SYS_landlock_restrict_self, ruleset, 0) != 0)
		err_set_errno(err, ERR_SYSTEM, "无法限制文件访问（Landlock）",
			"cannot limit access to files (Landlock)");
	else
		rc = 0;
	if (ruleset >= 0)
		close(ruleset);
	return rc;
}

/* ---- both ---- */

static void
say_missing(const char *what)
{
	fprintf(stderr, "manyi: %s: %s\n", what,
		LANG_PICK("内核不支持，少一层隔离", "not in this kernel; one wall fewer"));
}

int
sandbox_enter(const struct sandbox *s, struct err *err)
{
#ifdef NO_SANDBOX
	(void)say_missing;
	(void)enter_landlock;
	(void)enter_seccomp;
	(void)s;
	(void)err;
	return 0;
#else
	int version = sandbox_landlock_version();

	json_object_seed(0);	/* jansson opens /dev/urandom for its first object */
	/* A thread's own heap makes the C library look into /proc when it gives memory back. */
	if (s->kind == SANDBOX_INTAKE)
		mallopt(M_ARENA_MAX, 1);
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
		return err_set_errno(err, ERR_SYSTEM, "无法放弃特权", "cannot give up privileges");
	if (version == 0)
		say_missing("Landlock");
	else if (enter_landlock(s, version, err) != 0)
		return -1;
#ifdef OUR_ARCH
	if (sandbox_has_seccomp())
		return enter_seccomp(s->kind, err);
#endif
	say_missing("seccomp");
	return 0;
#endif
}
