package io.floodmark.e2e.durability;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A disk of its own for a data folder, which can be filled to the last block: a tmpfs that shrinks
 * to what it holds. Only root may mount one, and not in every container.
 */
final class SmallDisk {
  private static final long BYTES = 2L << 30;
  private static final long LEAST_BYTES = 1L << 20;
  private static final long SECONDS = 20;

  private final Path folder;

  private SmallDisk(Path folder) {
    this.folder = folder;
  }

  /**
   * Mounts one at {@code folder}.
   *
   * @return empty where that is not allowed
   */
  static Optional<SmallDisk> mount(Path folder) throws IOException, InterruptedException {
    boolean mounted =
        run("mount", "-t", "tmpfs", "-o", "mode=0755,size=" + BYTES, "floodmark", "" + folder);
    return mounted ? Optional.of(new SmallDisk(folder)) : Optional.empty();
  }

  /** From now on nothing new fits. */
  void fill() throws IOException, InterruptedException {
    FileStore store = Files.getFileStore(folder);
    // It goes on being written to meanwhile, and never shrinks below what it holds.
    for (int tries = 0; tries < 50; tries++) {
      long used = store.getTotalSpace() - store.getUnallocatedSpace();
      if (resize(Math.max(LEAST_BYTES, used))) {
        return;
      }
    }
    throw new IOException(folder + " cannot be filled.");
  }

  /** There is room again. */
  void free() throws IOException, InterruptedException {
    if (!resize(BYTES)) {
      throw new IOException(folder + " cannot be given its room back.");
    }
  }

  /** Unmounts it, also while somebody still looks into it. */
  void unmount() throws IOException, InterruptedException {
    if (!run("umount", "--lazy", folder.toString())) {
      throw new IOException("umount " + folder + " failed; do it by hand.");
    }
  }

  private boolean resize(long bytes) throws IOException, InterruptedException {
    return run("mount", "-o", "remount,size=" + bytes, folder.toString());
  }

  private static boolean run(String... command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      return process.waitFor(SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
    } finally {
      process.destroyForcibly();
    }
  }
}
