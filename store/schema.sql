-- Written by `python -m store.snapshot`; edition 398359094

CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
)

CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
    ON "_sqlite_migrations" ("migration_set", "name")

CREATE TABLE articles (
    id INTEGER PRIMARY KEY AUTOINCREMENT,          -- AUTOINCREMENT: "#12" never comes to mean another piece
    team TEXT NOT NULL,
    title TEXT, authors TEXT NOT NULL DEFAULT '[]', outlet TEXT, published TEXT, url TEXT, standfirst TEXT, kind TEXT,
    bases TEXT NOT NULL DEFAULT '{}',              -- {"title": ["stated", "json-ld"], ...}
    bio TEXT, partial INTEGER NOT NULL DEFAULT 0, modified TEXT, words INTEGER NOT NULL,
    day TEXT NOT NULL, added_at TEXT NOT NULL, read_at TEXT NOT NULL, analysed_by TEXT NOT NULL
) STRICT

CREATE INDEX articles_by_added ON articles (team, id)

CREATE INDEX articles_by_day ON articles (team, day, id)

CREATE INDEX articles_by_outlet ON articles (team, outlet COLLATE NOCASE, day, id)

CREATE INDEX articles_by_title ON articles (team, title COLLATE NOCASE)

CREATE TABLE texts (
    article INTEGER PRIMARY KEY REFERENCES articles (id) ON DELETE CASCADE,
    team TEXT NOT NULL, title TEXT NOT NULL, standfirst TEXT NOT NULL, byline TEXT NOT NULL, body TEXT NOT NULL
) STRICT

CREATE TABLE paragraphs (
    article INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE, position INTEGER NOT NULL, team TEXT NOT NULL,
    role TEXT NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL,
    PRIMARY KEY (article, position)
) STRICT, WITHOUT ROWID

CREATE TABLE sentences (
    article INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE, position INTEGER NOT NULL, team TEXT NOT NULL,
    paragraph INTEGER NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL,
    salience REAL NOT NULL, stands_alone INTEGER NOT NULL,
    thesis INTEGER, point INTEGER,                 -- rank among the thesis's sentences, among the key points
    PRIMARY KEY (article, position)
) STRICT, WITHOUT ROWID

CREATE TABLE links (
    team TEXT NOT NULL, link TEXT NOT NULL,        -- the address without what does not tell pieces apart
    article INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE, address TEXT NOT NULL,
    PRIMARY KEY (team, link)
) STRICT, WITHOUT ROWID

CREATE INDEX links_by_article ON links (article)

CREATE TABLE sketches (
    team TEXT NOT NULL, hash INTEGER NOT NULL, article INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    PRIMARY KEY (team, hash, article)
) STRICT, WITHOUT ROWID

CREATE INDEX sketches_by_article ON sketches (article)

CREATE TABLE corrections (
    article INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE, field TEXT NOT NULL, team TEXT NOT NULL,
    value TEXT NOT NULL, person TEXT, at TEXT NOT NULL,
    PRIMARY KEY (article, field)
) STRICT, WITHOUT ROWID

CREATE TABLE people (
    id INTEGER PRIMARY KEY AUTOINCREMENT, team TEXT NOT NULL, name TEXT NOT NULL, bio TEXT, role TEXT
) STRICT

CREATE INDEX people_by_team ON people (team)

CREATE TABLE people_names (
    team TEXT NOT NULL, key TEXT NOT NULL,         -- folded: no case, accents, punctuation, titles
    person INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE, name TEXT NOT NULL, last TEXT NOT NULL,
    by_hand INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (team, key)
) STRICT, WITHOUT ROWID

CREATE INDEX people_names_by_person ON people_names (person)

CREATE INDEX people_names_by_last ON people_names (team, last)

CREATE TABLE identities (
    article INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE, key TEXT NOT NULL, team TEXT NOT NULL,
    person INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    PRIMARY KEY (article, key)                     -- "in this piece that name is this person", said by hand
) STRICT, WITHOUT ROWID

CREATE INDEX identities_by_person ON identities (person)

CREATE TABLE bylines (
    article INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE, position INTEGER NOT NULL, team TEXT NOT NULL,
    person INTEGER NOT NULL REFERENCES people (id), name TEXT NOT NULL, day TEXT NOT NULL,
    PRIMARY KEY (article, position)
) STRICT, WITHOUT ROWID

CREATE INDEX bylines_by_person ON bylines (person, day, article)

CREATE INDEX bylines_by_team ON bylines (team, person)

CREATE TABLE names (
    article INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE, position INTEGER NOT NULL, team TEXT NOT NULL,
    text TEXT NOT NULL, type TEXT NOT NULL, role TEXT, aliases TEXT NOT NULL, mentions TEXT NOT NULL,
    person INTEGER REFERENCES people (id),
    PRIMARY KEY (article, position)
) STRICT, WITHOUT ROWID

CREATE INDEX names_by_person ON names (person) WHERE person IS NOT NULL

CREATE TABLE statements (
    id INTEGER PRIMARY KEY, team TEXT NOT NULL,
    article INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE, position INTEGER NOT NULL, sentence INTEGER NOT NULL,
    voice TEXT NOT NULL, kind TEXT NOT NULL, strength REAL NOT NULL, hedged INTEGER NOT NULL,
    content TEXT NOT NULL, source TEXT NOT NULL, cue TEXT NOT NULL,           -- [[start, end], ...]
    source_text TEXT, person INTEGER REFERENCES people (id), targets TEXT NOT NULL, issues TEXT NOT NULL, day TEXT NOT NULL
) STRICT

CREATE UNIQUE INDEX statements_by_article ON statements (article, position)

CREATE INDEX statements_by_person ON statements (person, day) WHERE person IS NOT NULL

CREATE TABLE statement_issues (
    statement INTEGER NOT NULL REFERENCES statements (id) ON DELETE CASCADE, issue TEXT NOT NULL, team TEXT NOT NULL,
    voice TEXT NOT NULL, day TEXT NOT NULL,
    PRIMARY KEY (statement, issue)
) STRICT, WITHOUT ROWID

CREATE INDEX statement_issues_by_issue ON statement_issues (team, issue, voice, day)

CREATE TABLE issues (
    team TEXT NOT NULL, slug TEXT NOT NULL, name TEXT NOT NULL,               -- team '': the catalogue
    aliases TEXT NOT NULL, related TEXT NOT NULL, broader TEXT NOT NULL, hidden INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (team, slug)
) STRICT, WITHOUT ROWID

CREATE TABLE issue_links (
    article INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE, issue TEXT NOT NULL, team TEXT NOT NULL,
    score REAL NOT NULL, main INTEGER NOT NULL, sentences TEXT NOT NULL, day TEXT NOT NULL,
    PRIMARY KEY (article, issue)
) STRICT, WITHOUT ROWID

CREATE INDEX issue_links_by_issue ON issue_links (team, issue, day, article, main)

CREATE TABLE proposals_dismissed (
    team TEXT NOT NULL, phrase TEXT NOT NULL, at TEXT NOT NULL, PRIMARY KEY (team, phrase)
) STRICT, WITHOUT ROWID

CREATE VIRTUAL TABLE search USING fts5 (
    title, standfirst, byline, body, team,
    content = 'texts', content_rowid = 'article', tokenize = "porter unicode61 remove_diacritics 2"
)

CREATE VIRTUAL TABLE vocabulary USING fts5vocab (search, row)

CREATE TRIGGER texts_removed AFTER DELETE ON texts BEGIN
    INSERT INTO search (search, rowid, title, standfirst, byline, body, team)
    VALUES ('delete', old.article, old.title, old.standfirst, old.byline, old.body, old.team);
END

CREATE TRIGGER texts_changed AFTER UPDATE ON texts BEGIN
    INSERT INTO search (search, rowid, title, standfirst, byline, body, team)
    VALUES ('delete', old.article, old.title, old.standfirst, old.byline, old.body, old.team);
    INSERT INTO search (rowid, title, standfirst, byline, body, team)
    VALUES (new.article, new.title, new.standfirst, new.byline, new.body, new.team);
END

CREATE TABLE readings (
    id INTEGER PRIMARY KEY AUTOINCREMENT, team TEXT NOT NULL, source TEXT NOT NULL, content BLOB, digest TEXT NOT NULL,
    state TEXT NOT NULL, article INTEGER REFERENCES articles (id) ON DELETE SET NULL, known INTEGER NOT NULL DEFAULT 0,
    reason TEXT, attempts INTEGER NOT NULL DEFAULT 0, person TEXT,
    claimed_until TEXT, created_at TEXT NOT NULL, changed_at TEXT NOT NULL
) STRICT

CREATE UNIQUE INDEX readings_open ON readings (team, digest) WHERE state IN ('waiting', 'claimed')

CREATE INDEX readings_by_state ON readings (state, id)

CREATE INDEX readings_by_team ON readings (team, id)

CREATE INDEX readings_by_article ON readings (article) WHERE article IS NOT NULL

CREATE TABLE waiters (
    reading INTEGER NOT NULL REFERENCES readings (id) ON DELETE CASCADE, channel TEXT NOT NULL, message TEXT NOT NULL,
    team TEXT NOT NULL, person TEXT, PRIMARY KEY (reading, channel, message)
) STRICT, WITHOUT ROWID

CREATE TABLE feeds (
    id INTEGER PRIMARY KEY AUTOINCREMENT, team TEXT NOT NULL, url TEXT NOT NULL, title TEXT, etag TEXT, last_modified TEXT,
    next_poll_at TEXT NOT NULL, failures INTEGER NOT NULL DEFAULT 0, last_error TEXT, channel TEXT, person TEXT, created_at TEXT NOT NULL,
    UNIQUE (team, url)
) STRICT

CREATE INDEX feeds_due ON feeds (next_poll_at)

CREATE TABLE subscriptions (
    id INTEGER PRIMARY KEY AUTOINCREMENT, team TEXT NOT NULL, channel TEXT NOT NULL, person TEXT NOT NULL,
    cadence TEXT NOT NULL, day TEXT, hour INTEGER NOT NULL, minute INTEGER NOT NULL, zone TEXT NOT NULL, filters TEXT NOT NULL,
    next_due_at TEXT, paused INTEGER NOT NULL DEFAULT 0, snoozed_until TEXT, created_at TEXT NOT NULL, last_sent_at TEXT
, told INTEGER NOT NULL DEFAULT 0, reason TEXT) STRICT

CREATE INDEX subscriptions_due ON subscriptions (next_due_at) WHERE paused = 0

CREATE INDEX subscriptions_by_team ON subscriptions (team, person)

CREATE TABLE digests (
    id INTEGER PRIMARY KEY AUTOINCREMENT, team TEXT NOT NULL,
    subscription INTEGER NOT NULL REFERENCES subscriptions (id) ON DELETE CASCADE, period TEXT NOT NULL,
    state TEXT NOT NULL, key TEXT NOT NULL UNIQUE, channel TEXT NOT NULL, since TEXT NOT NULL, until TEXT NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0, ts TEXT, reason TEXT, sending_since TEXT, lease_until TEXT, not_before TEXT, changed_at TEXT NOT NULL, part TEXT NOT NULL DEFAULT 'digest', thread TEXT, after INTEGER NOT NULL DEFAULT 0, upto INTEGER NOT NULL DEFAULT 0, due_at TEXT, words TEXT, created_at TEXT,
    UNIQUE (subscription, period)
) STRICT

CREATE INDEX digests_by_state ON digests (state, id)

CREATE INDEX digests_by_team ON digests (team)

CREATE TABLE threads (
    team TEXT NOT NULL, channel TEXT NOT NULL, thread TEXT NOT NULL,
    piece INTEGER REFERENCES articles (id) ON DELETE SET NULL, person INTEGER REFERENCES people (id) ON DELETE SET NULL,
    issue TEXT, pieces TEXT NOT NULL, changed_at TEXT NOT NULL, other INTEGER REFERENCES people (id) ON DELETE SET NULL,
    PRIMARY KEY (team, channel, thread)
) STRICT, WITHOUT ROWID

CREATE INDEX threads_by_piece ON threads (piece) WHERE piece IS NOT NULL

CREATE INDEX threads_by_person ON threads (person) WHERE person IS NOT NULL

CREATE INDEX threads_by_age ON threads (changed_at)

CREATE TABLE feedback (
    id INTEGER PRIMARY KEY AUTOINCREMENT, team TEXT NOT NULL, person TEXT NOT NULL, answer TEXT NOT NULL,
    good INTEGER NOT NULL, remark TEXT, at TEXT NOT NULL,
    UNIQUE (team, person, answer)
) STRICT

CREATE TABLE deliveries (
    team TEXT NOT NULL, id TEXT NOT NULL, at TEXT NOT NULL, PRIMARY KEY (team, id)
) STRICT, WITHOUT ROWID

CREATE INDEX deliveries_by_age ON deliveries (at)

CREATE TABLE installations (
    team TEXT NOT NULL, enterprise TEXT NOT NULL, person TEXT NOT NULL,       -- '' where there is none
    data TEXT NOT NULL, installed_at TEXT NOT NULL,
    PRIMARY KEY (enterprise, team, person)
) STRICT, WITHOUT ROWID

CREATE INDEX installations_by_team ON installations (team)

CREATE TABLE oauth_states (state TEXT PRIMARY KEY, expires_at TEXT NOT NULL) STRICT, WITHOUT ROWID

CREATE TABLE meaning_spaces (
    team TEXT PRIMARY KEY, pieces INTEGER NOT NULL, data BLOB NOT NULL, made_at TEXT NOT NULL
) STRICT, WITHOUT ROWID

CREATE TABLE meanings (
    article INTEGER PRIMARY KEY REFERENCES articles (id) ON DELETE CASCADE, team TEXT NOT NULL,
    made_at TEXT NOT NULL,                         -- of the space; another one's vectors cannot be compared
    vector BLOB NOT NULL                           -- signed bytes, one a dimension
) STRICT

CREATE INDEX meanings_by_team ON meanings (team, made_at)

CREATE TABLE outgoing (
    id INTEGER PRIMARY KEY AUTOINCREMENT, team TEXT NOT NULL, key TEXT NOT NULL, kind TEXT NOT NULL,
    channel TEXT NOT NULL, thread TEXT, person TEXT, body TEXT NOT NULL,
    state TEXT NOT NULL, attempts INTEGER NOT NULL DEFAULT 0, not_before TEXT, lease_until TEXT, ts TEXT, reason TEXT, changed_at TEXT NOT NULL,
    UNIQUE (team, key)
) STRICT

CREATE INDEX outgoing_by_channel ON outgoing (team, channel, id) WHERE state IN ('waiting', 'sending')

CREATE INDEX outgoing_open ON outgoing (id) WHERE state IN ('waiting', 'sending')

CREATE TABLE changes (what TEXT PRIMARY KEY, number INTEGER NOT NULL) STRICT, WITHOUT ROWID

CREATE TRIGGER issues_added AFTER INSERT ON issues BEGIN UPDATE changes SET number = number + 1 WHERE what = 'issues'; END

CREATE TRIGGER issues_changed AFTER UPDATE ON issues BEGIN UPDATE changes SET number = number + 1 WHERE what = 'issues'; END

CREATE TRIGGER issues_removed AFTER DELETE ON issues BEGIN UPDATE changes SET number = number + 1 WHERE what = 'issues'; END

CREATE TABLE watched_files (team TEXT NOT NULL, path TEXT NOT NULL, stamp TEXT NOT NULL, PRIMARY KEY (team, path)) STRICT, WITHOUT ROWID

CREATE TABLE refilings (
    team TEXT NOT NULL, issue TEXT NOT NULL,
    before INTEGER,                                -- pieces with an id below it remain; NULL: all
    seen INTEGER NOT NULL DEFAULT 0, at TEXT NOT NULL,
    PRIMARY KEY (team, issue)
) STRICT, WITHOUT ROWID

CREATE TABLE issue_months (
    team TEXT NOT NULL, issue TEXT NOT NULL, month TEXT NOT NULL,             -- '2016-03'; '' for pieces that state no date
    pieces INTEGER NOT NULL, main INTEGER NOT NULL, PRIMARY KEY (team, issue, month)
) STRICT, WITHOUT ROWID

CREATE TRIGGER issue_links_removed AFTER DELETE ON issue_links BEGIN
    UPDATE issue_months SET pieces = pieces - 1, main = main - old.main WHERE team = old.team AND issue = old.issue AND month = CASE WHEN length(old.day) = 10 THEN substr(old.day, 1, 7) ELSE '' END;
END

CREATE TRIGGER issue_links_changed AFTER UPDATE OF day, main ON issue_links BEGIN
    UPDATE issue_months SET pieces = pieces - 1, main = main - old.main WHERE team = old.team AND issue = old.issue AND month = CASE WHEN length(old.day) = 10 THEN substr(old.day, 1, 7) ELSE '' END;
    INSERT OR IGNORE INTO issue_months VALUES (new.team, new.issue, CASE WHEN length(new.day) = 10 THEN substr(new.day, 1, 7) ELSE '' END, 0, 0);
    UPDATE issue_months SET pieces = pieces + 1, main = main + new.main WHERE team = new.team AND issue = new.issue AND month = CASE WHEN length(new.day) = 10 THEN substr(new.day, 1, 7) ELSE '' END;
END

CREATE INDEX threads_by_other ON threads (other) WHERE other IS NOT NULL

INSERT INTO "_sqlite_migrations" VALUES (1, 'entente', 'lay_the_shelves', strftime('%Y-%m-%d %H:%M:%f000+00:00', 'now'))

INSERT INTO "_sqlite_migrations" VALUES (2, 'entente', 'widen_the_outbox', strftime('%Y-%m-%d %H:%M:%f000+00:00', 'now'))

INSERT INTO "_sqlite_migrations" VALUES (3, 'entente', 'place_pieces_by_meaning', strftime('%Y-%m-%d %H:%M:%f000+00:00', 'now'))

INSERT INTO "_sqlite_migrations" VALUES (4, 'entente', 'keep_what_is_to_be_sent', strftime('%Y-%m-%d %H:%M:%f000+00:00', 'now'))

INSERT INTO "_sqlite_migrations" VALUES (5, 'entente', 'count_changes_of_issues', strftime('%Y-%m-%d %H:%M:%f000+00:00', 'now'))

INSERT INTO "_sqlite_migrations" VALUES (6, 'entente', 'remember_watched_files', strftime('%Y-%m-%d %H:%M:%f000+00:00', 'now'))

INSERT INTO "_sqlite_migrations" VALUES (7, 'entente', 'file_again_under_changed_issues', strftime('%Y-%m-%d %H:%M:%f000+00:00', 'now'))

INSERT INTO "_sqlite_migrations" VALUES (8, 'entente', 'index_new_texts_directly', strftime('%Y-%m-%d %H:%M:%f000+00:00', 'now'))

INSERT INTO "_sqlite_migrations" VALUES (9, 'entente', 'count_pieces_of_issues', strftime('%Y-%m-%d %H:%M:%f000+00:00', 'now'))

INSERT INTO "_sqlite_migrations" VALUES (10, 'entente', 'remember_two_people_of_a_thread', strftime('%Y-%m-%d %H:%M:%f000+00:00', 'now'))

INSERT INTO "changes" VALUES ('issues', 0)