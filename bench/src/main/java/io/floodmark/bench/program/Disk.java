package io.floodmark.bench.program;

import java.io.IOException;

/** The disk that everything measured shares. */
public final class Disk {
  private Disk() {}

  /**
   * Waits until what was written before is on it: what the system still has to write, of an earlier
   * measurement or a file just copied, would make commits wait for tenths of a second.
   */
  public static void settle() throws IOException {
    try {
      if (new ProcessBuilder("sync").inheritIO().start().waitFor() != 0) {
        throw new IOException("sync has failed.");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while the disk was settling.", e);
    }
  }
}
