package io.floodmark.ingest.commit;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * Sets the parameters of a statement that takes rows as one array a column, for {@code unnest}: the
 * statement stays the same however many rows there are.
 *
 * @param <R> what a row is made of
 */
final class Columns<R> {
  private final Connection connection;
  private final PreparedStatement statement;
  private final Collection<R> rows;
  private int set;

  /** Starts with the first parameter of {@code statement}. */
  Columns(PreparedStatement statement, Collection<R> rows) throws SQLException {
    this(statement, rows, 0);
  }

  /** Starts after the first {@code set} parameters of {@code statement}. */
  Columns(PreparedStatement statement, Collection<R> rows, int set) throws SQLException {
    this.connection = statement.getConnection();
    this.statement = statement;
    this.rows = rows;
    this.set = set;
  }

  /**
   * Sets the next parameter.
   *
   * @param type PostgreSQL's name of the elements' type
   * @param value of a row; empty optionals and {@link Instant#MIN} become NULL, and what has a
   *     fraction a four-byte float, as all such columns are
   */
  Columns<R> add(String type, Function<R, ?> value) throws SQLException {
    Object[] column = rows.stream().map(value).map(Columns::toJdbc).toArray();
    set++;
    statement.setArray(set, connection.createArrayOf(type, column));
    return this;
  }

  static Object toJdbc(Object value) {
    if (value instanceof OptionalInt number) {
      return number.isPresent() ? number.getAsInt() : null;
    }
    if (value instanceof OptionalLong number) {
      return number.isPresent() ? number.getAsLong() : null;
    }
    if (value instanceof OptionalDouble number) {
      // Goes as text, and PostgreSQL refuses one that a float makes zero (SQLState 22003).
      return number.isPresent() ? (float) number.getAsDouble() : null;
    }
    if (value instanceof Optional<?> optional) {
      return optional.isPresent() ? toJdbc(optional.get()) : null;
    }
    if (value instanceof Instant at) {
      return at.equals(Instant.MIN) ? null : at.toString();
    }
    return value;
  }
}
