package io.floodmark.ingest.broker;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;

/**
 * Writes changes to the tables, a batch in one transaction. The same batch may be written again:
 * the outcome of a commit may be unknown. What belongs to a session that another process has taken
 * is left out, and said.
 */
final class BrokerTables {
  private static final String NEXT_RUN = "SELECT nextval('mqtt_run')";

  // Locked, so that whoever takes them now waits until the batch is in, and reads it.
  private static final String OUR_SESSIONS =
      """
      SELECT id FROM mqtt_session WHERE id = ANY (?) AND run = ? ORDER BY id FOR UPDATE
      """;

  private static final String END_SESSIONS =
      """
      DELETE FROM mqtt_session WHERE id = ANY (?) AND run = ?
      """;

  // The client's last session counts, whoever made the other.
  private static final String END_OTHER_SESSIONS =
      """
      DELETE FROM mqtt_session s
      USING unnest(?::int8[], ?::text[], ?::text[]) AS k (id, account, client_id)
      WHERE s.account = k.account AND s.client_id = k.client_id AND s.id <> k.id
      """;

  private static final String PUT_SESSIONS =
      """
      INSERT INTO mqtt_session (id, account, client_id, expiry_s, left_at, run)
      SELECT k.*, ?
      FROM unnest(?::int8[], ?::text[], ?::text[], ?::int8[], ?::timestamptz[])
        AS k (id, account, client_id, expiry_s, left_at)
      ON CONFLICT (id) DO UPDATE
      SET run = excluded.run, expiry_s = excluded.expiry_s, left_at = excluded.left_at
      """;

  private static final String LEAVE_SESSIONS =
      """
      UPDATE mqtt_session s
      SET expiry_s = k.expiry_s, left_at = k.left_at
      FROM unnest(?::int8[], ?::int8[], ?::timestamptz[]) AS k (id, expiry_s, left_at)
      WHERE s.id = k.id AND s.run = ?
      """;

  private static final String END_SUBSCRIPTIONS =
      """
      DELETE FROM mqtt_subscription s
      USING unnest(?::int8[], ?::text[]) AS k (session_id, filter), mqtt_session o
      WHERE s.session_id = k.session_id AND s.filter = k.filter
        AND o.id = k.session_id AND o.run = ?
      """;

  private static final String PUT_SUBSCRIPTIONS =
      """
      INSERT INTO mqtt_subscription
        (session_id, filter, qos, no_local, retain_as_published, retain_handling, subscription_id)
      SELECT k.*
      FROM unnest(?::int8[], ?::text[], ?::int2[], ?::bool[], ?::bool[], ?::int2[], ?::int4[])
        AS k (session_id, filter, qos, no_local, retain_as_published, retain_handling,
          subscription_id)
      JOIN mqtt_session o ON o.id = k.session_id AND o.run = ?
      ON CONFLICT (session_id, filter) DO UPDATE
      SET qos = excluded.qos, no_local = excluded.no_local,
        retain_as_published = excluded.retain_as_published,
        retain_handling = excluded.retain_handling, subscription_id = excluded.subscription_id
      """;

  private static final String END_QUEUED =
      """
      DELETE FROM mqtt_queued q
      USING unnest(?::int8[], ?::int8[]) AS k (session_id, place), mqtt_session o
      WHERE q.session_id = k.session_id AND q.place = k.place
        AND o.id = k.session_id AND o.run = ?
      """;

  // Of a message that is there, only how far it has come can have changed.
  private static final String PUT_QUEUED =
      """
      INSERT INTO mqtt_queued
        (session_id, place, packet_id, received, topic, payload, properties, published_qos,
         published_retain, expires_at, qos, retain, newest_only, subscription_ids, share)
      SELECT k.*
      FROM unnest(?::int8[], ?::int8[], ?::int4[], ?::bool[], ?::text[], ?::bytea[], ?::bytea[],
          ?::int2[], ?::bool[], ?::timestamptz[], ?::int2[], ?::bool[], ?::bool[], ?::text[],
          ?::text[])
        AS k (session_id, place, packet_id, received, topic, payload, properties, published_qos,
          published_retain, expires_at, qos, retain, newest_only, subscription_ids, share)
      JOIN mqtt_session o ON o.id = k.session_id AND o.run = ?
      ON CONFLICT (session_id, place) DO UPDATE
      SET received = excluded.received, payload = excluded.payload,
        properties = excluded.properties, expires_at = excluded.expires_at
      """;

  private static final String END_RECEIVED =
      """
      DELETE FROM mqtt_received r
      USING unnest(?::int8[], ?::int4[]) AS k (session_id, packet_id), mqtt_session o
      WHERE r.session_id = k.session_id AND r.packet_id = k.packet_id
        AND o.id = k.session_id AND o.run = ?
      """;

  private static final String PUT_RECEIVED =
      """
      INSERT INTO mqtt_received (session_id, packet_id)
      SELECT k.*
      FROM unnest(?::int8[], ?::int4[]) AS k (session_id, packet_id)
      JOIN mqtt_session o ON o.id = k.session_id AND o.run = ?
      ON CONFLICT DO NOTHING
      """;

  private static final String END_RETAINED = "DELETE FROM mqtt_retained WHERE topic = ANY (?)";

  private static final String PUT_RETAINED =
      """
      INSERT INTO mqtt_retained (topic, payload, properties, qos, expires_at)
      SELECT k.*
      FROM unnest(?::text[], ?::bytea[], ?::bytea[], ?::int2[], ?::timestamptz[])
        AS k (topic, payload, properties, qos, expires_at)
      ON CONFLICT (topic) DO UPDATE
      SET payload = excluded.payload, properties = excluded.properties, qos = excluded.qos,
        expires_at = excluded.expires_at
      """;

  private final Connection connection;

  /** The number of this process. */
  private final int run;

  private BrokerTables(Connection connection, int run) {
    this.connection = connection;
    this.run = run;
  }

  /** Draws the number of a process. */
  static int nextRun(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(NEXT_RUN)) {
      result.next();
      return result.getInt(1);
    }
  }

  /**
   * Writes a batch and commits it.
   *
   * @return the sessions that another process has taken: nothing of them is written
   */
  static Set<Long> write(Connection connection, int run, Changes changes) throws SQLException {
    if (changes.count() == 0) {
      return Set.of();
    }
    connection.setAutoCommit(false);
    Set<Long> lost = new BrokerTables(connection, run).write(changes);
    connection.commit();
    return lost;
  }

  private Set<Long> write(Changes changes) throws SQLException {
    Set<Long> lost = lost(changes.olderSessions());
    writeSessions(changes);
    writeSubscriptions(changes);
    writeQueued(changes);
    writeReceived(changes);
    writeRetained(changes);
    return lost;
  }

  private Set<Long> lost(Set<Long> ids) throws SQLException {
    Set<Long> lost = new HashSet<>(ids);
    if (ids.isEmpty()) {
      return lost;
    }
    try (PreparedStatement select = connection.prepareStatement(OUR_SESSIONS)) {
      select.setArray(1, connection.createArrayOf("int8", ids.toArray()));
      select.setInt(2, run);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          lost.remove(row.getLong("id"));
        }
      }
    }
    return lost;
  }

  private void writeSessions(Changes changes) throws SQLException {
    execute(END_SESSIONS, changes.ended, rows -> rows.add("int8", id -> id).add(run));
    List<Changes.SessionRow> claimed =
        changes.sessions.values().stream().filter(Changes.SessionRow::claims).toList();
    execute(
        END_OTHER_SESSIONS,
        claimed,
        rows ->
            rows.add("int8", Changes.SessionRow::id)
                .add("text", Changes.SessionRow::account)
                .add("text", Changes.SessionRow::clientId));
    execute(
        PUT_SESSIONS,
        claimed,
        rows ->
            rows.add(run)
                .add("int8", Changes.SessionRow::id)
                .add("text", Changes.SessionRow::account)
                .add("text", Changes.SessionRow::clientId)
                .add("int8", Changes.SessionRow::expirySeconds)
                .add("timestamptz", row -> time(row.leftAt())));
    execute(
        LEAVE_SESSIONS,
        changes.sessions.values().stream().filter(row -> !row.claims()).toList(),
        rows ->
            rows.add("int8", Changes.SessionRow::id)
                .add("int8", Changes.SessionRow::expirySeconds)
                .add("timestamptz", row -> time(row.leftAt()))
                .add(run));
  }

  private void writeSubscriptions(Changes changes) throws SQLException {
    execute(
        END_SUBSCRIPTIONS,
        gone(changes.subscriptions),
        rows ->
            rows.add("int8", Changes.SubscriptionKey::sessionId)
                .add("text", Changes.SubscriptionKey::filter)
                .add(run));
    execute(
        PUT_SUBSCRIPTIONS,
        there(changes.subscriptions),
        rows ->
            rows.add("int8", row -> row.key().sessionId())
                .add("text", row -> row.key().filter())
                .add("int2", row -> row.value().qos())
                .add("bool", row -> row.value().noLocal())
                .add("bool", row -> row.value().retainAsPublished())
                .add("int2", row -> row.value().retainHandling().code())
                .add("int4", row -> number(row.value().id()))
                .add(run));
  }

  private void writeQueued(Changes changes) throws SQLException {
    execute(
        END_QUEUED,
        gone(changes.queued),
        rows ->
            rows.add("int8", Changes.QueuedKey::sessionId)
                .add("int8", Changes.QueuedKey::place)
                .add(run));
    execute(
        PUT_QUEUED,
        there(changes.queued),
        rows ->
            rows.add("int8", row -> row.key().sessionId())
                .add("int8", row -> row.key().place())
                .add("int4", row -> row.value().packetId())
                .add("bool", row -> row.value().received())
                .add("text", row -> row.value().message().topic())
                .addBytes(row -> row.value().message().payload())
                .addBytes(row -> row.value().message().properties())
                .add("int2", row -> row.value().message().qos())
                .add("bool", row -> row.value().message().retain())
                .add("timestamptz", row -> time(row.value().message().expiresAt()))
                .add("int2", row -> row.value().qos())
                .add("bool", row -> row.value().retain())
                .add("bool", row -> row.value().newestOnly())
                .add("text", row -> StoredBroker.text(row.value().subscriptionIds()))
                .add("text", row -> row.value().share().orElse(null))
                .add(run));
  }

  private void writeReceived(Changes changes) throws SQLException {
    for (boolean inUse : new boolean[] {false, true}) {
      List<Changes.ReceivedKey> keys =
          changes.received.entrySet().stream()
              .filter(change -> change.getValue() == inUse)
              .map(Map.Entry::getKey)
              .toList();
      execute(
          inUse ? PUT_RECEIVED : END_RECEIVED,
          keys,
          rows ->
              rows.add("int8", Changes.ReceivedKey::sessionId)
                  .add("int4", Changes.ReceivedKey::packetId)
                  .add(run));
    }
  }

  private void writeRetained(Changes changes) throws SQLException {
    execute(END_RETAINED, gone(changes.retained), rows -> rows.add("text", topic -> topic));
    execute(
        PUT_RETAINED,
        there(changes.retained),
        rows ->
            rows.add("text", Row::key)
                .addBytes(row -> row.value().payload())
                .addBytes(row -> row.value().properties())
                .add("int2", row -> row.value().qos())
                .add("timestamptz", row -> time(row.value().expiresAt())));
  }

  private record Row<K, V>(K key, V value) {}

  private static <K, V> List<K> gone(Map<K, Optional<V>> changes) {
    return changes.entrySet().stream()
        .filter(change -> change.getValue().isEmpty())
        .map(Map.Entry::getKey)
        .toList();
  }

  private static <K, V> List<Row<K, V>> there(Map<K, Optional<V>> changes) {
    List<Row<K, V>> rows = new ArrayList<>();
    changes.forEach((key, value) -> value.ifPresent(one -> rows.add(new Row<>(key, one))));
    return rows;
  }

  // What is not there is NULL in the database, and so in its driver.

  private static String time(Optional<Instant> time) {
    return time.map(Instant::toString).orElse(null);
  }

  private static Integer number(OptionalInt number) {
    return number.isPresent() ? number.getAsInt() : null;
  }

  private interface Parameters<R> {
    Rows<R> set(Rows<R> rows) throws SQLException;
  }

  private <R> void execute(String sql, Collection<R> rows, Parameters<R> parameters)
      throws SQLException {
    if (rows.isEmpty()) {
      return;
    }
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      parameters.set(new Rows<>(statement, List.copyOf(rows)));
      statement.executeUpdate();
    }
  }

  /** Sets the parameters of a statement that takes one array a column. */
  private static final class Rows<R> {
    private final PreparedStatement statement;
    private final List<R> rows;
    private int set;

    Rows(PreparedStatement statement, List<R> rows) {
      this.statement = statement;
      this.rows = rows;
    }

    Rows<R> add(String type, Function<R, ?> value) throws SQLException {
      Object[] column = rows.stream().map(value).toArray();
      statement.setArray(++set, statement.getConnection().createArrayOf(type, column));
      return this;
    }

    Rows<R> addBytes(Function<R, byte[]> value) throws SQLException {
      byte[][] column = rows.stream().map(value).toArray(byte[][]::new);
      statement.setArray(++set, statement.getConnection().createArrayOf("bytea", column));
      return this;
    }

    Rows<R> add(int value) throws SQLException {
      statement.setInt(++set, value);
      return this;
    }
  }
}
