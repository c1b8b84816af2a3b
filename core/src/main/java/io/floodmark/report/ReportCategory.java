package io.floodmark.report;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a report is about. */
public enum ReportCategory {
  /** Water in the street or in houses. */
  FLOOD(true, false),
  /** Refuse where it does not belong. */
  GARBAGE(false, true),
  /** No power, or a cable that is down: danger to life. */
  POWER(true, false),
  /** Drinking water: none, leaking or dirty. */
  WATER(true, false),
  /** A tree: fallen, leaning, ill. */
  TREE(false, true),
  /** Theft, noise, danger to people. */
  SECURITY(true, false),
  /** Holes, missing covers, street lights. */
  ROAD(false, true),
  /** A QR plate: lost, unreadable, on the wrong thing. */
  PLATE(false, true),
  /** What is none of these. */
  OTHER(false, false);

  private final boolean aroundTheClock;
  private final boolean needsEvidence;

  ReportCategory(boolean aroundTheClock, boolean needsEvidence) {
    this.aroundTheClock = aroundTheClock;
    this.needsEvidence = needsEvidence;
  }

  /** Whether its clock runs day and night; else it runs in {@link WorkingHours} only. */
  public boolean isAroundTheClock() {
    return aroundTheClock;
  }

  /**
   * Whether it is only done with a photo of the place afterwards. What can be seen has to be shown:
   * vague answers without pictures are what residents of other cities complain of most.
   */
  public boolean needsEvidence() {
    return needsEvidence;
  }

  /** As it stands in the database, in forms and addresses. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The category of that key. */
  public static Optional<ReportCategory> find(String key) {
    return Arrays.stream(values()).filter(category -> category.key().equals(key)).findFirst();
  }
}
