package io.floodmark.api.assets;

import io.floodmark.api.access.AuditLog;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;

/**
 * Makes one of two entries that mean the same thing. The row that goes stays in the database and
 * points at the one that stays; what was recorded about either is found through {@link
 * AssetStore#familyOf}.
 */
public final class AssetMerge {
  private static final String ABSORB =
      "UPDATE asset SET version = version + 1, updated_at = ? WHERE id = ?";
  private static final String MERGE =
      "UPDATE asset SET merged_into = ?, version = version + 1, updated_at = ? WHERE id = ?";

  private AssetMerge() {}

  /**
   * One side of a merge.
   *
   * @param id of the asset
   * @param version that whoever merges has seen
   */
  public record Side(long id, int version) {}

  /**
   * Merges {@code goes} into {@code stays}.
   *
   * @return STALE if either changed meanwhile, is merged already, or they are not of one kind
   */
  public static AssetStore.Written merge(
      Connection connection, Side stays, Side goes, Change change) throws SQLException {
    AssetStore store = new AssetStore(connection);
    // Always the smaller id first: two who merge the same pair the other way round do not wait for
    // each other for ever.
    store.findForUpdate(Math.min(stays.id(), goes.id()));
    Optional<Asset> keeper = store.findForUpdate(stays.id());
    Optional<Asset> leaver = store.findForUpdate(goes.id());
    if (stays.id() == goes.id()
        || !isCurrent(keeper, stays)
        || !isCurrent(leaver, goes)
        || !keeper.get().kind().equals(leaver.get().kind())) {
      return AssetStore.Written.STALE;
    }
    try (PreparedStatement update = connection.prepareStatement(MERGE)) {
      update.setLong(1, stays.id());
      update.setObject(2, change.at().atOffset(ZoneOffset.UTC));
      update.setLong(3, goes.id());
      update.executeUpdate();
    }
    try (PreparedStatement update = connection.prepareStatement(ABSORB)) {
      update.setObject(1, change.at().atOffset(ZoneOffset.UTC));
      update.setLong(2, stays.id());
      update.executeUpdate();
    }
    note(connection, goes, "merged", "mergedInto", stays.id(), change);
    note(connection, stays, "absorbed", "absorbed", goes.id(), change);
    AuditLog.add(
        connection,
        change.at(),
        change.caller(),
        "asset.merge",
        "asset:" + stays.id(),
        change.address(),
        Map.of("merged", "asset:" + goes.id()));
    return AssetStore.Written.DONE;
  }

  private static void note(
      Connection connection, Side side, String action, String key, long other, Change change)
      throws SQLException {
    AssetHistory.add(
        connection,
        side.id(),
        side.version() + 1,
        action,
        change,
        Map.of(key, new AssetHistory.Diff(Optional.empty(), Optional.of(Long.toString(other)))));
  }

  private static boolean isCurrent(Optional<Asset> asset, Side seen) {
    return asset.isPresent()
        && asset.get().version() == seen.version()
        && asset.get().mergedInto().isEmpty();
  }
}
