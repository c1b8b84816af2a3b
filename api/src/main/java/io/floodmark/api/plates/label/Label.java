package io.floodmark.api.plates.label;

import io.floodmark.plate.PlateCode;
import java.util.Objects;

/**
 * What stands on one label or plate besides what all of them say. Texts may be of any length: what
 * does not fit is shrunk, then wrapped, then cut off by an ellipsis.
 *
 * @param code the plate's code
 * @param number what people call the thing and can read from afar: "Cây số 1203", "Số nhà 12"
 * @param line1 more about it, such as species or street; may be empty
 * @param line2 whose it is: the ward's name; may be empty
 */
public record Label(PlateCode code, String number, String line1, String line2) {

  /**
   * Checks that there is something to read.
   *
   * @throws IllegalArgumentException if {@code number} is blank
   */
  public Label {
    Objects.requireNonNull(code, "code");
    Objects.requireNonNull(line1, "line1");
    Objects.requireNonNull(line2, "line2");
    if (number.isBlank()) {
      throw new IllegalArgumentException(
          "Plate " + code + " has no number: give one that people can read from afar.");
    }
  }
}
