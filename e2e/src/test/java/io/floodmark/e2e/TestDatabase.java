package io.floodmark.e2e;

import io.floodmark.schema.Database;
import io.floodmark.server.EmbeddedPostgres;
import io.floodmark.server.FolderKind;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.postgresql.Driver;
import org.testcontainers.postgresql.PostgreSQLContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * A database of a test's own, empty at first and gone when closed. A class that has to hold on both
 * engines runs once on each:
 *
 * <pre>{@code
 * @ParameterizedClass
 * @EnumSource
 * final class StoreTest {
 *   private static TestDatabase database;
 *   @Parameter Engine engine;
 *
 *   @BeforeParameterizedClassInvocation
 *   static void open(Engine engine) throws SQLException { database = TestDatabase.open(engine); }
 *
 *   @AfterParameterizedClassInvocation
 *   static void close() throws SQLException { database.close(); }
 * }
 * }</pre>
 *
 * <p>A server is started by the first who asks and serves all test classes of this process.
 */
public final class TestDatabase implements AutoCloseable {

  /** What readings can be stored in. */
  public enum Engine {
    /** Plain PostgreSQL, the one that a ward runs. */
    EMBEDDED,
    /** PostgreSQL with TimescaleDB; where there is none, the tests on it are for {@link Needs}. */
    TIMESCALE
  }

  private static final Map<Engine, Server> SERVERS = new EnumMap<>(Engine.class);
  private static final AtomicInteger COUNT = new AtomicInteger();

  private final Server server;
  private final String name;

  private TestDatabase(Server server, String name) {
    this.server = server;
    this.name = name;
  }

  /** Makes an empty database; its tables are the caller's to lay. */
  public static TestDatabase open(Engine engine) throws SQLException {
    Server server = server(engine);
    String name = nextName();
    server.execute("CREATE DATABASE " + name + " OWNER " + server.user());
    return new TestDatabase(server, name);
  }

  /** The same on a TimescaleDB that may compress, for the one class that needs it. */
  public static TestDatabase openLicensed() throws SQLException {
    Server server = timescale(Needs.timescaleLicensed(), imageOfCompose().replace("-oss", ""));
    String name = nextName();
    server.execute("CREATE DATABASE " + name + " OWNER " + server.user());
    return new TestDatabase(server, name);
  }

  /**
   * Another database with all that is in this one, which nobody may be connected to. Much quicker
   * than laying the same tables again.
   */
  public TestDatabase copy() throws SQLException {
    String copy = nextName();
    server.execute("CREATE DATABASE " + copy + " OWNER " + server.user() + " TEMPLATE " + name);
    return new TestDatabase(server, copy);
  }

  /** Lets nobody in any more, TimescaleDB's own workers included, so that it can be copied. */
  public void seal() throws SQLException {
    server.execute("ALTER DATABASE " + name + " ALLOW_CONNECTIONS false");
    server.execute(
        "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE datname = '"
            + name
            + "'");
  }

  /**
   * Closes it when this process ends; on the embedded server, which goes as a whole, for nothing.
   */
  public void closeAtExit() {
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  try {
                    close();
                  } catch (SQLException gone) {
                    // The server has ended first.
                  }
                },
                "drop-" + name));
  }

  /** How to get in, as the owner, who on plain PostgreSQL is no superuser. */
  public Database database() {
    return new Database(addressOf(server.address(), name), server.user(), server.password());
  }

  /** Drops the database, with whoever is still connected. */
  @Override
  public void close() throws SQLException {
    server.execute("DROP DATABASE IF EXISTS " + name + " WITH (FORCE)");
  }

  private static String nextName() {
    return "floodmark_test_" + ProcessHandle.current().pid() + "_" + COUNT.incrementAndGet();
  }

  private static synchronized Server server(Engine engine) {
    Server running = SERVERS.get(engine);
    if (running == null) {
      running = engine == Engine.EMBEDDED ? startEmbedded() : findTimescale();
      SERVERS.put(engine, running);
    }
    return running;
  }

  private static Server startEmbedded() {
    try {
      Path folder = Files.createTempDirectory("floodmark-e2e");
      EmbeddedPostgres postgres =
          EmbeddedPostgres.open(folder.resolve("floodmark-data"), FolderKind.SERVE);
      Runtime.getRuntime()
          .addShutdownHook(
              new Thread(
                  () -> {
                    postgres.close();
                    delete(folder);
                  },
                  "stop-embedded-postgres"));
      Properties access = new Properties();
      try (Reader file =
          Files.newBufferedReader(postgres.dataDirectory().resolve("access.properties"))) {
        access.load(file);
      }
      Database owner = postgres.database();
      return new Server(
          owner.url(),
          new Database(
              addressOf(owner.url(), "postgres"),
              "postgres",
              access.getProperty("postgres.password")),
          owner.user(),
          owner.password());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Server findTimescale() {
    return timescale(Needs.timescale(), imageOfCompose());
  }

  private static Server timescale(Optional<String> address, String image) {
    if (address.isPresent()) {
      String url = address.get();
      Properties parts = Driver.parseURL(url, new Properties());
      return Server.withOneRole(
          url, parts.getProperty("user", ""), parts.getProperty("password", ""));
    }
    // Never stopped by us: Testcontainers removes it when this process ends.
    PostgreSQLContainer container =
        new PostgreSQLContainer(DockerImageName.parse(image).asCompatibleSubstituteFor("postgres"))
            // Testcontainers turns fsync off; what we promise rests on it.
            .withCommand("postgres", "-c", "fsync=on", "-c", "max_connections=200");
    container.start();
    return Server.withOneRole(
        container.getJdbcUrl(), container.getUsername(), container.getPassword());
  }

  /** The image that docker-compose.yml runs, so that the tests run the same. */
  static String imageOfCompose() {
    try {
      Matcher image =
          Pattern.compile("(?m)^ *image: (timescale/\\S+)$")
              .matcher(Files.readString(Checkout.root().resolve("docker-compose.yml")));
      if (!image.find()) {
        throw new IllegalStateException("docker-compose.yml names no image timescale/...");
      }
      return image.group(1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The same server's address of another database, without user and password. */
  static String addressOf(String url, String database) {
    URI uri = URI.create(url.substring("jdbc:".length()));
    String rest =
        Stream.ofNullable(uri.getRawQuery())
            .flatMap(query -> Arrays.stream(query.split("&", -1)))
            .filter(setting -> !setting.startsWith("user=") && !setting.startsWith("password="))
            .collect(Collectors.joining("&"));
    return "jdbc:postgresql://%s/%s%s"
        .formatted(uri.getAuthority(), database, rest.isEmpty() ? "" : "?" + rest);
  }

  private static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * A running server.
   *
   * @param address JDBC address of any database of it
   * @param maintenance who may create databases
   * @param user who is to own them
   * @param password the owner's
   */
  private record Server(String address, Database maintenance, String user, String password) {

    static Server withOneRole(String address, String user, String password) {
      return new Server(
          address, new Database(addressOf(address, "postgres"), user, password), user, password);
    }

    void execute(String sql) throws SQLException {
      try (Connection connection = maintenance.connect();
          Statement statement = connection.createStatement()) {
        // A copy goes through the log whole, which takes twice as long if it is packed.
        statement.execute("SET wal_compression = off");
        statement.execute(sql);
      }
    }
  }
}
