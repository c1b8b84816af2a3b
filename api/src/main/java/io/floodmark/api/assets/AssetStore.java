package io.floodmark.api.assets;

import io.floodmark.api.access.AuditLog;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/**
 * Reads and writes the register. Every change adds to the history and to the audit log in the
 * caller's transaction, so the connection must not be in auto-commit when something is written.
 * Whether the caller's scope takes in an asset is for who calls to ask ({@link AssetScope}).
 */
public final class AssetStore {
  private static final int BATCH_ROWS = 2_000;

  private static final String INSERT =
      """
      INSERT INTO asset (kind, ref, name, lon, lat, number, street, place, group_id, state, details, replaces_id,
                         source, made_up, created_at, updated_at)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?, ?, ?, ?, ?)
      ON CONFLICT DO NOTHING
      RETURNING id
      """;

  private static final String UPDATE =
      """
      UPDATE asset
      SET kind = ?, ref = ?, name = ?, lon = ?, lat = ?, number = ?, street = ?, place = ?, group_id = ?, state = ?,
          details = ?::jsonb, replaces_id = ?, source = ?, made_up = ?, updated_at = ?, version = version + 1
      WHERE id = ?
      """;

  /** The rows of a list at once: assets, and what their histories begin with. */
  private static final String INSERT_ALL =
      """
      WITH added AS (
        INSERT INTO asset (kind, ref, name, lon, lat, number, street, place, group_id, state, details, source,
                           made_up, created_at, updated_at)
        SELECT kind, ref, name, lon, lat, number, street, place, group_id, state, details::jsonb, source, ?, ?, ?
        FROM unnest(?::text[], ?::text[], ?::text[], ?::float8[], ?::float8[], ?::text[], ?::text[], ?::text[],
                    ?::integer[], ?::text[], ?::text[], ?::text[])
             AS row(kind, ref, name, lon, lat, number, street, place, group_id, state, details, source)
        RETURNING id)
      INSERT INTO asset_history (asset_id, version, at, staff_id, actor, action, reason)
      SELECT id, 1, ?, ?, ?, 'imported', ? FROM added
      """;

  private static final String FAMILY =
      """
      WITH RECURSIVE family(id) AS (
        SELECT ?::bigint
        UNION
        SELECT a.id FROM asset a JOIN family f ON a.merged_into = f.id)
      SELECT id FROM family
      """;

  private static final String HEAD =
      """
      WITH RECURSIVE way(id, merged_into) AS (
        SELECT id, merged_into FROM asset WHERE id = ?
        UNION
        SELECT a.id, a.merged_into FROM asset a JOIN way w ON a.id = w.merged_into)
      SELECT id FROM way WHERE merged_into IS NULL
      """;

  private final Connection connection;

  /** A store that works on {@code connection}, and ends with it. */
  public AssetStore(Connection connection) {
    this.connection = connection;
  }

  /** The asset of that id, merged and removed ones too. */
  public Optional<Asset> find(long id) throws SQLException {
    return AssetRows.find(connection, id, false);
  }

  /** The same, and nobody else changes it before the transaction ends. */
  public Optional<Asset> findForUpdate(long id) throws SQLException {
    return AssetRows.find(connection, id, true);
  }

  /** Which of these numbers are taken in that kind. */
  public Set<String> takenRefs(String kind, Collection<String> refs) throws SQLException {
    Set<String> taken = new TreeSet<>();
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT ref FROM asset WHERE kind = ? AND ref = ANY (?) AND merged_into IS NULL")) {
      query.setString(1, kind);
      query.setArray(2, connection.createArrayOf("text", refs.toArray()));
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          taken.add(row.getString(1));
        }
      }
    }
    return taken;
  }

  /**
   * Adds an asset.
   *
   * @param madeUp whether it belongs to the demo
   * @return its id; empty if another of its kind has its number
   */
  public OptionalLong insert(AssetContent content, boolean madeUp, Change change)
      throws SQLException {
    long id;
    try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
      bind(insert, content, madeUp);
      insert.setObject(15, change.at().atOffset(ZoneOffset.UTC));
      insert.setObject(16, change.at().atOffset(ZoneOffset.UTC));
      try (ResultSet row = insert.executeQuery()) {
        if (!row.next()) {
          return OptionalLong.empty();
        }
        id = row.getLong(1);
      }
    }
    AssetHistory.add(connection, id, 1, "created", change, Map.of());
    audit(id, "asset.create", change);
    return OptionalLong.of(id);
  }

  /** What came of a change. */
  public enum Written {
    /** It is done; where nothing differed, nothing was written. */
    DONE,
    /** Somebody else changed the asset meanwhile, or it was merged. */
    STALE,
    /** Another asset of its kind has this number. */
    REF_TAKEN
  }

  /**
   * Changes what people write about an asset; where it is known from, and in whose place it stands,
   * stays where {@code content} does not say.
   *
   * @param expectedVersion that whoever changes it has seen
   */
  public Written update(long id, int expectedVersion, AssetContent content, Change change)
      throws SQLException {
    Optional<Asset> found = findForUpdate(id);
    if (found.isEmpty() || !isCurrent(found.get(), expectedVersion)) {
      return Written.STALE;
    }
    Asset before = found.get();
    AssetContent after = keepingOrigin(before.content(), content);
    Map<String, AssetHistory.Diff> changes = AssetHistory.between(before.content(), after);
    if (changes.isEmpty()) {
      return Written.DONE;
    }
    if (changes.containsKey("ref")
        && after.ref().isPresent()
        && !takenRefs(after.kind(), List.of(after.ref().get())).isEmpty()) {
      return Written.REF_TAKEN;
    }
    write(before, after, change);
    boolean removed = changes.containsKey("state") && after.state() == AssetState.REMOVED;
    AssetHistory.add(
        connection, id, before.version() + 1, removed ? "removed" : "edited", change, changes);
    audit(id, removed ? "asset.remove" : "asset.edit", change);
    return Written.DONE;
  }

  /** Ends an asset's life; its row and its history stay. */
  public Written remove(long id, int expectedVersion, Change change) throws SQLException {
    Optional<Asset> found = findForUpdate(id);
    return found.isEmpty()
        ? Written.STALE
        : update(id, expectedVersion, found.get().content().in(AssetState.REMOVED), change);
  }

  /** Notes that somebody has seen the asset on site, and that what the register says is so. */
  public Written verify(long id, int expectedVersion, Change change) throws SQLException {
    Optional<Asset> found = findForUpdate(id);
    if (found.isEmpty() || !isCurrent(found.get(), expectedVersion)) {
      return Written.STALE;
    }
    try (PreparedStatement update =
        connection.prepareStatement(
            """
            UPDATE asset
            SET verified_at = ?, verified_by = ?, updated_at = ?, version = version + 1
            WHERE id = ?
            """)) {
      update.setObject(1, change.at().atOffset(ZoneOffset.UTC));
      if (change.caller().staffId().isPresent()) {
        update.setInt(2, change.caller().staffId().getAsInt());
      } else {
        update.setNull(2, Types.INTEGER);
      }
      update.setObject(3, change.at().atOffset(ZoneOffset.UTC));
      update.setLong(4, id);
      update.executeUpdate();
    }
    AssetHistory.add(connection, id, expectedVersion + 1, "verified", change, Map.of());
    audit(id, "asset.verify", change);
    return Written.DONE;
  }

  /**
   * Adds all assets of a list, thousands a statement; none has a number that is taken, nor twice
   * the same, or the database refuses all (SQLState 23505).
   *
   * @param subject of the one entry in the audit log, as {@code import:12}
   * @param madeUp whether they belong to the demo
   * @return how many
   */
  public int insertAll(
      Iterator<AssetContent> contents, boolean madeUp, String subject, Change change)
      throws SQLException {
    int rows = 0;
    List<AssetContent> batch = new ArrayList<>(BATCH_ROWS);
    while (contents.hasNext()) {
      batch.add(contents.next());
      if (batch.size() == BATCH_ROWS || !contents.hasNext()) {
        insertBatch(batch, madeUp, change);
        rows += batch.size();
        batch.clear();
      }
    }
    AuditLog.add(
        connection,
        change.at(),
        change.caller(),
        "asset.import",
        subject,
        change.address(),
        Map.of("rows", Integer.toString(rows)));
    return rows;
  }

  /** All assets that were merged into this one, and itself. */
  public Set<Long> familyOf(long id) throws SQLException {
    return ids(FAMILY, id);
  }

  /** The asset that this one has become by merging; itself where it has not been. */
  public long headOf(long id) throws SQLException {
    return ids(HEAD, id).stream().findFirst().orElse(id);
  }

  private Set<Long> ids(String sql, long id) throws SQLException {
    Set<Long> ids = new TreeSet<>();
    try (PreparedStatement query = connection.prepareStatement(sql)) {
      query.setLong(1, id);
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          ids.add(row.getLong(1));
        }
      }
    }
    return ids;
  }

  /**
   * Adds some thousand assets of a list at once, with the beginnings of their histories; the entry
   * in the audit log is the caller's, one for the list. A number that is taken, or there twice,
   * fails all (SQLState 23505).
   *
   * @param madeUp whether they belong to the demo
   */
  public void insertBatch(List<AssetContent> batch, boolean madeUp, Change change)
      throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(INSERT_ALL)) {
      var at = change.at().atOffset(ZoneOffset.UTC);
      insert.setBoolean(1, madeUp);
      insert.setObject(2, at);
      insert.setObject(3, at);
      array(insert, 4, "text", batch.stream().map(AssetContent::kind));
      array(insert, 5, "text", batch.stream().map(c -> c.ref().orElse(null)));
      array(insert, 6, "text", batch.stream().map(c -> c.name().orElse(null)));
      array(insert, 7, "float8", batch.stream().map(AssetContent::lon));
      array(insert, 8, "float8", batch.stream().map(AssetContent::lat));
      array(insert, 9, "text", batch.stream().map(c -> c.number().orElse(null)));
      array(insert, 10, "text", batch.stream().map(c -> c.street().orElse(null)));
      array(insert, 11, "text", batch.stream().map(c -> c.place().orElse(null)));
      array(
          insert,
          12,
          "integer",
          batch.stream().map(c -> c.groupId().isPresent() ? c.groupId().getAsInt() : null));
      array(insert, 13, "text", batch.stream().map(c -> c.state().key()));
      array(insert, 14, "text", batch.stream().map(c -> AssetRows.json(c.details())));
      array(insert, 15, "text", batch.stream().map(c -> c.source().orElse(null)));
      insert.setObject(16, at);
      if (change.caller().staffId().isPresent()) {
        insert.setInt(17, change.caller().staffId().getAsInt());
      } else {
        insert.setNull(17, Types.INTEGER);
      }
      insert.setString(18, change.caller().actor());
      insert.setString(19, change.reason().orElse(null));
      insert.executeUpdate();
    }
  }

  private void array(
      PreparedStatement statement, int index, String type, java.util.stream.Stream<?> values)
      throws SQLException {
    statement.setArray(index, connection.createArrayOf(type, values.toArray()));
  }

  private void write(Asset before, AssetContent after, Change change) throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(UPDATE)) {
      bind(update, after, before.madeUp());
      update.setObject(15, change.at().atOffset(ZoneOffset.UTC));
      update.setLong(16, before.id());
      update.executeUpdate();
    }
  }

  /** The parameters that INSERT and UPDATE have in common, 1 to 14. */
  private static void bind(PreparedStatement statement, AssetContent content, boolean madeUp)
      throws SQLException {
    statement.setString(1, content.kind());
    statement.setString(2, content.ref().orElse(null));
    statement.setString(3, content.name().orElse(null));
    statement.setDouble(4, content.lon());
    statement.setDouble(5, content.lat());
    statement.setString(6, content.number().orElse(null));
    statement.setString(7, content.street().orElse(null));
    statement.setString(8, content.place().orElse(null));
    if (content.groupId().isPresent()) {
      statement.setInt(9, content.groupId().getAsInt());
    } else {
      statement.setNull(9, Types.INTEGER);
    }
    statement.setString(10, content.state().key());
    statement.setString(11, AssetRows.json(content.details()));
    if (content.replacesId().isPresent()) {
      statement.setLong(12, content.replacesId().getAsLong());
    } else {
      statement.setNull(12, Types.BIGINT);
    }
    statement.setString(13, content.source().orElse(null));
    statement.setBoolean(14, madeUp);
  }

  private static boolean isCurrent(Asset asset, int expectedVersion) {
    return asset.version() == expectedVersion && asset.mergedInto().isEmpty();
  }

  private static AssetContent keepingOrigin(AssetContent before, AssetContent after) {
    AssetContent content =
        after.replacesId().isEmpty() && before.replacesId().isPresent()
            ? after.replacing(before.replacesId().getAsLong())
            : after;
    return content.source().isEmpty() && before.source().isPresent()
        ? content.from(before.source().get())
        : content;
  }

  private void audit(long id, String action, Change change) throws SQLException {
    AuditLog.add(
        connection,
        change.at(),
        change.caller(),
        action,
        "asset:" + id,
        change.address(),
        Map.of());
  }
}
