package io.floodmark.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/**
 * What Maven wrote into this build.
 *
 * @param floodmark version of the program
 * @param postgresql version of the PostgreSQL that it carries along, such as {@code 18.6.0}
 */
record Build(String floodmark, String postgresql) {
  /** The build that this class belongs to. */
  static final Build CURRENT = read();

  /** Major version of PostgreSQL: the first line of {@code PG_VERSION} in a database of ours. */
  String postgresqlMajor() {
    return postgresql.substring(0, postgresql.indexOf('.'));
  }

  private static Build read() {
    Properties properties = new Properties();
    try (InputStream in = Build.class.getResourceAsStream("build.properties")) {
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Build(properties.getProperty("floodmark"), properties.getProperty("postgresql"));
  }
}
