/* cli/demo/answers.c: what simulated people say goes through the only door there is. */
#include "tests/support/check.h"

#include "cli/demo/answers.h"
#include "forms/builtin.h"
#include "forms/response.h"

static const char *
issues_in_words(const struct issue issue[], size_t n)
{
	static char s[200];

	snprintf(s, sizeof(s),
		"%zu issues, first: %s of %s", n, issue_name(issue[0].code), issue[0].name);
	return s;
}

/* Whatever a simulated person says goes through the only door there is. */
static void
accepts_everybody(char id, bool open)
{
	char name[2] = { id, '\0' };
	struct pool forms = POOL_INIT, pool = POOL_INIT;
	struct err err = { .code = ERR_NONE };
	const struct form *form = form_builtin_load(name, &forms, &err);
	struct demo_scene scene = { .form = id, .year = 2, .open = open, .first = 28000000,
		.last = 28060000, .size = 3000 };
	struct demo_world *world = malloc(sizeof(*world));
	struct issue issue[ISSUES_MAX];
	struct demo_answers answers;
	struct demo_random r;

	assert_non_null(form);
	assert_non_null(world);
	demo_world_make(world, 11);
	demo_random_start(&r, 11, 77);
	for (int i = 0; i < scene.size; i++) {
		struct demo_person p;
		struct response response;
		size_t issues;

		demo_person_make(&p, world, &scene, i, &r);
		demo_answers_make(&answers, &scene, &p, &r);
		issues = form_accept(form, &response, issue, &answers.sent, NULL, &pool);
		if (issues > 0)
			fail_msg("form %c, person %d: %s", id, i, issues_in_words(issue, issues));
		assert_null(response.phone);
		assert_true(p.weight > 0 && p.seconds > 0);
		assert_in_range(p.minute, scene.first, scene.last);
		pool_clear(&pool);
	}
	free(world);
	pool_clear(&forms);
}

static void
form_a_accepts_every_simulated_answer(void **state)
{
	(void)state;
	accepts_everybody('A', false);
	accepts_everybody('A', true);
}

static void
form_b_accepts_every_simulated_answer(void **state)
{
	(void)state;
	accepts_everybody('B', true);
}

static void
form_c_accepts_every_simulated_answer(void **state)
{
	(void)state;
	accepts_everybody('C', false);
	accepts_everybody('C', true);
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(form_a_accepts_every_simulated_answer),
	cmocka_unit_test(form_b_accepts_every_simulated_answer),
	cmocka_unit_test(form_c_accepts_every_simulated_answer),
};

CHECK_MAIN(tests)
