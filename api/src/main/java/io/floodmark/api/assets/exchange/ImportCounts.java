package io.floodmark.api.assets.exchange;

/**
 * How many rows of a list there are, and of which sort. Counts up while the list is read; for one
 * thread.
 */
public final class ImportCounts {
  private int rows;
  private int bad;
  private int warned;
  private int added;
  private int changed;

  void add(ImportRow row) {
    rows++;
    if (row.isBad()) {
      bad++;
    } else {
      if (!row.problems().isEmpty()) {
        warned++;
      }
      if (row.existing().isPresent()) {
        changed++;
      } else {
        added++;
      }
    }
  }

  /** All below the header in which anything stands. */
  public int rows() {
    return rows;
  }

  /** Those that cannot be imported. */
  public int bad() {
    return bad;
  }

  /** Those that can be, but deserve a look. */
  public int warned() {
    return warned;
  }

  /** Those that bring a new asset. */
  public int added() {
    return added;
  }

  /** Those about an asset that is registered. */
  public int changed() {
    return changed;
  }
}
