package io.floodmark.api.assets;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Where an asset is in its life. */
public enum AssetState {
  /** To come. */
  PLANNED,
  /** There. */
  IN_USE,
  /** Gone; kept for its history. */
  REMOVED;

  /** As it stands in the database, in JSON and in lists. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The state of that key. */
  public static Optional<AssetState> find(String key) {
    return Arrays.stream(values()).filter(state -> state.key().equals(key)).findFirst();
  }
}
