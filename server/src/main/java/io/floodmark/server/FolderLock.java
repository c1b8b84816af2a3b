package io.floodmark.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The one process that may touch a data folder. The operating system lets go of the lock when its
 * holder dies, however it dies; the file says who holds it, for the sentence that the next one
 * reads.
 */
final class FolderLock implements AutoCloseable {
  static final String FILE = "floodmark.lock";

  /**
   * Locks of this very process. POSIX drops all locks of a process on a file as soon as it closes
   * any descriptor of it, so a second attempt in here must not even open the file.
   */
  private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

  /** The locked byte lies far behind the text, because on Windows a locked region is unreadable. */
  private static final long LOCKED_BYTE = Long.MAX_VALUE - 1;

  private final Path file;
  private final FileChannel channel;

  private FolderLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /** Takes the lock of {@code folder}, a real path; empty if somebody has it. */
  static Optional<FolderLock> take(Path folder) throws IOException {
    Path file = folder.resolve(FILE);
    if (!HELD_HERE.add(file)) {
      return Optional.empty();
    }
    FileChannel channel = null;
    try {
      channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock lock = channel.tryLock(LOCKED_BYTE, 1, false);
      if (lock == null) {
        channel.close();
        HELD_HERE.remove(file);
        return Optional.empty();
      }
      channel.truncate(0);
      channel.write(ByteBuffer.wrap(self().getBytes(StandardCharsets.UTF_8)));
      return Optional.of(new FolderLock(file, channel));
    } catch (IOException | RuntimeException e) {
      if (channel != null) {
        channel.close();
      }
      HELD_HERE.remove(file);
      throw e;
    }
  }

  /** Whether some process holds the lock of {@code folder} now. */
  static boolean isHeld(Path folder) throws IOException {
    Path file = folder.resolve(FILE);
    if (HELD_HERE.contains(file)) {
      return true;
    }
    if (Files.notExists(file)) {
      return false;
    }
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      return channel.tryLock(LOCKED_BYTE, 1, false) == null;
    }
  }

  /** Who has, or last had, the lock: {@code process 4711, started 2026-11-21T13:05:00Z}. */
  static String holder(Path folder) {
    Path file = folder.resolve(FILE);
    if (HELD_HERE.contains(file)) {
      return self();
    }
    try {
      String text = Files.readString(file).strip();
      return text.isEmpty() ? "another process" : text;
    } catch (IOException e) {
      return "another process";
    }
  }

  private static String self() {
    ProcessHandle self = ProcessHandle.current();
    Optional<Instant> started = self.info().startInstant();
    return "process " + self.pid() + started.map(at -> ", started " + at).orElse("");
  }

  @Override
  public void close() throws IOException {
    try {
      channel.truncate(0);
    } finally {
      channel.close();
      HELD_HERE.remove(file);
    }
  }
}
