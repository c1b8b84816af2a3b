package io.floodmark.api.care;

import java.util.List;

/** What can be entered into a care record, in the order in which forms offer it. */
public final class CareKinds {
  /** The kind that says how an asset stands. */
  public static final String INSPECTION = "inspection";

  /** All kinds; each has a text {@code care.kind.KIND}. */
  public static final List<String> ALL =
      List.of(
          INSPECTION,
          "watering",
          "pruning",
          "propping",
          "fertilising",
          "pest_control",
          "planting",
          "moving",
          "felling",
          "repair",
          "cleaning",
          "other");

  private CareKinds() {}
}
