package io.floodmark.ingest.simulation;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** Makes of valid bytes what a bad line, a bad client or a bad mind would. */
final class Mutator {
  private static final int[] ODD = {0, 1, 0x7f, 0x80, 0xff, '"', '{', '[', '\\', '-', 'e', '9'};

  private final Chance chance;

  Mutator(Chance chance) {
    this.chance = chance;
  }

  /** Repeats, reorders, leaves out or joins some of what follows one another. */
  void shuffle(List<byte[]> packets) {
    int i = chance.between(0, packets.size() - 1);
    int j = chance.between(0, packets.size() - 1);
    switch (chance.between(0, 3)) {
      case 0 -> packets.add(i, packets.get(j));
      case 1 -> Collections.swap(packets, i, j);
      case 2 -> packets.set(i, splice(packets.get(i), packets.get(j)));
      default -> {
        if (packets.size() > 1) {
          packets.remove(i);
        }
      }
    }
  }

  /** Changes a few bytes, the more seldom the more. */
  byte[] mutate(byte[] valid) {
    byte[] bytes = valid.clone();
    do {
      if (bytes.length > 0) {
        bytes = once(bytes);
      }
    } while (chance.oneIn(2));
    return bytes;
  }

  private byte[] once(byte[] bytes) {
    int at = chance.between(0, bytes.length - 1);
    switch (chance.between(0, 7)) {
      case 0, 1 -> bytes[at] ^= (byte) (1 << chance.between(0, 7));
      case 2 -> bytes[at] = (byte) ODD[chance.between(0, ODD.length - 1)];
      case 3 -> lie(bytes);
      case 4 -> {
        return Arrays.copyOf(bytes, at);
      }
      case 5 -> {
        return cutOut(bytes, at, Math.min(bytes.length, at + chance.between(1, 8)));
      }
      case 6 -> {
        return insert(bytes, at);
      }
      default -> {
        return splice(bytes, bytes);
      }
    }
    return bytes;
  }

  /** Lengths stand at the beginning: of the packet, and of the string that it begins with. */
  private void lie(byte[] bytes) {
    int at = chance.between(1, Math.min(bytes.length, 6)) - 1;
    bytes[at] += (byte) chance.between(-3, 3);
    if (chance.oneIn(4)) {
      bytes[at] |= (byte) 0x80;
    }
  }

  private byte[] insert(byte[] bytes, int at) {
    byte[] more = new byte[chance.between(1, 5)];
    for (int i = 0; i < more.length; i++) {
      more[i] = (byte) (chance.oneIn(2) ? chance.between(0, 255) : bytes[at]);
    }
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.write(bytes, 0, at);
    all.writeBytes(more);
    all.write(bytes, at, bytes.length - at);
    return all.toByteArray();
  }

  private static byte[] cutOut(byte[] bytes, int from, int to) {
    byte[] rest = Arrays.copyOf(bytes, bytes.length - (to - from));
    System.arraycopy(bytes, to, rest, from, bytes.length - to);
    return rest;
  }

  private byte[] splice(byte[] head, byte[] tail) {
    int headEnd = chance.between(0, head.length);
    int tailStart = chance.between(0, tail.length);
    byte[] spliced = Arrays.copyOf(head, headEnd + tail.length - tailStart);
    System.arraycopy(tail, tailStart, spliced, headEnd, tail.length - tailStart);
    return spliced;
  }
}
