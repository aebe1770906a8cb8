/* Every SQL statement Manyi runs; no other can, and each is prepared when a database is opened. */
#include "db/sql.h"

/* Columns of wave and site, in the order db/survey.c reads them. */
#define WAVE_COLUMNS \
	" id, form_id, form_version, year, label, opens, closes, open, population, modes," \
	" mapping, strata, clusters, margins, domains, break_note, table_number, agency," \
	" approval, valid_until, lapsed_because"
#define SITE_COLUMNS \
	" id, code, name, window, sector, township, stratum, form_id, active, withdrawn"
/* Columns of response, in the order db/response.c reads them. */
#define RESPONSE_COLUMNS \
	" id, site, stream, mode, stratum, cluster, weight, minute, seconds, flagged, answers," \
	" key, receipt, leaf, screens, dont_know, resends, client, rush, batch, agency_key"

/* To store one response, or PUT_MANY of them: a statement for many rows costs a
 * third of many statements. */
#define PUT_RESPONSE \
	"INSERT INTO response (wave, site, stream, mode, stratum, cluster, weight, minute," \
	" seconds, flagged, answers, key, receipt, leaf, screens, dont_know, resends, client," \
	" rush, batch, agency_key) VALUES "
#define ROW "(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)"
#define ROWS_4 ROW "," ROW "," ROW "," ROW
#define ON_KEY " ON CONFLICT (key) DO NOTHING"

/* The same for where one receipt leads, or PUT_MANY of them. */
#define ADD_RECEIPT "INSERT INTO receipt (receipt, response) VALUES "
#define PAIRS_4 "(?,?),(?,?),(?,?),(?,?)"
#define ON_RECEIPT " ON CONFLICT (receipt) DO NOTHING"

#define BATCH_COLUMNS \
	" b.id, b.wave, b.site, b.stratum, b.cluster, b.weight, b.issued, b.expires, b.note"

/* Indicators sort as in their table, where 11.1 comes before 12. */
#define POSITION(id) " (SELECT position FROM indicator WHERE id = " id ")"

const char *const sql_table[SQL_MAX] = {
	[SQL_BEGIN] = "BEGIN IMMEDIATE",
	[SQL_LOOK] = "BEGIN",
	[SQL_COMMIT] = "COMMIT",
	[SQL_ROLLBACK] = "ROLLBACK",
	[SQL_SAVEPOINT] = "SAVEPOINT put",
	[SQL_RELEASE] = "RELEASE put",
	[SQL_UNDO] = "ROLLBACK TO put",
	[SQL_GET_SETTING] = "SELECT value FROM setting WHERE name = :name",
	[SQL_PUT_SETTING] =
		"INSERT INTO setting (name, value) VALUES (:name, :value)"
		" ON CONFLICT (name) DO UPDATE SET value = excluded.value"
		" WHERE value <> excluded.value",
	[SQL_DROP_SETTING] = "DELETE FROM setting WHERE name = :name",
	[SQL_GET_CATALOGUE] = "SELECT value FROM counter WHERE name = 'catalogue'",

	[SQL_GET_FORM] = "SELECT version, body FROM form WHERE id = :id AND version = :version",
	[SQL_NEWEST_FORM] =
		"SELECT version, body FROM form WHERE id = :id ORDER BY position DESC LIMIT 1",
	[SQL_FORM_SHA256] = "SELECT sha256 FROM form WHERE id = :id AND version = :version",
	[SQL_FORM_OF_VIEW] = "SELECT id, version FROM form WHERE answers = :answers",
	[SQL_FORM_FROZEN] =
		"SELECT 1 FROM wave JOIN fieldwork ON fieldwork.wave = wave.id"
		" WHERE wave.form_id = :id AND wave.form_version = :version LIMIT 1",
	[SQL_PUT_FORM] =
		"INSERT INTO form (id, version, sha256, title_zh, title_en, loaded, answers, body,"
		" position)"
		" VALUES (:id, :version, :sha256, :title_zh, :title_en, :loaded, :answers, :body,"
		"  (SELECT coalesce(max(position), 0) + 1 FROM form))",
	[SQL_REPLACE_FORM] =
		"UPDATE form SET sha256 = :sha256, title_zh = :title_zh, title_en = :title_en,"
		" loaded = :loaded, body = :body, position = (SELECT max(position) + 1 FROM form)"
		" WHERE id = :id AND version = :version",
	[SQL_EACH_FORM] =
		"SELECT f.id, f.version, f.sha256, f.title_zh, f.title_en, f.loaded,"
		"  (SELECT coalesce(sum(n), 0) FROM wave JOIN fieldwork ON fieldwork.wave = wave.id"
		"   WHERE wave.form_id = f.id AND wave.form_version = f.version)"
		" FROM form f ORDER BY f.id, f.position",
	[SQL_FORM_IDS] = "SELECT id FROM form GROUP BY id ORDER BY min(position)",
	[SQL_KNOWN_FORMS] =
		"SELECT coalesce(group_concat(id || ' ' || version, ', '), '') FROM"
		" (SELECT id, version FROM form ORDER BY id, position)",

	[SQL_PUT_WAVE] =
		"INSERT INTO wave (form_id, form_version, year, label, opens, closes, open,"
		" population, modes,"
		" mapping, strata, clusters, margins, domains, break_note, table_number, agency,"
		" approval, valid_until, lapsed_because) VALUES (:form_id, :form_version, :year,"
		" :label, :opens, :closes, 1, :population, :modes, :mapping, :strata, :clusters,"
		" :margins, :domains, :break_note, :table_number, :agency, :approval, :valid_until,"
		" :lapsed_because)",
	[SQL_CLOSE_WAVE] =
		"UPDATE wave SET open = 0, closes = CASE WHEN closes = 0 OR closes > :now THEN :now"
		" ELSE closes END"
		" WHERE id = :id AND open = 1",
	[SQL_RENEW_WAVE] =
		"UPDATE wave SET approval = coalesce(:approval, approval), valid_until ="
		" coalesce(:valid_until, valid_until),"
		" lapsed_because = coalesce(:lapsed_because, lapsed_because) WHERE id = :id",
	[SQL_GET_WAVE] = "SELECT" WAVE_COLUMNS " FROM wave WHERE id = :id",
	[SQL_FIND_WAVE] =
		"SELECT" WAVE_COLUMNS
		" FROM wave WHERE form_id || '-' || label = :name ORDER BY id LIMIT 1",
	[SQL_OPEN_WAVE] = "SELECT" WAVE_COLUMNS " FROM wave WHERE form_id = :form_id AND open = 1",
	[SQL_LIST_WAVES] =
		"SELECT" WAVE_COLUMNS " FROM wave WHERE form_id = :form_id OR :form_id IS NULL"
		" ORDER BY form_id, year, id",
	[SQL_WAVE_LABEL] = "SELECT 1 FROM wave WHERE form_id = :form_id AND label = :label",

	[SQL_PUT_SITE] =
		"INSERT INTO site (code, name, window, sector, township, stratum, form_id, active)"
		" VALUES"
		" (:code, :name, :window, :sector, :township, :stratum, :form_id, :active)"
		" ON CONFLICT (code) DO NOTHING",
	[SQL_GET_SITE] = "SELECT" SITE_COLUMNS " FROM site WHERE code = :code",
	[SQL_LIST_SITES] = "SELECT" SITE_COLUMNS " FROM site ORDER BY id",
	[SQL_SET_SITE_ACTIVE] =
		"UPDATE site SET withdrawn = CASE WHEN :active THEN 0 WHEN active THEN :now"
		" ELSE withdrawn END,"
		" active = :active WHERE code = :code",

	[SQL_PUT_RESPONSE] = PUT_RESPONSE ROW ON_KEY,
	[SQL_PUT_RESPONSES] = PUT_RESPONSE ROWS_4 "," ROWS_4 "," ROWS_4 "," ROWS_4 ON_KEY,
	[SQL_ADD_FIELDWORK] =
		"INSERT INTO fieldwork (wave, site, stream, batch, n, flagged, first, last)"
		" VALUES (:wave, :site, :stream, :batch, :n, :flagged, :first, :last)"
		" ON CONFLICT (wave, site, stream, batch) DO UPDATE SET n = n + excluded.n,"
		"  flagged = flagged + excluded.flagged, first = min(first, excluded.first),"
		"  last = max(last, excluded.last)",
	[SQL_SAME_ANSWERS] =
		"SELECT wave = :wave AND site IS :site AND answers = :answers FROM response"
		" WHERE id = :id",
	[SQL_GET_KEY] = "SELECT id, receipt, leaf, minute FROM response WHERE key = :key",
	[SQL_EACH_RESPONSE] =
		"SELECT" RESPONSE_COLUMNS
		", 1 FROM counted WHERE wave = :wave AND id > :after ORDER BY id",
	[SQL_EACH_STORED] =
		"SELECT" RESPONSE_COLUMNS
		", batch IS NULL OR batch NOT IN (SELECT id FROM batch_uncounted)"
		" FROM response WHERE wave = :wave AND id > :after ORDER BY id",
	[SQL_EACH_ANSWER] =
		"SELECT id, site, stream, stratum, cluster, weight, flagged, answers, minute,"
		" seconds, mode, rush, batch FROM response"
		" WHERE wave = :wave AND id > :after ORDER BY id",
	[SQL_LEAF_OF_ANSWER] = "SELECT leaf FROM response WHERE id = :id AND wave = :wave",
	[SQL_LIST_UNCOUNTED] = "SELECT id FROM batch_uncounted ORDER BY id",
	[SQL_FIND_RECEIPT] = "SELECT response FROM receipt WHERE receipt = :receipt",
	[SQL_SEEK_RECEIPT] =
		"SELECT id FROM response WHERE id > (SELECT value FROM counter"
		" WHERE name = 'receipt')"
		" AND receipt = :receipt ORDER BY id LIMIT 1",
	[SQL_GET_RESPONSE] =
		"SELECT" RESPONSE_COLUMNS
		", batch IS NULL OR batch NOT IN (SELECT id FROM batch_uncounted), wave"
		" FROM response WHERE id = :id",
	[SQL_RECEIPTS_DONE] = "SELECT value FROM counter WHERE name = 'receipt'",
	[SQL_NEXT_RECEIPTS] =
		"SELECT receipt, id FROM response WHERE id > :after AND id <= :upto ORDER BY id",
	[SQL_ADD_RECEIPT] = ADD_RECEIPT "(?,?)" ON_RECEIPT,
	[SQL_ADD_RECEIPTS] = ADD_RECEIPT PAIRS_4 "," PAIRS_4 "," PAIRS_4 "," PAIRS_4 ON_RECEIPT,
	[SQL_SET_RECEIPTS_DONE] =
		"UPDATE counter SET value = :upto WHERE name = 'receipt' AND value = :after",
	[SQL_COUNT_RESPONSES] =
		"SELECT wave, site, stream, sum(n), sum(flagged), min(first), max(last)"
		" FROM fieldwork"
		" WHERE (wave = :wave OR :wave = 0) AND batch NOT IN (SELECT id"
		" FROM batch_uncounted)"
		" GROUP BY wave, site, stream ORDER BY wave, site, stream",
	[SQL_LAST_RESPONSE] = "SELECT coalesce(max(id), 0) FROM response",
	[SQL_EACH_LEAF] = "SELECT leaf FROM response ORDER BY id",
	[SQL_WAVE_OF_RESPONSE] = "SELECT wave FROM response WHERE id = :id",
	[SQL_HAS_EXCLUSION] =
		"SELECT 1 FROM exclusion WHERE response = :response AND rule = :rule"
		" AND version = :version",
	[SQL_COUNT_EXCLUSIONS] =
		"SELECT e.rule, e.version, count(DISTINCT e.response) FROM exclusion e"
		" JOIN counted r ON r.id = e.response WHERE r.wave = :wave GROUP BY e.rule,"
		" e.version"
		" ORDER BY e.rule, e.version",
	[SQL_PUT_SCREENING] =
		"INSERT INTO screening (wave, rule, version, answers, who, minute)"
		" VALUES (:wave, :rule,"
		" :version, (SELECT coalesce(sum(n), 0) FROM fieldwork WHERE wave = :wave), :who,"
		" :minute)"
		" ON CONFLICT (wave, rule) DO NOTHING",
	[SQL_LIST_SCREENING] =
		"SELECT rule, version, answers, who, minute FROM screening WHERE wave = :wave"
		" ORDER BY id",
	[SQL_PUT_EXCLUSION] =
		"INSERT INTO exclusion (response, rule, version, who, minute)"
		" VALUES (:response, :rule, :version, :who, :minute)",
	[SQL_EXCLUDED] =
		"SELECT DISTINCT e.response FROM exclusion e CROSS JOIN response r"
		" ON r.id = e.response"
		" WHERE e.response > :after AND r.wave = :wave ORDER BY e.response",
	[SQL_LAST_EXCLUSION] = "SELECT coalesce(max(id), 0) FROM exclusion",
	[SQL_LIST_EXCLUDED] =
		"SELECT DISTINCT response FROM exclusion WHERE id <= :last ORDER BY response",
	[SQL_PUT_BATCH] =
		"INSERT INTO batch (wave, file, sha256, who, minute, options, read, skipped,"
		" replaces, late, notes) VALUES"
		" (:wave, :file, :sha256, :who, :minute, :options, :read, :skipped,"
		" nullif(:replaces, 0), :late, :notes)",
	[SQL_PUT_BATCH_EVENT] =
		"INSERT INTO batch_event (batch, state, who, minute, reason)"
		" VALUES (:batch, :state, :who, :minute, :reason)",
	[SQL_LIST_BATCHES] =
		"SELECT b.id, b.wave, b.file, b.sha256, b.who, b.minute, b.options, b.read,"
		" b.skipped, coalesce(b.replaces, 0),"
		" b.late, b.notes, (SELECT coalesce(sum(n), 0) FROM fieldwork WHERE wave = b.wave"
		" AND batch = b.id), coalesce(c.id, 0), coalesce(c.minute, 0), coalesce(w.id, 0),"
		" coalesce(w.minute, 0), coalesce(w.who, ''), coalesce(w.reason, '') FROM batch b"
		" LEFT JOIN batch_event c ON c.batch = b.id AND c.state = 'complete'"
		" LEFT JOIN batch_event w ON w.batch = b.id AND w.state = 'withdrawn'"
		" WHERE (b.wave = :wave OR :wave = 0) AND (b.id = :id OR :id = 0) ORDER BY b.id",
	[SQL_LAST_BATCH_EVENT] =
		"SELECT coalesce(max(e.id), 0) FROM batch_event e JOIN batch b ON b.id = e.batch"
		" WHERE b.wave = :wave OR :wave = 0",
	[SQL_PUT_CALLBACK] =
		"INSERT INTO callback (id, phone, site, day, delete_after)"
		" SELECT random() & 0x7fffffffffffffff, :phone, :site, :day, :delete_after"
		" WHERE NOT EXISTS"
		"  (SELECT 1 FROM callback WHERE phone = :phone AND site IS :site AND day = :day)",
	[SQL_LIST_CALLBACKS] =
		"SELECT c.phone, coalesce(s.code, ''), c.day, c.delete_after FROM callback c"
		" LEFT JOIN site s ON s.id = c.site ORDER BY c.day, c.id",
	[SQL_DROP_CALLBACKS] = "DELETE FROM callback WHERE delete_after < :now",

	[SQL_PUT_TICKET_BATCH] =
		"INSERT INTO ticket_batch (wave, site, stratum, cluster, weight, issued, expires,"
		" note)"
		" VALUES (:wave, :site, :stratum, :cluster, :weight, :issued, :expires, :note)",
	[SQL_PUT_TICKET] =
		"INSERT INTO ticket (hash, batch, state) VALUES (:hash, :batch, 'live')"
		" ON CONFLICT (hash) DO NOTHING",
	[SQL_LIST_TICKETS] =
		"SELECT" BATCH_COLUMNS ", count(t.hash), coalesce(sum(t.state = 'used'), 0),"
		"  coalesce(sum(t.state = 'void'), 0) FROM ticket_batch b"
		" LEFT JOIN ticket t ON t.batch = b.id"
		" WHERE b.wave = :wave OR :wave = 0 GROUP BY b.id ORDER BY b.wave, b.id",
	[SQL_GET_TICKET] =
		"SELECT" BATCH_COLUMNS
		", t.state FROM ticket t JOIN ticket_batch b ON b.id = t.batch"
		" WHERE t.hash = :hash",
	[SQL_SPEND_TICKET] =
		"UPDATE ticket SET state = 'used' WHERE hash = :hash AND state = 'live'",
	[SQL_VOID_TICKET] =
		"UPDATE ticket SET state = 'void' WHERE hash = :hash AND state = 'live'",
	[SQL_VOID_BATCH] =
		"UPDATE ticket SET state = 'void' WHERE batch = :batch AND state = 'live'",

	[SQL_PUT_MARGIN] =
		"INSERT INTO margin (variable, category, population, source, date, area,"
		" placeholder, simulated)"
		" VALUES (:variable, :category, :population, :source, :date, :area, :placeholder,"
		" :simulated)",
	[SQL_DROP_MARGINS] = "DELETE FROM margin",
	[SQL_LIST_MARGINS] =
		"SELECT variable, category, population, source, date, area, placeholder, simulated"
		" FROM margin"
		" ORDER BY variable, category",

	[SQL_PUT_PROGRAMME] =
		"INSERT INTO programme (sha256, who, minute, body) VALUES (:sha256, :who, :minute,"
		" :body)",
	[SQL_GET_PROGRAMME] =
		"SELECT id, sha256, who, minute, body FROM programme ORDER BY id DESC LIMIT 1",
	[SQL_LIST_PROGRAMMES] = "SELECT id, sha256, who, minute, body FROM programme ORDER BY id",
	[SQL_MOVE_INDICATORS] = "UPDATE indicator SET position = position + 1000000",
	[SQL_PUT_INDICATOR] =
		"INSERT INTO indicator (id, position) VALUES (:id, :position)"
		" ON CONFLICT (id) DO UPDATE SET position = excluded.position",
	[SQL_DROP_INDICATORS] = "DELETE FROM indicator WHERE position > :rows",
	[SQL_COUNT_RECORDS] =
		"SELECT (SELECT count(*) FROM reading WHERE indicator = :id)"
		" + (SELECT count(*) FROM threshold WHERE indicator = :id)"
		" + (SELECT count(*) FROM criterion WHERE indicator = :id)"
		" + (SELECT count(*) FROM external WHERE indicator = :id)"
		" + (SELECT count(*) FROM peer WHERE indicator = :id)"
		" + (SELECT count(*) FROM evidence WHERE indicator = :id)"
		" + (SELECT count(*) FROM published WHERE indicator = :id)",
	[SQL_COUNT_CLAUSE_RECORDS] =
		"SELECT (SELECT count(*) FROM reading WHERE indicator = :id"
		" AND subtarget = :clause)"
		" + (SELECT count(*) FROM threshold WHERE indicator = :id AND clause = :clause)"
		" + (SELECT count(*) FROM evidence WHERE indicator = :id AND subtarget = :clause)"
		" + (SELECT count(*) FROM criterion WHERE indicator = :id)"
		" + (SELECT count(*) FROM external WHERE indicator = :id)",
	[SQL_FIRST_RECORD_YEAR] =
		"SELECT coalesce(min(year), 0) FROM (SELECT min(year) AS year FROM reading"
		" UNION ALL SELECT min(year) FROM external"
		" UNION ALL SELECT min(year) FROM peer)",
	[SQL_HAS_INDICATOR] = "SELECT 1 FROM indicator WHERE id = :id",
	[SQL_PUT_READING] =
		"INSERT INTO reading (indicator, subtarget, year, value, source, date, who, minute)"
		" VALUES (:indicator, :subtarget, :year, :value, :source, :date, :who, :minute)",
	[SQL_LIST_READINGS] =
		"SELECT id, indicator, subtarget, year, value, source, date, who, minute"
		" FROM reading"
		" WHERE indicator = :indicator OR :indicator IS NULL ORDER BY"
		POSITION("indicator") ", subtarget, year, id",
	[SQL_PUT_THRESHOLD] =
		"INSERT INTO threshold (indicator, clause, value, signed_by, date, who, minute,"
		" document, successor)"
		" VALUES (:indicator, :clause, :value, :signed_by, :date, :who, :minute, :document,"
		" :successor)",
	[SQL_LIST_THRESHOLDS] =
		"SELECT id, indicator, clause, value, signed_by, date, who, minute, document,"
		" successor FROM threshold"
		" WHERE indicator = :indicator OR :indicator IS NULL ORDER BY"
		POSITION("indicator") ", clause, id",
	[SQL_PUT_CRITERION] =
		"INSERT INTO criterion (indicator, name, value, signed_by, date, who, minute)"
		" VALUES (:indicator, :name, :value, :signed_by, :date, :who, :minute)",
	[SQL_LIST_CRITERIA] =
		"SELECT id, indicator, name, value, signed_by, date, who, minute FROM criterion"
		" WHERE indicator = :indicator OR :indicator IS NULL ORDER BY"
		POSITION("indicator") ", name, id",
	[SQL_PUT_EXTERNAL] =
		"INSERT INTO external (indicator, year, rank, \"of\", score, se, agency,"
		" qualification, report,"
		" report_sha256, peers, who, minute) VALUES (:indicator, :year, :rank, :of, :score,"
		" :se, :agency, :qualification, :report, :report_sha256, :peers, :who, :minute)",
	[SQL_LIST_EXTERNAL] =
		"SELECT id, indicator, year, rank, \"of\", score, se, agency, qualification,"
		" report,"
		" report_sha256, peers, who, minute FROM external"
		" WHERE indicator = :indicator OR :indicator IS NULL ORDER BY"
		POSITION("indicator") ", year, id",
	[SQL_PUT_COMPLAINT] =
		"INSERT INTO complaint (year, registered, residents, national_per_10000, source,"
		" date,"
		" break_note, definition, national_definition, who, minute) VALUES (:year,"
		" :registered, :residents, :national, :source, :date, :break_note, :definition,"
		" :national_definition, :who, :minute)",
	[SQL_LIST_COMPLAINTS] =
		"SELECT year, registered, residents, national_per_10000, source, date, break_note,"
		" definition, national_definition FROM complaint c"
		" WHERE id = (SELECT max(id) FROM complaint WHERE year = c.year) ORDER BY year",
	[SQL_PUT_PEER] =
		"INSERT INTO peer (indicator, year, city, score, se, n, agency, report_sha256)"
		" VALUES (:indicator, :year, :city, :score, :se, :n, :agency, :report_sha256)",
	[SQL_LIST_PEERS] =
		"SELECT indicator, year, city, score, se, n, agency, report_sha256 FROM peer p"
		" WHERE indicator = :indicator AND year = :year AND id = (SELECT max(id) FROM peer"
		"  WHERE indicator = p.indicator AND year = p.year"
		" AND city = p.city) ORDER BY city",
	[SQL_LIST_YEARS] =
		"SELECT year FROM reading UNION SELECT year FROM complaint"
		" UNION SELECT year FROM external WHERE instr(:qualified, ';' || indicator || ';')"
		" = 0"
		"  OR trim(qualification) <> ''"
		" UNION SELECT year FROM peer"
		" UNION SELECT year FROM wave WHERE EXISTS (SELECT 1 FROM counted"
		" WHERE wave = wave.id)"
		" ORDER BY year",
	[SQL_LIST_WAVE_YEARS] =
		"SELECT DISTINCT year FROM wave WHERE EXISTS (SELECT 1 FROM counted"
		" WHERE wave = wave.id) ORDER BY year",

	[SQL_PUT_EVIDENCE] =
		"INSERT INTO evidence (indicator, subtarget, title, document_no, date, period,"
		" sha256, pages, who,"
		" minute) VALUES (:indicator, :subtarget, :title, :document_no, :date, :period,"
		" :sha256, :pages, :who, :minute)",
	[SQL_HAS_EVIDENCE] = "SELECT 1 FROM evidence WHERE id = :id",
	[SQL_PUT_DECISION] =
		"INSERT INTO decision (evidence, state, reviewer, note, minute)"
		" VALUES (:evidence, :state, :reviewer, :note, :minute)",
	[SQL_LIST_EVIDENCE] =
		"SELECT e.id, e.indicator, e.subtarget, e.title, e.document_no, e.date, e.period,"
		" e.sha256,"
		" coalesce(d.state, 'uploaded'), coalesce(d.reviewer, ''), coalesce(d.note, ''),"
		" e.who, e.pages, e.minute FROM evidence e LEFT JOIN decision d  ON d.id ="
		" (SELECT max(id) FROM decision WHERE evidence = e.id)"
		" WHERE e.indicator = :indicator OR :indicator IS NULL"
		" ORDER BY" POSITION("e.indicator") ", e.subtarget, e.id",
	[SQL_NEXT_PUBLISHED] =
		"SELECT coalesce(max(version), 0) + 1 FROM published WHERE indicator = :indicator"
		" AND year = :year",
	[SQL_PUT_PUBLISHED] =
		"INSERT INTO published (indicator, year, version, body, provenance, signed_by,"
		" minute)"
		" VALUES (:indicator, :year, :version, :body, :provenance, :signed_by, :minute)",
	[SQL_LIST_PUBLISHED] =
		"SELECT id, indicator, year, version, body, provenance, signed_by, minute"
		" FROM published"
		" WHERE indicator = :indicator OR :indicator IS NULL ORDER BY"
		POSITION("indicator") ", year, version",
	[SQL_PUT_HEAD] =
		"INSERT INTO head (size, root, signature, minute) VALUES (:size, :root, :signature,"
		" :minute)",
	[SQL_GET_HEAD] = "SELECT root FROM head WHERE size = :size",
	[SQL_LIST_HEADS] = "SELECT size, root, signature, minute FROM head ORDER BY size",

	[SQL_PUT_USER] =
		"INSERT INTO user (name, role, department, password, must_change, active)"
		" VALUES (:name, :role, :department, :password, :must_change, :active)"
		" ON CONFLICT (name) DO NOTHING",
	[SQL_SET_PASSWORD] =
		"UPDATE user SET password = :password, must_change = :must_change WHERE id = :id",
	[SQL_SET_USER_ACTIVE] = "UPDATE user SET active = :active WHERE id = :id",
	[SQL_GET_USER] =
		"SELECT id, name, role, department, password, must_change, active FROM user"
		" WHERE name = :name",
	[SQL_LIST_USERS] =
		"SELECT id, name, role, department, password, must_change, active FROM user"
		" ORDER BY id",
	[SQL_PUT_SESSION] =
		"INSERT INTO session (hash, user, csrf, expires) VALUES (:hash, :user, :csrf,"
		" :expires)",
	[SQL_GET_SESSION] =
		"SELECT u.id, u.name, u.role, u.department, u.password, u.must_change, u.active,"
		" s.csrf"
		" FROM session s JOIN user u ON u.id = s.user"
		" WHERE s.hash = :hash AND s.expires > :now AND u.active = 1",
	[SQL_DROP_SESSION] = "DELETE FROM session WHERE hash = :hash",
	[SQL_DROP_SESSIONS_OF] = "DELETE FROM session WHERE user = :user",
	[SQL_DROP_EXPIRED] = "DELETE FROM session WHERE expires <= :now",
	[SQL_COUNT_FAILURES] =
		"SELECT count(*), coalesce(max(minute), 0) FROM audit WHERE action = 'login-failed'"
		" AND who = :who"
		" AND object = :network AND minute >= :since"
		" AND id > (SELECT coalesce(max(id), 0) FROM audit WHERE action = 'login'"
		" AND who = :who AND object = :network)"
		" AND id > (SELECT coalesce(max(id), 0) FROM audit WHERE action = 'user reset'"
		" AND object = :who)",
	[SQL_COUNT_NETWORK_FAILURES] =
		"SELECT count(*), coalesce(max(minute), 0) FROM audit WHERE action = 'login-failed'"
		" AND object = :network"
		" AND minute >= :since",
	[SQL_PUT_AUDIT] =
		"INSERT INTO audit (minute, who, \"from\", action, object, detail)"
		" VALUES (:minute, :who, :from, :action, :object, :detail)",
	[SQL_LIST_AUDIT] =
		"SELECT id, minute, who, \"from\", action, object, detail FROM audit"
		" ORDER BY id DESC LIMIT :limit",
};
