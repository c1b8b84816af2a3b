package io.floodmark.api.records;

import io.floodmark.api.access.Caller;
import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;

/** A caller's residential groups as SQL takes them. */
public final class Scope {
  private Scope() {}

  /**
   * The ids that the caller is limited to, for a condition like {@code (cardinality(?::int[]) = 0
   * OR group_id = ANY (?::int[]))}; empty is the whole ward.
   */
  public static Array of(Connection connection, Caller caller) throws SQLException {
    return connection.createArrayOf("int4", caller.groups().toArray());
  }
}
