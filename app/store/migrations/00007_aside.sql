-- +goose Up
ALTER TABLE draft ADD COLUMN aside TEXT NOT NULL DEFAULT '[]';  -- JSON: described columns that the recipe does not make at the moment
