package io.floodmark.api.photos;

/**
 * A stretch of an array, read without running over its end. The array is shared, and nobody writes
 * to it.
 *
 * @param array where it lies
 * @param offset first byte
 * @param length number of bytes
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares or prints it
record Bytes(byte[] array, int offset, int length) {
  Bytes {
    if (offset < 0 || length < 0 || length > array.length - offset) {
      throw new IllegalArgumentException(
          length + " bytes at " + offset + " do not lie within " + array.length);
    }
  }

  static Bytes of(byte[] array) {
    return new Bytes(array, 0, array.length);
  }

  /** Whether {@code count} bytes from {@code at} on are there. */
  boolean holds(long at, long count) {
    return at >= 0 && count >= 0 && at + count <= length;
  }

  Bytes part(int at, int count) {
    return new Bytes(array, offset + at, count);
  }

  /** The byte at {@code at}, 0 to 255. */
  int u8(int at) {
    if (at < 0 || at >= length) {
      throw new IndexOutOfBoundsException("byte " + at + " of " + length);
    }
    return array[offset + at] & 0xff;
  }

  int u16(int at) {
    return u8(at) << 8 | u8(at + 1);
  }

  long u32(int at) {
    return (long) u16(at) << 16 | u16(at + 2);
  }

  int u16Little(int at) {
    return u8(at + 1) << 8 | u8(at);
  }

  long u32Little(int at) {
    return (long) u16Little(at + 2) << 16 | u16Little(at);
  }

  /** Whether the characters of {@code text}, one byte each, stand at {@code at}. */
  boolean reads(int at, String text) {
    if (!holds(at, text.length())) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if (u8(at + i) != text.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}
