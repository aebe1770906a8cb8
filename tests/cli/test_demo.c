/* The simulated city: chance that repeats, people like the margins, answers the form accepts. */
#include "tests/support/check.h"

#include "cli/demo/answers.h"
#include "cli/demo/people.h"
#include "cli/demo/random.h"
#include "forms/builtin.h"
#include "forms/response.h"

/* Published outputs of splitmix64 for the seed 1234567 (Rosetta Code, "Pseudo-random numbers/Splitmix64"). */
static void
splitmix_gives_its_published_numbers(void **state)
{
	static const uint64_t want[] = { 6457827717110365317u, 3203168211198807973u,
		9817491932198370423u, 4593380528125082431u, 16408922859458223821u };
	uint64_t s = 1234567;

	(void)state;
	for (size_t i = 0; i < 5; i++)
		assert_int_equal(random_split(&s), want[i]);
}

/* Outputs of the reference xoshiro256** for the state 1, 2, 3, 4 (as in the rand_xoshiro crate's tests). */
static void
xoshiro_gives_its_published_numbers(void **state)
{
	static const uint64_t want[] = { 11520, 0, 1509978240, 1215971899390074240u,
		1216172134540287360u, 607988272756665600u, 16172922978634559625u,
		8476171486693032832u, 10595114339597558777u, 2904607092377533576u };
	struct random r = { { 1, 2, 3, 4 } };

	(void)state;
	for (size_t i = 0; i < 10; i++)
		assert_int_equal(random_bits(&r), want[i]);
}

static void
normal_has_the_mean_and_spread_asked_for(void **state)
{
	struct demo_random r;
	double sum = 0, squares = 0;
	enum { N = 200000, SD = 1000 };

	(void)state;
	demo_random_start(&r, 7, 1);
	for (int i = 0; i < N; i++) {
		int x = demo_random_normal(&r, SD);

		assert_in_range(x + 6 * SD, 0, 12 * SD);
		sum += x;
		squares += (double)x * x;
	}
	/* Four standard errors: 1000 / sqrt(200000) = 2.2; the spread's is 1.6. */
	assert_true(fabs(sum / N) < 9);
	assert_true(fabs(sqrt(squares / N) - SD) < 7);
}

static void
picks_follow_their_weights(void **state)
{
	static const int weight[] = { 10, 0, 30, 60 };
	int count[4] = { 0 };
	struct demo_random r;

	(void)state;
	demo_random_start(&r, 3, 9);
	for (int i = 0; i < 100000; i++)
		count[demo_random_pick(&r, weight, 4)]++;
	assert_int_equal(count[1], 0);
	assert_true(abs(count[0] - 10000) < 400 && abs(count[2] - 30000) < 600);
}

static void
streams_of_one_seed_differ_and_repeat(void **state)
{
	struct demo_random a, b, c;

	(void)state;
	demo_random_start(&a, 5, 1);
	demo_random_start(&b, 5, 2);
	demo_random_start(&c, 5, 1);
	for (int i = 0; i < 100; i++) {
		uint64_t x = random_bits(&a.bits);

		assert_int_not_equal(x, random_bits(&b.bits));
		assert_int_equal(x, random_bits(&c.bits));
	}
}

/* The list of 32 comes from the table of divisions, names and codes alike. */
static void
townships_are_the_real_ones(void **state)
{
	FILE *f = fopen(check_path("tests/data/townships.tsv"), "r");
	char line[128], code[16], name[64];
	int n = 0;

	(void)state;
	assert_non_null(f);
	assert_non_null(fgets(line, sizeof(line), f));
	while (fgets(line, sizeof(line), f) != NULL) {
		assert_int_equal(sscanf(line, "%15s %63s", code, name), 2);
		assert_true(n < DEMO_TOWNSHIPS);
		assert_string_equal(demo_township[n].code, code);
		assert_string_equal(demo_township[n].name, name);
		n++;
	}
	fclose(f);
	assert_int_equal(n, DEMO_TOWNSHIPS);
}

static void
every_sector_has_five_sites_and_posters_of_each_form(void **state)
{
	int count[DEMO_SECTORS + 1][3] = { { 0 } };

	(void)state;
	for (int i = 0; i < DEMO_SITES; i++)
		count[demo_site[i].sector][demo_site[i].form[0] - 'A']++;
	for (int s = 1; s <= DEMO_SECTORS; s++) {
		assert_int_equal(count[s][0], 2);
		assert_int_equal(count[s][1], 2);
		assert_int_equal(count[s][2], 1);
	}
}

static const char *
issues_in_words(const struct issue issue[], size_t n)
{
	static char s[200];

	snprintf(s, sizeof(s), "%zu issues, first: %s of %s", n, issue_name(issue[0].code), issue[0].name);
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

/* Answers of one person hang together, and the weights add up to the adults of the city. */
static void
sample_represents_the_city(void **state)
{
	struct demo_scene scene = { .form = 'A', .first = 28000000, .last = 28060000, .size = 12000 };
	struct demo_world *world = malloc(sizeof(*world));
	double weights = 0, old = 0, n = 0;
	struct demo_random r;

	(void)state;
	assert_non_null(world);
	demo_world_make(world, 1);
	demo_random_start(&r, 1, 2);
	for (int i = 0; i < scene.size; i++) {
		struct demo_person p;

		demo_person_make(&p, world, &scene, i, &r);
		weights += (double)p.weight / 1e6;
		old += p.age >= 5;
		n++;
	}
	assert_close(weights, demo_city_all_adults(), 0.02);
	/* 30 % of adults are 60 or over; they answer interviewers a little more than most. */
	assert_true(old / n > 0.28 && old / n < 0.38);
	free(world);
}

static void
posters_reach_few_old_people(void **state)
{
	struct demo_scene scene = { .form = 'C', .open = true, .first = 28000000, .last = 28060000,
		.size = 5000 };
	struct demo_world *world = malloc(sizeof(*world));
	struct demo_random r;
	int old = 0;

	(void)state;
	assert_non_null(world);
	demo_world_make(world, 1);
	demo_random_start(&r, 1, 2);
	for (int i = 0; i < scene.size; i++) {
		struct demo_person p;

		demo_person_make(&p, world, &scene, i, &r);
		old += p.age >= 5;
		assert_in_range(p.site, 0, DEMO_SITES - 1);
	}
	assert_true(old < scene.size / 10);
	free(world);
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(splitmix_gives_its_published_numbers),
	cmocka_unit_test(xoshiro_gives_its_published_numbers),
	cmocka_unit_test(normal_has_the_mean_and_spread_asked_for),
	cmocka_unit_test(picks_follow_their_weights),
	cmocka_unit_test(streams_of_one_seed_differ_and_repeat),
	cmocka_unit_test(townships_are_the_real_ones),
	cmocka_unit_test(every_sector_has_five_sites_and_posters_of_each_form),
	cmocka_unit_test(form_a_accepts_every_simulated_answer),
	cmocka_unit_test(form_b_accepts_every_simulated_answer),
	cmocka_unit_test(form_c_accepts_every_simulated_answer),
	cmocka_unit_test(sample_represents_the_city),
	cmocka_unit_test(posters_reach_few_old_people),
};

CHECK_MAIN(tests)
