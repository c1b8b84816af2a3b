package io.floodmark.api.households;

import java.time.LocalDate;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A household. Personal data: shown only after a look that was audited, and never logged.
 *
 * @param id the database's; 0 before there is one
 * @param headName who speaks for it
 * @param phone to call in a flood
 * @param people how many live there, 0 to 200
 * @param elderly how many of them are old, 0 to 200
 * @param children how many are children, 0 to 200
 * @param needsHelp whether somebody has to come for them
 * @param note what helpers have to know
 * @param consentOn the day on which they agreed to its being kept
 * @param consentHow how they agreed: a signed form, by telephone, ...
 * @param version counts its changes, from 1
 */
public record Household(
    long id,
    String headName,
    Optional<String> phone,
    OptionalInt people,
    OptionalInt elderly,
    OptionalInt children,
    boolean needsHelp,
    Optional<String> note,
    LocalDate consentOn,
    String consentHow,
    int version) {
  /** How many a household may count. */
  static final int PEOPLE_MAX = 200;

  @Override
  public String toString() {
    return "Household[" + id + "]";
  }
}
