package io.floodmark.ingest.commit;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
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
 * <p>Numbers and texts travel in PostgreSQL's binary format: an array in its text format is quoted
 * and parsed character by character. What is neither travels as text, and the statement says what
 * it is ({@code ?::timestamptz[]}).
 *
 * @param <R> what a row is made of
 */
final class Columns<R> {
  private final PreparedStatement statement;
  private final Collection<R> rows;
  private int set;

  /** Starts with the first parameter of {@code statement}. */
  Columns(PreparedStatement statement, Collection<R> rows) {
    this(statement, rows, 0);
  }

  /** Starts after the first {@code set} parameters of {@code statement}. */
  Columns(PreparedStatement statement, Collection<R> rows, int set) {
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
   * @throws ArithmeticException if a whole number does not fit the type
   */
  Columns<R> add(String type, Function<R, ?> value) throws SQLException {
    set++;
    statement.setArray(set, array(statement.getConnection(), column(type, rows, value)));
    return this;
  }

  /** A column as Java's array of what it is sent as, which needs no connection. */
  static <R> Object[] column(String type, Collection<R> rows, Function<R, ?> value) {
    Object[] column =
        switch (type) {
          case "int2" -> new Short[rows.size()];
          case "int4" -> new Integer[rows.size()];
          case "int8" -> new Long[rows.size()];
          case "float4" -> new Float[rows.size()];
          case "bool" -> new Boolean[rows.size()];
          default -> new String[rows.size()];
        };
    int i = 0;
    for (R row : rows) {
      column[i++] = element(type, plain(value.apply(row)));
    }
    return column;
  }

  /** Such an array as a parameter. */
  static Array array(Connection connection, Object[] column) throws SQLException {
    return connection.createArrayOf(typeOf(column), column);
  }

  /**
   * Sets one element of such an array as a parameter; with its type where it is null, or the
   * statement would be parsed anew.
   */
  static void set(PreparedStatement statement, int parameter, Object[] column, int row)
      throws SQLException {
    if (column[row] == null) {
      statement.setNull(parameter, sqlTypeOf(column));
    } else {
      statement.setObject(parameter, column[row]);
    }
  }

  private static int sqlTypeOf(Object[] column) {
    return switch (typeOf(column)) {
      case "int2" -> Types.SMALLINT;
      case "int4" -> Types.INTEGER;
      case "int8" -> Types.BIGINT;
      case "float4" -> Types.REAL;
      case "bool" -> Types.BOOLEAN;
      default -> Types.VARCHAR;
    };
  }

  private static String typeOf(Object[] column) {
    if (column instanceof Short[]) {
      return "int2";
    }
    if (column instanceof Integer[]) {
      return "int4";
    }
    if (column instanceof Long[]) {
      return "int8";
    }
    if (column instanceof Float[]) {
      return "float4";
    }
    return column instanceof Boolean[] ? "bool" : "text";
  }

  private static Object element(String type, Object value) {
    if (value == null) {
      return null;
    }
    return switch (type) {
      case "int2" -> toShort(((Number) value).longValue());
      case "int4" -> Math.toIntExact(((Number) value).longValue());
      case "int8" -> ((Number) value).longValue();
      case "float4" -> ((Number) value).floatValue();
      case "bool" -> value;
      default -> value.toString();
    };
  }

  private static short toShort(long value) {
    if (value != (short) value) {
      throw new ArithmeticException("A smallint cannot hold " + value + ".");
    }
    return (short) value;
  }

  private static Object plain(Object value) {
    if (value instanceof OptionalInt number) {
      return number.isPresent() ? number.getAsInt() : null;
    }
    if (value instanceof OptionalLong number) {
      return number.isPresent() ? number.getAsLong() : null;
    }
    if (value instanceof OptionalDouble number) {
      return number.isPresent() ? number.getAsDouble() : null;
    }
    if (value instanceof Optional<?> optional) {
      return optional.isPresent() ? plain(optional.get()) : null;
    }
    return Instant.MIN.equals(value) ? null : value;
  }
}
