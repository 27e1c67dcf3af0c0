-- +goose Up
-- When the content of a revision is that of the one before, its dates are too.
ALTER TABLE revision ADD COLUMN content TEXT NOT NULL DEFAULT '';  -- fingerprint of what is said and held
ALTER TABLE revision ADD COLUMN issued TEXT NOT NULL DEFAULT '';   -- RFC 3339
ALTER TABLE revision ADD COLUMN modified TEXT NOT NULL DEFAULT ''; -- RFC 3339
