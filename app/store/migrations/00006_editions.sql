-- +goose Up
ALTER TABLE revision ADD COLUMN version TEXT NOT NULL DEFAULT '';  -- as people read it, "1.2.0"
ALTER TABLE revision ADD COLUMN changes TEXT NOT NULL DEFAULT '';  -- JSON: what is different from the revision before, by table
