-- A zone's level that falls because a sensor of it was taken out, and not because water fell.

ALTER TABLE alert_event DROP CONSTRAINT alert_event_kind_check;
ALTER TABLE alert_event ADD CONSTRAINT alert_event_kind_check
  CHECK (kind IN ('raised', 'escalated', 'lowered', 'cleared', 'recounted',
    'reminded', 'shelf_ended', 'suppressed', 'released',
    'acknowledged', 'shelved', 'unshelved', 'noted', 'handed_over', 'closed'));
