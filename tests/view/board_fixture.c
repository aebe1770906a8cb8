/* A city as the board sees it. */
#include "tests/view/board_fixture.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"

#define BOTH(zh, en) (struct words){ { zh, en } }

struct estimate
fixture_estimate(double value, double se, double n, double deff)
{
	return (struct estimate){
		.value = value, .se = se, .low = value - 1.96 * se, .high = value + 1.96 * se,
		.level = 0.95, .df = 58, .n = n, .n_eff = n / deff, .deff = deff,
		.method = "logit t, linearised, raked to sex age edu, 12 sectors weighted equally",
		.mapping = "acsi-1-10", .population = "瓦房店市 18 岁及以上常住居民",
		.stream = "sampled",
	};
}

static double
upper_tail(double z)
{
	return 0.5 * erfc(z / sqrt(2));
}

static struct step
step_between(const struct figure *from, const struct figure *to)
{
	double se = hypot(from->estimate.se, to->estimate.se);
	struct step step = { .from = from->year, .to = to->year };

	step.difference = fixture_estimate(to->estimate.value - from->estimate.value, se,
		from->estimate.n + to->estimate.n, 1.4);
	step.p_up = upper_tail(step.difference.value / se);
	step.p_down = 1 - step.p_up;
	step.significant = fabs(step.difference.value) > 1.96 * se;
	return step;
}

void
fixture_series(struct fixture *fixture, struct series *series, const char *form, const char *index,
	const char *stream, struct words label, const double value[], const double se[],
	const double n[])
{
	struct figure *year = pool_array(&fixture->pool, FIXTURE_YEARS, sizeof(*year));
	struct step *step = pool_array(&fixture->pool, FIXTURE_YEARS - 1, sizeof(*step));

	for (int i = 0; i < FIXTURE_YEARS; i++) {
		year[i] = (struct figure){
			.indicator = "43", .form = form, .index = index, .index_label = label,
			.domain = "all", .year = 2021 + i, .stream = stream,
			.estimate = fixture_estimate(value[i], se[i], n[i], 1.41),
			.margins = "sex age edu", .simulated = true,
			.margins_hash =
				"9f2c41d07be5a3380c6f1e27d94ab85c03e7716fd2a94b8e5510c3fa7768d21b",
		};
		if (strcmp(form, "complaints") == 0) {
			year[i].estimate.n_eff = year[i].estimate.deff = year[i].estimate.df = NAN;
			year[i].estimate.method = "Poisson count, Garwood exact interval";
			year[i].estimate.mapping = "";
			year[i].estimate.population = "登记投诉件数 ÷ 常住人口";
		}
		if (strcmp(stream, "open") == 0)
			year[i].estimate.method = "logit t, linearised, model-based";
		if (i > 0)
			step[i - 1] = step_between(&year[i - 1], &year[i]);
	}
	*series = (struct series){ .target = NAN, .form = form, .index = index, .stream = stream,
		.label = label, .year = year, .years = FIXTURE_YEARS, .step = step, .wanted = 3 };
}

static void
fill_series(struct fixture *f)
{
	static const double national[FIXTURE_YEARS] = { 18.2, 18.4, NAN, 19.1 };
	static const bool comparable[FIXTURE_YEARS] = { true, true, true, false };
	static const struct words definition[FIXTURE_YEARS] = { { { "12315", "12315" } } };
	static const double csi[] = { 77.0, 77.3, 77.8, 78.4 }, se[] = { .72, .70, .71, .69 },
		n[] = { 2081, 2134, 2102, 2210 }, open[] = { 82.1, 83.9, 83.2, 84.6 },
		open_se[] = { .31, .30, .28, .27 }, open_n[] = { 4871, 5217, 5630, 5904 },
		rate[] = { 14.92, 13.87, 14.21, 13.05 }, rate_se[] = { .424, .409, .414, .396 },
		count[] = { 1239, 1152, 1179, 1083 }, cqi[] = { 74.2, 75.9, 76.3, 76.1 },
		cqi_se[] = { .66, .64, .65, .63 }, share[] = { .312, .334, .347, .386 },
		share_se[] = { .011, .011, .011, .012 };
	struct step *step;
	struct figure *year;

	fixture_series(f, &f->csi, "A", "csi", "sampled",
		BOTH("服务业顾客满意度指数", "Service customer satisfaction index"), csi, se, n);
	fixture_series(f, &f->csi_open, "A", "csi", "open",
		BOTH("服务业顾客满意度指数", "Service customer satisfaction index"), open, open_se,
		open_n);
	fixture_series(f, &f->complaints, "complaints", "rate", "",
		BOTH("消费者投诉率", "Consumer complaint rate"), rate, rate_se, count);
	f->complaints.reference = national;
	f->complaints.comparable = comparable;
	f->complaints.definition = definition;
	fixture_series(f, &f->cqi, "C", "cqi", "sampled",
		BOTH("城市质量满意度指数", "City quality satisfaction index"), cqi, cqi_se, n);
	fixture_series(f, &f->share, "C", "programme", "sampled",
		BOTH("创建知晓率", "Awareness of the programme"), share, share_se, n);
	for (int i = 0; i < FIXTURE_YEARS; i++)
		((struct figure *)f->share.year)[i].estimate.mapping = "share";
	/* The same with a change of form before 2023 and a year that may not be shown. */
	fixture_series(f, &f->broken, "C", "cqi", "sampled",
		BOTH("城市质量满意度指数", "City quality satisfaction index"), cqi, cqi_se, n);
	step = (struct step *)f->broken.step;
	step[1].broken = true;
	step[1].break_note = "问卷由 2022-1 改为 2023-1，五级量表改为十分制";
	year = (struct figure *)f->broken.year;
	year[0].err.code = ERR_REFUSED;
	snprintf(year[0].err.text, sizeof(year[0].err.text), "有效样本量 38，不足 50，不公布");
	year[0].err_code = "too_few";
}

static const struct { struct words label; double value, se, n; } sector_of[FIXTURE_SECTORS] = {
	{ { { "金融（银行、保险）", "Finance (banks, insurance)" } }, 81.2, 1.5, 241 },
	{ { { "通信（手机、宽带）", "Telecom (mobile, broadband)" } }, 76.4, 1.6, 233 },
	{ { { "旅游（景区、旅行社）", "Tourism (sights, agencies)" } }, 77.9, 2.1, 128 },
	{ { { "餐饮", "Catering" } }, 78.8, 1.4, 260 },
	{ { { "零售（超市、商场、农贸市场）", "Retail (supermarkets, malls, markets)" } },
		79.5, 1.3, 288 },
	{ { { "物流快递", "Delivery" } }, 80.3, 1.5, 219 },
	{ { { "医疗", "Health care" } }, 74.1, 1.7, 225 },
	{ { { "教育培训", "Education, training" } }, 78.0, 1.9, 151 },
	{ { { "公共交通（公交、出租、客运）", "Transport (bus, taxi, coach)" } }, 77.2,
		1.6, 198 },
	{ { { "物业", "Property management" } }, 70.6, 2.0, 140 },
	{ { { "养老服务", "Elder care" } }, 79.0, 3.4, 41 },
	{ { { "水电气暖", "Utilities" } }, 75.8, 1.8, 186 },
}, dimension_of[FIXTURE_DIMENSIONS] = {
	{ { { "产品质量", "Products" } }, 77.8, .8, 2201 },
	{ { { "工程质量", "Construction" } }, 74.9, .9, 2176 },
	{ { { "服务质量", "Services" } }, 78.3, .7, 2204 },
	{ { { "环境质量", "Environment" } }, 75.2, .8, 2198 },
	{ { { "公共管理质量", "Public administration" } }, 74.4, .9, 2160 },
};

static void
fill_domains(struct fixture *f)
{
	static const char *const index[] = { "product", "works", "service", "environment",
		"public" };

	for (int i = 0; i < FIXTURE_SECTORS; i++) {
		f->sector[i] = f->csi.year[3];
		f->sector[i].domain = pool_fmt(&f->pool, "S%02d", i + 1);
		f->sector[i].domain_label = sector_of[i].label;
		f->sector[i].estimate = fixture_estimate(sector_of[i].value, sector_of[i].se,
			sector_of[i].n, 1.3);
		if (sector_of[i].n > 50)
			continue;
		f->sector[i].err.code = ERR_REFUSED;
		snprintf(f->sector[i].err.text, sizeof(f->sector[i].err.text),
			"有效样本量 32，不足 50，不公布");
	}
	for (int i = 0; i < FIXTURE_DIMENSIONS; i++) {
		double v = dimension_of[i].value, se[] = { .9, .9, .8, dimension_of[i].se },
			value[] = { v - 1.4, v - 1.1, v - .2, v },
			n[] = { 2081, 2134, 2102, dimension_of[i].n };

		fixture_series(f, &f->dimension_series[i], "C", index[i], "sampled",
			dimension_of[i].label, value, se, n);
		f->dimension[i] = f->cqi.year[3];
		f->dimension[i].index = index[i];
		f->dimension[i].index_label = dimension_of[i].label;
		f->dimension[i].estimate = fixture_estimate(dimension_of[i].value,
			dimension_of[i].se, dimension_of[i].n, 1.4);
	}
}

static void
fill_ranks(struct fixture *f)
{
	static const char *const city[FIXTURE_CITIES] = { "昆山市", "江阴市", "张家港市", "常熟市",
		"慈溪市",
		"义乌市", "晋江市", "瓦房店市", "宜兴市", "诸暨市", "海门市", "龙口市", "寿光市",
		"荣成市", "南安市",
		"浏阳市", "太仓市", "仁怀市", "庄河市", "海城市", "普兰店市" };

	for (int i = 0; i < FIXTURE_CITIES; i++)
		f->rank[i] = (struct rank_row){ .city = city[i], .score = 82.6 - 0.55 * i, .se = .7,
			.rank = i + 1, .low = i > 4 ? i - 3 : 1, .high = i < 16 ? i + 6 : 21,
			.p_top = upper_tail((i - 9.5) / 3), .ours = i == 7 };
}

static const struct words reason_of[STANDING_MAX] = {
	[STANDING_MET] = { { "各条都有完成值，全部符合条文。",
		"Every clause has a reading and holds." } },
	[STANDING_MISSED] = { { "有一条的完成值不符合条文，没有其他途径。",
		"One reading fails and there is no alternative." } },
	[STANDING_UNFILLED] = { { "还有条文没有填报完成值。",
		"Some clauses have no reading yet." } },
	[STANDING_UNPROVEN] = { { "变化没有超出抽样误差。",
		"The change is within sampling error." } },
	[STANDING_UNSET] = { { "条文只说“前列”，还没有审定是第几名。",
		"The wording says 前列 and nobody has signed a number." } },
	[STANDING_AWAITING] = { { "要由有资质的机构确认。",
		"A qualified agency has to confirm it." } },
	[STANDING_JUDGED] = { { "由验收专家评分，程序只备材料。",
		"Experts decide; the program only prepares the file." } },
	[STANDING_NONE] = { { "口岸不归本市管。",
		"Ports are not this city's." } },
	[STANDING_CANCELLED] = { { "评价已停办。",
		"The award is no longer given." } },
};

/* Readings from which the row's result may follow. */
static const struct clause *
clauses_of(struct fixture *f, const struct track_row *row)
{
	struct clause *clause = pool_array(&f->pool, row->rules, sizeof(*clause));

	for (size_t i = 0; i < row->rules; i++) {
		bool met = row->standing == STANDING_MET || i > 0;

		clause[i] = (struct clause){ .rule = &row->rule[i], .threshold = NAN, .value = "",
			.standing = met ? STANDING_MET : row->standing,
			.literal = met ? TRUTH_TRUE :
			row->standing == STANDING_MISSED ? TRUTH_FALSE : TRUTH_UNKNOWN };
		if (clause[i].literal == TRUTH_UNKNOWN)
			continue;
		clause[i].value = met ? "是" : "93.1%";
		clause[i].year = 2024;
		clause[i].source = "市市场监管局年度通报";
		clause[i].date = "2024-03-18";
	}
	return clause;
}

/* A result, a reason and a reading for every row, so that every state occurs. */
static void
fill_row(struct fixture *f, struct track_row *row, const struct indicator *indicator)
{
	bool front = false;

	row->indicator = indicator;
	row->rule = indicator->rule;
	row->rules = indicator->rules;
	for (size_t i = 0; i < row->rules; i++)
		front |= row->rule[i].op == RULE_FRONT;
	row->standing = strcmp(indicator->id, "27") == 0 ? STANDING_JUDGED :
		front ? STANDING_UNSET : strcmp(indicator->id, "30") == 0 ? STANDING_NONE :
		strcmp(indicator->id, "21") == 0 ? STANDING_CANCELLED :
		strcmp(indicator->id, "44") == 0 ? STANDING_AWAITING : indicator->row % 13 == 6 ?
		STANDING_MISSED : indicator->row % 8 == 3 ? STANDING_UNPROVEN :
		indicator->row % 4 == 3 ? STANDING_UNFILLED : STANDING_MET;
	row->evidence = row->standing == STANDING_MET ? EVIDENCE_ACCEPTED :
		(enum evidence)(indicator->row % EVIDENCE_MAX);
	row->reason = reason_of[row->standing];
	row->clause = clauses_of(f, row);
}

static const struct evidence_row file_43[] = {
	{ .indicator = "43", .title = "2024 年服务业顾客满意度调查报告",
		.document_no = "瓦商发〔2024〕37 号",
		.date = "2024-11-20", .period = "2024 年", .pages = 46, .state = "accepted",
		.reviewer = "考核办 李敏",
		.sha256 = "51ab0c77d2e94f3386a1b0c9e7d45f2268c30b19fae7d8842c6b1f0a95e3d712" },
	{ .indicator = "43", .title = "12315 投诉数据年度台账",
		.document_no = "瓦市监函〔2024〕112 号",
		.date = "2024-12-05", .period = "2021–2024 年", .pages = 18,
		.state = "accepted", .reviewer = "考核办 李敏",
		.sha256 = "a80e2d914c6b7f5530e1c2b49d87a6f10b5c38e2974d6fa1c0283b7e5d914f66" },
	{ .indicator = "43", .title = "服务业质量提升工作总结", .date = "2024-12-11",
		.period = "2024 年",
		.pages = 9, .state = "returned", .reviewer = "考核办 李敏", .note = "缺公章",
		.sha256 = "c41d5e7720b98a36fe014c2d7b6895a3d2e10f47b8c6593a7e2f1d0b4c8a9655" },
	{ .indicator = "43", .title = "同级城市对标材料", .date = "2024-12-15",
		.period = "2024 年", .pages = 12,
		.state = "uploaded",
		.sha256 = "0d6be1942f8ac73b5596e0d1f4c2a87b3390e5d6c1b47f82a6e3d09c5b1f7a28" },
};

static void
fill_clauses_43(const struct fixture *f, const struct track_row *row, struct clause c[4])
{
	c[0] = (struct clause){ .rule = &row->rule[0], .feed = FEED_SERIES,
		.standing = STANDING_UNPROVEN, .literal = TRUTH_TRUE, .fed = true,
		.value = "77.0 → 77.3 → 77.8 → 78.4", .year = 2024, .source = "问卷 A，抽样调查",
		.threshold = 3, .reason = BOTH("四年的指数一年比一年高。",
		"Each of the four yearly values is above the one before."),
		.strength = BOTH("三步中最弱的一步 p = 0.38，大于 0.05；变化可能只是抽样误差。",
		"The weakest of three steps has p = 0.38,"
		" above 0.05: the rise may be sampling error."),
		.series = &f->csi, .proven = TRUTH_FALSE };
	c[1] = (struct clause){ .rule = &row->rule[1], .feed = FEED_COMPLAINTS,
		.standing = STANDING_MISSED,
		.literal = TRUTH_FALSE, .fed = true,
		.value = "14.92 → 13.87 → 14.21 → 13.05", .year = 2024, .source = "12315 投诉台账",
		.threshold = 3,
		.reason = BOTH("2023 年比 2022 年高，没有连续递减。",
		"2023 was above 2022: not falling each year."),
		.strength = BOTH("三步中有一步上升。", "One of three steps rose."),
		.series = &f->complaints, .proven = TRUTH_FALSE };
	c[2] = (struct clause){ .rule = &row->rule[2], .feed = FEED_EXTERNAL,
		.standing = STANDING_UNSET, .literal = TRUTH_UNKNOWN, .value = "", .threshold = NAN,
		.reason = BOTH("“前列”是第几名，还没有审定。",
		"Nobody has signed which place 前列 means.") };
	c[3] = (struct clause){ .rule = &row->rule[3], .feed = FEED_COMPLAINTS,
		.standing = STANDING_UNPROVEN, .literal = TRUTH_UNKNOWN,
		.fed = true, .value = "13.05", .year = 2024, .source = "12315 投诉台账",
		.threshold = NAN, .reason = BOTH("全国平均投诉率还没有录入。",
		"The national rate is not on record.") };
}

static void
fill_43(struct fixture *f, struct track_row *row)
{
	if (row->rules != 4)
		abort();
	row->standing = STANDING_UNPROVEN;
	row->evidence = EVIDENCE_RETURNED;
	row->file = file_43;
	row->files = sizeof(file_43) / sizeof(*file_43);
	row->headline = BOTH(
		"2024 年服务业满意度 78.4（77.0–79.8），比上年 +0.6，变化不显著；四年数字逐年上升，"
		"但涨幅未超出抽样误差，尚不能认定“连续三年提高”。",
		"Service satisfaction in 2024 was 78.4 (77.0–79.8), +0.6 on the year,"
		" not significant; the four yearly figures rise, but by no more than sampling"
		" error: “three years in a row” is not confirmed.");
	row->reason = BOTH("条件一四年数字逐年上升，尚不能认定；条件二的“前列”尚无量化标准，"
		"全国投诉率还没有填报。",
		"Condition 1 holds literally but is not proven; in condition 2 nobody has signed a"
		" number for 前列 and the national rate is not on record.");
	fill_clauses_43(f, row, (struct clause *)row->clause);
}

static void
fill_40(struct fixture *f, struct track_row *row)
{
	static const struct external_row external = { .indicator = "40", .year = 2023, .rank = 12,
		.of = 46, .score = 79.85, .se = .61, .agency = "某国家认可测评机构（演示）",
		.qualification = "CNAS 演示-0001",
		.report = "2023 年县级城市服务业满意度测评报告.pdf", .peers = "46 个县级市",
		.report_sha256 =
		"7be5a3380c6f1e27d94ab85c03e7716fd2a94b8e5510c3fa7768d21b9f2c41d0" };
	struct clause *c = (struct clause *)row->clause;

	(void)f;
	row->standing = STANDING_MISSED;
	row->external = &external;
	row->headline = BOTH("2023 年第三方测评：第 12 位，共 46 个城市，未进前 10 名。",
		"Third-party result of 2023: rank 12 of 46 cities, not in the top ten.");
	row->reason = BOTH("条文要求前 10 名；外部结果为第 12 位。",
		"The wording asks for a top-ten place; the result is rank 12.");
	c[0].feed = FEED_EXTERNAL;
	c[0].literal = TRUTH_FALSE;
	c[0].standing = STANDING_MISSED;
	c[0].value = "第 12 位，共 46";
	c[0].year = 2023;
	c[0].source = external.agency;
	c[0].threshold = 10;
}

static void
fill_47(struct fixture *f, struct track_row *row)
{
	static const struct reading_row reading[] = {
		{ .id = 3, .indicator = "47", .subtarget = 1, .year = 2023, .value = "是",
			.source = "委托合同 瓦质合〔2023〕5 号",
			.date = "2023-04-02", .who = "szj" },
		{ .id = 9, .indicator = "47", .subtarget = 3, .year = 2024, .value = "有",
			.source = "财政局经费批复",
			.date = "2024-02-27", .who = "szj" },
	};

	(void)f;
	row->reading = reading;
	row->readings = sizeof(reading) / sizeof(*reading);
}

static const struct programme *programme;	/* of the fixture filled last */

static void
fill_tracker(struct fixture *f, const char *file)
{
	struct err err = { 0 };
	const struct programme *p = programme_load(file, &f->pool, &err);
	const struct indicator *indicator;
	size_t rows;

	if (p == NULL) {
		fprintf(stderr, "%s\n", err.text);
		abort();
	}
	indicator = p->row;
	rows = p->rows;
	programme = p;
	f->tracker = (struct tracker){ .programme = p,
		.row = pool_array(&f->pool, rows, sizeof(struct track_row)),
		.rows = rows, .year = 2024, .city = "瓦房店市", .demo = true };
	for (size_t i = 0; i < rows; i++) {
		struct track_row *row = &f->tracker.row[i];

		fill_row(f, row, &indicator[i]);
		if (strcmp(indicator[i].id, "43") == 0)
			fill_43(f, row);
		else if (strcmp(indicator[i].id, "40") == 0)
			fill_40(f, row);
		else if (strcmp(indicator[i].id, "47") == 0)
			fill_47(f, row);
	}
}

static void
fill_published(struct fixture *f, const char *published)
{
	static const char provenance[] = "{\"program\":\"manyi 0.1.0\",\"mapping\":\"acsi-1-10\","
		"\"margins_hash\":\"9f2c41d07be5a338\",\"ledger_head\":\"e1c2b49d87a6f10b\"}";
	struct err err = { 0 };
	const char *body;
	size_t n;

	if (file_read(&body, &n, published, 0, &f->pool, &err) != 0)
		abort();
	for (int i = 0; i < FIXTURE_PUBLISHED; i++)
		f->published[i] = (struct published_row){ .id = i + 1, .indicator = "43",
			.year = i < 2 ? 2023 : 2024, .version = i == 1 ? 2 : 1, .body = body,
			.provenance = provenance, .signed_by = "王建国",
			.minute = 28500000 + 260000 * i };
	for (int i = 0; i < FIXTURE_HEADS; i++) {
		f->head[i] = (struct head_row){ .size = 8120 + 5904 * i,
			.minute = 28600000 + 1440 * i };
		for (int k = 0; k < 64; k++) {
			f->head[i].root[k % 32] = (unsigned char)(k * 37 + i * 11);
			f->head[i].signature[k] = (unsigned char)(k * 59 + i * 7);
		}
	}
}

static void
fill_places(struct fixture *f)
{
	static const struct board_fieldwork_row fieldwork[FIXTURE_FIELDWORK] = {
		{ "A 2024", "sampled", "", "", 2236, 26, "2024-05-06 09:02",
			"2024-06-14 17:41", "" },
		{ "C 2024", "sampled", "", "", 2219, 31, "2024-05-06 09:10",
			"2024-06-14 17:55", "" },
		{ "A 2024", "open", "瓦房店市政务服务中心", "公共服务", 1204, 88,
			"2024-05-06 08:31", "2024-11-30 16:58", "" },
		{ "A 2024", "open", "瓦房店市中心医院", "医疗", 987, 41, "2024-05-06 08:12",
			"2024-11-30 21:03", "" },
		{ "A 2024", "open", "瓦房店站", "公共交通", 655, 12, "2024-05-07 05:58",
			"2024-11-30 22:47", "" },
		{ "A 2024", "open", "大商新玛特瓦房店店", "零售", 871, 19, "2024-05-06 09:40",
			"2024-11-30 20:55", "" },
		{ "C 2024", "open", "瓦房店市图书馆", "公共服务", 402, 5, "2024-05-08 09:00",
			"2024-11-29 17:20", "" },
		{ "C 2024", "open", "得利寺镇便民服务中心", "公共服务", 97, 1, "2024-05-10 10:22",
			"2024-11-27 11:06", "" },
		{ "B 2024", "open", "瓦房店市政务服务中心", "公共服务", 3318, 140,
			"2024-01-03 08:33", "2024-11-30 16:59", "" },
	};
	static const struct board_site_row site[FIXTURE_SITES] = {
		{ "7K3M9P", "https://zl.example.gov.cn/Q/7K3M9P", "瓦房店市政务服务中心",
			"3 号窗口", "公共服务", "岭东街道", true, 1204, "S00", "210281001" },
		{ "7K3MAQ", "https://zl.example.gov.cn/Q/7K3MAQ", "瓦房店市政务服务中心",
			"4 号窗口", "公共服务", "岭东街道", true, 688, "S00", "210281001" },
		{ "2H8T4C", "https://zl.example.gov.cn/Q/2H8T4C", "瓦房店市中心医院", "门诊大厅",
			"医疗", "新华街道", true, 987, "S00", "210281001" },
		{ "9QRV1D", "https://zl.example.gov.cn/Q/9QRV1D", "瓦房店站", "", "公共交通",
			"铁东街道", true, 655, "S00", "210281001" },
		{ "5XW0NB", "https://zl.example.gov.cn/Q/5XW0NB", "大商新玛特瓦房店店", "服务台",
			"零售", "文兰街道", true, 871, "S00", "210281001" },
		{ "1C6YJE", "https://zl.example.gov.cn/Q/1C6YJE", "老虎屯镇便民服务中心", "",
			"公共服务", "老虎屯镇", false, 53, "S00", "210281001" },
	};

	memcpy(f->fieldwork, fieldwork, sizeof(fieldwork));
	memcpy(f->site, site, sizeof(site));
}

void
fixture_fill(struct fixture *fixture, const char *file, const char *published)
{
	memset(fixture, 0, sizeof(*fixture));
	fill_series(fixture);
	fill_domains(fixture);
	fill_ranks(fixture);
	fill_tracker(fixture, file);
	fill_published(fixture, published);
	fill_places(fixture);
}

void
fixture_clear(struct fixture *fixture)
{
	pool_clear(&fixture->pool);
}

struct board_frame
fixture_frame(enum lang lang, bool open)
{
	struct board_frame frame = { .lang = lang, .demo = true, .public = open, .city = "瓦房店市",
		.programme = programme, .root = "/", .self = "/", .made = "2024-12-20 09:30",
		.version = "0.1.0" };

	if (open)
		return frame;
	frame.root = "/desk/";
	frame.self = "/desk/indicator/43?lang=zh-CN&x=1";
	frame.user = "wang";
	frame.role = "analyst";
	frame.csrf = "0123456789abcdef";
	return frame;
}

struct board_indicator
fixture_page(struct fixture *f, const char *id)
{
	struct board_indicator page = { .tracker = &f->tracker, .row = track_find(&f->tracker, id),
		.series = f->feed, .ledger_size = 20028,
		.ledger_head = "e1c2b49d87a6f10b5c38e2974d6fa1c0283b7e5d914f66a80e2d914c6b7f5530" };

	if (strcmp(id, "43") == 0) {
		f->feed[page.series_n++] = &f->csi;
		f->feed[page.series_n++] = &f->complaints;
		f->feed[page.series_n++] = &f->csi_open;
		page.domain = f->sector;
		page.domains = FIXTURE_SECTORS;
		page.published = f->published;
		page.published_n = FIXTURE_PUBLISHED;
	} else if (strcmp(id, "40") == 0) {
		f->feed[page.series_n++] = &f->csi;
		page.rank = f->rank;
		page.ranks = FIXTURE_CITIES;
	} else if (strcmp(id, "44") == 0) {
		f->feed[page.series_n++] = &f->broken;
	} else if (strcmp(id, "47") == 0) {
		f->feed[page.series_n++] = &f->cqi;
		f->feed[page.series_n++] = &f->share;
		for (int i = 0; i < FIXTURE_DIMENSIONS; i++)
			f->feed[page.series_n++] = &f->dimension_series[i];
		page.domain = f->dimension;
		page.domains = FIXTURE_DIMENSIONS;
	}
	return page;
}
