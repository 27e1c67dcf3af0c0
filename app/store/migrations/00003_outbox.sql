-- +goose Up
-- priority: 0, or raised by a person. any_hour, any_cost: a person said yes
-- whatever the link hours, whatever it costs. keep: the answer to what somebody
-- edited at the portal ('', 'ours', 'theirs').
ALTER TABLE job ADD COLUMN priority INTEGER NOT NULL DEFAULT 0;
ALTER TABLE job ADD COLUMN any_hour INTEGER NOT NULL DEFAULT 0;
ALTER TABLE job ADD COLUMN any_cost INTEGER NOT NULL DEFAULT 0;
ALTER TABLE job ADD COLUMN keep TEXT NOT NULL DEFAULT '';
CREATE INDEX job_lane ON job(dataset, destination);

-- What each run of a courier took and moved. Times are milliseconds, amounts
-- bytes of bodies; until is a time, or ''.
ALTER TABLE log ADD COLUMN kind TEXT NOT NULL DEFAULT '';
ALTER TABLE log ADD COLUMN file TEXT NOT NULL DEFAULT '';
ALTER TABLE log ADD COLUMN until TEXT NOT NULL DEFAULT '';
ALTER TABLE log ADD COLUMN took INTEGER NOT NULL DEFAULT 0;
ALTER TABLE log ADD COLUMN whole INTEGER NOT NULL DEFAULT 0;
ALTER TABLE log ADD COLUMN requests INTEGER NOT NULL DEFAULT 0;
ALTER TABLE log ADD COLUMN sent INTEGER NOT NULL DEFAULT 0;
ALTER TABLE log ADD COLUMN received INTEGER NOT NULL DEFAULT 0;
ALTER TABLE log ADD COLUMN uploads INTEGER NOT NULL DEFAULT 0;
ALTER TABLE log ADD COLUMN downloads INTEGER NOT NULL DEFAULT 0;
ALTER TABLE log ADD COLUMN uploading INTEGER NOT NULL DEFAULT 0;
ALTER TABLE log ADD COLUMN downloading INTEGER NOT NULL DEFAULT 0;
CREATE INDEX log_runs ON log(job, id) WHERE requests > 0;

-- Where a typed token is kept: 'keyring', 'age', or '' for none. The token
-- itself is in no table.
ALTER TABLE destination ADD COLUMN token_kept TEXT NOT NULL DEFAULT '';
