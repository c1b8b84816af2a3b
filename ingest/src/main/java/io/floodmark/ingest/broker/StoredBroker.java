package io.floodmark.ingest.broker;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the tables have of sessions and retained messages.
 *
 * @param sessions those that have not ended by themselves
 * @param retained messages of clients
 */
record StoredBroker(List<StoredSession> sessions, List<Message> retained) {
  /** A session, as it was written. */
  record StoredSession(
      Changes.SessionRow row,
      List<Subscription> subscriptions,
      List<StoredMessage> queued,
      Set<Integer> received) {}

  /**
   * A message on its way to it.
   *
   * @param place among all messages; they are in this order
   */
  record StoredMessage(long place, Changes.QueuedRow row) {}

  private static final Logger log = LoggerFactory.getLogger(StoredBroker.class);

  private static final String TAKE_SESSIONS =
      """
      UPDATE mqtt_session SET run = ?, left_at = coalesce(left_at, ?::timestamptz)
      RETURNING id, account, client_id, expiry_s, left_at
      """;

  private static final String SUBSCRIPTIONS =
      """
      SELECT session_id, filter, qos, no_local, retain_as_published, retain_handling,
        subscription_id
      FROM mqtt_subscription
      """;

  private static final String QUEUED =
      """
      SELECT session_id, place, packet_id, received, topic, payload, properties, published_qos,
        published_retain, expires_at, qos, retain, newest_only, subscription_ids, share
      FROM mqtt_queued
      ORDER BY session_id, place
      """;

  private static final String RECEIVED = "SELECT session_id, packet_id FROM mqtt_received";

  private static final String RETAINED =
      "SELECT topic, payload, properties, qos, expires_at FROM mqtt_retained ORDER BY topic";

  private static final String SEPARATOR = ",";

  /** Takes everything for this process, and reads it; whoever was connected left just now. */
  static StoredBroker take(Connection connection, int run, Instant now) throws SQLException {
    connection.setAutoCommit(false);
    List<Changes.SessionRow> rows = takeSessions(connection, run, now);
    Map<Long, List<Subscription>> subscriptions = subscriptions(connection);
    Map<Long, List<StoredMessage>> queued = queued(connection);
    Map<Long, Set<Integer>> received = received(connection);
    List<Message> retained = retained(connection);
    connection.commit();
    List<StoredSession> sessions = new ArrayList<>();
    for (Changes.SessionRow row : rows) {
      sessions.add(
          new StoredSession(
              row,
              subscriptions.getOrDefault(row.id(), List.of()),
              queued.getOrDefault(row.id(), List.of()),
              received.getOrDefault(row.id(), Set.of())));
    }
    return new StoredBroker(sessions, retained);
  }

  /** Identifiers as the table has them. */
  static String text(List<Integer> ids) {
    return ids.stream().map(String::valueOf).collect(Collectors.joining(SEPARATOR));
  }

  private static List<Integer> ids(String text) {
    return text.isEmpty()
        ? List.of()
        : Arrays.stream(text.split(SEPARATOR, -1)).map(Integer::valueOf).toList();
  }

  private static List<Changes.SessionRow> takeSessions(Connection connection, int run, Instant now)
      throws SQLException {
    List<Changes.SessionRow> rows = new ArrayList<>();
    try (PreparedStatement update = connection.prepareStatement(TAKE_SESSIONS)) {
      update.setInt(1, run);
      update.setString(2, now.toString());
      try (ResultSet row = update.executeQuery()) {
        while (row.next()) {
          rows.add(
              new Changes.SessionRow(
                  row.getLong("id"),
                  row.getString("account"),
                  row.getString("client_id"),
                  row.getLong("expiry_s"),
                  time(row, "left_at"),
                  false));
        }
      }
    }
    return rows;
  }

  private interface RowReader {
    void read(ResultSet row) throws SQLException;
  }

  /** A row that nothing can be made of must not keep everybody from signing in. */
  private static void each(Connection connection, String sql, String what, RowReader reader)
      throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(sql);
        ResultSet row = select.executeQuery()) {
      while (row.next()) {
        try {
          reader.read(row);
        } catch (RuntimeException e) {
          log.warn(
              "A stored MQTT {} of {} is left out, for nothing can be made of it; correct or delete"
                  + " its row.",
              what,
              row.getString(1),
              e);
        }
      }
    }
  }

  private static Map<Long, List<Subscription>> subscriptions(Connection connection)
      throws SQLException {
    Map<Long, List<Subscription>> found = new HashMap<>();
    each(
        connection,
        SUBSCRIPTIONS,
        "subscription",
        row -> add(found, row.getLong("session_id"), subscription(row)));
    return found;
  }

  private static Subscription subscription(ResultSet row) throws SQLException {
    Optional<Integer> id = Optional.ofNullable(row.getObject("subscription_id", Integer.class));
    return new Subscription(
        TopicFilter.of(row.getString("filter")),
        row.getInt("qos"),
        row.getBoolean("no_local"),
        row.getBoolean("retain_as_published"),
        Subscription.RetainHandling.of(row.getInt("retain_handling")),
        id.map(OptionalInt::of).orElse(OptionalInt.empty()));
  }

  private static Map<Long, List<StoredMessage>> queued(Connection connection) throws SQLException {
    Map<Long, List<StoredMessage>> found = new HashMap<>();
    each(
        connection,
        QUEUED,
        "message",
        row ->
            add(
                found,
                row.getLong("session_id"),
                new StoredMessage(row.getLong("place"), queuedRow(row))));
    return found;
  }

  private static Changes.QueuedRow queuedRow(ResultSet row) throws SQLException {
    return new Changes.QueuedRow(
        row.getInt("packet_id"),
        row.getBoolean("received"),
        message(row, row.getInt("published_qos"), row.getBoolean("published_retain")),
        row.getInt("qos"),
        row.getBoolean("retain"),
        row.getBoolean("newest_only"),
        ids(row.getString("subscription_ids")),
        Optional.ofNullable(row.getString("share")).map(TopicFilter::of).map(TopicFilter::text));
  }

  private static <T> void add(Map<Long, List<T>> found, long sessionId, T one) {
    found.computeIfAbsent(sessionId, session -> new ArrayList<>()).add(one);
  }

  private static Map<Long, Set<Integer>> received(Connection connection) throws SQLException {
    Map<Long, Set<Integer>> found = new HashMap<>();
    each(
        connection,
        RECEIVED,
        "packet id",
        row ->
            found
                .computeIfAbsent(row.getLong("session_id"), session -> new HashSet<>())
                .add(row.getInt("packet_id")));
    return found;
  }

  private static List<Message> retained(Connection connection) throws SQLException {
    List<Message> found = new ArrayList<>();
    each(
        connection,
        RETAINED,
        "retained message",
        row -> found.add(message(row, row.getInt("qos"), true)));
    return found;
  }

  private static Message message(ResultSet row, int qos, boolean retain) throws SQLException {
    return new Message(
        row.getString("topic"),
        row.getBytes("payload"),
        qos,
        retain,
        time(row, "expires_at"),
        row.getBytes("properties"));
  }

  private static Optional<Instant> time(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getObject(column, OffsetDateTime.class))
        .map(OffsetDateTime::toInstant);
  }
}
