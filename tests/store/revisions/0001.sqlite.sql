PRAGMA journal_mode=WAL;
PRAGMA application_id=1146242893;
BEGIN;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO alembic_version ("version_num") VALUES ('0001');
CREATE TABLE reports (
	"key" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	id TEXT NOT NULL, 
	version INTEGER NOT NULL, 
	current BOOLEAN NOT NULL, 
	content_hash TEXT NOT NULL, 
	url TEXT, 
	outlet TEXT, 
	title TEXT, 
	author TEXT, 
	language TEXT, 
	kind TEXT NOT NULL, 
	published_start TEXT, 
	published_end TEXT, 
	published_granularity TEXT NOT NULL, 
	published_approx BOOLEAN NOT NULL, 
	published_basis TEXT NOT NULL, 
	warnings JSON NOT NULL, 
	read_at TEXT NOT NULL, 
	coder TEXT NOT NULL, 
	lexicon TEXT NOT NULL, 
	text TEXT NOT NULL, 
	CONSTRAINT uq_reports_id_version UNIQUE (id, version)
);
INSERT INTO reports ("key", "id", "version", "current", "content_hash", "url", "outlet", "title", "author", "language", "kind", "published_start", "published_end", "published_granularity", "published_approx", "published_basis", "warnings", "read_at", "coder", "lexicon", "text") VALUES (1, 'r1', 1, 1, '7ae3ece63a9a448dff9afb1cdc0b0a32035150aea9bb5869465af8cda17ecfe2', 'https://example.org/r1', 'Morning Wire', 'An accord on the Elbe', NULL, 'en', 'article', '1994-03-08', '1994-03-08', 'day', 0, 'dateline', '["the page is short"]', '2026-11-24T15:34:26+00:00', '0.1', 'lex', 'PARIS (AP) — France and Germany signed the Elbe accord on Monday. “Canada met Ghana in Accra last week,” President Marie Duval told reporters. France will deliver 40 trucks to Ghana, worth $3 billion.');
INSERT INTO reports ("key", "id", "version", "current", "content_hash", "url", "outlet", "title", "author", "language", "kind", "published_start", "published_end", "published_granularity", "published_approx", "published_basis", "warnings", "read_at", "coder", "lexicon", "text") VALUES (2, 'r2', 1, 0, '7ae3ece63a9a448dff9afb1cdc0b0a32035150aea9bb5869465af8cda17ecfe2', 'https://example.org/r2', 'Morning Wire', 'An accord on the Elbe', NULL, 'en', 'article', '1994-03-08', '1994-03-08', 'day', 0, 'dateline', '["the page is short"]', '2026-11-24T15:34:26+00:00', '0.1', 'lex', 'PARIS (AP) — France and Germany signed the Elbe accord on Monday. “Canada met Ghana in Accra last week,” President Marie Duval told reporters. France will deliver 40 trucks to Ghana, worth $3 billion.');
INSERT INTO reports ("key", "id", "version", "current", "content_hash", "url", "outlet", "title", "author", "language", "kind", "published_start", "published_end", "published_granularity", "published_approx", "published_basis", "warnings", "read_at", "coder", "lexicon", "text") VALUES (3, 'r2', 2, 1, '7c7439a5f6d1d35a0eba7cca1e48c370e0ea8da25efc330077b3fbe2abaca701', 'https://example.org/r2', 'Morning Wire', 'An accord on the Elbe', NULL, 'en', 'article', '1994-03-08', '1994-03-08', 'day', 0, 'dateline', '["the page is short"]', '2026-11-24T15:34:26+00:00', '0.1', 'lex', 'PARIS (AP) — France and Germany signed the Elbe accord on Monday. “Canada met Ghana in Accra last week,” President Marie Duval told reporters. France will deliver 40 trucks to Ghana, worth $3 billion. Née à Łódź, “so”.');
INSERT INTO reports ("key", "id", "version", "current", "content_hash", "url", "outlet", "title", "author", "language", "kind", "published_start", "published_end", "published_granularity", "published_approx", "published_basis", "warnings", "read_at", "coder", "lexicon", "text") VALUES (4, 'r3', 1, 1, 'acb8de58ddc02b1af80ab067fe75b090cecfc18c7d3b963b8be86e736f0be0b2', 'https://example.org/r3', NULL, NULL, NULL, 'en', 'article', '1994-03-08', '1994-03-08', 'day', 0, 'dateline', '["the page is short"]', '2026-11-24T15:34:26+00:00', '0.1', 'lex', 'PARIS (AP) — France and Germany signed the Elbe accord on Monday. “Canada met Ghana in Accra last week,” President Marie Duval told reporters. France will deliver 40 trucks to Ghana, worth $3 billion.');
CREATE INDEX ix_reports_published_start_published_end ON reports (published_start, published_end);
CREATE INDEX ix_reports_url ON reports (url);
CREATE TABLE candidates (
	report_key INTEGER NOT NULL, 
	number INTEGER NOT NULL, 
	date_start TEXT, 
	date_end TEXT, 
	date_granularity TEXT NOT NULL, 
	date_approx BOOLEAN NOT NULL, 
	date_basis TEXT NOT NULL, 
	source TEXT NOT NULL, 
	place TEXT NOT NULL, 
	text TEXT NOT NULL, 
	won BOOLEAN NOT NULL, 
	reason TEXT NOT NULL, 
	PRIMARY KEY (report_key, number), 
	FOREIGN KEY(report_key) REFERENCES reports ("key")
);
INSERT INTO candidates ("report_key", "number", "date_start", "date_end", "date_granularity", "date_approx", "date_basis", "source", "place", "text", "won", "reason") VALUES (1, 0, '1994-03-08', '1994-03-08', 'day', 0, 'text', 'dateline', 'first line', 'March 8', 1, 'the report''s own word');
INSERT INTO candidates ("report_key", "number", "date_start", "date_end", "date_granularity", "date_approx", "date_basis", "source", "place", "text", "won", "reason") VALUES (1, 1, '2011-01-01', '2011-01-01', 'day', 0, 'text', 'meta', 'meta date', '2011-01-01', 0, 'years after the dateline');
INSERT INTO candidates ("report_key", "number", "date_start", "date_end", "date_granularity", "date_approx", "date_basis", "source", "place", "text", "won", "reason") VALUES (2, 0, '1994-03-08', '1994-03-08', 'day', 0, 'text', 'dateline', 'first line', 'March 8', 1, 'the report''s own word');
INSERT INTO candidates ("report_key", "number", "date_start", "date_end", "date_granularity", "date_approx", "date_basis", "source", "place", "text", "won", "reason") VALUES (2, 1, '2011-01-01', '2011-01-01', 'day', 0, 'text', 'meta', 'meta date', '2011-01-01', 0, 'years after the dateline');
INSERT INTO candidates ("report_key", "number", "date_start", "date_end", "date_granularity", "date_approx", "date_basis", "source", "place", "text", "won", "reason") VALUES (3, 0, '1994-03-08', '1994-03-08', 'day', 0, 'text', 'dateline', 'first line', 'March 8', 1, 'the report''s own word');
INSERT INTO candidates ("report_key", "number", "date_start", "date_end", "date_granularity", "date_approx", "date_basis", "source", "place", "text", "won", "reason") VALUES (3, 1, '2011-01-01', '2011-01-01', 'day', 0, 'text', 'meta', 'meta date', '2011-01-01', 0, 'years after the dateline');
INSERT INTO candidates ("report_key", "number", "date_start", "date_end", "date_granularity", "date_approx", "date_basis", "source", "place", "text", "won", "reason") VALUES (4, 0, '1994-03-08', '1994-03-08', 'day', 0, 'text', 'dateline', 'first line', 'March 8', 1, 'the report''s own word');
INSERT INTO candidates ("report_key", "number", "date_start", "date_end", "date_granularity", "date_approx", "date_basis", "source", "place", "text", "won", "reason") VALUES (4, 1, '2011-01-01', '2011-01-01', 'day', 0, 'text', 'meta', 'meta date', '2011-01-01', 0, 'years after the dateline');
CREATE TABLE facts (
	seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	id TEXT NOT NULL, 
	report_key INTEGER NOT NULL, 
	kind TEXT NOT NULL, 
	act TEXT, 
	type TEXT, 
	status TEXT, 
	background BOOLEAN NOT NULL, 
	date_start TEXT, 
	date_end TEXT, 
	date_granularity TEXT NOT NULL, 
	date_order TEXT NOT NULL, 
	first_seen TEXT NOT NULL, 
	last_seen TEXT NOT NULL, 
	superseded BOOLEAN NOT NULL, 
	words TEXT NOT NULL, 
	payload JSON NOT NULL, 
	CONSTRAINT uq_facts_report_key_id UNIQUE (report_key, id), 
	FOREIGN KEY(report_key) REFERENCES reports ("key")
);
INSERT INTO facts ("seq", "id", "report_key", "kind", "act", "type", "status", "background", "date_start", "date_end", "date_granularity", "date_order", "first_seen", "last_seen", "superseded", "words", "payload") VALUES (1, 'e-c708d7c79ccb1c1e', 1, 'event', 'SUPPORT', 'SUPPORT', 'happened', 0, '1994-03-07', '1994-03-07', 'day', '1994-03-07', '2026-11-24T15:34:26+00:00', '2026-11-24T15:34:26+00:00', 0, 'France and Germany signed the Elbe accord on Monday
France
Germany
the Elbe accord', '{"act":"SUPPORT","type":"SUPPORT","mode":null,"contexts":["diplomatic"],"cameo":"057","status":"happened","background":false,"source":[{"name":"France","country":"FRA","sector":"GOV","role":null,"group":null,"span":[13,19]},{"name":"Germany","country":"DEU","sector":"GOV","role":null,"group":null,"span":[24,31]}],"target":[],"reciprocal":true,"date":{"start":"1994-03-07","end":"1994-03-07","granularity":"day","approx":false,"basis":"text"},"place":null,"attributed_to":null,"agreement":"the Elbe accord","evidence":[{"start":13,"end":64,"text":"France and Germany signed the Elbe accord on Monday"},{"start":32,"end":38,"text":"signed"}],"confidence":0.9}');
INSERT INTO facts ("seq", "id", "report_key", "kind", "act", "type", "status", "background", "date_start", "date_end", "date_granularity", "date_order", "first_seen", "last_seen", "superseded", "words", "payload") VALUES (2, 'e-689ddaf0cebf1d65', 1, 'event', 'CONSULT', 'CONSULT', 'claimed', 0, '1994-02-28', '1994-03-06', 'week', '1994-02-28', '2026-11-24T15:34:26+00:00', '2026-11-24T15:34:26+00:00', 0, 'Canada met Ghana in Accra last week
Canada
Ghana
President Marie Duval', '{"act":"CONSULT","type":"CONSULT","mode":"visit","contexts":[],"cameo":"042","status":"claimed","background":false,"source":[{"name":"Canada","country":"CAN","sector":"GOV","role":null,"group":null,"span":[67,73]}],"target":[{"name":"Ghana","country":"GHA","sector":"GOV","role":null,"group":null,"span":[78,83]}],"reciprocal":false,"date":{"start":"1994-02-28","end":"1994-03-06","granularity":"week","approx":false,"basis":"relative"},"place":{"name":"Accra","country":"GHA","lat":5.55,"lon":-0.2},"attributed_to":"President Marie Duval","agreement":null,"evidence":[{"start":67,"end":102,"text":"Canada met Ghana in Accra last week"},{"start":74,"end":77,"text":"met"}],"confidence":0.5}');
INSERT INTO facts ("seq", "id", "report_key", "kind", "act", "type", "status", "background", "date_start", "date_end", "date_granularity", "date_order", "first_seen", "last_seen", "superseded", "words", "payload") VALUES (3, 's-b8948384ac875217', 1, 'statement', NULL, NULL, NULL, 0, '1994-03-07', '1994-03-07', 'day', '1994-03-07', '2026-11-24T15:34:26+00:00', '2026-11-24T15:34:26+00:00', 0, '“Canada met Ghana in Accra last week,” President Marie Duval told reporters.
President Marie Duval', '{"speaker":{"name":"President Marie Duval","country":"FRA","sector":"GOV","role":null,"group":null,"span":[105,126]},"affiliation":"France","cue":{"text":"told reporters","span":[127,141]},"mode":"direct","speech":"speech","content":[[67,102]],"addressee":"reporters","chain":["Morning Wire","President Marie Duval"],"date":{"start":"1994-03-07","end":"1994-03-07","granularity":"day","approx":false,"basis":"text"},"evidence":[{"start":66,"end":142,"text":"“Canada met Ghana in Accra last week,” President Marie Duval told reporters."}],"confidence":0.5}');
INSERT INTO facts ("seq", "id", "report_key", "kind", "act", "type", "status", "background", "date_start", "date_end", "date_granularity", "date_order", "first_seen", "last_seen", "superseded", "words", "payload") VALUES (4, 'f-c53a9729afac7a4c', 1, 'figure', NULL, NULL, 'happened', 0, NULL, NULL, 'unknown', '', '2026-11-24T15:34:26+00:00', '2026-11-24T15:34:26+00:00', 0, 'worth $3 billion
FRA
GHA
trucks', '{"value":3000000000.0,"unit":"USD","measure":"value","span":[189,199],"what":"trucks","when":{"start":null,"end":null,"granularity":"unknown","approx":false,"basis":"none"},"qualifier":null,"countries":["FRA","GHA"],"set_by":null,"status":"happened","evidence":[{"start":183,"end":199,"text":"worth $3 billion"}]}');
INSERT INTO facts ("seq", "id", "report_key", "kind", "act", "type", "status", "background", "date_start", "date_end", "date_granularity", "date_order", "first_seen", "last_seen", "superseded", "words", "payload") VALUES (5, 'a-b2f1043d0987fb5d', 1, 'agreement', NULL, NULL, 'signed', 0, '1994-03-07', '1994-03-07', 'day', '1994-03-07', '2026-11-24T15:34:26+00:00', '2026-11-24T15:34:26+00:00', 0, 'signed the Elbe accord
France
Germany
the Elbe accord', '{"name":"the Elbe accord","parties":[{"name":"France","country":"FRA","sector":"GOV","role":null,"group":null,"span":[13,19]},{"name":"Germany","country":"DEU","sector":"GOV","role":null,"group":null,"span":[24,31]}],"status":"signed","date":{"start":"1994-03-07","end":"1994-03-07","granularity":"day","approx":false,"basis":"text"},"evidence":[{"start":32,"end":54,"text":"signed the Elbe accord"}]}');
INSERT INTO facts ("seq", "id", "report_key", "kind", "act", "type", "status", "background", "date_start", "date_end", "date_granularity", "date_order", "first_seen", "last_seen", "superseded", "words", "payload") VALUES (6, 't-90cbbfe670edbab1', 1, 'transfer', NULL, NULL, 'scheduled', 0, NULL, NULL, 'unknown', '', '2026-11-24T15:34:26+00:00', '2026-11-24T15:34:26+00:00', 0, 'France will deliver 40 trucks to Ghana
France
Ghana
trucks', '{"item":"trucks","count":40,"supplier":{"name":"France","country":"FRA","sector":"GOV","role":null,"group":null,"span":[13,19]},"recipient":{"name":"Ghana","country":"GHA","sector":"GOV","role":null,"group":null,"span":[78,83]},"status":"scheduled","date":{"start":null,"end":null,"granularity":"unknown","approx":false,"basis":"none"},"evidence":[{"start":143,"end":181,"text":"France will deliver 40 trucks to Ghana"}]}');
INSERT INTO facts ("seq", "id", "report_key", "kind", "act", "type", "status", "background", "date_start", "date_end", "date_granularity", "date_order", "first_seen", "last_seen", "superseded", "words", "payload") VALUES (7, 'o-b6b3ee7e91463687', 1, 'office', NULL, NULL, NULL, 0, '1994-03-07', '1994-03-07', 'day', '1994-03-07', '2026-11-24T15:34:26+00:00', '2026-11-24T15:34:26+00:00', 0, 'President Marie Duval
Marie Duval
president', '{"person":"Marie Duval","office":"president","body":null,"country":"FRA","from":null,"to":null,"as_of":{"start":"1994-03-07","end":"1994-03-07","granularity":"day","approx":false,"basis":"text"},"evidence":[{"start":105,"end":126,"text":"President Marie Duval"}]}');
INSERT INTO facts ("seq", "id", "report_key", "kind", "act", "type", "status", "background", "date_start", "date_end", "date_granularity", "date_order", "first_seen", "last_seen", "superseded", "words", "payload") VALUES (8, 'e-9ac11359807ba29e', 2, 'event', 'SUPPORT', 'SUPPORT', 'happened', 0, '1994-03-07', '1994-03-07', 'day', '1994-03-07', '2026-11-24T15:34:26+00:00', '2026-11-24T15:34:26+00:00', 1, 'France and Germany signed the Elbe accord on Monday
France
Germany
the Elbe accord', '{"act":"SUPPORT","type":"SUPPORT","mode":null,"contexts":["diplomatic"],"cameo":"057","status":"happened","background":false,"source":[{"name":"France","country":"FRA","sector":"GOV","role":null,"group":null,"span":[13,19]},{"name":"Germany","country":"DEU","sector":"GOV","role":null,"group":null,"span":[24,31]}],"target":[],"reciprocal":true,"date":{"start":"1994-03-07","end":"1994-03-07","granularity":"day","approx":false,"basis":"text"},"place":null,"attributed_to":null,"agreement":"the Elbe accord","evidence":[{"start":13,"end":64,"text":"France and Germany signed the Elbe accord on Monday"},{"start":32,"end":38,"text":"signed"}],"confidence":0.9}');
INSERT INTO facts ("seq", "id", "report_key", "kind", "act", "type", "status", "background", "date_start", "date_end", "date_granularity", "date_order", "first_seen", "last_seen", "superseded", "words", "payload") VALUES (9, 'e-5b3a3942e2f3eb57', 2, 'event', 'CONSULT', 'CONSULT', 'claimed', 0, '1994-02-28', '1994-03-06', 'week', '1994-02-28', '2026-11-24T15:34:26+00:00', '2026-11-24T15:34:26+00:00', 1, 'Canada met Ghana in Accra last week
Canada
Ghana
President Marie Duval', '{"act":"CONSULT","type":"CONSULT","mode":"visit","contexts":[],"cameo":"042","status":"claimed","background":false,"source":[{"name":"Canada","country":"CAN","sector":"GOV","role":null,"group":null,"span":[67,73]}],"target":[{"name":"Ghana","country":"GHA","sector":"GOV","role":null,"group":null,"span":[78,83]}],"reciprocal":false,"date":{"start":"1994-02-28","end":"1994-03-06","granularity":"week","approx":false,"basis":"relative"},"place":{"name":"Accra","country":"GHA","lat":5.55,"lon":-0.2},"attributed_to":"President Marie Duval","agreement":null,"evidence":[{"start":67,"end":102,"text":"Canada met Ghana in Accra last week"},{"start":74,"end":77,"text":"met"}],"confidence":0.5}');
INSERT INTO facts ("seq", "id", "report_key", "kind", "act", "type", "status", "background", "date_start", "date_end", "date_granularity", "date_order", "first_seen", "last_seen", "superseded", "words", "payload") VALUES (10, 's-2d37a35c96ab6454', 2, 'statement', NULL, NULL, NULL, 0, '1994-03-07', '1994-03-07', 'day', '1994-03-07', '2026-11-24T15:34:26+00:00', '2026-11-24T15:34:26+00:00', 1, '“Canada met Ghana in Accra last week,” President Marie Duval told reporters.
President Marie Duval', '{"speaker":{"name":"President Marie Duval","country":"FRA","sector":"GOV","role":null,"group":null,"span":[105,126]},"affiliation":"France","cue":{"text":"told reporters","span":[127,141]},"mode":"direct","speech":"speech","content":[[67,102]],"addressee":"reporters","chain":["Morning Wire","President Marie Duval"],"date":{"start":"1994-03-07","end":"1994-03-07","granularity":"day","approx":false,"basis":"text"},"evidence":[{"start":66,"end":142,"text":"“Canada met Ghana in Accra last week,” President Marie Duval told reporters."}],"confidence":0.5}');
INSERT INTO facts ("seq", "id", "report_key", "kind", "act", "type", "status", "background", "date_start", "date_end", "date_granularity", "date_order", "first_seen", "last_seen", "superseded", "words", "payload") VALUES (11, 'f-3ba9606ad6ce7692', 2, 'figure', NULL, NULL, 'happened', 0, NULL, NULL, 'unknown', '', '2026-11-24T15:34:26+00:00', '2026-11-24T15:34:26+00:00', 1, 'worth $3 billion
FRA
GHA
trucks', '{"value":3000000000.0,"unit":"USD","measure":"value","span":[189,199],"what":"trucks","when":{"start":null,"end":null,"granularity":"unknown","approx":false,"basis":"none"},"qualifier":null,"countries":["FRA","GHA"],"set_by":null,"status":"happened","evidence":[{"start":183,"end":199,"text":"worth $3 billion"}]}');
INSERT INTO facts ("seq", "id", "report_key", "kind", "act", "type", "status", "background", "date_start", "date_end", "date_granularity", "date_order", "first_seen", "last_seen", "superseded", "words", "payload") VALUES (12, 'a-bdd1c15540fbc8e5', 2, 'agreement', NULL, NULL, 'signed', 0, '1994-03-07', '1994-03-07', 'day', '1994-03-07', '2026-11-24T15:34:26+00:00', '2026-11-24T15:34:26+00:00', 1, 'signed the Elbe accord
France
Germany
the Elbe accord', '{"name":"the Elbe accord","parties":[{"name":"France","country":"FRA","sector":"GOV","role":null,"group":null,"span":[13,19]},{"name":"Germany","country":"DEU","sector":"GOV","role":null,"group":null,"span":[24,31]}],"status":"signed","date":{"start":"1994-03-07","end":"1994-03-07","granularity":"day","approx":false,"basis":"text"},"evidence":[{"start":32,"end":54,"text":"signed the Elbe accord"}]}');
INSERT INTO facts ("seq", "id", "report_key", "kind", "act", "type", "status", "background", "date_start", "date_end", "date_granularity", "date_order", "first_seen", "last_seen", "superseded", "words", "payload") VALUES (13, 't-e42e11042bc01d90', 2, 'transfer', NULL, NULL, 'scheduled', 0, NULL, NULL, 'unknown', '', '2026-11-24T15:34:26+00:00', '2026-11-24T15:34:26+00:00', 1, 'France will deliver 40 trucks to Ghana
France
Ghana
trucks', '{"item":"trucks","count":40,"supplier":{"name":"France","country":"FRA","sector":"GOV","role":null,"group":null,"span":[13,19]},"recipient":{"name":"Ghana","country":"GHA","sector":"GOV","role":null,"group":null,"span":[78,83]},"status":"scheduled","date":{"start":null,"end":null,"granularity":"unknown","approx":false,"basis":"none"},"evidence":[{"start":143,"end":181,"text":"France will deliver 40 trucks to Ghana"}]}');
INSERT INTO facts ("seq", "id", "report_key", "kind", "act", "type", "status", "background", "date_start", "date_end", "date_granularity", "date_order", "first_seen", "last_seen", "superseded", "words", "payload") VALUES (14, 'o-7e9174f96fc29738', 2, 'office', NULL, NULL, NULL, 0, '1994-03-07', '1994-03-07', 'day', '1994-03-07', '2026-11-24T15:34:26+00:00', '2026-11-24T15:34:26+00:00', 1, 'President Marie Duval
Marie Duval
president', '{"person":"Marie Duval","office":"president","body":null,"country":"FRA","from":null,"to":null,"as_of":{"start":"1994-03-07","end":"1994-03-07","granularity":"day","approx":false,"basis":"text"},"evidence":[{"start":105,"end":126,"text":"President Marie Duval"}]}');
INSERT INTO facts ("seq", "id", "report_key", "kind", "act", "type", "status", "background", "date_start", "date_end", "date_granularity", "date_order", "first_seen", "last_seen", "superseded", "words", "payload") VALUES (15, 'e-9ac11359807ba29e', 3, 'event', 'SUPPORT', 'SUPPORT', 'happened', 0, '1994-03-07', '1994-03-07', 'day', '1994-03-07', '2026-11-24T15:34:26+00:00', '2026-11-24T15:34:26+00:00', 0, 'France and Germany signed the Elbe accord on Monday
France
Germany
the Elbe accord', '{"act":"SUPPORT","type":"SUPPORT","mode":null,"contexts":["diplomatic"],"cameo":"057","status":"happened","background":false,"source":[{"name":"France","country":"FRA","sector":"GOV","role":null,"group":null,"span":[13,19]},{"name":"Germany","country":"DEU","sector":"GOV","role":null,"group":null,"span":[24,31]}],"target":[],"reciprocal":true,"date":{"start":"1994-03-07","end":"1994-03-07","granularity":"day","approx":false,"basis":"text"},"place":null,"attributed_to":null,"agreement":"the Elbe accord","evidence":[{"start":13,"end":64,"text":"France and Germany signed the Elbe accord on Monday"},{"start":32,"end":38,"text":"signed"}],"confidence":0.9}');
INSERT INTO facts ("seq", "id", "report_key", "kind", "act", "type", "status", "background", "date_start", "date_end", "date_granularity", "date_order", "first_seen", "last_seen", "superseded", "words", "payload") VALUES (16, 'e-5b3a3942e2f3eb57', 3, 'event', 'CONSULT', 'CONSULT', 'claimed', 0, '1994-02-28', '1994-03-06', 'week', '1994-02-28', '2026-11-24T15:34:26+00:00', '2026-11-24T15:34:26+00:00', 0, 'Canada met Ghana in Accra last week
Canada
Ghana
President Marie Duval', '{"act":"CONSULT","type":"CONSULT","mode":"visit","contexts":[],"cameo":"042","status":"claimed","background":false,"source":[{"name":"Canada","country":"CAN","sector":"GOV","role":null,"group":null,"span":[67,73]}],"target":[{"name":"Ghana","country":"GHA","sector":"GOV","role":null,"group":null,"span":[78,83]}],"reciprocal":false,"date":{"start":"1994-02-28","end":"1994-03-06","granularity":"week","approx":false,"basis":"relative"},"place":{"name":"Accra","country":"GHA","lat":5.55,"lon":-0.2},"attributed_to":"President Marie Duval","agreement":null,"evidence":[{"start":67,"end":102,"text":"Canada met Ghana in Accra last week"},{"start":74,"end":77,"text":"met"}],"confidence":0.5}');
INSERT INTO facts ("seq", "id", "report_key", "kind", "act", "type", "status", "background", "date_start", "date_end", "date_granularity", "date_order", "first_seen", "last_seen", "superseded", "words", "payload") VALUES (17, 's-2d37a35c96ab6454', 3, 'statement', NULL, NULL, NULL, 0, '1994-03-07', '1994-03-07', 'day', '1994-03-07', '2026-11-24T15:34:26+00:00', '2026-11-24T15:34:26+00:00', 0, '“Canada met Ghana in Accra last week,” President Marie Duval told reporters.
President Marie Duval', '{"speaker":{"name":"President Marie Duval","country":"FRA","sector":"GOV","role":null,"group":null,"span":[105,126]},"affiliation":"France","cue":{"text":"told reporters","span":[127,141]},"mode":"direct","speech":"speech","content":[[67,102]],"addressee":"reporters","chain":["Morning Wire","President Marie Duval"],"date":{"start":"1994-03-07","end":"1994-03-07","granularity":"day","approx":false,"basis":"text"},"evidence":[{"start":66,"end":142,"text":"“Canada met Ghana in Accra last week,” President Marie Duval told reporters."}],"confidence":0.5}');
INSERT INTO facts ("seq", "id", "report_key", "kind", "act", "type", "status", "background", "date_start", "date_end", "date_granularity", "date_order", "first_seen", "last_seen", "superseded", "words", "payload") VALUES (18, 'f-3ba9606ad6ce7692', 3, 'figure', NULL, NULL, 'happened', 0, NULL, NULL, 'unknown', '', '2026-11-24T15:34:26+00:00', '2026-11-24T15:34:26+00:00', 0, 'worth $3 billion
FRA
GHA
trucks', '{"value":3000000000.0,"unit":"USD","measure":"value","span":[189,199],"what":"trucks","when":{"start":null,"end":null,"granularity":"unknown","approx":false,"basis":"none"},"qualifier":null,"countries":["FRA","GHA"],"set_by":null,"status":"happened","evidence":[{"start":183,"end":199,"text":"worth $3 billion"}]}');
INSERT INTO facts ("seq", "id", "report_key", "kind", "act", "type", "status", "background", "date_start", "date_end", "date_granularity", "date_order", "first_seen", "last_seen", "superseded", "words", "payload") VALUES (19, 'a-bdd1c15540fbc8e5', 3, 'agreement', NULL, NULL, 'signed', 0, '1994-03-07', '1994-03-07', 'day', '1994-03-07', '2026-11-24T15:34:26+00:00', '2026-11-24T15:34:26+00:00', 0, 'signed the Elbe accord
France
Germany
the Elbe accord', '{"name":"the Elbe accord","parties":[{"name":"France","country":"FRA","sector":"GOV","role":null,"group":null,"span":[13,19]},{"name":"Germany","country":"DEU","sector":"GOV","role":null,"group":null,"span":[24,31]}],"status":"signed","date":{"start":"1994-03-07","end":"1994-03-07","granularity":"day","approx":false,"basis":"text"},"evidence":[{"start":32,"end":54,"text":"signed the Elbe accord"}]}');
INSERT INTO facts ("seq", "id", "report_key", "kind", "act", "type", "status", "background", "date_start", "date_end", "date_granularity", "date_order", "first_seen", "last_seen", "superseded", "words", "payload") VALUES (20, 't-e42e11042bc01d90', 3, 'transfer', NULL, NULL, 'scheduled', 0, NULL, NULL, 'unknown', '', '2026-11-24T15:34:26+00:00', '2026-11-24T15:34:26+00:00', 0, 'France will deliver 40 trucks to Ghana
France
Ghana
trucks', '{"item":"trucks","count":40,"supplier":{"name":"France","country":"FRA","sector":"GOV","role":null,"group":null,"span":[13,19]},"recipient":{"name":"Ghana","country":"GHA","sector":"GOV","role":null,"group":null,"span":[78,83]},"status":"scheduled","date":{"start":null,"end":null,"granularity":"unknown","approx":false,"basis":"none"},"evidence":[{"start":143,"end":181,"text":"France will deliver 40 trucks to Ghana"}]}');
INSERT INTO facts ("seq", "id", "report_key", "kind", "act", "type", "status", "background", "date_start", "date_end", "date_granularity", "date_order", "first_seen", "last_seen", "superseded", "words", "payload") VALUES (21, 'o-7e9174f96fc29738', 3, 'office', NULL, NULL, NULL, 0, '1994-03-07', '1994-03-07', 'day', '1994-03-07', '2026-11-24T15:34:26+00:00', '2026-11-24T15:34:26+00:00', 0, 'President Marie Duval
Marie Duval
president', '{"person":"Marie Duval","office":"president","body":null,"country":"FRA","from":null,"to":null,"as_of":{"start":"1994-03-07","end":"1994-03-07","granularity":"day","approx":false,"basis":"text"},"evidence":[{"start":105,"end":126,"text":"President Marie Duval"}]}');
INSERT INTO facts ("seq", "id", "report_key", "kind", "act", "type", "status", "background", "date_start", "date_end", "date_granularity", "date_order", "first_seen", "last_seen", "superseded", "words", "payload") VALUES (22, 'e-02bc9c4f7f2f9f30', 4, 'event', 'SUPPORT', 'SUPPORT', 'denied', 0, '1994-03-07', '1994-03-07', 'day', '1994-03-07', '2026-11-24T15:34:26+00:00', '2026-11-24T15:34:26+00:00', 0, 'France and Germany signed the Elbe accord on Monday
France
Germany
the Elbe accord', '{"act":"SUPPORT","type":"SUPPORT","mode":null,"contexts":["diplomatic"],"cameo":"057","status":"denied","background":false,"source":[{"name":"France","country":"FRA","sector":"GOV","role":null,"group":null,"span":[13,19]},{"name":"Germany","country":"DEU","sector":"GOV","role":null,"group":null,"span":[24,31]}],"target":[],"reciprocal":true,"date":{"start":"1994-03-07","end":"1994-03-07","granularity":"day","approx":false,"basis":"text"},"place":null,"attributed_to":null,"agreement":"the Elbe accord","evidence":[{"start":13,"end":64,"text":"France and Germany signed the Elbe accord on Monday"},{"start":32,"end":38,"text":"signed"}],"confidence":0.9}');
INSERT INTO facts ("seq", "id", "report_key", "kind", "act", "type", "status", "background", "date_start", "date_end", "date_granularity", "date_order", "first_seen", "last_seen", "superseded", "words", "payload") VALUES (23, 'e-c8336542fa6752d4', 4, 'event', 'CONSULT', 'CONSULT', 'claimed', 1, NULL, NULL, 'unknown', '', '2026-11-24T15:34:26+00:00', '2026-11-24T15:34:26+00:00', 0, 'Canada met Ghana in Accra last week
Canada
Ghana
President Marie Duval', '{"act":"CONSULT","type":"CONSULT","mode":"visit","contexts":[],"cameo":"042","status":"claimed","background":true,"source":[{"name":"Canada","country":"CAN","sector":"GOV","role":null,"group":null,"span":[67,73]}],"target":[{"name":"Ghana","country":"GHA","sector":"GOV","role":null,"group":null,"span":[78,83]}],"reciprocal":false,"date":{"start":null,"end":null,"granularity":"unknown","approx":false,"basis":"none"},"place":{"name":"Accra","country":"GHA","lat":5.55,"lon":-0.2},"attributed_to":"President Marie Duval","agreement":null,"evidence":[{"start":67,"end":102,"text":"Canada met Ghana in Accra last week"},{"start":74,"end":77,"text":"met"}],"confidence":0.5}');
CREATE TABLE fact_actors (
	seq INTEGER NOT NULL, 
	number INTEGER NOT NULL, 
	role TEXT NOT NULL, 
	name TEXT NOT NULL, 
	country TEXT, 
	sector TEXT, 
	PRIMARY KEY (seq, number), 
	FOREIGN KEY(seq) REFERENCES facts (seq)
);
INSERT INTO fact_actors ("seq", "number", "role", "name", "country", "sector") VALUES (1, 0, 'party', 'France', 'FRA', 'GOV');
INSERT INTO fact_actors ("seq", "number", "role", "name", "country", "sector") VALUES (1, 1, 'party', 'Germany', 'DEU', 'GOV');
INSERT INTO fact_actors ("seq", "number", "role", "name", "country", "sector") VALUES (2, 0, 'source', 'Canada', 'CAN', 'GOV');
INSERT INTO fact_actors ("seq", "number", "role", "name", "country", "sector") VALUES (2, 1, 'target', 'Ghana', 'GHA', 'GOV');
INSERT INTO fact_actors ("seq", "number", "role", "name", "country", "sector") VALUES (3, 0, 'speaker', 'President Marie Duval', 'FRA', 'GOV');
INSERT INTO fact_actors ("seq", "number", "role", "name", "country", "sector") VALUES (4, 0, 'about', 'FRA', 'FRA', NULL);
INSERT INTO fact_actors ("seq", "number", "role", "name", "country", "sector") VALUES (4, 1, 'about', 'GHA', 'GHA', NULL);
INSERT INTO fact_actors ("seq", "number", "role", "name", "country", "sector") VALUES (5, 0, 'party', 'France', 'FRA', 'GOV');
INSERT INTO fact_actors ("seq", "number", "role", "name", "country", "sector") VALUES (5, 1, 'party', 'Germany', 'DEU', 'GOV');
INSERT INTO fact_actors ("seq", "number", "role", "name", "country", "sector") VALUES (6, 0, 'source', 'France', 'FRA', 'GOV');
INSERT INTO fact_actors ("seq", "number", "role", "name", "country", "sector") VALUES (6, 1, 'target', 'Ghana', 'GHA', 'GOV');
INSERT INTO fact_actors ("seq", "number", "role", "name", "country", "sector") VALUES (7, 0, 'holder', 'Marie Duval', 'FRA', NULL);
INSERT INTO fact_actors ("seq", "number", "role", "name", "country", "sector") VALUES (8, 0, 'party', 'France', 'FRA', 'GOV');
INSERT INTO fact_actors ("seq", "number", "role", "name", "country", "sector") VALUES (8, 1, 'party', 'Germany', 'DEU', 'GOV');
INSERT INTO fact_actors ("seq", "number", "role", "name", "country", "sector") VALUES (9, 0, 'source', 'Canada', 'CAN', 'GOV');
INSERT INTO fact_actors ("seq", "number", "role", "name", "country", "sector") VALUES (9, 1, 'target', 'Ghana', 'GHA', 'GOV');
INSERT INTO fact_actors ("seq", "number", "role", "name", "country", "sector") VALUES (10, 0, 'speaker', 'President Marie Duval', 'FRA', 'GOV');
INSERT INTO fact_actors ("seq", "number", "role", "name", "country", "sector") VALUES (11, 0, 'about', 'FRA', 'FRA', NULL);
INSERT INTO fact_actors ("seq", "number", "role", "name", "country", "sector") VALUES (11, 1, 'about', 'GHA', 'GHA', NULL);
INSERT INTO fact_actors ("seq", "number", "role", "name", "country", "sector") VALUES (12, 0, 'party', 'France', 'FRA', 'GOV');
INSERT INTO fact_actors ("seq", "number", "role", "name", "country", "sector") VALUES (12, 1, 'party', 'Germany', 'DEU', 'GOV');
INSERT INTO fact_actors ("seq", "number", "role", "name", "country", "sector") VALUES (13, 0, 'source', 'France', 'FRA', 'GOV');
INSERT INTO fact_actors ("seq", "number", "role", "name", "country", "sector") VALUES (13, 1, 'target', 'Ghana', 'GHA', 'GOV');
INSERT INTO fact_actors ("seq", "number", "role", "name", "country", "sector") VALUES (14, 0, 'holder', 'Marie Duval', 'FRA', NULL);
INSERT INTO fact_actors ("seq", "number", "role", "name", "country", "sector") VALUES (15, 0, 'party', 'France', 'FRA', 'GOV');
INSERT INTO fact_actors ("seq", "number", "role", "name", "country", "sector") VALUES (15, 1, 'party', 'Germany', 'DEU', 'GOV');
INSERT INTO fact_actors ("seq", "number", "role", "name", "country", "sector") VALUES (16, 0, 'source', 'Canada', 'CAN', 'GOV');
INSERT INTO fact_actors ("seq", "number", "role", "name", "country", "sector") VALUES (16, 1, 'target', 'Ghana', 'GHA', 'GOV');
INSERT INTO fact_actors ("seq", "number", "role", "name", "country", "sector") VALUES (17, 0, 'speaker', 'President Marie Duval', 'FRA', 'GOV');
INSERT INTO fact_actors ("seq", "number", "role", "name", "country", "sector") VALUES (18, 0, 'about', 'FRA', 'FRA', NULL);
INSERT INTO fact_actors ("seq", "number", "role", "name", "country", "sector") VALUES (18, 1, 'about', 'GHA', 'GHA', NULL);
INSERT INTO fact_actors ("seq", "number", "role", "name", "country", "sector") VALUES (19, 0, 'party', 'France', 'FRA', 'GOV');
INSERT INTO fact_actors ("seq", "number", "role", "name", "country", "sector") VALUES (19, 1, 'party', 'Germany', 'DEU', 'GOV');
INSERT INTO fact_actors ("seq", "number", "role", "name", "country", "sector") VALUES (20, 0, 'source', 'France', 'FRA', 'GOV');
INSERT INTO fact_actors ("seq", "number", "role", "name", "country", "sector") VALUES (20, 1, 'target', 'Ghana', 'GHA', 'GOV');
INSERT INTO fact_actors ("seq", "number", "role", "name", "country", "sector") VALUES (21, 0, 'holder', 'Marie Duval', 'FRA', NULL);
INSERT INTO fact_actors ("seq", "number", "role", "name", "country", "sector") VALUES (22, 0, 'party', 'France', 'FRA', 'GOV');
INSERT INTO fact_actors ("seq", "number", "role", "name", "country", "sector") VALUES (22, 1, 'party', 'Germany', 'DEU', 'GOV');
INSERT INTO fact_actors ("seq", "number", "role", "name", "country", "sector") VALUES (23, 0, 'source', 'Canada', 'CAN', 'GOV');
INSERT INTO fact_actors ("seq", "number", "role", "name", "country", "sector") VALUES (23, 1, 'target', 'Ghana', 'GHA', 'GOV');
CREATE TABLE evidence (
	seq INTEGER NOT NULL, 
	number INTEGER NOT NULL, 
	start INTEGER NOT NULL, 
	"end" INTEGER NOT NULL, 
	PRIMARY KEY (seq, number), 
	CONSTRAINT ck_evidence_span CHECK ("start" >= 0 AND "start" < "end"), 
	FOREIGN KEY(seq) REFERENCES facts (seq)
);
INSERT INTO evidence ("seq", "number", "start", "end") VALUES (1, 0, 13, 64);
INSERT INTO evidence ("seq", "number", "start", "end") VALUES (1, 1, 32, 38);
INSERT INTO evidence ("seq", "number", "start", "end") VALUES (2, 0, 67, 102);
INSERT INTO evidence ("seq", "number", "start", "end") VALUES (2, 1, 74, 77);
INSERT INTO evidence ("seq", "number", "start", "end") VALUES (3, 0, 66, 142);
INSERT INTO evidence ("seq", "number", "start", "end") VALUES (4, 0, 183, 199);
INSERT INTO evidence ("seq", "number", "start", "end") VALUES (5, 0, 32, 54);
INSERT INTO evidence ("seq", "number", "start", "end") VALUES (6, 0, 143, 181);
INSERT INTO evidence ("seq", "number", "start", "end") VALUES (7, 0, 105, 126);
INSERT INTO evidence ("seq", "number", "start", "end") VALUES (8, 0, 13, 64);
INSERT INTO evidence ("seq", "number", "start", "end") VALUES (8, 1, 32, 38);
INSERT INTO evidence ("seq", "number", "start", "end") VALUES (9, 0, 67, 102);
INSERT INTO evidence ("seq", "number", "start", "end") VALUES (9, 1, 74, 77);
INSERT INTO evidence ("seq", "number", "start", "end") VALUES (10, 0, 66, 142);
INSERT INTO evidence ("seq", "number", "start", "end") VALUES (11, 0, 183, 199);
INSERT INTO evidence ("seq", "number", "start", "end") VALUES (12, 0, 32, 54);
INSERT INTO evidence ("seq", "number", "start", "end") VALUES (13, 0, 143, 181);
INSERT INTO evidence ("seq", "number", "start", "end") VALUES (14, 0, 105, 126);
INSERT INTO evidence ("seq", "number", "start", "end") VALUES (15, 0, 13, 64);
INSERT INTO evidence ("seq", "number", "start", "end") VALUES (15, 1, 32, 38);
INSERT INTO evidence ("seq", "number", "start", "end") VALUES (16, 0, 67, 102);
INSERT INTO evidence ("seq", "number", "start", "end") VALUES (16, 1, 74, 77);
INSERT INTO evidence ("seq", "number", "start", "end") VALUES (17, 0, 66, 142);
INSERT INTO evidence ("seq", "number", "start", "end") VALUES (18, 0, 183, 199);
INSERT INTO evidence ("seq", "number", "start", "end") VALUES (19, 0, 32, 54);
INSERT INTO evidence ("seq", "number", "start", "end") VALUES (20, 0, 143, 181);
INSERT INTO evidence ("seq", "number", "start", "end") VALUES (21, 0, 105, 126);
INSERT INTO evidence ("seq", "number", "start", "end") VALUES (22, 0, 13, 64);
INSERT INTO evidence ("seq", "number", "start", "end") VALUES (22, 1, 32, 38);
INSERT INTO evidence ("seq", "number", "start", "end") VALUES (23, 0, 67, 102);
INSERT INTO evidence ("seq", "number", "start", "end") VALUES (23, 1, 74, 77);
CREATE TABLE pairs (
	low TEXT NOT NULL, 
	high TEXT NOT NULL, 
	seq INTEGER NOT NULL, 
	direction TEXT NOT NULL, 
	PRIMARY KEY (low, high, seq), 
	CONSTRAINT ck_pairs_direction CHECK (direction IN ('>', '<', '=')), 
	FOREIGN KEY(seq) REFERENCES facts (seq)
)
 WITHOUT ROWID

;
INSERT INTO pairs ("low", "high", "seq", "direction") VALUES ('CAN', 'GHA', 2, '>');
INSERT INTO pairs ("low", "high", "seq", "direction") VALUES ('CAN', 'GHA', 9, '>');
INSERT INTO pairs ("low", "high", "seq", "direction") VALUES ('CAN', 'GHA', 16, '>');
INSERT INTO pairs ("low", "high", "seq", "direction") VALUES ('CAN', 'GHA', 23, '>');
INSERT INTO pairs ("low", "high", "seq", "direction") VALUES ('DEU', 'FRA', 1, '=');
INSERT INTO pairs ("low", "high", "seq", "direction") VALUES ('DEU', 'FRA', 5, '=');
INSERT INTO pairs ("low", "high", "seq", "direction") VALUES ('DEU', 'FRA', 8, '=');
INSERT INTO pairs ("low", "high", "seq", "direction") VALUES ('DEU', 'FRA', 12, '=');
INSERT INTO pairs ("low", "high", "seq", "direction") VALUES ('DEU', 'FRA', 15, '=');
INSERT INTO pairs ("low", "high", "seq", "direction") VALUES ('DEU', 'FRA', 19, '=');
INSERT INTO pairs ("low", "high", "seq", "direction") VALUES ('DEU', 'FRA', 22, '=');
INSERT INTO pairs ("low", "high", "seq", "direction") VALUES ('FRA', 'GHA', 4, '=');
INSERT INTO pairs ("low", "high", "seq", "direction") VALUES ('FRA', 'GHA', 6, '>');
INSERT INTO pairs ("low", "high", "seq", "direction") VALUES ('FRA', 'GHA', 11, '=');
INSERT INTO pairs ("low", "high", "seq", "direction") VALUES ('FRA', 'GHA', 13, '>');
INSERT INTO pairs ("low", "high", "seq", "direction") VALUES ('FRA', 'GHA', 18, '=');
INSERT INTO pairs ("low", "high", "seq", "direction") VALUES ('FRA', 'GHA', 20, '>');
CREATE INDEX ix_facts_id ON facts (id);
CREATE INDEX ix_facts_kind_seq ON facts (kind, seq);
CREATE INDEX ix_facts_type_seq ON facts (type, seq);
CREATE INDEX ix_facts_status_seq ON facts (status, seq);
CREATE INDEX ix_facts_date_order_seq ON facts (date_order, seq);
CREATE INDEX ix_fact_actors_country_seq ON fact_actors (country, seq);
CREATE INDEX ix_fact_actors_name ON fact_actors (name);
CREATE INDEX ix_pairs_seq ON pairs (seq);
CREATE TABLE tallies (
	kind TEXT NOT NULL, 
	type TEXT NOT NULL, 
	status TEXT NOT NULL, 
	background BOOLEAN NOT NULL, 
	number INTEGER NOT NULL, 
	PRIMARY KEY (kind, type, status, background)
)
 WITHOUT ROWID

;
INSERT INTO tallies ("kind", "type", "status", "background", "number") VALUES ('agreement', '', 'signed', 0, 2);
INSERT INTO tallies ("kind", "type", "status", "background", "number") VALUES ('event', 'CONSULT', 'claimed', 0, 2);
INSERT INTO tallies ("kind", "type", "status", "background", "number") VALUES ('event', 'CONSULT', 'claimed', 1, 1);
INSERT INTO tallies ("kind", "type", "status", "background", "number") VALUES ('event', 'SUPPORT', 'denied', 0, 1);
INSERT INTO tallies ("kind", "type", "status", "background", "number") VALUES ('event', 'SUPPORT', 'happened', 0, 2);
INSERT INTO tallies ("kind", "type", "status", "background", "number") VALUES ('figure', '', 'happened', 0, 2);
INSERT INTO tallies ("kind", "type", "status", "background", "number") VALUES ('office', '', '', 0, 2);
INSERT INTO tallies ("kind", "type", "status", "background", "number") VALUES ('report', '', '', 0, 3);
INSERT INTO tallies ("kind", "type", "status", "background", "number") VALUES ('statement', '', '', 0, 2);
INSERT INTO tallies ("kind", "type", "status", "background", "number") VALUES ('transfer', '', 'scheduled', 0, 2);
CREATE TABLE pair_tallies (
	low TEXT NOT NULL, 
	high TEXT NOT NULL, 
	number INTEGER NOT NULL, 
	happened INTEGER NOT NULL, 
	PRIMARY KEY (low, high)
)
 WITHOUT ROWID

;
INSERT INTO pair_tallies ("low", "high", "number", "happened") VALUES ('CAN', 'GHA', 3, 0);
INSERT INTO pair_tallies ("low", "high", "number", "happened") VALUES ('DEU', 'FRA', 5, 2);
INSERT INTO pair_tallies ("low", "high", "number", "happened") VALUES ('FRA', 'GHA', 4, 0);
CREATE TABLE tokens (
	digest TEXT NOT NULL, 
	scope TEXT NOT NULL, 
	created_at TEXT NOT NULL, 
	PRIMARY KEY (digest)
);
CREATE VIRTUAL TABLE fact_words USING fts5(words, content='facts', content_rowid='seq', tokenize='unicode61 remove_diacritics 2');
INSERT INTO fact_words(fact_words) VALUES('rebuild');
COMMIT;
