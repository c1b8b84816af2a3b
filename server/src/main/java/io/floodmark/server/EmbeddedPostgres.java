package io.floodmark.server;

import io.floodmark.schema.Database;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL of our own in a folder of our own: reachable on loopback with a password and no
 * other way, and as durable as one that an administrator has set up.
 *
 * <p>The folder's lock says who may do what: only its holder starts a server, stops one that a
 * killed predecessor left running, or starts it again when it dies. Other processes of ours {@link
 * #findRunning find} the address in the folder.
 *
 * <p>Safe for use by several threads. A daemon thread watches the server until {@link #close()}.
 */
public final class EmbeddedPostgres implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(EmbeddedPostgres.class);

  /** A fresh cluster with its first log segments and room to live. */
  private static final long FRESH_MEGABYTES = 150;

  /** A few log segments of 16 MB: below that PostgreSQL soon panics. */
  private static final long REUSED_MEGABYTES = 64;

  /** Below what operating systems hand to outgoing connections, which come and go on any number. */
  private static final int LOWEST_PORT = 20_000;

  private static final int HIGHEST_PORT = 32_000;
  private static final byte[] LOOPBACK = {127, 0, 0, 1};
  private static final int PORT_TRIES = 5;
  private static final long WATCH_MILLIS = 250;
  private static final long LONGEST_PAUSE_MILLIS = 30_000;
  private static final long ATTACH_PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

  private final DataFolder folder;
  private final PostgresCluster cluster;
  private final DataFolder.Access access;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread watcher = new Thread(this::watch, "postgres-watch");

  private EmbeddedPostgres(DataFolder folder, PostgresCluster cluster, DataFolder.Access access) {
    this.folder = folder;
    this.cluster = cluster;
    this.access = access;
    watcher.setDaemon(true);
  }

  /**
   * Starts the database below {@code dataDir}, making it first if there is none. Takes a second or
   * two, some seconds the first time, and after a crash as long as PostgreSQL's recovery.
   *
   * @param dataDir the folder {@code data.dir}
   * @param kind whose folder it has to be
   * @throws FolderInUse if another process runs a database there
   * @throws Failure if it cannot be started, in a sentence that says what to do
   */
  public static EmbeddedPostgres open(Path dataDir, FolderKind kind) {
    return open(dataDir, kind, () -> false);
  }

  /**
   * As {@link #open(Path, FolderKind)}, for a process that may be stopped meanwhile.
   *
   * @param stopping asked several times a second whether to give up, which leaves nothing running
   *     and ends in a {@link Failure}
   */
  public static EmbeddedPostgres open(Path dataDir, FolderKind kind, BooleanSupplier stopping) {
    DataFolder folder = DataFolder.open(dataDir, kind);
    try {
      EmbeddedPostgres postgres = start(folder, stopping);
      postgres.watcher.start();
      return postgres;
    } catch (IOException e) {
      folder.close();
      throw new Failure(
          "The database in %s cannot be started: %s."
              .formatted(folder.root(), DataFolder.reason(e)),
          e);
    } catch (InterruptedException e) {
      folder.close();
      Thread.currentThread().interrupt();
      throw new Failure("Interrupted while PostgreSQL was started.", e);
    } catch (RuntimeException | Error e) {
      folder.close();
      throw e;
    }
  }

  /**
   * The database that another process of ours runs below {@code dataDir} now. Waits for it for a
   * while if it is just being started.
   *
   * @return empty if nobody holds the folder
   * @throws Failure if somebody does, but its database does not come up, or we may not read how to
   *     get in
   */
  public static Optional<Database> findRunning(Path dataDir) {
    return findRunning(dataDir, () -> false);
  }

  /**
   * As {@link #findRunning(Path)}, for a process that may be stopped meanwhile.
   *
   * @param stopping asked several times a second whether to give up, which ends in a {@link
   *     Failure}
   */
  public static Optional<Database> findRunning(Path dataDir, BooleanSupplier stopping) {
    try {
      if (Files.notExists(dataDir)) {
        return Optional.empty();
      }
      Path root = dataDir.toRealPath();
      long start = System.nanoTime();
      boolean told = false;
      while (FolderLock.isHeld(root)) {
        Optional<DataFolder.Access> access = DataFolder.findAccess(root);
        if (access.isPresent() && accepts(access.get().database())) {
          return access.map(DataFolder.Access::database);
        }
        if (System.nanoTime() - start > ATTACH_PATIENCE_NANOS) {
          throw new Failure(
              "%s is in use by %s, but its database does not answer. Look into its log."
                  .formatted(root, FolderLock.holder(root)));
        }
        if (stopping.getAsBoolean()) {
          throw new Stopped("Stopped while waiting for the database.");
        }
        if (!told) {
          log.warn("Waiting for the database that {} has in {}.", FolderLock.holder(root), root);
          told = true;
        }
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
      }
      return Optional.empty();
    } catch (IOException e) {
      throw new Failure(
          "Cannot look into %s: %s. Run this as the user who runs Floodmark."
              .formatted(dataDir, DataFolder.reason(e)),
          e);
    }
  }

  /** Whose data folder {@code dataDir} is; empty if it is not there or not Floodmark's. */
  public static Optional<FolderKind> findKind(Path dataDir) {
    return DataFolder.findKind(dataDir);
  }

  /** How to get in; the same from start to close, also over a death of the server. */
  public Database database() {
    return access.database();
  }

  /** The folder of this database, as a real path. */
  public Path dataDirectory() {
    return folder.root();
  }

  /** Process id of the server as it runs now; empty while it is dead. */
  public OptionalLong findPid() {
    try {
      return cluster.findPostmaster();
    } catch (IOException e) {
      throw new Failure("Cannot read the database folder: " + DataFolder.reason(e), e);
    }
  }

  /** Stops the server and lets go of the folder. The second call does nothing. */
  @Override
  public void close() {
    if (closing.getCount() == 0) {
      return;
    }
    closing.countDown();
    // A restart that is under way gives up first: what it starts must not outlive us.
    boolean interrupted = Thread.interrupted();
    interrupted |= joinWatcher();
    try {
      cluster.stop();
      log.info("The database in {} is stopped.", folder.root());
    } catch (IOException e) {
      log.warn("The database in {} was not stopped: {}", folder.root(), e.getMessage());
    } catch (InterruptedException e) {
      interrupted = true;
    } finally {
      folder.close();
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Returns whether the caller was interrupted meanwhile. */
  private boolean joinWatcher() {
    boolean interrupted = false;
    while (true) {
      try {
        watcher.join();
        return interrupted;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
  }

  private static EmbeddedPostgres start(DataFolder folder, BooleanSupplier stopping)
      throws IOException, InterruptedException {
    boolean fresh = Files.notExists(folder.database());
    folder.requireSpace(
        PostgresBinaries.megabytesNeeded(folder.root())
            + (fresh ? FRESH_MEGABYTES : REUSED_MEGABYTES));
    Path home = PostgresBinaries.unpack(folder.root());
    PostgresUser user = PostgresUser.choose(home, folder.database());
    PostgresCluster cluster =
        new PostgresCluster(new PostgresPrograms(home, user), folder.database());
    DataFolder.Access access;
    if (fresh) {
      log.info("Making a new database in {}.", folder.database());
      access = newAccess();
      folder.write(access);
      cluster.create(access, stopping);
    } else {
      access =
          folder
              .findAccess()
              .orElseThrow(
                  () ->
                      new Failure(
                          "%s holds a database but no longer the passwords to it (access.properties). Put that file back."
                              .formatted(folder.root())));
      refuseOtherMajor(folder, cluster);
    }
    takeOver(folder, cluster);
    return new EmbeddedPostgres(
        folder, cluster, startOnFreePort(folder, cluster, access, stopping));
  }

  private static void refuseOtherMajor(DataFolder folder, PostgresCluster cluster)
      throws IOException {
    String ours = Build.CURRENT.postgresqlMajor();
    String found = cluster.findMajor().orElse("of unknown version");
    if (!found.equals(ours)) {
      throw new Failure(
          """
          %1$s holds a database of PostgreSQL %2$s, made by Floodmark %3$s; this is Floodmark %4$s with PostgreSQL %5$s. Nothing was changed. To bring it over:
            1. with that version's jar:  java -jar floodmark-%3$s.jar backup floodmark.backup --data-dir %1$s
            2. with this one:            java -jar floodmark.jar restore floodmark.backup --data-dir %1$s-%5$s
          Then start this version with --data-dir %1$s-%5$s, and keep the old folder until you trust the new one."""
              .formatted(folder.root(), found, folder.madeBy(), Build.CURRENT.floodmark(), ours));
    }
  }

  /** Stops the server of an owner that was killed. Its lock is ours now, so it has none. */
  private static void takeOver(DataFolder folder, PostgresCluster cluster)
      throws IOException, InterruptedException {
    OptionalLong orphan = cluster.findPostmaster();
    if (orphan.isPresent()) {
      log.info(
          "Stopping the database server (process {}) that a killed Floodmark left in {}.",
          orphan.getAsLong(),
          folder.root());
      cluster.stop();
    }
    cluster.clearStale();
  }

  private static DataFolder.Access startOnFreePort(
      DataFolder folder,
      PostgresCluster cluster,
      DataFolder.Access written,
      BooleanSupplier stopping)
      throws IOException, InterruptedException {
    DataFolder.Access access = written;
    for (int tries = 1; ; tries++) {
      if (!isFree(access.port())) {
        access = access.withPort(freePort());
        log.info("Port {} is taken; the database moves to {}.", written.port(), access.port());
        folder.write(access);
      }
      try {
        cluster.start(access.port(), stopping);
        return access;
      } catch (Failure e) {
        // Somebody else may have taken the port between the look and the start.
        if (stopping.getAsBoolean() || isFree(access.port()) || tries == PORT_TRIES) {
          throw e;
        }
      }
    }
  }

  /** Starts the server again whenever it dies, on the port that everybody knows. */
  private void watch() {
    long pauseMillis = WATCH_MILLIS;
    try {
      while (!closing.await(pauseMillis, TimeUnit.MILLISECONDS)) {
        try {
          if (cluster.findPostmaster().isEmpty()) {
            log.warn("The database server died; starting it again.");
            cluster.clearStale();
            cluster.start(access.port(), () -> closing.getCount() == 0);
            log.info("The database server runs again.");
          }
          pauseMillis = WATCH_MILLIS;
        } catch (IOException | Failure e) {
          pauseMillis = Math.min(2 * pauseMillis, LONGEST_PAUSE_MILLIS);
          log.error("It does not start, next try in {} ms: {}", pauseMillis, e.getMessage());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // closing; this thread ends
    }
  }

  private static DataFolder.Access newAccess() throws IOException {
    SecureRandom random = new SecureRandom();
    return new DataFolder.Access(freePort(), secret(random), secret(random));
  }

  /** 192 random bits. */
  private static String secret(SecureRandom random) {
    byte[] bytes = new byte[24];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  private static int freePort() throws IOException {
    SecureRandom random = new SecureRandom();
    for (int tries = 0; tries < 1_000; tries++) {
      int port = LOWEST_PORT + random.nextInt(HIGHEST_PORT - LOWEST_PORT);
      if (isFree(port)) {
        return port;
      }
    }
    throw new IOException("no free port between " + LOWEST_PORT + " and " + HIGHEST_PORT);
  }

  /** Whether one gets in: a server in recovery listens already, but turns everybody away. */
  private static boolean accepts(Database database) {
    try (Connection connection = database.connect()) {
      return connection.isValid(0);
    } catch (SQLException e) {
      return false;
    }
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      // As PostgreSQL does: connections that are still closing do not make it taken.
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
