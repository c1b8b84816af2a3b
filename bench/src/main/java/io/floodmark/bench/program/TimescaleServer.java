package io.floodmark.bench.program;

import io.floodmark.schema.Database;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A running PostgreSQL with TimescaleDB, on which each measurement has a database of its own. */
public final class TimescaleServer {
  private static final Pattern ADDRESS = Pattern.compile("(jdbc:postgresql://[^/]+/)([^?]*)(.*)");

  private final Database server;

  /**
   * A server that is there.
   *
   * @param url JDBC address of any database on it, with a user who may make others
   */
  public TimescaleServer(String url) {
    this.server = new Database(url, "", "");
  }

  /** Makes an empty database, in place of an older one of that name. */
  public Database fresh(String name) throws IOException {
    Matcher address = ADDRESS.matcher(server.url());
    if (!address.matches()) {
      throw new IOException("Give the address as jdbc:postgresql://HOST:PORT/DATABASE?user=...");
    }
    drop(name);
    execute("CREATE DATABASE " + name);
    return new Database(address.group(1) + name + address.group(3), "", "");
  }

  /** Drops a database, also while somebody is connected to it. */
  public void drop(String name) throws IOException {
    execute("DROP DATABASE IF EXISTS " + name + " WITH (FORCE)");
  }

  private void execute(String sql) throws IOException {
    try (Connection connection = server.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IOException("The TimescaleDB of the bench does not do: " + sql, e);
    }
  }
}
