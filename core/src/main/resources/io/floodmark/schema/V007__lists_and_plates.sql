-- The list of the register by name and by street: a page without sorting a hundred thousand rows. The expressions are
-- those of AssetList, cut to what an entry of an index may hold in any language.
CREATE INDEX asset_by_name ON asset (left(coalesce(name, details ->> 'commonName', details ->> 'species', ref, ''), 100), id)
  WHERE merged_into IS NULL AND state <> 'removed';
CREATE INDEX asset_by_street ON asset ((left(coalesce(street, place, ''), 100) || ' ' || lpad(coalesce(number, ''), 12)), id)
  WHERE merged_into IS NULL AND state <> 'removed';

-- At most one plate of an asset lives: what the row locks of whoever makes, mounts or finds plates see to. A database
-- that holds two all the same keeps the one that hangs there, of those the newest; the others are replaced by it, with
-- an event that says so.
WITH ranked AS (
  SELECT code, asset_id,
         first_value(code) OVER of_asset AS stays,
         row_number() OVER of_asset AS rank
  FROM plate
  WHERE asset_id IS NOT NULL AND state IN ('made', 'printed', 'mounted')
  WINDOW of_asset AS (PARTITION BY asset_id
                      ORDER BY state = 'mounted' DESC, coalesce(checked_at, mounted_at, printed_at, made_at) DESC, code)
), ended AS (
  UPDATE plate SET state = 'replaced', ended_at = now(), replaced_by = ranked.stays
  FROM ranked
  WHERE plate.code = ranked.code AND ranked.rank > 1
  RETURNING plate.code, plate.asset_id
)
INSERT INTO plate_event (code, kind, at, actor, asset_id, note)
SELECT code, 'replaced', now(), 'upgrade', asset_id, 'Có hai biển cho một tài sản: giữ lại biển đang gắn hoặc mới nhất.'
FROM ended;
CREATE UNIQUE INDEX plate_one_living ON plate (asset_id)
  WHERE asset_id IS NOT NULL AND state IN ('made', 'printed', 'mounted');
