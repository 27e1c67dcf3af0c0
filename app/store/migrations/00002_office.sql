-- +goose Up
-- What an office says of itself once; new datasets take it over as proposals.
ALTER TABLE office ADD COLUMN place       TEXT NOT NULL DEFAULT '';  -- ISO 3166-2, a national code, or words
ALTER TABLE office ADD COLUMN unit        TEXT NOT NULL DEFAULT '';
ALTER TABLE office ADD COLUMN contact     TEXT NOT NULL DEFAULT '';
ALTER TABLE office ADD COLUMN email       TEXT NOT NULL DEFAULT '';
ALTER TABLE office ADD COLUMN license     TEXT NOT NULL DEFAULT '';
ALTER TABLE office ADD COLUMN profile     TEXT NOT NULL DEFAULT '';
ALTER TABLE office ADD COLUMN destination TEXT NOT NULL DEFAULT '';  -- name of the usual destination

-- What a destination's portal asks, as it was read last: for work without a network.
CREATE TABLE portal_form (
    destination TEXT PRIMARY KEY REFERENCES destination(id),
    read_at     TEXT NOT NULL,
    content     TEXT NOT NULL                -- JSON, portal.Form
) STRICT;
