/* desk/visit.c, next.c: whose request it is, in which language, and where it leads on to. */
#include "tests/desk/city.h"

#include <pthread.h>
#include <sqlite3.h>

static void
an_expired_session_leads_to_the_login(void **state)
{
	(void)state;
	enter_as("admin", date_now_second() - 1);
	ask("/desk/sites", NULL);
	assert_int_equal(web_status(&web), 303);
	assert_string_equal(location(), "/desk/login?expired=1&next=%2Fdesk%2Fsites");
	ask("/api/v1/tracker", NULL);
	assert_int_equal(web_status(&web), 401);
	assert_string_equal(web.reply.type, "application/json");
}

static void
a_made_up_cookie_is_nobody(void **state)
{
	static const char *const tokens[] = { "x", "",
		"0000000000000000000000000000000000000000000",
		"' OR 1=1 --", "00000000000000000000000000000000000000000000000000000000000" };

	(void)state;
	for (size_t i = 0; i < sizeof(tokens) / sizeof(tokens[0]); i++) {
		snprintf(browser.token, sizeof(browser.token), "%s", tokens[i]);
		ask("/desk/sites", NULL);
		assert_int_equal(web_status(&web), 303);
		assert_memory_equal(location(), "/desk/login", 11);
	}
}

/* The value of the login form's hidden field `next`, decoded by hand (no entity but &amp; occurs);
 * "" if it has none. */
static const char *
form_next(void)
{
	static char value[300];
	const char *at = strstr(text_str(&web.reply.body), "name=\"next\" value=\""), *amp;

	value[0] = '\0';
	if (at == NULL)
		return value;
	at += strlen("name=\"next\" value=\"");
	snprintf(value, sizeof(value), "%.*s", (int)strcspn(at, "\""), at);
	while ((amp = strstr(value, "&amp;")) != NULL)
		memmove(value + (amp - value) + 1, amp + 5, strlen(amp + 5) + 1);
	return value;
}

/* As the form does it: what is in the field goes back percent-encoded. */
static void
log_in_with(const char *next)
{
	char body[2000];
	size_t n;

	n = (size_t)snprintf(body, sizeof(body), "name=analyst&password=%s&next=", good);
	for (; *next != '\0'; next++)
		n += (size_t)snprintf(body + n, sizeof(body) - n, "%%%02X", (unsigned char)*next);
	ask("/desk/login", body);
}

static void
after_the_login_one_is_where_one_was(void **state)
{
	static const char *const pages[] = { "/desk/indicator/43?year=2023&lang=en",
		"/desk/?state=met&department=%E5%B8%82%E5%95%86%E5%8A%A1%E5%B1%80",
		"/desk/fieldwork" };
	char door[600];

	(void)state;
	for (size_t i = 0; i < sizeof(pages) / sizeof(pages[0]); i++) {
		for (int expired = 0; expired < 2; expired++) {
			forget();
			if (expired)
				enter_as("analyst", date_now_second() - 1);
			ask(pages[i], NULL);
			assert_int_equal(web_status(&web), 303);
			snprintf(door, sizeof(door), "%s", location());
			assert_true((strstr(door, "expired=1") != NULL) == expired);
			ask(door, NULL);
			assert_int_equal(web_status(&web), 200);
			assert_string_equal(form_next(), pages[i]);
			log_in_with(pages[i]);
			assert_int_equal(web_status(&web), 303);
			assert_string_equal(location(), pages[i]);
		}
	}
	forget();
	ask("/desk/login", "name=nobody&password=wrong-wrong&next=%2Fdesk%2Fsites");
	assert_int_equal(web_status(&web), 403);	/* a wrong password keeps the way, too */
	assert_string_equal(form_next(), "/desk/sites");
	log_in_with(form_next());
	ask("/desk/login?next=%2Fdesk%2Fsites", NULL);	/* who is in already is led on at once */
	assert_string_equal(location(), "/desk/sites");
}

static void
a_form_sent_too_late_leads_back_to_its_page(void **state)
{
	(void)state;
	enter_as("analyst", date_now_second() - 1);
	ask("/desk/password", "_csrf=x&_page=%2Fdesk%2Fpassword%3Flang%3Den&old=a&new=b&again=b");
	assert_string_equal(location(),
		"/desk/login?expired=1&next=%2Fdesk%2Fpassword%3Flang%3Den");
	ask("/desk/logout", "_csrf=x&_page=%2Fdesk%2Findicator%2F43");
	assert_string_equal(location(), "/desk/login?expired=1&next=%2Fdesk%2Findicator%2F43");
	ask("/desk/logout", "_csrf=x&_page=%2F%2Fevil.example%2Fdesk%2F");
	assert_string_equal(location(), "/desk/login?expired=1");
	ask("/desk/logout", "_csrf=x");
	assert_string_equal(location(), "/desk/login?expired=1");
	enter("analyst");
	ask("/desk/indicator/43", NULL);
	assert_non_null(strstr(text_str(&web.reply.body),
		"name=\"_page\" value=\"/desk/indicator/43\""));
}

static void
the_login_leads_nowhere_but_into_the_desk(void **state)
{
	static const char *const evil[] = { "//evil.example", "/\\evil.example",
		"https://evil.example/", "http:evil", "javascript:alert(1)", "/", "/ledger",
		"/desk", "/deskevil/", "desk/sites", "/desk//evil.example",
		"/desk/../../evil", "/desk/..//evil.example", "/desk/./x", "/desk/\\evil.example",
		"/desk/sites\r\nSet-Cookie: a=b", "/desk/sites\nX: y", "/desk/\tx", "/desk/ x",
		"/desk/\x7f", "/desk/市", "/desk/#x", "\r\n//evil.example", " /desk/sites",
		"/desk/login", "/desk/login?next=/desk/sites",
		"/desk/logout", "%2F%2Fevil.example", "/%2Fevil.example", "" };
	char uri[300];
	size_t n;

	(void)state;
	for (size_t i = 0; i < sizeof(evil) / sizeof(evil[0]); i++) {
		forget();
		n = (size_t)snprintf(uri, sizeof(uri), "/desk/login?next=");
		for (const char *s = evil[i]; *s != '\0'; s++)
			n += (size_t)snprintf(uri + n, sizeof(uri) - n, "%%%02X",
				(unsigned char)*s);
		ask(uri, NULL);
		assert_int_equal(web_status(&web), 200);
		assert_string_equal(form_next(), "");
		log_in_with(evil[i]);
		assert_int_equal(web_status(&web), 303);
		if (strcmp(location(), "/desk/") != 0)
			fail_msg("%s led to %s", evil[i], location());
		assert_null(strstr(text_str(&web.reply.headers), "evil"));
		ask(uri, NULL);				/* and who is in already */
		assert_string_equal(location(), "/desk/");
	}
}

/* No page of the desk leads out of it but with its language, which is kept in a
 * cookie of the desk alone. */
static void
links_of_the_desk_stay_in_it_or_keep_the_language(void **state)
{
	static const char *const pages[] = { "/desk/", "/desk/departments", "/desk/indicator/43",
		"/desk/fieldwork", "/desk/sites", "/desk/ledger", "/desk/published",
		"/desk/password", "/desk/nowhere" };
	char uri[100];

	(void)state;
	enter("analyst");
	for (size_t i = 0; i < sizeof(pages) / sizeof(pages[0]); i++) {
		snprintf(uri, sizeof(uri), "%s?lang=en", pages[i]);
		ask(uri, NULL);
		assert_int_equal(web_status(&web),
			i + 1 < sizeof(pages) / sizeof(pages[0]) ? 200 : 404);
		for (const char *at = text_str(&web.reply.body);
				(at = strstr(at, "href=\"/")) != NULL; at++) {
			char href[300];

			snprintf(href, sizeof(href), "%.*s", (int)strcspn(at + 6, "\""), at + 6);
			if (strncmp(href, "/desk/", 6) != 0 && strncmp(href, "/s/", 3) != 0 &&
					strstr(href, "?lang=en") == NULL)
				fail_msg("%s leads to %s", pages[i], href);
		}
		assert_non_null(strstr(text_str(&web.reply.body), "lang=\"en\""));
		assert_non_null(strstr(text_str(&web.reply.body), "href=\"/desk/\""));
	}
	ask("/desk/published/43", NULL);
	/* never published: said in the desk's frame */
	assert_int_equal(web_status(&web), 404);
	assert_non_null(strstr(text_str(&web.reply.body), "href=\"/desk/\""));
	forget();
	ask("/desk/ledger", NULL);
	assert_int_equal(web_status(&web), 303);
}

/* A stranger's pages carry the language that he chose, and nothing where he chose none. */
static void
public_pages_carry_a_chosen_language(void **state)
{
	(void)state;
	forget();
	ask("/ledger?lang=en", NULL);
	assert_non_null(strstr(text_str(&web.reply.body), "href=\"/?lang=en\""));
	assert_non_null(strstr(text_str(&web.reply.body), "href=\"/r/?lang=en\""));
	assert_non_null(strstr(text_str(&web.reply.body), "href=\"/privacy?lang=en\""));
	ask("/?lang=en", NULL);
	assert_non_null(strstr(text_str(&web.reply.body), "href=\"/ledger?lang=en\""));
	ask("/", NULL);
	assert_non_null(strstr(text_str(&web.reply.body), "href=\"/ledger\""));
}

static void
a_closed_account_s_session_is_over(void **state)
{
	(void)state;
	enter("gone");
	ask("/desk/sites", NULL);
	assert_int_equal(web_status(&web), 303);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_expired_session_leads_to_the_login),
		cmocka_unit_test(a_made_up_cookie_is_nobody),
		cmocka_unit_test(a_closed_account_s_session_is_over),
		cmocka_unit_test(after_the_login_one_is_where_one_was),
		cmocka_unit_test(a_form_sent_too_late_leads_back_to_its_page),
		cmocka_unit_test(the_login_leads_nowhere_but_into_the_desk),
		cmocka_unit_test(links_of_the_desk_stay_in_it_or_keep_the_language),
		cmocka_unit_test(public_pages_carry_a_chosen_language),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, make_city, drop_city);
}
