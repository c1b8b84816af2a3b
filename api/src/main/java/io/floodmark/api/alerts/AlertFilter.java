package io.floodmark.api.alerts;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which alerts of the list are asked for.
 *
 * @param state which part of their life
 * @param kinds keys of kinds; empty for all
 * @param zone whose alerts; that of its sensors' too
 * @param sensor code of whose alerts
 */
record AlertFilter(
    State state, List<String> kinds, Optional<String> zone, Optional<String> sensor) {

  /** A part of an alert's life, with the condition on {@code alert a} that says it. */
  enum State {
    /** Goes on, whatever staff did. */
    OPEN("a.state = 'active'"),
    /** All that there ever were. */
    ALL("true"),
    /** What wants somebody: goes on or ended unseen, and nothing keeps it back. */
    INBOX(
        """
        a.closed_at IS NULL AND a.suppressed IS NULL AND a.parent_id IS NULL
        AND (a.state = 'active' AND (a.shelved_until IS NULL OR a.shelved_until <= ?)
          OR a.state = 'cleared' AND a.acknowledged_at IS NULL)"""),
    /** On the shelf. */
    SHELVED("a.state = 'active' AND a.closed_at IS NULL AND a.shelved_until > ?"),
    /** Kept back by the system. */
    SUPPRESSED("a.state = 'active' AND a.suppressed IS NOT NULL"),
    /** Ended and seen, not closed. */
    ENDED(
        """
        a.state = 'cleared' AND a.closed_at IS NULL AND a.acknowledged_at IS NOT NULL
        AND a.parent_id IS NULL"""),
    /** Done with. */
    CLOSED("a.closed_at IS NOT NULL AND a.parent_id IS NULL");

    private final String condition;

    State(String condition) {
      this.condition = condition;
    }

    String condition() {
      return condition;
    }
  }

  AlertFilter {
    kinds = List.copyOf(kinds);
  }

  static AlertFilter of(State state) {
    return new AlertFilter(state, List.of(), Optional.empty(), Optional.empty());
  }

  /** The conditions, joined by AND, on {@code alert a} and {@code sensor s}. */
  String where() {
    StringBuilder where = new StringBuilder(state.condition());
    if (!kinds.isEmpty()) {
      where.append("\nAND a.kind = ANY (?)");
    }
    if (zone.isPresent()) {
      where.append("\nAND (a.zone = ? OR s.zone = ?)");
    }
    if (sensor.isPresent()) {
      where.append("\nAND s.code = ?");
    }
    return where.toString();
  }

  /**
   * Binds what {@link #where} asks for.
   *
   * @return the number of the next parameter
   */
  int bind(Connection connection, PreparedStatement select, int first, Instant now)
      throws SQLException {
    List<Object> values = new ArrayList<>();
    if (state.condition().contains("?")) {
      values.add(now.atOffset(ZoneOffset.UTC));
    }
    if (!kinds.isEmpty()) {
      values.add(connection.createArrayOf("text", kinds.toArray()));
    }
    zone.ifPresent(
        name -> {
          values.add(name);
          values.add(name);
        });
    sensor.ifPresent(values::add);
    int at = first;
    for (Object value : values) {
      select.setObject(at++, value);
    }
    return at;
  }
}
