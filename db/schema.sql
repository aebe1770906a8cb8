-- Schema of a Manyi database, readable with any SQLite tool.
--
-- Conventions: every table is STRICT.  A minute is whole minutes since 1970-01-01T00:00Z, a second whole
-- seconds since then; pages show them in China's time (UTC+8).  A text that has nothing to say is '', not
-- NULL; NULL means "not known" and is allowed only where a column says so.  What is append-only is held so by triggers.
--
-- A new file gets all of this at once.  Once it has been released, changing anything here means a new
-- PRAGMA user_version and a step in db/migrate.c that brings an older file to the same schema.

PRAGMA application_id = 0x4d616e79;	-- "Many"
PRAGMA user_version = 4;

-- ---- the installation -------------------------------------------------------------------------------------

-- Names with a meaning of their own: city, base_url, demo, table_number, agency, approval, valid_until,
-- processor, contact.
CREATE TABLE setting (
	name TEXT NOT NULL PRIMARY KEY CHECK (name GLOB '[a-z]*' AND name NOT GLOB '*[^a-z0-9_]*'),
	value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Numbers that only grow.  'catalogue' moves with every change to forms, waves, sites and settings, whoever
-- makes it: the store's readers compare it to know that theirs is old.  'receipt' is the response.id up to which
-- receipts are in their table.
CREATE TABLE counter (
	name TEXT NOT NULL PRIMARY KEY,
	value INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO counter VALUES ('catalogue', 1), ('receipt', 0);

-- ---- what is asked ----------------------------------------------------------------------------------------

-- A form version; frozen once one answer exists.
CREATE TABLE form (
	id TEXT NOT NULL CHECK (id <> ''),			-- 'A'
	version TEXT NOT NULL CHECK (version <> ''),		-- '2024-1'
	sha256 TEXT NOT NULL CHECK (length(sha256) = 64),	-- of body, hex
	title_zh TEXT NOT NULL,
	title_en TEXT NOT NULL,
	loaded INTEGER NOT NULL,				-- minute
	position INTEGER NOT NULL UNIQUE,			-- 1, 2, 3 in the order loaded: tells the newest
	answers TEXT NOT NULL UNIQUE COLLATE NOCASE,		-- name of its view: 'answers_A_2024_1'
	body TEXT NOT NULL CHECK (json_valid(body)),		-- the file's bytes
	PRIMARY KEY (id, version)
) STRICT, WITHOUT ROWID;

-- One round of one form version.
CREATE TABLE wave (
	id INTEGER PRIMARY KEY,
	form_id TEXT NOT NULL,
	form_version TEXT NOT NULL,
	year INTEGER NOT NULL CHECK (year BETWEEN 1990 AND 2999),
	label TEXT NOT NULL CHECK (label <> ''),		-- '2024', '2024-2'
	opens INTEGER NOT NULL,					-- minute
	closes INTEGER NOT NULL DEFAULT 0,			-- minute; 0: not set
	open INTEGER NOT NULL CHECK (open IN (0, 1)),		-- takes answers
	population TEXT NOT NULL,				-- who is meant, in words
	modes TEXT NOT NULL,					-- 'qr phone household'
	mapping TEXT NOT NULL,					-- answers to points: 'acsi-1-10'
	strata TEXT NOT NULL,					-- what response.stratum means, in words
	clusters TEXT NOT NULL,					-- what response.cluster means, in words
	margins TEXT NOT NULL,					-- items to rake on: 'sex age edu'
	domains TEXT NOT NULL,					-- items to report by: 'sector town'
	break_note TEXT NOT NULL,				-- why the series breaks here
	table_number TEXT NOT NULL,				-- 表号
	agency TEXT NOT NULL,					-- 制定机关
	approval TEXT NOT NULL,					-- 批准文号
	valid_until TEXT NOT NULL,				-- 有效期至
	lapsed_because TEXT NOT NULL DEFAULT '',		-- why it goes on after that day; printed with it
	UNIQUE (form_id, label),
	FOREIGN KEY (form_id, form_version) REFERENCES form (id, version)
) STRICT;
CREATE UNIQUE INDEX wave_open ON wave (form_id) WHERE open = 1;	-- answers to a form have one place to go
CREATE INDEX wave_form ON wave (form_id, form_version);

-- A place with a poster.
CREATE TABLE site (
	id INTEGER PRIMARY KEY,
	code TEXT NOT NULL UNIQUE CHECK (length(code) = 6 AND code NOT GLOB '*[^0-9A-HJKMNP-TV-Z]*'),
	name TEXT NOT NULL CHECK (name <> ''),
	window TEXT NOT NULL,					-- '3号窗口'
	sector TEXT NOT NULL,					-- 'S01'..'S12'
	township TEXT NOT NULL,					-- '210281001'
	stratum TEXT NOT NULL,
	form_id TEXT NOT NULL,					-- form its poster opens
	active INTEGER NOT NULL CHECK (active IN (0, 1)),
	withdrawn INTEGER NOT NULL DEFAULT 0			-- minute since which it is not active; 0: it is, or not known
) STRICT;

-- ---- what was answered ------------------------------------------------------------------------------------

-- An accepted submission.  There is no column for a name, a phone or an address.  Rows are never changed or
-- deleted; id is the order of the ledger's leaves.  Words are compared one by one: for IN (...) of more than two,
-- SQLite builds a table of them for every row, which cost more than all else about storing it.
CREATE TABLE response (
	id INTEGER PRIMARY KEY,
	wave INTEGER NOT NULL REFERENCES wave (id),
	site INTEGER REFERENCES site (id),			-- NULL: none
	stream TEXT NOT NULL CHECK (stream IN ('sampled', 'open')),	-- never pooled
	mode TEXT NOT NULL
		CHECK (mode = 'qr' OR mode = 'phone' OR mode = 'household' OR mode = 'ticket' OR mode = 'link'),
	stratum TEXT NOT NULL,
	cluster TEXT NOT NULL,
	weight INTEGER NOT NULL CHECK (weight > 0),		-- base weight in millionths
	minute INTEGER NOT NULL,				-- accepted
	seconds INTEGER NOT NULL CHECK (seconds >= -1),		-- taken to answer, made coarse; -1: unknown
	flagged INTEGER NOT NULL CHECK (flagged IN (0, 1)),	-- outside the main estimate by the form's own rule
	answers TEXT NOT NULL					-- JSON array in the form version's item order
		CHECK (json_valid(answers) AND substr(answers, 1, 1) = '['),
	key TEXT NOT NULL UNIQUE				-- client-made: a resend counts once
		CHECK (length(key) BETWEEN 1 AND 64),		-- of A-Z a-z 0-9 _ . : -
	receipt TEXT NOT NULL CHECK (length(receipt) = 16),	-- from the leaf
	leaf BLOB NOT NULL CHECK (length(leaf) = 32),		-- SHA-256 of the row, see ledger/leaf.h
	-- How it was filled in, for screening: see forms/paradata.h.  -1, '': not known (imported, or older).
	screens INTEGER NOT NULL DEFAULT -1 CHECK (screens BETWEEN -1 AND 99),	-- looked at
	dont_know INTEGER NOT NULL DEFAULT -1 CHECK (dont_know BETWEEN -1 AND 999),	-- items answered 98
	resends INTEGER NOT NULL DEFAULT -1 CHECK (resends BETWEEN -1 AND 9),	-- tries before it was taken
	client TEXT NOT NULL DEFAULT ''				-- kind of device
		CHECK (client = '' OR client = 'phone' OR client = 'tablet' OR client = 'desktop' OR client = 'wechat'
			OR client = 'other'),
	rush INTEGER NOT NULL DEFAULT 0 CHECK (rush BETWEEN 0 AND 3),	-- 1: many at once from its network, 2: at its site
	-- Where it came from, if from a file.
	batch INTEGER REFERENCES batch (id),			-- NULL: from no file, or from one before batches were kept
	agency_key TEXT NOT NULL DEFAULT ''			-- the agency's own key for the row; ours is "key"
		CHECK (length(agency_key) <= 64)
) STRICT;
CREATE INDEX response_wave ON response (wave);			-- and id, which SQLite appends

-- Where a receipt leads.  It follows the rows in bulk, up to counter 'receipt': receipts are random, and kept in
-- step row by row this index alone would cost three times all else that storing an answer costs.
CREATE TABLE receipt (
	receipt TEXT NOT NULL PRIMARY KEY,
	response INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Exact counts of response, kept in the transaction that stores the rows, so that the fieldwork page never counts
-- them; db_integrity() compares the two.
CREATE TABLE fieldwork (
	wave INTEGER NOT NULL REFERENCES wave (id),
	site INTEGER NOT NULL,					-- 0: none
	stream TEXT NOT NULL,
	batch INTEGER NOT NULL,					-- 0: none
	n INTEGER NOT NULL,
	flagged INTEGER NOT NULL,
	first INTEGER NOT NULL,					-- minute of the first answer
	last INTEGER NOT NULL,					-- and of the last
	PRIMARY KEY (wave, site, stream, batch)
) STRICT, WITHOUT ROWID;

-- One import of a file.  Its rows arrive in many transactions; they count, all at once, from the event 'complete' on,
-- and no longer from the event 'withdrawn' on.  They stay stored whatever happens.
CREATE TABLE batch (
	id INTEGER PRIMARY KEY,
	wave INTEGER NOT NULL REFERENCES wave (id),
	file TEXT NOT NULL CHECK (file <> ''),			-- its name, as it can be printed
	sha256 TEXT NOT NULL CHECK (length(sha256) = 64),	-- of its bytes, hex
	who TEXT NOT NULL CHECK (who <> ''),			-- the operating system's account
	minute INTEGER NOT NULL,				-- when it began; also that of rows that give none
	options TEXT NOT NULL,					-- 'mode=phone stream=sampled', needed to go on with it
	read INTEGER NOT NULL CHECK (read >= 0),		-- rows of the file
	skipped INTEGER NOT NULL CHECK (skipped >= 0),		-- of these, the same row once more
	replaces INTEGER REFERENCES batch (id),			-- withdrawn when this one is complete; NULL: none
	late TEXT NOT NULL,					-- why it came after the wave was closed; '' if it did not
	notes TEXT NOT NULL CHECK (json_valid(notes))		-- JSON array: what was read otherwise than as it stood
) STRICT;

CREATE TABLE batch_event (
	id INTEGER PRIMARY KEY,
	batch INTEGER NOT NULL REFERENCES batch (id),
	state TEXT NOT NULL CHECK (state = 'complete' OR state = 'withdrawn'),
	who TEXT NOT NULL CHECK (who <> ''),
	minute INTEGER NOT NULL,
	reason TEXT NOT NULL,
	UNIQUE (batch, state)
) STRICT;

-- Batches whose rows are no part of any figure, and the rows that may be.  Whoever reads answers reads them here.
CREATE VIEW batch_uncounted AS
SELECT id FROM batch WHERE id NOT IN (SELECT batch FROM batch_event WHERE state = 'complete')
	OR id IN (SELECT batch FROM batch_event WHERE state = 'withdrawn');
CREATE VIEW counted AS
SELECT * FROM response WHERE batch IS NULL OR batch NOT IN (SELECT id FROM batch_uncounted);

-- Events "this row is flagged by this rule", after the fact.
CREATE TABLE exclusion (
	id INTEGER PRIMARY KEY,
	response INTEGER NOT NULL REFERENCES response (id),
	rule TEXT NOT NULL CHECK (rule <> ''),
	version TEXT NOT NULL,
	who TEXT NOT NULL CHECK (who <> ''),
	minute INTEGER NOT NULL
) STRICT;
CREATE INDEX exclusion_response ON exclusion (response);

-- Which rules screen a wave's answers: registered first, applied later.  Append-only, one of a rule's name a wave.
CREATE TABLE screening (
	id INTEGER PRIMARY KEY,
	wave INTEGER NOT NULL REFERENCES wave (id),
	rule TEXT NOT NULL CHECK (rule <> ''),			-- 'fast', see figure/screen.h
	version TEXT NOT NULL,
	answers INTEGER NOT NULL CHECK (answers >= 0),		-- stored in the wave when it was registered
	who TEXT NOT NULL CHECK (who <> ''),
	minute INTEGER NOT NULL,
	UNIQUE (wave, rule)
) STRICT;

-- Tickets made in one go: what they are for.
CREATE TABLE ticket_batch (
	id INTEGER PRIMARY KEY,
	wave INTEGER NOT NULL REFERENCES wave (id),
	site INTEGER REFERENCES site (id),			-- NULL: none
	stratum TEXT NOT NULL,
	cluster TEXT NOT NULL,
	weight INTEGER NOT NULL CHECK (weight > 0),		-- base weight in millionths
	issued INTEGER NOT NULL,				-- minute
	expires INTEGER NOT NULL,				-- minute; 0: with the wave
	note TEXT NOT NULL					-- for whom, in words
) STRICT;

-- One single-use code, known only by its keyed hash; the key is not in this file.  Nothing leads from here to an
-- answer: no row's id, no time, and the rows lie in the order of their hashes, so neither the order of issue nor that
-- of use is left.  A state has the same size whatever it is: a ticket used is changed where it lies.
CREATE TABLE ticket (
	hash BLOB NOT NULL PRIMARY KEY CHECK (length(hash) = 16),
	batch INTEGER NOT NULL REFERENCES ticket_batch (id),
	state TEXT NOT NULL CHECK (state = 'live' OR state = 'used' OR state = 'void')
) STRICT, WITHOUT ROWID;

-- Phones left for a callback.  Nothing leads from here to an answer: no key, no time of day, and a random id so
-- that not even the order of the rows does.
CREATE TABLE callback (
	id INTEGER PRIMARY KEY,
	phone TEXT NOT NULL CHECK (length(phone) BETWEEN 5 AND 32),
	site INTEGER REFERENCES site (id),			-- NULL: none
	day INTEGER NOT NULL,					-- minute at which the day began in China
	delete_after INTEGER NOT NULL				-- minute
) STRICT;
CREATE INDEX callback_delete ON callback (delete_after);

-- ---- margins ----------------------------------------------------------------------------------------------

-- Known population counts to weight to.
CREATE TABLE margin (
	variable TEXT NOT NULL CHECK (variable <> ''),		-- item name: 'sex'
	category TEXT NOT NULL CHECK (category <> ''),		-- choice name: '1'
	population REAL NOT NULL CHECK (population > 0 AND population < 1e11),
	source TEXT NOT NULL,
	date TEXT NOT NULL,
	area TEXT NOT NULL,
	placeholder INTEGER NOT NULL CHECK (placeholder IN (0, 1)),	-- no official figure from it
	simulated INTEGER NOT NULL CHECK (simulated IN (0, 1)),		-- made up for a demonstration
	PRIMARY KEY (variable, category)
) STRICT, WITHOUT ROWID;

-- ---- the tracker ------------------------------------------------------------------------------------------

-- The programme's table as it was loaded: rows, rules, departments, what feeds them.  The last one is in force.
CREATE TABLE programme (
	id INTEGER PRIMARY KEY,					-- 1, 2, 3 in the order loaded
	sha256 TEXT NOT NULL CHECK (length(sha256) = 64),	-- of body, hex
	who TEXT NOT NULL CHECK (who <> ''),
	minute INTEGER NOT NULL,
	body TEXT NOT NULL CHECK (json_valid(body))		-- the file's bytes, programme(5)
) STRICT;

-- The ids of the rows in force, for what is entered about them.
CREATE TABLE indicator (
	id TEXT NOT NULL PRIMARY KEY CHECK (id <> ''),		-- '1'..'50', with '11.1' '11.2' '11.3'
	position INTEGER NOT NULL UNIQUE CHECK (position > 0)	-- the order of the table
) STRICT, WITHOUT ROWID;

-- A value entered for a sub-target.  The newest of the same (indicator, subtarget, year) counts.
CREATE TABLE reading (
	id INTEGER PRIMARY KEY,
	indicator TEXT NOT NULL REFERENCES indicator (id),
	subtarget INTEGER NOT NULL CHECK (subtarget > 0),
	year INTEGER NOT NULL CHECK (year BETWEEN 1990 AND 2999),
	value TEXT NOT NULL CHECK (value <> ''),		-- as entered: '12', '85.5%', '是'
	source TEXT NOT NULL CHECK (source <> ''),
	date TEXT NOT NULL CHECK (date <> ''),			-- of the source
	who TEXT NOT NULL CHECK (who <> ''),
	minute INTEGER NOT NULL
) STRICT;
CREATE INDEX reading_indicator ON reading (indicator, subtarget, year);

-- What somebody signed of a clause: a number where the seed gives none, that it does not apply here, or that its
-- yardstick no longer exists.  The newest of the same (indicator, clause) counts.
CREATE TABLE threshold (
	id INTEGER PRIMARY KEY,
	indicator TEXT NOT NULL REFERENCES indicator (id),
	clause INTEGER NOT NULL CHECK (clause > 0),
	value TEXT NOT NULL CHECK (value <> ''),		-- '10', '60%', '不适用', '评价依据已取消'
	signed_by TEXT NOT NULL CHECK (signed_by <> ''),
	date TEXT NOT NULL CHECK (date <> ''),
	who TEXT NOT NULL CHECK (who <> ''),
	minute INTEGER NOT NULL,
	document TEXT NOT NULL DEFAULT ''			-- that cancelled the yardstick
	CHECK (document <> '' OR value <> '评价依据已取消'),
	successor TEXT NOT NULL DEFAULT ''			-- what stands for it today; may be ''
) STRICT;
CREATE INDEX threshold_indicator ON threshold (indicator, clause);

-- A 口径 a leader signed: how a row is read where its wording allows more than one way.  The newest of the same
-- (indicator, name) counts.
CREATE TABLE criterion (
	id INTEGER PRIMARY KEY,
	indicator TEXT NOT NULL REFERENCES indicator (id),
	name TEXT NOT NULL CHECK (name <> ''),			-- 'governs': which reading of survey figures decides
	value TEXT NOT NULL CHECK (name <> 'governs' OR value IN ('literal', 'statistical')),
	signed_by TEXT NOT NULL CHECK (signed_by <> ''),
	date TEXT NOT NULL CHECK (date <> ''),
	who TEXT NOT NULL CHECK (who <> ''),
	minute INTEGER NOT NULL
) STRICT;
CREATE INDEX criterion_indicator ON criterion (indicator, name);

-- A result of a recognised third party.  The newest of the same (indicator, year) counts.
CREATE TABLE external (
	id INTEGER PRIMARY KEY,
	indicator TEXT NOT NULL REFERENCES indicator (id),
	year INTEGER NOT NULL CHECK (year BETWEEN 1990 AND 2999),
	rank INTEGER NOT NULL CHECK (rank >= 1),
	"of" INTEGER NOT NULL CHECK ("of" >= rank),
	score REAL,						-- NULL: not given
	se REAL CHECK (se IS NULL OR se >= 0),			-- NULL: not given
	agency TEXT NOT NULL CHECK (agency <> ''),
	qualification TEXT NOT NULL,
	report TEXT NOT NULL,
	report_sha256 TEXT NOT NULL,
	peers TEXT NOT NULL,
	who TEXT NOT NULL CHECK (who <> ''),
	minute INTEGER NOT NULL
) STRICT;
CREATE INDEX external_indicator ON external (indicator, year);

-- Complaints of a year.  The newest row of a year counts.
CREATE TABLE complaint (
	id INTEGER PRIMARY KEY,
	year INTEGER NOT NULL CHECK (year BETWEEN 1990 AND 2999),
	registered INTEGER NOT NULL CHECK (registered >= 0),
	residents REAL CHECK (residents > 0),			-- NULL: unknown
	national_per_10000 REAL CHECK (national_per_10000 >= 0),	-- NULL: unknown
	source TEXT NOT NULL,
	date TEXT NOT NULL,
	break_note TEXT NOT NULL,				-- why the series breaks here
	who TEXT NOT NULL CHECK (who <> ''),
	minute INTEGER NOT NULL,
	definition TEXT NOT NULL DEFAULT '',			-- what was counted, see figure/definition.h; '': unknown
	national_definition TEXT NOT NULL DEFAULT ''		-- the same of the national rate
) STRICT;
CREATE INDEX complaint_year ON complaint (year);

-- Scores of other cities.  The newest of the same (indicator, year, city) counts.
CREATE TABLE peer (
	id INTEGER PRIMARY KEY,
	indicator TEXT NOT NULL REFERENCES indicator (id),
	year INTEGER NOT NULL CHECK (year BETWEEN 1990 AND 2999),
	city TEXT NOT NULL CHECK (city <> ''),
	score REAL NOT NULL,
	se REAL CHECK (se IS NULL OR se >= 0),			-- NULL: unknown
	n INTEGER NOT NULL CHECK (n >= 0),
	agency TEXT NOT NULL,
	report_sha256 TEXT NOT NULL
) STRICT;
CREATE INDEX peer_city ON peer (indicator, year, city);

-- A document handed in; its bytes lie beside the database under their hash.
CREATE TABLE evidence (
	id INTEGER PRIMARY KEY,
	indicator TEXT NOT NULL REFERENCES indicator (id),
	subtarget INTEGER NOT NULL CHECK (subtarget >= 0),	-- 0: the whole row
	title TEXT NOT NULL CHECK (title <> ''),
	document_no TEXT NOT NULL,				-- 文号
	date TEXT NOT NULL,
	period TEXT NOT NULL,
	sha256 TEXT NOT NULL,
	pages INTEGER NOT NULL,
	who TEXT NOT NULL CHECK (who <> ''),
	minute INTEGER NOT NULL
) STRICT;
CREATE INDEX evidence_indicator ON evidence (indicator, subtarget);

-- What a reviewer said of a document.  The newest counts; none yet: uploaded.
CREATE TABLE decision (
	id INTEGER PRIMARY KEY,
	evidence INTEGER NOT NULL REFERENCES evidence (id),
	state TEXT NOT NULL CHECK (state IN ('uploaded', 'accepted', 'returned')),
	reviewer TEXT NOT NULL CHECK (reviewer <> ''),
	note TEXT NOT NULL,
	minute INTEGER NOT NULL
) STRICT;
CREATE INDEX decision_evidence ON decision (evidence);

-- A figure as published, frozen; a later change is a new version beside it.
CREATE TABLE published (
	id INTEGER PRIMARY KEY,
	indicator TEXT NOT NULL REFERENCES indicator (id),
	year INTEGER NOT NULL,
	version INTEGER NOT NULL CHECK (version > 0),		-- 1, 2, 3 within (indicator, year)
	body TEXT NOT NULL CHECK (json_valid(body)),		-- estimates, clauses and state
	provenance TEXT NOT NULL CHECK (json_valid(provenance)),	-- method, program, mapping, margins, ledger head
	signed_by TEXT NOT NULL CHECK (signed_by <> ''),
	minute INTEGER NOT NULL,
	UNIQUE (indicator, year, version)
) STRICT;

-- Signed heads of the ledger over response.leaf in the order of response.id.
CREATE TABLE head (
	size INTEGER PRIMARY KEY CHECK (size >= 0),		-- leaves under the root
	root BLOB NOT NULL CHECK (length(root) = 32),
	signature BLOB NOT NULL CHECK (length(signature) = 64),	-- Ed25519, see ledger/head.h
	minute INTEGER NOT NULL
) STRICT;

-- ---- people -----------------------------------------------------------------------------------------------

CREATE TABLE user (
	id INTEGER PRIMARY KEY,
	name TEXT NOT NULL UNIQUE CHECK (name <> ''),		-- login name
	role TEXT NOT NULL CHECK (role IN ('admin', 'analyst', 'official', 'department', 'auditor')),
	department TEXT NOT NULL,				-- of role department; else ''
	password TEXT NOT NULL,					-- argon2id, as libsodium writes it
	must_change INTEGER NOT NULL CHECK (must_change IN (0, 1)),	-- the password is one-time
	active INTEGER NOT NULL CHECK (active IN (0, 1)),
	CHECK ((role = 'department') = (department <> ''))
) STRICT;

CREATE TABLE session (
	hash BLOB NOT NULL PRIMARY KEY CHECK (length(hash) = 32),	-- SHA-256 of the cookie's token
	user INTEGER NOT NULL REFERENCES user (id),
	csrf TEXT NOT NULL CHECK (csrf <> ''),
	expires INTEGER NOT NULL				-- second
) STRICT, WITHOUT ROWID;
CREATE INDEX session_user ON session (user);
CREATE INDEX session_expires ON session (expires);

-- Who did what to what.  Of a login and a failed one the object is the network it came from.
CREATE TABLE audit (
	id INTEGER PRIMARY KEY,
	minute INTEGER NOT NULL,
	who TEXT NOT NULL,
	"from" TEXT NOT NULL CHECK ("from" <> ''),		-- 'cli', 'desk'
	action TEXT NOT NULL CHECK (action <> ''),
	object TEXT NOT NULL,
	detail TEXT NOT NULL
) STRICT;
CREATE INDEX audit_failure ON audit (who, minute) WHERE action = 'login-failed';
CREATE INDEX audit_network ON audit (object, minute) WHERE action = 'login-failed';
CREATE INDEX audit_login ON audit (who, object) WHERE action = 'login';
CREATE INDEX audit_reset ON audit (object) WHERE action = 'user reset';

-- ---- what may not happen ----------------------------------------------------------------------------------

CREATE TRIGGER response_kept BEFORE DELETE ON response
BEGIN SELECT RAISE(ABORT, 'response: rows are never deleted 答卷不可删除'); END;
CREATE TRIGGER response_fixed BEFORE UPDATE ON response
BEGIN SELECT RAISE(ABORT, 'response: rows are never changed 答卷不可更改'); END;
CREATE TRIGGER exclusion_kept BEFORE DELETE ON exclusion
BEGIN SELECT RAISE(ABORT, 'exclusion: append-only 只增不改'); END;
CREATE TRIGGER exclusion_fixed BEFORE UPDATE ON exclusion
BEGIN SELECT RAISE(ABORT, 'exclusion: append-only 只增不改'); END;
CREATE TRIGGER batch_kept BEFORE DELETE ON batch
BEGIN SELECT RAISE(ABORT, 'batch: append-only 只增不改'); END;
CREATE TRIGGER batch_fixed BEFORE UPDATE ON batch
BEGIN SELECT RAISE(ABORT, 'batch: append-only 只增不改'); END;
CREATE TRIGGER batch_event_kept BEFORE DELETE ON batch_event
BEGIN SELECT RAISE(ABORT, 'batch_event: append-only 只增不改'); END;
CREATE TRIGGER batch_event_fixed BEFORE UPDATE ON batch_event
BEGIN SELECT RAISE(ABORT, 'batch_event: append-only 只增不改'); END;
CREATE TRIGGER screening_kept BEFORE DELETE ON screening
BEGIN SELECT RAISE(ABORT, 'screening: append-only 只增不改'); END;
CREATE TRIGGER screening_fixed BEFORE UPDATE ON screening
BEGIN SELECT RAISE(ABORT, 'screening: append-only 只增不改'); END;
CREATE TRIGGER ticket_batch_kept BEFORE DELETE ON ticket_batch
BEGIN SELECT RAISE(ABORT, 'ticket_batch: append-only 只增不改'); END;
CREATE TRIGGER ticket_batch_fixed BEFORE UPDATE ON ticket_batch
BEGIN SELECT RAISE(ABORT, 'ticket_batch: append-only 只增不改'); END;
CREATE TRIGGER ticket_kept BEFORE DELETE ON ticket
BEGIN SELECT RAISE(ABORT, 'ticket: rows are never deleted 邀请码不可删除'); END;
CREATE TRIGGER ticket_once BEFORE UPDATE ON ticket
WHEN OLD.state <> 'live' OR NEW.hash <> OLD.hash OR NEW.batch <> OLD.batch
BEGIN SELECT RAISE(ABORT, 'ticket: used once 邀请码只能用一次'); END;
CREATE TRIGGER reading_kept BEFORE DELETE ON reading
BEGIN SELECT RAISE(ABORT, 'reading: append-only 只增不改'); END;
CREATE TRIGGER reading_fixed BEFORE UPDATE ON reading
BEGIN SELECT RAISE(ABORT, 'reading: append-only 只增不改'); END;
CREATE TRIGGER threshold_kept BEFORE DELETE ON threshold
BEGIN SELECT RAISE(ABORT, 'threshold: append-only 只增不改'); END;
CREATE TRIGGER threshold_fixed BEFORE UPDATE ON threshold
BEGIN SELECT RAISE(ABORT, 'threshold: append-only 只增不改'); END;
CREATE TRIGGER criterion_kept BEFORE DELETE ON criterion
BEGIN SELECT RAISE(ABORT, 'criterion: append-only 只增不改'); END;
CREATE TRIGGER criterion_fixed BEFORE UPDATE ON criterion
BEGIN SELECT RAISE(ABORT, 'criterion: append-only 只增不改'); END;
CREATE TRIGGER external_kept BEFORE DELETE ON external
BEGIN SELECT RAISE(ABORT, 'external: append-only 只增不改'); END;
CREATE TRIGGER external_fixed BEFORE UPDATE ON external
BEGIN SELECT RAISE(ABORT, 'external: append-only 只增不改'); END;
CREATE TRIGGER complaint_kept BEFORE DELETE ON complaint
BEGIN SELECT RAISE(ABORT, 'complaint: append-only 只增不改'); END;
CREATE TRIGGER complaint_fixed BEFORE UPDATE ON complaint
BEGIN SELECT RAISE(ABORT, 'complaint: append-only 只增不改'); END;
CREATE TRIGGER peer_kept BEFORE DELETE ON peer
BEGIN SELECT RAISE(ABORT, 'peer: append-only 只增不改'); END;
CREATE TRIGGER peer_fixed BEFORE UPDATE ON peer
BEGIN SELECT RAISE(ABORT, 'peer: append-only 只增不改'); END;
CREATE TRIGGER evidence_kept BEFORE DELETE ON evidence
BEGIN SELECT RAISE(ABORT, 'evidence: append-only 只增不改'); END;
CREATE TRIGGER evidence_fixed BEFORE UPDATE ON evidence
BEGIN SELECT RAISE(ABORT, 'evidence: append-only 只增不改'); END;
CREATE TRIGGER decision_kept BEFORE DELETE ON decision
BEGIN SELECT RAISE(ABORT, 'decision: append-only 只增不改'); END;
CREATE TRIGGER decision_fixed BEFORE UPDATE ON decision
BEGIN SELECT RAISE(ABORT, 'decision: append-only 只增不改'); END;
CREATE TRIGGER published_kept BEFORE DELETE ON published
BEGIN SELECT RAISE(ABORT, 'published: frozen 已发布，不可删除'); END;
CREATE TRIGGER published_fixed BEFORE UPDATE ON published
BEGIN SELECT RAISE(ABORT, 'published: frozen 已发布，不可更改'); END;
CREATE TRIGGER head_kept BEFORE DELETE ON head
BEGIN SELECT RAISE(ABORT, 'head: append-only 只增不改'); END;
CREATE TRIGGER head_fixed BEFORE UPDATE ON head
BEGIN SELECT RAISE(ABORT, 'head: append-only 只增不改'); END;
CREATE TRIGGER audit_kept BEFORE DELETE ON audit
BEGIN SELECT RAISE(ABORT, 'audit: append-only 只增不改'); END;
CREATE TRIGGER audit_fixed BEFORE UPDATE ON audit
BEGIN SELECT RAISE(ABORT, 'audit: append-only 只增不改'); END;

-- A changed word is a new version once somebody has answered.
CREATE TRIGGER programme_kept BEFORE DELETE ON programme
BEGIN SELECT RAISE(ABORT, 'programme: append-only 只增不改'); END;
CREATE TRIGGER programme_fixed BEFORE UPDATE ON programme
BEGIN SELECT RAISE(ABORT, 'programme: append-only 只增不改'); END;
CREATE TRIGGER form_kept BEFORE DELETE ON form
WHEN EXISTS (SELECT 1 FROM wave JOIN response ON response.wave = wave.id
	WHERE wave.form_id = OLD.id AND wave.form_version = OLD.version)
BEGIN SELECT RAISE(ABORT, 'form: has answers, frozen 已有答卷，不可删除'); END;
CREATE TRIGGER form_frozen BEFORE UPDATE ON form
WHEN EXISTS (SELECT 1 FROM wave JOIN response ON response.wave = wave.id
	WHERE wave.form_id = OLD.id AND wave.form_version = OLD.version)
BEGIN SELECT RAISE(ABORT, 'form: has answers, frozen 已有答卷，不可更改'); END;
-- And a wave with answers stays the round it was; only its opening and closing move.
CREATE TRIGGER wave_frozen BEFORE UPDATE OF id, form_id, form_version, year, label, mapping ON wave
WHEN EXISTS (SELECT 1 FROM response WHERE wave = OLD.id)
BEGIN SELECT RAISE(ABORT, 'wave: has answers, frozen 已有答卷，不可更改'); END;

-- ---- what follows by itself -------------------------------------------------------------------------------

CREATE TRIGGER setting_added AFTER INSERT ON setting
BEGIN UPDATE counter SET value = value + 1 WHERE name = 'catalogue'; END;
CREATE TRIGGER setting_changed AFTER UPDATE ON setting
BEGIN UPDATE counter SET value = value + 1 WHERE name = 'catalogue'; END;
CREATE TRIGGER setting_gone AFTER DELETE ON setting
BEGIN UPDATE counter SET value = value + 1 WHERE name = 'catalogue'; END;
CREATE TRIGGER form_added AFTER INSERT ON form
BEGIN UPDATE counter SET value = value + 1 WHERE name = 'catalogue'; END;
CREATE TRIGGER form_changed AFTER UPDATE ON form
BEGIN UPDATE counter SET value = value + 1 WHERE name = 'catalogue'; END;
CREATE TRIGGER wave_added AFTER INSERT ON wave
BEGIN UPDATE counter SET value = value + 1 WHERE name = 'catalogue'; END;
CREATE TRIGGER wave_changed AFTER UPDATE ON wave
BEGIN UPDATE counter SET value = value + 1 WHERE name = 'catalogue'; END;
CREATE TRIGGER site_added AFTER INSERT ON site
BEGIN UPDATE counter SET value = value + 1 WHERE name = 'catalogue'; END;
CREATE TRIGGER site_changed AFTER UPDATE ON site
BEGIN UPDATE counter SET value = value + 1 WHERE name = 'catalogue'; END;
CREATE TRIGGER site_gone AFTER DELETE ON site
BEGIN UPDATE counter SET value = value + 1 WHERE name = 'catalogue'; END;
