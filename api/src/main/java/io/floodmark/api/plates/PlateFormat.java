package io.floodmark.api.plates;

import io.floodmark.api.plates.label.LabelPaper;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a batch is printed on. */
public enum PlateFormat {
  /** Sheets of labels, Avery L7160. */
  L7160(LabelPaper.L7160),
  /** Single plates of 60 mm. */
  PLATE60(LabelPaper.PLATE_60),
  /** Single plates of 90 mm. */
  PLATE90(LabelPaper.PLATE_90);

  private final LabelPaper paper;

  PlateFormat(LabelPaper paper) {
    this.paper = paper;
  }

  /** The paper. */
  public LabelPaper paper() {
    return paper;
  }

  /** As it stands in the database, in forms and on command lines. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The format of that key. */
  public static Optional<PlateFormat> find(String key) {
    return Arrays.stream(values()).filter(format -> format.key().equals(key)).findFirst();
  }
}
