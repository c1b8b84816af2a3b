package io.floodmark.api.plates;

import io.floodmark.api.assets.AssetFilter;
import io.floodmark.api.assets.AssetKinds;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The assets that are to have plates. Immutable.
 *
 * @param filter which are meant
 * @param refs the ward's numbers of those that are meant; empty for all
 */
public record PlatesWanted(AssetFilter filter, List<String> refs) {
  /** Copies the list. */
  public PlatesWanted {
    refs = List.copyOf(refs);
  }

  /** How many there are, with a plate and without. */
  public int count(Connection connection) throws SQLException {
    return count(connection, "");
  }

  /** How many of them have no plate. */
  public int countWithoutPlate(Connection connection) throws SQLException {
    return count(connection, " AND " + PlateMaking.WITHOUT_PLATE);
  }

  /** Numbers that none of them has, in the order in which they were given. */
  public List<String> unknownRefs(Connection connection) throws SQLException {
    AssetFilter.Where where = where(connection);
    Set<String> unknown = new LinkedHashSet<>(refs);
    try (PreparedStatement query =
        connection.prepareStatement("SELECT a.ref FROM asset a WHERE " + where.sql())) {
      where.bind(connection, query, 1);
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          unknown.remove(row.getString(1));
        }
      }
    }
    return List.copyOf(unknown);
  }

  /** The condition on {@code asset a}. */
  AssetFilter.Where where(Connection connection) throws SQLException {
    AssetFilter.Where where = filter.where(AssetKinds.load(connection));
    if (refs.isEmpty()) {
      return where;
    }
    List<Object> parameters = new ArrayList<>(where.parameters());
    parameters.add(refs);
    return new AssetFilter.Where(where.sql() + " AND a.ref = ANY (?)", parameters);
  }

  private int count(Connection connection, String condition) throws SQLException {
    AssetFilter.Where where = where(connection);
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT count(*) FROM asset a WHERE " + where.sql() + condition)) {
      where.bind(connection, query, 1);
      try (ResultSet row = query.executeQuery()) {
        row.next();
        return row.getInt(1);
      }
    }
  }
}
