package io.floodmark.schema;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.regex.Pattern;

/**
 * Where the database is, and who we are to it. Safe for use by any thread.
 *
 * @param url JDBC address, {@code jdbc:postgresql://host:port/name}
 * @param user role to sign in as; empty where the address names it
 * @param password its password; empty where the address or the server's own rules give it
 */
public record Database(String url, String user, String password) {
  private static final int CONNECT_TIMEOUT_S = 5;
  private static final long POOL_WAIT_MILLIS = 5_000;

  /**
   * What every session begins with. Stored times are UTC, and so is every text the server makes of
   * one; the driver asks for the zone of this machine instead, and that wins over what the address
   * says. What we ask is short, but over a year of chunks it looks expensive to the planner:
   * compiling it took a fifth of a processor away from the readings ({@code bench ingest
   * --only=full} on TimescaleDB).
   */
  private static final String SESSION = "SET TimeZone TO 'UTC'; SET jit TO off";

  /** Up to the last {@code @}: a password may hold one, and a slash. */
  private static final Pattern USER_INFO = Pattern.compile("//[^?]*@");

  /** In the simple mode several statements are not one transaction. */
  private static final Pattern QUERY_MODE = Pattern.compile("[?&]preferQueryMode=");

  private static final Pattern SECRET_PARAMETER =
      Pattern.compile("(?i)((?:password|passphrase|passwd|pwd)=)[^&]*");

  /**
   * Checks the address.
   *
   * @throws IllegalArgumentException if {@code url} is no address of a PostgreSQL, names a user
   *     before the host, which the driver does not understand, or sets {@code preferQueryMode}; the
   *     message holds no password
   */
  public Database {
    if (!url.startsWith("jdbc:postgresql:")) {
      throw new IllegalArgumentException(
          "The database's address must start with jdbc:postgresql: \""
              + withoutSecrets(url)
              + "\".");
    }
    if (QUERY_MODE.matcher(url).find()) {
      throw new IllegalArgumentException(
          "The database's address must not set preferQueryMode, on which it depends whether"
              + " readings are stored together; take it out: \""
              + withoutSecrets(url)
              + "\".");
    }
    if (USER_INFO.matcher(url).find()) {
      throw new IllegalArgumentException(
          "The database's address names a user before the host; give user and password apart: \""
              + withoutSecrets(url)
              + "\".");
    }
  }

  /**
   * A text that may hold a database's address, as it may be shown: what stands before the host, and
   * what parameters say that are named like a password, is {@code ***}.
   */
  public static String withoutSecrets(String text) {
    String named = USER_INFO.matcher(text).replaceAll("//***@");
    return SECRET_PARAMETER.matcher(named).replaceAll("$1***");
  }

  /** A connection of its own, outside any pool; the caller closes it. */
  public Connection connect() throws SQLException {
    Connection connection = DriverManager.getConnection(url, properties());
    try (Statement statement = connection.createStatement()) {
      statement.execute(SESSION);
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  /**
   * A pool of at most {@code size} connections; the caller closes it. It is made also while the
   * database is away: then borrowing fails after five seconds.
   */
  public HikariDataSource pool(String name, int size) {
    HikariConfig config = new HikariConfig();
    config.setPoolName(name);
    config.setJdbcUrl(url);
    config.setDataSourceProperties(properties());
    config.setConnectionInitSql(SESSION);
    config.setMaximumPoolSize(size);
    config.setConnectionTimeout(POOL_WAIT_MILLIS);
    config.setInitializationFailTimeout(-1);
    return new HikariDataSource(config);
  }

  /** Hides the password, also one within the address. */
  @Override
  public String toString() {
    return withoutSecrets(url) + (user.isEmpty() ? "" : " as " + user);
  }

  private Properties properties() {
    Properties properties = new Properties();
    if (!user.isEmpty()) {
      properties.setProperty("user", user);
    }
    if (!password.isEmpty()) {
      properties.setProperty("password", password);
    }
    properties.setProperty("ApplicationName", "floodmark");
    properties.setProperty("connectTimeout", Integer.toString(CONNECT_TIMEOUT_S));
    properties.setProperty("tcpKeepAlive", "true");
    return properties;
  }
}
