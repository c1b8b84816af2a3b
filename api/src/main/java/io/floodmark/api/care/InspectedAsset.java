package io.floodmark.api.care;

import io.floodmark.api.assets.Asset;
import io.floodmark.api.assets.AssetContent;
import io.floodmark.api.assets.AssetStore;
import io.floodmark.api.assets.AssetValue;
import io.floodmark.api.assets.Change;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Carries what an inspection found over to the asset itself, in the transaction of the inspection.
 * This is the only place where care records write to the register.
 */
final class InspectedAsset {
  private InspectedAsset() {}

  /**
   * Writes them, if they are new.
   *
   * @param condition what the inspection found, if it says
   * @param risk what the inspection found, if it says
   */
  static void found(
      Connection connection,
      long assetId,
      Optional<String> condition,
      Optional<String> risk,
      Change change)
      throws SQLException {
    AssetStore store = new AssetStore(connection);
    Asset asset = store.findForUpdate(assetId).orElseThrow();
    AssetContent now = asset.content();
    Map<String, AssetValue> details = new LinkedHashMap<>(now.details());
    condition.ifPresent(it -> details.put(AssetChoices.CONDITION, new AssetValue.Words(it)));
    risk.ifPresent(it -> details.put(AssetChoices.RISK, new AssetValue.Words(it)));
    AssetContent found =
        new AssetContent(
            now.kind(),
            now.ref(),
            now.name(),
            now.lon(),
            now.lat(),
            now.number(),
            now.street(),
            now.place(),
            now.groupId(),
            now.state(),
            details,
            now.replacesId(),
            now.source());
    AssetStore.Written written = store.update(assetId, asset.version(), found, change);
    if (written != AssetStore.Written.DONE) {
      // The row is locked and its number is not touched.
      throw new IllegalStateException("Asset " + assetId + " could not be updated: " + written);
    }
  }
}
