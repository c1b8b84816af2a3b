package io.floodmark.backup;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What there is to be copied, as the database itself says: a table or column that a migration adds
 * tomorrow is in tomorrow's backups.
 */
final class Catalog {
  /**
   * What MQTT clients were promised in a session that is not theirs any more. Restored, a packet id
   * of QoS 2 that was taken in would pass a new message off as a repetition, and acknowledge what
   * is not stored. Without them clients find no session, and subscribe again (MQTT 5.0 §4.1).
   */
  static final Set<String> OF_MQTT_SESSIONS =
      Set.of("mqtt_session", "mqtt_subscription", "mqtt_queued", "mqtt_received");

  // Partitions and chunks are read through their parents. What is unlogged counts guesses, and is
  // gone after every crash. What belongs to an extension, the extension makes.
  private static final String TABLES =
      """
      SELECT c.relname, a.attname
      FROM pg_class c
      JOIN pg_namespace n ON n.oid = c.relnamespace
      JOIN pg_attribute a ON a.attrelid = c.oid
      WHERE n.nspname = current_schema() AND c.relkind IN ('r', 'p') AND NOT c.relispartition
        AND c.relpersistence = 'p' AND c.relname <> 'flyway_schema_history'
        AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
        AND NOT EXISTS (
          SELECT FROM pg_depend d
          WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e'
        )
      ORDER BY c.relname, a.attnum
      """;

  private static final String SEQUENCES =
      """
      SELECT c.relname
      FROM pg_class c
      JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE n.nspname = current_schema() AND c.relkind = 'S' AND c.relpersistence = 'p'
        AND NOT EXISTS (
          SELECT FROM pg_depend d
          WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e'
        )
      ORDER BY c.relname
      """;

  private static final String RELATIONS =
      """
      SELECT count(*)
      FROM pg_class c
      JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE n.nspname = current_schema() AND c.relkind IN ('r', 'p', 'v', 'm', 'S', 'f')
        AND NOT EXISTS (
          SELECT FROM pg_depend d
          WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e'
        )
      """;

  private static final String FOREIGN_KEYS =
      """
      SELECT c.relname, k.conname, pg_get_constraintdef(k.oid)
      FROM pg_constraint k
      JOIN pg_class c ON c.oid = k.conrelid
      JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE n.nspname = current_schema() AND k.contype = 'f' AND k.conparentid = 0
      ORDER BY c.relname, k.conname
      """;

  // Those whose function is ours: an extension's own have to go on working.
  private static final String TRIGGERS =
      """
      SELECT c.relname, t.tgname
      FROM pg_trigger t
      JOIN pg_class c ON c.oid = t.tgrelid
      JOIN pg_namespace n ON n.oid = c.relnamespace
      JOIN pg_proc f ON f.oid = t.tgfoid AND f.pronamespace = n.oid
      WHERE n.nspname = current_schema() AND c.relkind IN ('r', 'p') AND NOT t.tgisinternal
        AND t.tgparentid = 0 AND t.tgenabled = 'O'
      ORDER BY c.relname, t.tgname
      """;

  private Catalog() {}

  /**
   * One table and its columns, generated ones aside.
   *
   * @param columns in the table's order
   */
  record Table(String name, List<String> columns) {
    Table {
      columns = List.copyOf(columns);
    }

    String quotedName() {
      return quoted(name);
    }

    String quotedColumns() {
      return String.join(", ", columns.stream().map(Catalog::quoted).toList());
    }
  }

  /**
   * A statement that takes something out of the way, and the one that puts it back.
   *
   * @param off to be executed before
   * @param on to be executed after
   */
  record Obstacle(String off, String on) {}

  /** All tables whose rows are worth keeping, by name. */
  static List<Table> tables(Connection connection) throws SQLException {
    Map<String, List<String>> columns = new TreeMap<>(Comparator.naturalOrder());
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(TABLES)) {
      while (row.next()) {
        if (!OF_MQTT_SESSIONS.contains(row.getString(1))) {
          columns.computeIfAbsent(row.getString(1), t -> new ArrayList<>()).add(row.getString(2));
        }
      }
    }
    List<Table> tables = new ArrayList<>();
    columns.forEach((name, names) -> tables.add(new Table(name, names)));
    return tables;
  }

  /** Where all sequences stand now; never behind what the transaction's snapshot has drawn. */
  static List<Manifest.Sequence> sequences(Connection connection) throws SQLException {
    List<Manifest.Sequence> sequences = new ArrayList<>();
    for (List<String> row : rows(connection, SEQUENCES, 1)) {
      String name = row.get(0);
      try (Statement statement = connection.createStatement();
          ResultSet value =
              statement.executeQuery("SELECT last_value, is_called FROM " + quoted(name))) {
        value.next();
        sequences.add(new Manifest.Sequence(name, value.getLong(1), value.getBoolean(2)));
      }
    }
    return sequences;
  }

  /** Whether nothing at all is in the schema. */
  static boolean isEmpty(Connection connection) throws SQLException {
    return rows(connection, RELATIONS, 1).get(0).get(0).equals("0");
  }

  /**
   * What stands in the way of rows that come table by table and are as they once were: our triggers
   * would count, notify and refuse, and foreign keys ask for an order that need not exist. Put
   * back, each foreign key is checked as a whole.
   */
  static List<Obstacle> obstacles(Connection connection) throws SQLException {
    List<Obstacle> obstacles = new ArrayList<>();
    for (List<String> trigger : rows(connection, TRIGGERS, 2)) {
      String alter = "ALTER TABLE " + quoted(trigger.get(0));
      String which = " TRIGGER " + quoted(trigger.get(1));
      obstacles.add(new Obstacle(alter + " DISABLE" + which, alter + " ENABLE" + which));
    }
    for (List<String> key : rows(connection, FOREIGN_KEYS, 3)) {
      String table = quoted(key.get(0));
      String name = quoted(key.get(1));
      obstacles.add(
          new Obstacle(
              "ALTER TABLE %s DROP CONSTRAINT %s".formatted(table, name),
              "ALTER TABLE %s ADD CONSTRAINT %s %s".formatted(table, name, key.get(2))));
    }
    return obstacles;
  }

  /** A name as SQL takes it whatever it holds. */
  static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  private static List<List<String>> rows(Connection connection, String query, int columns)
      throws SQLException {
    List<List<String>> rows = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      while (row.next()) {
        List<String> values = new ArrayList<>();
        for (int i = 1; i <= columns; i++) {
          values.add(row.getString(i));
        }
        rows.add(values);
      }
    }
    return rows;
  }
}
