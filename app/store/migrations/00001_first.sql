-- +goose Up
-- Times are UTC, RFC 3339 with nanoseconds; ids are UUIDs unless said otherwise.

CREATE TABLE office (
    id      TEXT PRIMARY KEY,
    name    TEXT NOT NULL,
    country TEXT NOT NULL DEFAULT '',
    created TEXT NOT NULL
) STRICT;

CREATE TABLE setting (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;

CREATE TABLE destination (
    id           TEXT PRIMARY KEY,
    office       TEXT NOT NULL REFERENCES office(id),
    name         TEXT NOT NULL,
    kind         TEXT NOT NULL,
    url          TEXT NOT NULL,
    organization TEXT NOT NULL DEFAULT '',
    token_file   TEXT NOT NULL DEFAULT '',
    token_env    TEXT NOT NULL DEFAULT '',
    created      TEXT NOT NULL,
    removed      TEXT,
    CHECK (token_file = '' OR token_env = '')
) STRICT;
CREATE UNIQUE INDEX destination_name ON destination(office, name) WHERE removed IS NULL;

-- A dataset's description is the draft: saved as it is typed, frozen in revisions.
CREATE TABLE dataset (
    id          TEXT PRIMARY KEY,
    office      TEXT NOT NULL REFERENCES office(id),
    name        TEXT NOT NULL,               -- machine name, the slug wanted in addresses
    replace     INTEGER NOT NULL DEFAULT 0,  -- 1: exactly one edition, ever
    description TEXT NOT NULL,               -- JSON, describe.Description
    created     TEXT NOT NULL,
    updated     TEXT NOT NULL,
    removed     TEXT
) STRICT;
CREATE UNIQUE INDEX dataset_name ON dataset(office, name) WHERE removed IS NULL;

CREATE TABLE edition (
    id      TEXT PRIMARY KEY,
    dataset TEXT NOT NULL REFERENCES dataset(id),
    period  TEXT NOT NULL DEFAULT '',        -- "2026-03", or ''
    created TEXT NOT NULL,
    UNIQUE (dataset, period)
) STRICT;

-- A table of an edition: the copy of its source, and the recipe that makes the data of it.
CREATE TABLE draft (
    id          TEXT PRIMARY KEY,
    edition     TEXT NOT NULL REFERENCES edition(id),
    position    INTEGER NOT NULL,
    source_name TEXT NOT NULL,
    source_sha  TEXT NOT NULL,               -- blob
    source_size INTEGER NOT NULL,
    recipe      TEXT NOT NULL,               -- JSON, clean.Recipe
    undo        TEXT NOT NULL DEFAULT '[]',  -- JSON, earlier recipes, the latest last
    columns     TEXT NOT NULL DEFAULT '[]',  -- JSON, store.Column: identity and words of each column
    updated     TEXT NOT NULL,
    UNIQUE (edition, position)
) STRICT;

-- Freeze: what is sent, whole and unchangeable.
CREATE TABLE revision (
    id      TEXT PRIMARY KEY,
    edition TEXT NOT NULL REFERENCES edition(id),
    number  INTEGER NOT NULL,
    created TEXT NOT NULL,
    frozen  TEXT NOT NULL,                   -- JSON, portal.Dataset
    recipes TEXT NOT NULL,                   -- JSON, the recipes of the edition's tables
    decided TEXT NOT NULL,                   -- JSON, the personal-data decisions
    profile TEXT NOT NULL,                   -- id and version of the metadata profile
    UNIQUE (edition, number)
) STRICT;

CREATE TABLE revision_file (
    revision TEXT NOT NULL REFERENCES revision(id),
    position INTEGER NOT NULL,
    role     TEXT NOT NULL CHECK (role IN ('data', 'dictionary', 'datapackage')),
    name     TEXT NOT NULL,
    bytes    INTEGER NOT NULL,
    sha256   TEXT NOT NULL,
    resource TEXT NOT NULL,                  -- the id it is sent under
    PRIMARY KEY (revision, position)
) STRICT;

-- One id for each edition and kind of file, minted once: a correction keeps the address.
CREATE TABLE resource (
    id      TEXT PRIMARY KEY,
    edition TEXT NOT NULL REFERENCES edition(id),
    slot    TEXT NOT NULL,                   -- "csv:1", "dictionary", "datapackage"
    UNIQUE (edition, slot)
) STRICT;

CREATE TABLE job (
    seq         INTEGER PRIMARY KEY AUTOINCREMENT,
    id          TEXT NOT NULL UNIQUE,
    dataset     TEXT NOT NULL REFERENCES dataset(id),
    revision    TEXT NOT NULL REFERENCES revision(id),
    destination TEXT NOT NULL REFERENCES destination(id),
    state       TEXT NOT NULL CHECK (state IN ('available', 'running', 'retryable', 'parked', 'completed', 'cancelled')),
    why         TEXT NOT NULL DEFAULT '' CHECK (why IN ('', 'scheduled', 'offline', 'window')),
    reason      TEXT NOT NULL DEFAULT '',
    paused      INTEGER NOT NULL DEFAULT 0,
    adopt       INTEGER NOT NULL DEFAULT 0,
    cancelling  INTEGER NOT NULL DEFAULT 0,
    attempts    INTEGER NOT NULL DEFAULT 0,
    snoozes     INTEGER NOT NULL DEFAULT 0,
    not_before  TEXT NOT NULL DEFAULT '',
    created     TEXT NOT NULL,
    updated     TEXT NOT NULL,
    CHECK (why = '' OR state = 'available'),
    CHECK ((reason <> '') = (state = 'parked'))
) STRICT;
CREATE INDEX job_open ON job(state) WHERE state NOT IN ('completed', 'cancelled');

CREATE TABLE attempt (
    job      TEXT NOT NULL REFERENCES job(id),
    number   INTEGER NOT NULL,
    started  TEXT NOT NULL,
    finished TEXT NOT NULL,
    bytes    INTEGER NOT NULL,
    kind     TEXT NOT NULL,
    detail   TEXT NOT NULL,
    PRIMARY KEY (job, number)
) STRICT;

CREATE TABLE receipt (
    job     TEXT PRIMARY KEY REFERENCES job(id),
    content TEXT NOT NULL                    -- JSON, portal.Receipt
) STRICT;

-- What a courier must remember before a call stands here before the call.
CREATE TABLE journal (
    job   TEXT NOT NULL REFERENCES job(id),
    key   TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (job, key)
) STRICT;

CREATE TABLE log (
    id     INTEGER PRIMARY KEY,
    job    TEXT NOT NULL REFERENCES job(id),
    at     TEXT NOT NULL,
    event  TEXT NOT NULL,
    detail TEXT NOT NULL
) STRICT;
CREATE INDEX log_job ON log(job, id);
