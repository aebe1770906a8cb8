/* Who may reach what.  A row that is not here does not exist; one without roles lets nobody in. */
#include "desk/visit.h"

#define ADMIN (1u << ROLE_ADMIN)
#define ANALYST (1u << ROLE_ANALYST)
#define OFFICIAL (1u << ROLE_OFFICIAL)
#define DEPARTMENT (1u << ROLE_DEPARTMENT)
#define AUDITOR (1u << ROLE_AUDITOR)
#define STAFF (ADMIN | ANALYST | OFFICIAL | DEPARTMENT | AUDITOR)

/* The rated see aggregates: counts by site are for those who run the survey, check
 * it or lead the city. */
#define SURVEY (ADMIN | ANALYST | OFFICIAL | AUDITOR)

const struct route desk_routes[] = {
	{ METHOD_GET, "/", ROUTE_EVERYONE, CSRF_NONE, RATE_PAGE, NULL, serve_home },
	{ METHOD_GET, "/published/{}", ROUTE_EVERYONE, CSRF_NONE, RATE_PAGE, NULL,
		serve_published },
	{ METHOD_GET, "/ledger", ROUTE_EVERYONE, CSRF_NONE, RATE_PAGE, NULL, serve_ledger },
	{ METHOD_GET, "/s/{}.css", ROUTE_EVERYONE, CSRF_NONE, RATE_STATIC, NULL, serve_css },

	{ METHOD_GET, "/api/v1/published", ROUTE_EVERYONE, CSRF_NONE, RATE_PAGE, NULL,
		serve_api_published },
	{ METHOD_GET, "/api/v1/tracker", STAFF, CSRF_NONE, RATE_PAGE, NULL, serve_api_tracker },
	{ METHOD_GET, "/api/v1/departments", STAFF, CSRF_NONE, RATE_PAGE, NULL,
		serve_api_departments },
	{ METHOD_GET, "/api/v1/indicator/{}", STAFF, CSRF_NONE, RATE_PAGE, NULL,
		serve_api_indicator },

	{ METHOD_GET, "/desk", ROUTE_EVERYONE, CSRF_NONE, RATE_PAGE, NULL, serve_to_desk },
	{ METHOD_GET, "/desk/login", ROUTE_EVERYONE, CSRF_NONE, RATE_PAGE, NULL, serve_login_page },
	{ METHOD_POST, "/desk/login", ROUTE_EVERYONE, CSRF_ORIGIN, RATE_LOGIN, "login",
		serve_login },
	{ METHOD_POST, "/desk/logout", STAFF, CSRF_TOKEN, RATE_PAGE, "logout", serve_logout },
	{ METHOD_GET, "/desk/password", STAFF, CSRF_NONE, RATE_PAGE, NULL, serve_password_page },
	{ METHOD_POST, "/desk/password", STAFF, CSRF_TOKEN, RATE_LOGIN, "password",
		serve_password },

	{ METHOD_GET, "/desk/", STAFF, CSRF_NONE, RATE_PAGE, NULL, serve_board },
	{ METHOD_GET, "/desk/board", STAFF, CSRF_NONE, RATE_PAGE, NULL, serve_board },
	{ METHOD_GET, "/desk/departments", STAFF, CSRF_NONE, RATE_PAGE, NULL, serve_departments },
	{ METHOD_GET, "/desk/indicator/{}", STAFF, CSRF_NONE, RATE_PAGE, NULL, serve_indicator },
	{ METHOD_GET, "/desk/published", STAFF, CSRF_NONE, RATE_PAGE, NULL, serve_desk_published },
	{ METHOD_GET, "/desk/published/{}", STAFF, CSRF_NONE, RATE_PAGE, NULL,
		serve_desk_published_of },
	{ METHOD_GET, "/desk/ledger", STAFF, CSRF_NONE, RATE_PAGE, NULL, serve_desk_ledger },
	{ METHOD_GET,
		"/desk/export/figures.csv", STAFF, CSRF_NONE, RATE_PAGE, NULL, serve_figures },
	{ METHOD_GET, "/desk/fieldwork", SURVEY, CSRF_NONE, RATE_PAGE, NULL, serve_fieldwork },
	{ METHOD_GET, "/desk/sites", ADMIN | ANALYST, CSRF_NONE, RATE_PAGE, NULL, serve_sites },
	{ METHOD_GET, "/desk/poster/all.pdf", ADMIN | ANALYST, CSRF_NONE, RATE_PAGE, NULL,
		serve_posters },
	{ METHOD_GET, "/desk/poster/{}.pdf", ADMIN | ANALYST, CSRF_NONE, RATE_PAGE, NULL,
		serve_poster },
	{ METHOD_GET, "/desk/qr/{}.svg", ADMIN | ANALYST, CSRF_NONE, RATE_PAGE, NULL, serve_qr },
};
const size_t desk_routes_n = sizeof(desk_routes) / sizeof(desk_routes[0]);
