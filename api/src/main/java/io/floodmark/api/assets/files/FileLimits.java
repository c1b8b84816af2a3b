package io.floodmark.api.assets.files;

/**
 * What a file may hold. Each breach is a sentence to the user, never a crash.
 *
 * @param bytes of the file as uploaded
 * @param rows below the header
 * @param columns of the header
 * @param cellChars of one cell, in UTF-16 units; a longer cell is the problem of its row
 * @param unpackedBytes of all parts of a workbook together, once unpacked
 * @param unpackedRatio unpacked to packed bytes of one part; looked at only beyond one megabyte,
 *     since small parts of equal rows pack very well
 * @param sharedBytes of a workbook's part that has to be held in memory, such as its shared texts
 * @param zipEntries parts of a workbook
 */
public record FileLimits(
    long bytes,
    long rows,
    int columns,
    int cellChars,
    long unpackedBytes,
    int unpackedRatio,
    long sharedBytes,
    int zipEntries) {

  /** 200 MB, 500,000 rows, 200 columns, 10,000 characters a cell. */
  public static final FileLimits DEFAULT =
      new FileLimits(200_000_000L, 500_000, 200, 10_000, 1_000_000_000L, 200, 100_000_000L, 1_000);

  /** Checks that each limit is positive. */
  public FileLimits {
    if (bytes <= 0
        || rows <= 0
        || columns <= 0
        || cellChars <= 0
        || unpackedBytes <= 0
        || unpackedRatio <= 0
        || sharedBytes <= 0
        || zipEntries <= 0) {
      throw new IllegalArgumentException("A limit of files is not positive: set it to 1 or more.");
    }
  }

  /** The same but for the size of the file. */
  public FileLimits withBytes(long other) {
    return new FileLimits(
        other, rows, columns, cellChars, unpackedBytes, unpackedRatio, sharedBytes, zipEntries);
  }

  /** The same but for the number of rows. */
  public FileLimits withRows(long other) {
    return new FileLimits(
        bytes, other, columns, cellChars, unpackedBytes, unpackedRatio, sharedBytes, zipEntries);
  }
}
