package io.floodmark.api.plates.label;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A text that fits into its box.
 *
 * @param font what it is set in
 * @param sizePt the size, in points
 * @param lines from the top; none for a blank text
 */
record FittedText(LabelFont font, double sizePt, List<String> lines) {
  /** Baseline to baseline by size: two marks above a capital and a dot below stay apart. */
  private static final double LEADING = 1.2;

  private static final double STEP_PT = 0.25;
  private static final Pattern BREAKS = Pattern.compile("(?<= )|(?=[./])");
  private static final Pattern TRAILING = Pattern.compile("[\\s,;:·-]+$");
  private static final String ELLIPSIS = "…";

  /** The height of all lines. */
  double heightMm() {
    return LabelCanvas.mm(lines.size() * LEADING * sizePt);
  }

  double leadingMm() {
    return LabelCanvas.mm(LEADING * sizePt);
  }

  /**
   * What a text may become.
   *
   * @param largestPt the size it has if there is room
   * @param oneLinePt down to this it is shrunk to stay on one line
   * @param smallestPt down to this it is shrunk to stay whole
   * @param linesMax lines that it may take
   */
  record Range(double largestPt, double oneLinePt, double smallestPt, int linesMax) {

    /** The same on a plate that is so many times as large. */
    Range times(double factor) {
      return new Range(largestPt * factor, oneLinePt * factor, smallestPt * factor, linesMax);
    }
  }

  /** Shrinks, then wraps, then cuts off, until the text fits into a box. */
  static FittedText fit(LabelFont font, String text, double widthMm, double heightMm, Range range)
      throws IOException {
    String shown = font.drawable(text);
    if (shown.isEmpty()) {
      return new FittedText(font, range.largestPt, List.of());
    }
    for (double size = range.largestPt; size >= range.oneLinePt; size -= STEP_PT) {
      if (font.widthMm(shown, size) <= widthMm && linesIn(heightMm, size) >= 1) {
        return new FittedText(font, size, List.of(shown));
      }
    }
    for (double size = range.largestPt; size > range.smallestPt; size -= STEP_PT) {
      List<String> lines = wrap(font, shown, widthMm, size);
      if (lines.size() <= Math.min(range.linesMax, linesIn(heightMm, size))) {
        return new FittedText(font, size, lines);
      }
    }
    double size = range.smallestPt;
    List<String> lines = wrap(font, shown, widthMm, size);
    int room = Math.max(1, Math.min(range.linesMax, linesIn(heightMm, size)));
    if (lines.size() <= room) {
      return new FittedText(font, size, lines);
    }
    List<String> kept = new ArrayList<>(lines.subList(0, room - 1));
    kept.add(cutOff(font, lines.get(room - 1), widthMm, size));
    return new FittedText(font, size, List.copyOf(kept));
  }

  private static int linesIn(double heightMm, double sizePt) {
    return (int) Math.floor(heightMm / LabelCanvas.mm(LEADING * sizePt));
  }

  /** Fills line by line; breaks at spaces, before dots and slashes, else within a long word. */
  private static List<String> wrap(LabelFont font, String text, double widthMm, double sizePt)
      throws IOException {
    List<String> lines = new ArrayList<>();
    String line = "";
    for (String piece : BREAKS.splitAsStream(text).toList()) {
      if (font.widthMm((line + piece).stripTrailing(), sizePt) > widthMm && !line.isEmpty()) {
        lines.add(line.stripTrailing());
        line = "";
      }
      line += piece;
      while (font.widthMm(line.stripTrailing(), sizePt) > widthMm) {
        int end = fitting(font, line, widthMm, sizePt);
        lines.add(line.substring(0, end));
        line = line.substring(end);
      }
    }
    if (!line.isBlank()) {
      lines.add(line.stripTrailing());
    }
    return List.copyOf(lines);
  }

  private static String cutOff(LabelFont font, String line, double widthMm, double sizePt)
      throws IOException {
    String kept = TRAILING.matcher(line).replaceFirst("");
    while (!kept.isEmpty() && font.widthMm(kept + ELLIPSIS, sizePt) > widthMm) {
      String shorter = kept.substring(0, kept.offsetByCodePoints(kept.length(), -1));
      kept = TRAILING.matcher(shorter).replaceFirst("");
    }
    return kept + ELLIPSIS;
  }

  /** How much of a text fits on one line: at least its first character. */
  private static int fitting(LabelFont font, String text, double widthMm, double sizePt)
      throws IOException {
    int end = text.offsetByCodePoints(0, 1);
    while (end < text.length()) {
      int next = text.offsetByCodePoints(end, 1);
      if (font.widthMm(text.substring(0, next), sizePt) > widthMm) {
        break;
      }
      end = next;
    }
    return end;
  }
}
