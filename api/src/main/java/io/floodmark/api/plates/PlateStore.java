package io.floodmark.api.plates;

import io.floodmark.api.access.AuditLog;
import io.floodmark.api.assets.Change;
import io.floodmark.plate.PlateCode;
import io.floodmark.plate.PlateState;
import io.floodmark.plate.PlateStep;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * The steps of single plates, in the caller's transaction. A plate is locked before the asset that
 * it belongs to; where two phones mount one plate, the second is told so.
 */
public final class PlateStore {
  private static final String MOVE =
      """
      UPDATE plate SET state = ?, asset_id = coalesce(asset_id, ?),
        lon = coalesce(?, lon), lat = coalesce(?, lat),
        printed_at = CASE WHEN ? = 'print' THEN ? ELSE printed_at END,
        mounted_at = CASE WHEN ? = 'mount' THEN ? ELSE mounted_at END,
        checked_at = CASE WHEN ? IN ('mount', 'check') THEN ? ELSE checked_at END,
        ended_at = CASE WHEN ? IN ('lose', 'revoke', 'replace') THEN ? END
      WHERE code = ?
      """;

  private static final String ADD_EVENT =
      """
      INSERT INTO plate_event
        (code, kind, at, staff_id, actor, asset_id, lon, lat, accuracy_m, distance_m, photo_id, note)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """;

  /** Whether an asset, or one found to be the same, has a plate that leads to it. */
  private static final String HAS_LIVING_PLATE =
      """
      WITH RECURSIVE family (id) AS (
        SELECT ?::bigint
        UNION
        SELECT a.id FROM asset a JOIN family f ON a.merged_into = f.id)
      SELECT EXISTS (
        SELECT FROM plate p
        WHERE p.asset_id IN (SELECT id FROM family)
          AND p.state IN ('made', 'printed', 'mounted') AND p.code <> ?)
      """;

  private final Connection connection;

  /** Works in the transaction of {@code connection}. */
  public PlateStore(Connection connection) {
    this.connection = connection;
  }

  /** The plate of that code. */
  public Optional<Plate> find(PlateCode code) throws SQLException {
    return PlateRows.find(connection, code);
  }

  /**
   * Mounts a plate where its asset is; one made ahead is bound to {@code assetId} first.
   *
   * @throws PlateRefused if it cannot be mounted now, or not there
   */
  void mount(PlateCode code, OptionalLong assetId, Sighting seen, Change change)
      throws SQLException {
    Plate plate = locked(code);
    PlateState after = after(plate, PlateStep.MOUNT);
    if (assetId.isPresent() && !plate.isBlank() && !plate.assetId().equals(assetId)) {
      throw PlateRefused.otherAsset();
    }
    OptionalLong target = plate.isBlank() ? assetId : plate.assetId();
    long asset = target.orElseThrow(PlateRefused::noAsset);
    requireAlone(code, asset);
    if (plate.isBlank()) {
      event(code, "bound", OptionalLong.of(asset), Sighting.NONE, change);
    }
    move(plate, PlateStep.MOUNT, after, OptionalLong.of(asset), seen, change);
  }

  /**
   * Takes a step that leaves the plate with what it belongs to: print, check, lose, find, revoke.
   *
   * @throws PlateRefused if the plate cannot take it now
   */
  void take(PlateCode code, PlateStep step, Sighting seen, Change change) throws SQLException {
    Plate plate = locked(code);
    PlateState after = after(plate, step);
    if (step == PlateStep.FIND && !plate.isBlank()) {
      requireAlone(code, plate.assetId().getAsLong());
    }
    move(plate, step, after, plate.assetId(), seen, change);
  }

  /**
   * Puts a plate with another code, made in {@code batchId}, in the place of one.
   *
   * @param next its code, which no plate has yet
   * @throws PlateRefused if that is over already, or belongs to nothing
   */
  void replace(PlateCode code, PlateCode next, long batchId, Change change) throws SQLException {
    Plate plate = locked(code);
    PlateState after = after(plate, PlateStep.REPLACE);
    long asset = plate.assetId().orElseThrow(PlateRefused::blank);
    requireAlone(code, asset);
    move(plate, PlateStep.REPLACE, after, plate.assetId(), Sighting.of(change.reason()), change);
    try (PreparedStatement insert =
            connection.prepareStatement(
                """
                INSERT INTO plate (code, asset_id, batch_id, state, made_at)
                VALUES (?, ?, ?, 'made', ?)
                """);
        PreparedStatement point =
            connection.prepareStatement("UPDATE plate SET replaced_by = ? WHERE code = ?")) {
      insert.setString(1, next.value());
      insert.setLong(2, asset);
      insert.setLong(3, batchId);
      insert.setObject(4, change.at().atOffset(ZoneOffset.UTC));
      insert.executeUpdate();
      point.setString(1, next.value());
      point.setString(2, code.value());
      point.executeUpdate();
    }
    event(next, "made", OptionalLong.of(asset), Sighting.NONE, change);
  }

  private Plate locked(PlateCode code) throws SQLException {
    try (PreparedStatement lock =
        connection.prepareStatement("SELECT 1 FROM plate WHERE code = ? FOR UPDATE")) {
      lock.setString(1, code.value());
      lock.executeQuery().close();
    }
    // Read by a statement of its own, which sees what the transaction that had the lock wrote.
    return find(code).orElseThrow();
  }

  private static PlateState after(Plate plate, PlateStep step) {
    return step.from(plate.state()).orElseThrow(() -> PlateRefused.step(step, plate.state()));
  }

  private void requireAlone(PlateCode code, long assetId) throws SQLException {
    try (PreparedStatement lock =
            connection.prepareStatement("SELECT 1 FROM asset WHERE id = ? FOR UPDATE");
        PreparedStatement other = connection.prepareStatement(HAS_LIVING_PLATE)) {
      lock.setLong(1, assetId);
      lock.executeQuery().close();
      other.setLong(1, assetId);
      other.setString(2, code.value());
      try (ResultSet row = other.executeQuery()) {
        row.next();
        if (row.getBoolean(1)) {
          throw PlateRefused.hasPlate();
        }
      }
    }
  }

  private void move(
      Plate plate,
      PlateStep step,
      PlateState after,
      OptionalLong assetId,
      Sighting seen,
      Change change)
      throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(MOVE)) {
      update.setString(1, after.key());
      update.setObject(2, assetId.isPresent() ? assetId.getAsLong() : null, Types.BIGINT);
      update.setObject(3, seen.spot().map(Spot::lon).orElse(null), Types.DOUBLE);
      update.setObject(4, seen.spot().map(Spot::lat).orElse(null), Types.DOUBLE);
      for (int i = 5; i <= 11; i += 2) {
        update.setString(i, step.key());
        update.setObject(i + 1, change.at().atOffset(ZoneOffset.UTC));
      }
      update.setString(13, plate.code().value());
      update.executeUpdate();
    }
    event(plate.code(), step.eventKind(), assetId, seen, change);
    AuditLog.add(
        connection,
        change.at(),
        change.caller(),
        "plate." + step.key(),
        assetId.isPresent() ? "asset:" + assetId.getAsLong() : plate.subject(),
        change.address(),
        Map.of("before", plate.state().key(), "after", after.key()));
  }

  private void event(
      PlateCode code, String kind, OptionalLong assetId, Sighting seen, Change change)
      throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(ADD_EVENT)) {
      insert.setString(1, code.value());
      insert.setString(2, kind);
      insert.setObject(3, change.at().atOffset(ZoneOffset.UTC));
      PlateMaking.bindStaff(insert, 4, change);
      insert.setObject(6, assetId.isPresent() ? assetId.getAsLong() : null, Types.BIGINT);
      insert.setObject(7, seen.spot().map(Spot::lon).orElse(null), Types.DOUBLE);
      insert.setObject(8, seen.spot().map(Spot::lat).orElse(null), Types.DOUBLE);
      insert.setObject(9, seen.spot().map(Spot::accuracyM).orElse(null), Types.REAL);
      OptionalDouble distance = distanceM(assetId, seen);
      insert.setObject(10, distance.isPresent() ? distance.getAsDouble() : null, Types.REAL);
      insert.setObject(
          11, seen.photoId().isPresent() ? seen.photoId().getAsLong() : null, Types.BIGINT);
      insert.setString(12, seen.note().orElse(null));
      insert.executeUpdate();
    }
  }

  private OptionalDouble distanceM(OptionalLong assetId, Sighting seen) throws SQLException {
    if (assetId.isEmpty() || seen.spot().isEmpty()) {
      return OptionalDouble.empty();
    }
    Spot registered = PlateSites.of(connection, assetId.getAsLong());
    return OptionalDouble.of(seen.spot().get().distanceM(registered.lon(), registered.lat()));
  }
}
