package io.floodmark.schema;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
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

  /** Up to the last {@code @}: a password may hold one, and a slash. */
  private static final Pattern USER_INFO = Pattern.compile("//[^?]*@");

  private static final Pattern SECRET_PARAMETER =
      Pattern.compile("(?i)((?:password|passphrase|passwd|pwd)=)[^&]*");

  /**
   * Checks the address.
   *
   * @throws IllegalArgumentException if {@code url} is no address of a PostgreSQL, or names a user
   *     before the host, which the driver does not understand; the message holds no password
   */
  public Database {
    if (!url.startsWith("jdbc:postgresql:")) {
      throw new IllegalArgumentException(
          "The database's address must start with jdbc:postgresql: \""
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
    return DriverManager.getConnection(url, properties());
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
    // Stored times are UTC, and so is every text the server makes of one.
    properties.setProperty("options", "-c TimeZone=UTC");
    return properties;
  }
}
