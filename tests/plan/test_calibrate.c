/* A plan's calibration. */
#include "tests/plan/plan.h"

#include "plan/calibrate.h"

static void
a_calibration_is_read_whole(void **state)
{
	struct plan_calibrate c;

	(void)state;
	assert_int_equal(plan_calibrate_read(&c, data(PEOPLE, NULL), json(
		"{'method': 'logit', 'totals': {'(Intercept)': 9, 'ga': 4, 'y': 20},"
		" 'bounds': [0.5, 2], 'trim': {'lower': 1, 'strict': true}, 'tolerance': 1e-8,"
		" 'iterations': 50}"), &err), 0);
	assert_true(c.method && c.spec.method == CALIBRATE_LOGIT && c.spec.xs == 3 &&
		c.spec.total[1] == 4);
	assert_true(c.spec.x[0].x[3] == 1 && c.spec.x[1].x[0] == 1 && c.spec.x[1].x[1] == 0 &&
		c.spec.x[2].x[2] == 3);
	assert_true(c.spec.low == 0.5 && c.spec.high == 2 && c.trim && c.low == 1 &&
		isinf(c.high) && c.strict);
	assert_true(c.spec.rake.tolerance == 1e-8 && c.spec.rake.iterations == 50 &&
		!c.spec.rake.aside);
	assert_int_equal(plan_calibrate_read(&c, data(PEOPLE, NULL), json(
		"{'method': 'rake', 'margins': {'g': {'a': 1, 'b': 3}}, 'trim': {'upper': 5},"
		" 'aside': true}"), &err), 0);
	/* After a rake an upper trim alone is a cap under which the margins hold. */
	assert_true(!c.trim && c.spec.cap == 5 && c.spec.rake.aside);
	assert_int_equal(c.spec.margin[0].categories, 2);
	assert_true(c.spec.margin[0].target[1] == 3);
}

static void
a_calibration_that_makes_no_sense_is_named(void **state)
{
	static const struct {
		const char *calibrate, *part;
		int fault;
	} bad[] = {
		{ "{'margins': {'g': {'a': 1}}}", "method", FAULT_INPUT },
		{ "{'method': 'guess'}", "guess", FAULT_INPUT },
		{ "{'method': 'rake', 'margins': {'g': 5}}", "g", FAULT_INPUT },
		{ "{'method': 'rake', 'margins': {'g': {'a': 'x'}}}", "a", FAULT_INPUT },
		{ "{'method': 'rake', 'margins': {'h': {'a': 1}}}", "h", FAULT_COLUMN },
		{ "{'method': 'linear', 'totals': {'gz': 1}}", "gz", FAULT_COLUMN },
		{ "{'method': 'linear', 'totals': {'y': 'x'}}", "y", FAULT_INPUT },
		{ "{'method': 'logit', 'bounds': [1]}", "bounds", FAULT_INPUT },
		{ "{'method': 'rake', 'tolerance': -1}", "tolerance", FAULT_INPUT },
		{ "{'method': 'rake', 'trim': {'top': 5}}", "top", FAULT_INPUT },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		struct plan_calibrate c;

		assert_int_equal(plan_calibrate_read(&c, data(PEOPLE, NULL), json(bad[i].calibrate),
			&err), bad[i].fault);
		if (strstr(err.text, bad[i].part) == NULL)
			fail_msg("%s: %s", bad[i].calibrate, err.text);
	}
}

/* Four people of weight 1 in halves, brought to one and three. */
static void
a_calibration_is_applied_to_the_weights(void **state)
{
	struct plan_work w = work(PEOPLE, NULL);
	struct plan_calibrate c;
	struct rake_report report;

	(void)state;
	assert_int_equal(plan_calibrate_read(&c, w.data,
		json("{'method': 'rake', 'margins': {'g': {'a': 1, 'b': 3}}}"), &err), 0);
	assert_int_equal(plan_calibrate_apply(w.sample->sample, &c, &report, &err), 0);
	assert_close(sample_weights(w.sample->sample)[0], 0.5, 1e-12);
	assert_close(sample_weights(w.sample->sample)[1], 1.5, 1e-12);
	assert_close(report.sum, 4, 1e-12);
	w = work(PEOPLE, "{'weight': 'w'}");
	assert_int_equal(plan_calibrate_read(&c, w.data, json("{'trim': {'upper': 1.5}}"), &err),
		0);
	assert_false(c.method);
	assert_int_equal(plan_calibrate_apply(w.sample->sample, &c, &report, &err), 0);
	/* the half that was cut goes to the other three */
	assert_close(sample_weights(w.sample->sample)[1], 1.5, 1e-12);
	assert_close(sample_weights(w.sample->sample)[0], 1 + 0.5 / 3, 1e-12);
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test_teardown(a_calibration_is_read_whole, teardown),
	cmocka_unit_test_teardown(a_calibration_that_makes_no_sense_is_named, teardown),
	cmocka_unit_test_teardown(a_calibration_is_applied_to_the_weights, teardown),
};

CHECK_MAIN(tests)
