package io.floodmark.api.assets.files;

import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;
import java.io.Serial;

/**
 * Ends the reading of one record that never ends: a quote that nobody closed would bring the whole
 * file into memory as one cell.
 */
final class RecordBound extends FilterReader {
  /** What the parser may read ahead. */
  private static final int READ_AHEAD = 65_536;

  private final long recordChars;
  private long readChars;

  RecordBound(Reader in, long recordChars) {
    super(in);
    this.recordChars = recordChars;
  }

  /** That a record is longer than one of full cells could be. */
  static final class TooLongException extends IOException {
    @Serial private static final long serialVersionUID = 1L;

    TooLongException(long chars) {
      super("A record is longer than " + chars + " characters: a quote is likely missing.");
    }
  }

  void beginRecord() {
    readChars = 0;
  }

  @Override
  public int read() throws IOException {
    int c = super.read();
    count(1);
    return c;
  }

  @Override
  public int read(char[] buffer, int offset, int length) throws IOException {
    int read = super.read(buffer, offset, length);
    count(read);
    return read;
  }

  private void count(int chars) throws TooLongException {
    readChars += Math.max(chars, 0);
    if (readChars > recordChars + READ_AHEAD) {
      throw new TooLongException(recordChars);
    }
  }
}
