package io.floodmark.server;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Under which user PostgreSQL's programs run. {@code initdb} and {@code postgres} refuse an
 * effective user id of 0, so a Floodmark that was started by root steps down for them:
 *
 * <ol>
 *   <li>to the user who already owns the database folder;
 *   <li>else by {@code setpriv} to {@code postgres} or {@code nobody}, whichever there is and can
 *       reach the folder. This is the better way: a broken-into database then owns nothing but
 *       itself;
 *   <li>else, for a folder that only root can reach (below {@code /root}), by {@code unshare -U}.
 *       In a user namespace without a mapping the process sees itself as user 65534 and has no
 *       capabilities, while its files go on belonging to root, so nothing has to be handed over.
 *       Containers often forbid it, and to the rest of the system it is still root's process, which
 *       is why it comes last.
 * </ol>
 *
 * @param command what goes before each program's own command line; empty for an ordinary user
 * @param uid owner of the database's files, or -1 to leave them as they are
 * @param gid their group, or -1
 */
record PostgresUser(List<String> command, int uid, int gid) {
  private static final Logger log = LoggerFactory.getLogger(PostgresUser.class);

  /** Nobody to become: Floodmark runs as an ordinary user itself. */
  private static final PostgresUser SELF = new PostgresUser(List.of(), -1, -1);

  private static final PostgresUser NAMESPACE =
      new PostgresUser(List.of("unshare", "--user", "--"), -1, -1);

  /**
   * Chooses the user.
   *
   * @param home PostgreSQL's programs
   * @param database the database folder, which need not be there yet
   */
  static PostgresUser choose(Path home, Path database) throws IOException {
    if (!DataFolder.isPosix(home)) {
      return SELF;
    }
    int self = uid(Path.of("/proc/self"), home);
    boolean exists = Files.exists(database, LinkOption.NOFOLLOW_LINKS);
    if (self != 0) {
      if (exists && uid(database, database) != self) {
        throw new Failure(
            "The database in %s belongs to user %s. Start Floodmark as root or as that user."
                .formatted(database, Files.getOwner(database)));
      }
      return SELF;
    }
    List<PostgresUser> candidates = new ArrayList<>();
    if (exists && uid(database, database) != 0) {
      candidates.add(ordinary(uid(database, database), gid(database)));
    } else if (!exists) {
      findUser("postgres").ifPresent(candidates::add);
      findUser("nobody").ifPresent(candidates::add);
    }
    if (!exists || uid(database, database) == 0) {
      candidates.add(NAMESPACE);
    }
    for (PostgresUser candidate : candidates) {
      if (candidate.canRun(home)) {
        log.debug("Started by root; PostgreSQL runs by: {}", candidate.command());
        return candidate;
      }
    }
    throw new Failure(
        "PostgreSQL does not run as root, and no ordinary user can reach %s. Start Floodmark as an ordinary user, or name a folder with data.dir that user \"postgres\" or \"nobody\" can reach."
            .formatted(home.getParent()));
  }

  /** Hands a file or a tree over to this user. */
  void own(Path tree) throws IOException {
    if (uid < 0) {
      return;
    }
    Files.walkFileTree(
        tree,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
              throws IOException {
            return visitFile(folder, attributes);
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.setAttribute(file, "unix:gid", gid, LinkOption.NOFOLLOW_LINKS);
            Files.setAttribute(file, "unix:uid", uid, LinkOption.NOFOLLOW_LINKS);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  private boolean canRun(Path home) {
    List<String> line = new ArrayList<>(command);
    line.add(home.resolve("bin").resolve("postgres").toString());
    line.add("--version");
    try {
      Process process =
          new ProcessBuilder(line)
              .directory(home.toFile())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return false;
      }
      return process.exitValue() == 0;
    } catch (IOException e) {
      return false; // neither setpriv nor unshare is everywhere
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Failure("Interrupted while PostgreSQL was started.", e);
    }
  }

  private static PostgresUser ordinary(int uid, int gid) {
    return new PostgresUser(
        List.of("setpriv", "--reuid=" + uid, "--regid=" + gid, "--clear-groups", "--"), uid, gid);
  }

  /** Looks into /etc/passwd: {@code name:x:uid:gid:...}. */
  private static Optional<PostgresUser> findUser(String name) throws IOException {
    Path passwd = Path.of("/etc/passwd");
    if (Files.notExists(passwd)) {
      return Optional.empty();
    }
    return Files.readAllLines(passwd).stream()
        .map(line -> line.split(":", -1))
        .filter(fields -> fields.length > 3 && fields[0].equals(name))
        .map(fields -> ordinary(Integer.parseInt(fields[2]), Integer.parseInt(fields[3])))
        .findFirst();
  }

  /** Owner of {@code path}, or of {@code otherwise} where there is no such path (no /proc). */
  private static int uid(Path path, Path otherwise) throws IOException {
    Path asked = Files.exists(path) ? path : otherwise;
    return (Integer) Files.getAttribute(asked, "unix:uid");
  }

  private static int gid(Path path) throws IOException {
    return (Integer) Files.getAttribute(path, "unix:gid");
  }
}
