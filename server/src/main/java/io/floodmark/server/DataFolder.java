package io.floodmark.server;

import io.floodmark.schema.Database;
import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder {@code data.dir}: what lies where in it, whose it is, and its lock.
 *
 * <pre>
 * floodmark.properties   the marker: whose folder, made by which versions
 * floodmark.lock         held while a process works in here
 * access.properties      port, roles and passwords of the database; readable by its owner alone
 * postgresql-VERSION/    PostgreSQL's programs, unpacked from the jar; may be deleted
 * database/              the database cluster, its logs in log/
 * </pre>
 */
final class DataFolder implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(DataFolder.class);
  private static final String MARKER = "floodmark.properties";
  private static final String ACCESS = "access.properties";
  private static final String KIND = "kind";

  /** A probe of a command holds the lock for a moment; a start does not give up over that. */
  private static final long LOCK_PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private final Path root;
  private final FolderLock lock;

  private DataFolder(Path root, FolderLock lock) {
    this.root = root;
    this.lock = lock;
  }

  /**
   * Takes the folder for {@code kind}, making and marking it if it is not there.
   *
   * @throws FolderInUse if another process works in it
   * @throws Failure if it is somebody else's, or cannot be written
   */
  static DataFolder open(Path folder, FolderKind kind) {
    try {
      Path root = made(folder);
      refuseForeign(root, kind);
      FolderLock lock = locked(root);
      try {
        if (!Files.exists(root.resolve(MARKER))) {
          writeDurably(root.resolve(MARKER), marker(kind));
        }
        return new DataFolder(root, lock);
      } catch (IOException | RuntimeException e) {
        lock.close();
        throw e;
      }
    } catch (IOException e) {
      throw new Failure(
          "Cannot use the data folder %s: %s. Put that right, or name another folder with data.dir."
              .formatted(folder.toAbsolutePath(), reason(e)),
          e);
    }
  }

  /** Whose folder it is; empty if it is not there or not Floodmark's. */
  static Optional<FolderKind> findKind(Path folder) {
    if (Files.notExists(folder.resolve(MARKER))) {
      return Optional.empty();
    }
    try {
      String kind = read(folder.resolve(MARKER)).getProperty(KIND, "");
      return Stream.of(FolderKind.values()).filter(k -> k.command().equals(kind)).findFirst();
    } catch (IOException e) {
      throw new Failure(
          "Cannot read the data folder %s: %s. Name another with data.dir, or run this as its owner."
              .formatted(folder.toAbsolutePath(), reason(e)),
          e);
    }
  }

  /** What the owner of a running database wrote down; empty if there is nothing yet. */
  static Optional<Access> findAccess(Path folder) {
    Path file = folder.resolve(ACCESS);
    if (Files.notExists(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(Access.of(read(file)));
    } catch (IOException e) {
      throw new Failure(
          "Cannot read %s: %s. Run this as the user who runs Floodmark.".formatted(file, reason(e)),
          e);
    }
  }

  Path root() {
    return root;
  }

  Path database() {
    return root.resolve("database");
  }

  Optional<Access> findAccess() {
    return findAccess(root);
  }

  void write(Access access) throws IOException {
    writeDurably(root.resolve(ACCESS), access.toText());
  }

  /**
   * Refuses to go on where PostgreSQL would soon have to stop in the middle.
   *
   * @param megabytes what the next step needs at most
   */
  void requireSpace(long megabytes) throws IOException {
    FileStore store = Files.getFileStore(root);
    long free = store.getUsableSpace() >> 20;
    if (free < megabytes) {
      throw new Failure(
          "The disk of %s is full: %d MB free, %d MB needed. Make room and start again; nothing was lost."
              .formatted(root, free, megabytes));
    }
  }

  @Override
  public void close() {
    try {
      lock.close();
    } catch (IOException e) {
      log.warn("The lock of {} was not cleared: {}", root, e.getMessage());
    }
  }

  /** What an I/O error means in words; for these the JDK's message is a bare path. */
  static String reason(IOException e) {
    if (e instanceof AccessDeniedException denied) {
      return "no permission for " + denied.getFile();
    }
    if (e instanceof FileAlreadyExistsException existing) {
      return existing.getFile() + " is in the way";
    }
    if (e instanceof NoSuchFileException missing) {
      return missing.getFile() + " is missing";
    }
    if (e instanceof NotDirectoryException file) {
      return file.getFile() + " is not a folder";
    }
    return e.getMessage();
  }

  /** Writes so that after a power cut the file is either as before or complete. */
  static void writeDurably(Path file, String text) throws IOException {
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(fresh);
    Files.createFile(fresh, onlyForOwner(fresh));
    try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
      ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  static boolean isPosix(Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix");
  }

  private static Path made(Path folder) throws IOException {
    if (Files.notExists(folder)) {
      Files.createDirectories(folder);
      if (isPosix(folder)) {
        // Others may pass through, not look: started as root, PostgreSQL runs as another user.
        Set<PosixFilePermission> permissions = PosixFilePermissions.fromString("rwx--x--x");
        Files.setPosixFilePermissions(folder, permissions);
      }
    }
    if (!Files.isDirectory(folder)) {
      throw new NotDirectoryException(folder.toString());
    }
    return folder.toRealPath();
  }

  private static void refuseForeign(Path root, FolderKind kind) throws IOException {
    Optional<FolderKind> is = findKind(root);
    if (is.isPresent() && is.get() != kind) {
      throw new Failure(
          "%s is the data folder of a `%s`; `%s` must not mix its sensors into it. Name another folder with data.dir."
              .formatted(root, is.get().command(), kind.command()));
    }
    if (is.isEmpty()) {
      try (Stream<Path> entries = Files.list(root)) {
        // A lock without a marker is what a start leaves that was killed between the two.
        List<String> ours = List.of(FolderLock.FILE, MARKER + ".new");
        Optional<Path> foreign =
            entries.filter(e -> !ours.contains(e.getFileName().toString())).findFirst();
        if (foreign.isPresent()) {
          throw new Failure(
              "%s is not empty and not a data folder of Floodmark's (it holds %s). Name an empty or new folder with data.dir."
                  .formatted(root, foreign.get().getFileName()));
        }
      }
    }
  }

  private static FolderLock locked(Path root) throws IOException {
    long start = System.nanoTime();
    while (true) {
      Optional<FolderLock> lock = FolderLock.take(root);
      if (lock.isPresent()) {
        return lock.get();
      }
      if (System.nanoTime() - start > LOCK_PATIENCE_NANOS) {
        throw new FolderInUse(
            "%s is in use by %s. Stop that first, or name another folder with data.dir."
                .formatted(root, FolderLock.holder(root)));
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
  }

  private static String marker(FolderKind kind) {
    return """
        # Whose data folder this is. Do not edit.
        kind=%s
        floodmark=%s
        postgresql=%s
        """
        .formatted(kind.command(), Build.CURRENT.floodmark(), Build.CURRENT.postgresql());
  }

  /** Which Floodmark made the folder, for the sentence that refuses another's database. */
  String madeBy() throws IOException {
    return read(root.resolve(MARKER)).getProperty("floodmark", "unknown");
  }

  private static Properties read(Path file) throws IOException {
    Properties properties = new Properties();
    properties.load(new StringReader(Files.readString(file)));
    return properties;
  }

  private static FileAttribute<?>[] onlyForOwner(Path file) {
    return isPosix(file)
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }

  /**
   * How to get into the embedded database.
   *
   * @param port TCP port on 127.0.0.1
   * @param superuserPassword of role {@code postgres}, for the operator's psql and for upgrades
   * @param password of role {@code floodmark}, which owns the database and is no superuser
   */
  record Access(int port, String superuserPassword, String password) {
    static Access of(Properties properties) throws IOException {
      try {
        return new Access(
            Integer.parseInt(properties.getProperty("port", "")),
            properties.getProperty("postgres.password", ""),
            properties.getProperty("floodmark.password", ""));
      } catch (NumberFormatException e) {
        throw new IOException("its port is no number", e);
      }
    }

    Access withPort(int otherPort) {
      return new Access(otherPort, superuserPassword, password);
    }

    String toText() {
      Map<String, Object> entries = new TreeMap<>();
      entries.put("port", port);
      entries.put("postgres.password", superuserPassword);
      entries.put("floodmark.password", password);
      StringBuilder text = new StringBuilder("# The way into the embedded database. Secret.\n");
      entries.forEach((key, value) -> text.append(key).append('=').append(value).append('\n'));
      return text.toString();
    }

    Database database() {
      return new Database(
          "jdbc:postgresql://127.0.0.1:" + port + "/floodmark?sslmode=disable",
          "floodmark",
          password);
    }

    /** Without the passwords. */
    @Override
    public String toString() {
      return "port " + port;
    }
  }
}
