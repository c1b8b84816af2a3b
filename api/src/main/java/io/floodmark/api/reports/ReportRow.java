package io.floodmark.api.reports;

import io.floodmark.report.FloodDepth;
import io.floodmark.report.ReportCategory;
import io.floodmark.report.ReportState;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * A report as it stands in the database.
 *
 * @param id the database's; never shown
 * @param number what people quote, eight digits
 * @param what what was reported
 * @param where where
 * @param state where it stands
 * @param stateSince since when
 * @param createdAt when it came
 * @param dueAt by when the next step has to be taken; empty once it is over
 * @param assignedTo id of the person it was given to
 * @param assignedName their name
 * @param duplicateOf number of the report that tells of the same
 * @param duplicateState where that one stands
 * @param answer what staff wrote at the end
 * @param shownUntil until when it is on the map as a confirmed flood
 * @param erasedAt when the reporter erased it
 * @param version grows with every change
 * @param madeUp whether it belongs to the demo
 */
public record ReportRow(
    long id,
    String number,
    What what,
    Where where,
    ReportState state,
    Instant stateSince,
    Instant createdAt,
    Optional<Instant> dueAt,
    OptionalInt assignedTo,
    Optional<String> assignedName,
    Optional<String> duplicateOf,
    Optional<ReportState> duplicateState,
    Optional<String> answer,
    Optional<Instant> shownUntil,
    Optional<Instant> erasedAt,
    int version,
    boolean madeUp) {
  /**
   * What was reported.
   *
   * @param category what it is about
   * @param depth of a flood
   * @param text the reporter's; empty once erased
   * @param contact how to ask back; empty once wiped
   */
  public record What(
      ReportCategory category,
      Optional<FloodDepth> depth,
      Optional<String> text,
      Optional<String> contact) {}

  /**
   * Where.
   *
   * @param assetId the house or tree it is about
   * @param asset what to call that, such as "Cây phượng" or "12 Nguyễn Văn Linh"
   * @param place in the reporter's words
   * @param lon degrees east
   * @param lat degrees north
   * @param groupId the residential group, which decides who sees it
   * @param groupName its name
   */
  public record Where(
      Optional<Long> assetId,
      Optional<String> asset,
      Optional<String> place,
      OptionalDouble lon,
      OptionalDouble lat,
      OptionalInt groupId,
      Optional<String> groupName) {}

  /** The number as it is read out. */
  public String spoken() {
    return number.substring(0, 4) + " " + number.substring(4);
  }

  /** One line for lists: the place as well as it is known. */
  public String placeLine() {
    return where
        .asset()
        .or(where::place)
        .or(
            () ->
                where.lat().isPresent()
                    ? Optional.of(
                        "%.5f, %.5f".formatted(where.lat().getAsDouble(), where.lon().orElse(0)))
                    : Optional.empty())
        .orElse("");
  }
}
