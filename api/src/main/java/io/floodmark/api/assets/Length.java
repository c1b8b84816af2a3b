package io.floodmark.api.assets;

import io.floodmark.api.http.Language;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How people write lengths that are kept in whole millimetres. Pure. */
public enum Length {
  /** Millimetres, as programs write them. */
  MM(1),
  /** Centimetres: trunks. */
  CM(10),
  /** Metres: heights. */
  M(1000);

  /** A comma and a point both divide: no list mixes them with a sign for thousands. */
  private static final Pattern WRITTEN =
      Pattern.compile("(-?\\d{1,9}(?:[.,]\\d{1,6})?)\\s*(mm|cm|m)?", Pattern.CASE_INSENSITIVE);

  private final int millimetres;

  Length(int millimetres) {
    this.millimetres = millimetres;
  }

  /** As it stands behind a number. */
  public String sign() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The millimetres that {@code text} means, halves rounded up; a unit written behind the number
   * counts instead of this one.
   *
   * @return empty if it is no number
   */
  public OptionalLong millimetres(String text) {
    Matcher written = WRITTEN.matcher(text.strip());
    if (!written.matches()) {
      return OptionalLong.empty();
    }
    Length unit =
        written.group(2) == null ? this : valueOf(written.group(2).toUpperCase(Locale.ROOT));
    return OptionalLong.of(
        new BigDecimal(written.group(1).replace(',', '.'))
            .multiply(BigDecimal.valueOf(unit.millimetres))
            .setScale(0, RoundingMode.HALF_UP)
            .longValueExact());
  }

  /** The number alone, with the comma or point of the language and no more digits than it has. */
  public String number(long millimetresIn, Language language) {
    String plain =
        BigDecimal.valueOf(millimetresIn)
            .divide(BigDecimal.valueOf(millimetres))
            .stripTrailingZeros()
            .toPlainString();
    return language == Language.VI ? plain.replace('.', ',') : plain;
  }
}
