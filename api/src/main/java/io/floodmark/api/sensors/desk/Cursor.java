package io.floodmark.api.sensors.desk;

import io.floodmark.api.http.Problem;
import io.floodmark.api.http.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.function.Predicate;

/** Where a page of a list ends, as an address carries it: not for others to read meaning from. */
final class Cursor {
  private Cursor() {}

  /** The cursor that stands for {@code last}, the last entry of a page. */
  static String of(String last) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(last.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * The entry that {@code cursor} stands for.
   *
   * @param ours what our own cursors of this list stand for
   * @throws ProblemException with 400 if it is none that we gave out
   */
  static String read(String cursor, Predicate<String> ours) {
    try {
      String last = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
      if (ours.test(last)) {
        return last;
      }
    } catch (IllegalArgumentException e) {
      // The same answer as for any other text that we did not give out.
    }
    throw new ProblemException(
        Problem.badParameter("cursor", "Take the cursor from the page before."));
  }
}
