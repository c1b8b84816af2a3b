package io.floodmark.api.care;

import java.time.Instant;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * An entry of a care record, as it was entered.
 *
 * @param id the database's
 * @param entered what it says
 * @param recordedAt when it was entered
 * @param actor who entered it
 * @param photoKey of its photo, if it has one
 * @param correctedBy the entry that corrects it, if one does
 * @param broken whether its seal does not follow from what stands before it
 * @param seal 32 bytes in hexadecimal
 */
public record CareEntry(
    long id,
    Entered entered,
    Instant recordedAt,
    String actor,
    Optional<String> photoKey,
    OptionalLong correctedBy,
    boolean broken,
    String seal) {
  private static final int SHORT_SEAL_CHARS = 16;

  /**
   * What somebody enters.
   *
   * @param kind one of {@link CareKinds}
   * @param doneOn the day on which it was done
   * @param signer who answers for it
   * @param findings what was found or done
   * @param condition key of a choice that the asset's kind has, as {@code good}
   * @param risk key of a choice that the asset's kind has, as {@code high}
   * @param nextDue by when it has to be done again
   * @param corrects the entry that this one corrects
   */
  public record Entered(
      String kind,
      LocalDate doneOn,
      String signer,
      Optional<String> findings,
      Optional<String> condition,
      Optional<String> risk,
      Optional<LocalDate> nextDue,
      OptionalLong corrects) {}

  /** So much of the seal as people compare on paper. */
  public String shortSeal() {
    return seal.substring(0, SHORT_SEAL_CHARS);
  }

  static String hex(byte[] seal) {
    return HexFormat.of().formatHex(seal);
  }
}
