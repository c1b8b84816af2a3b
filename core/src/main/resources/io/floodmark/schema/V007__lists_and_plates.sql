-- The list of the register by name and by street: a page without sorting a hundred thousand rows. The expressions are
-- those of AssetList, cut to what an entry of an index may hold in any language.
CREATE INDEX asset_by_name ON asset (left(coalesce(name, details ->> 'commonName', details ->> 'species', ref, ''), 100), id)
  WHERE merged_into IS NULL AND state <> 'removed';
CREATE INDEX asset_by_street ON asset ((left(coalesce(street, place, ''), 100) || ' ' || lpad(coalesce(number, ''), 12)), id)
  WHERE merged_into IS NULL AND state <> 'removed';
