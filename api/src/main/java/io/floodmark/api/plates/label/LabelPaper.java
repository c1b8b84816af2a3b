package io.floodmark.api.plates.label;

/** What labels are printed on. All lengths in millimetres. */
public enum LabelPaper {
  /** Avery L7160: A4 with three columns of seven labels, 63.5 by 38.1. */
  L7160(210, 297, 21),
  /** A single plate, 60 wide and 100 high: its symbol with quiet zone takes the width. */
  PLATE_60(60, 100, 1),
  /** A single plate, 90 wide and 150 high. */
  PLATE_90(90, 150, 1);

  private final double widthMm;
  private final double heightMm;
  private final int labelsPerPage;

  LabelPaper(double widthMm, double heightMm, int labelsPerPage) {
    this.widthMm = widthMm;
    this.heightMm = heightMm;
    this.labelsPerPage = labelsPerPage;
  }

  /** The page's width. */
  public double widthMm() {
    return widthMm;
  }

  /** The page's height. */
  public double heightMm() {
    return heightMm;
  }

  /** Places on a page, numbered from 1, row by row. */
  public int labelsPerPage() {
    return labelsPerPage;
  }
}
