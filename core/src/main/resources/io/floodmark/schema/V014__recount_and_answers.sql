-- A zone's level that falls because a sensor of it was taken out, and not because water fell.

ALTER TABLE alert_event DROP CONSTRAINT alert_event_kind_check;
ALTER TABLE alert_event ADD CONSTRAINT alert_event_kind_check
  CHECK (kind IN ('raised', 'escalated', 'lowered', 'cleared', 'recounted',
    'reminded', 'shelf_ended', 'suppressed', 'released',
    'acknowledged', 'shelved', 'unshelved', 'noted', 'handed_over', 'closed'));

-- What was said about a try, for readers of any language: io.floodmark.api.notify.Said. Rows of before have English words only.
ALTER TABLE outbox ADD COLUMN said jsonb CHECK (jsonb_typeof(said) = 'object');
ALTER TABLE delivery ADD COLUMN said jsonb CHECK (jsonb_typeof(said) = 'object');
