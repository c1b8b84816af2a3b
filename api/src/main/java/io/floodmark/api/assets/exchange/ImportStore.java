package io.floodmark.api.assets.exchange;

import io.floodmark.api.access.Caller;
import io.floodmark.api.http.Problem;
import io.floodmark.api.http.ProblemException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The rows of {@code asset_import}. Every call is one statement. */
final class ImportStore {
  /** How long a file waits for a decision. */
  static final Duration FILE_KEPT = Duration.ofHours(24);

  private static final int LISTED = 30;

  private static final String COLUMNS =
      """
      id, staff_id, actor, file_name, file IS NOT NULL, kind, mapping, state, rows_total, rows_done, rows_bad,
      rows_warned, rows_new, rows_changed, problems, created_at, changed_at\
      """;

  private final Connection connection;

  ImportStore(Connection connection) {
    this.connection = connection;
  }

  long add(
      Caller caller,
      String fileName,
      InputStream file,
      int bytes,
      Optional<String> kind,
      Instant at)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            INSERT INTO asset_import (staff_id, actor, file_name, file, kind, state, created_at, changed_at)
            VALUES (?, ?, ?, ?, ?, 'uploaded', ?, ?)
            RETURNING id
            """)) {
      bindCaller(insert, caller);
      insert.setString(3, fileName);
      insert.setBinaryStream(4, file, bytes);
      insert.setString(5, kind.orElse(null));
      insert.setObject(6, at.atOffset(ZoneOffset.UTC));
      insert.setObject(7, at.atOffset(ZoneOffset.UTC));
      try (ResultSet row = insert.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  /** Notes an import that was done from a command line, in its transaction. */
  long addDone(
      Caller caller,
      String fileName,
      Optional<String> kind,
      ColumnMapping mapping,
      ImportCounts counts,
      Instant at)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            INSERT INTO asset_import (staff_id, actor, file_name, kind, mapping, state, rows_total, rows_done,
                                      rows_warned, rows_new, rows_changed, created_at, changed_at)
            VALUES (?, ?, ?, ?, ?::jsonb, 'done', ?, ?, ?, ?, ?, ?, ?)
            RETURNING id
            """)) {
      bindCaller(insert, caller);
      insert.setString(3, fileName);
      insert.setString(4, kind.orElse(null));
      insert.setString(5, mapping.json());
      insert.setInt(6, counts.rows());
      insert.setInt(7, counts.rows());
      insert.setInt(8, counts.warned());
      insert.setInt(9, counts.added());
      insert.setInt(10, counts.changed());
      insert.setObject(11, at.atOffset(ZoneOffset.UTC));
      insert.setObject(12, at.atOffset(ZoneOffset.UTC));
      try (ResultSet row = insert.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  Optional<ImportEntry> find(long id) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement("SELECT " + COLUMNS + " FROM asset_import WHERE id = ?")) {
      query.setLong(1, id);
      try (ResultSet row = query.executeQuery()) {
        return row.next() ? Optional.of(entry(row)) : Optional.empty();
      }
    }
  }

  /**
   * An import that the caller may see.
   *
   * @throws ProblemException with 404 if there is none
   */
  ImportEntry get(Caller caller, long id) throws SQLException {
    return find(id)
        .filter(entry -> entry.isFor(caller))
        .orElseThrow(
            () -> new ProblemException(Problem.notFound("There is no import " + id + ".")));
  }

  /** The newest that the caller may see. */
  List<ImportEntry> list(Caller caller) throws SQLException {
    boolean all = caller.groups().isEmpty();
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT "
                + COLUMNS
                + " FROM asset_import WHERE ? OR staff_id = ? ORDER BY id DESC LIMIT ?")) {
      query.setBoolean(1, all);
      query.setInt(2, caller.staffId().orElse(-1));
      query.setInt(3, LISTED);
      List<ImportEntry> entries = new ArrayList<>();
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          entries.add(entry(row));
        }
      }
      return entries;
    }
  }

  /** Keeps a mapping; a dry run of another one counts no more. */
  boolean map(long id, ColumnMapping mapping, Instant at) throws SQLException {
    return changed(
        """
        UPDATE asset_import
        SET mapping = ?::jsonb, state = 'uploaded', rows_total = NULL, rows_done = 0, problems = '[]', report = NULL,
            changed_at = ?
        WHERE id = ? AND file IS NOT NULL AND state NOT IN ('checking', 'importing')
        """,
        mapping.json(),
        at.atOffset(ZoneOffset.UTC),
        id);
  }

  /** Notes that a thread begins with it; false if another one has, or nothing is to be done. */
  boolean begin(long id, ImportState state, Instant at) throws SQLException {
    String condition =
        state == ImportState.IMPORTING
            ? "state = 'checked' AND rows_bad = 0"
            : "state NOT IN ('checking', 'importing')";
    return changed(
        "UPDATE asset_import SET state = ?, rows_done = 0, changed_at = ? "
            + "WHERE id = ? AND file IS NOT NULL AND mapping <> '{}' AND "
            + condition,
        state.key(),
        at.atOffset(ZoneOffset.UTC),
        id);
  }

  /** Notes how far it is; false if it shall go no further. */
  boolean progress(long id, int rows, Instant at) throws SQLException {
    return changed(
        """
        UPDATE asset_import SET rows_done = ?, changed_at = ?
        WHERE id = ? AND state IN ('checking', 'importing')
        """,
        rows,
        at.atOffset(ZoneOffset.UTC),
        id);
  }

  /** Ends a dry run; false if it was cancelled meanwhile. */
  boolean checked(long id, ImportReport report, byte[] packed, Instant at) throws SQLException {
    ImportCounts counts = report.counts();
    return changed(
        """
        UPDATE asset_import
        SET state = 'checked', rows_total = ?, rows_done = ?, rows_bad = ?, rows_warned = ?, rows_new = ?,
            rows_changed = ?, problems = ?::jsonb, report = ?, changed_at = ?
        WHERE id = ? AND state = 'checking'
        """,
        counts.rows(),
        counts.rows(),
        counts.bad(),
        counts.warned(),
        counts.added(),
        counts.changed(),
        ImportProblem.json(report.first()),
        packed,
        at.atOffset(ZoneOffset.UTC),
        id);
  }

  /** Ends an import in its own transaction; false if it was cancelled meanwhile. */
  boolean done(long id, ImportCounts counts, Instant at) throws SQLException {
    return changed(
        """
        UPDATE asset_import
        SET state = 'done', file = NULL, report = NULL, rows_done = ?, rows_new = ?, rows_changed = ?, changed_at = ?
        WHERE id = ? AND state = 'importing'
        """,
        counts.rows(),
        counts.added(),
        counts.changed(),
        at.atOffset(ZoneOffset.UTC),
        id);
  }

  /** Notes why nothing came of it, unless it was cancelled. */
  void failed(long id, ImportProblem reason, Instant at) throws SQLException {
    changed(
        """
        UPDATE asset_import SET state = 'failed', problems = ?::jsonb, changed_at = ?
        WHERE id = ? AND state IN ('checking', 'importing')
        """,
        ImportProblem.json(List.of(reason)),
        at.atOffset(ZoneOffset.UTC),
        id);
  }

  /** Stops it, or gives up what waits; false if there is nothing to stop. */
  boolean cancel(long id, Instant at) throws SQLException {
    return changed(
        """
        UPDATE asset_import SET state = 'cancelled', changed_at = ?
        WHERE id = ? AND state IN ('uploaded', 'checking', 'checked', 'importing')
        """,
        at.atOffset(ZoneOffset.UTC),
        id);
  }

  /** The problems as packed CSV. */
  Optional<byte[]> report(long id) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement("SELECT report FROM asset_import WHERE id = ?")) {
      query.setLong(1, id);
      try (ResultSet row = query.executeQuery()) {
        return row.next() ? Optional.ofNullable(row.getBytes(1)) : Optional.empty();
      }
    }
  }

  /**
   * Marks what a process left when it died, and wipes files that nobody decided on. What runs holds
   * the lock, so where the lock is free nothing runs.
   */
  void tidy(Instant at) throws SQLException {
    if (FileImport.tryLock(connection)) {
      try {
        changed(
            """
            UPDATE asset_import SET state = 'failed', problems = ?::jsonb, changed_at = ?
            WHERE state IN ('checking', 'importing')
            """,
            ImportProblem.json(List.of(ImportProblem.ofAll("exchange.problem.died"))),
            at.atOffset(ZoneOffset.UTC));
      } finally {
        FileImport.unlock(connection);
      }
    }
    changed(
        """
        UPDATE asset_import
        SET file = NULL, report = NULL, changed_at = ?,
            state = CASE WHEN state IN ('uploaded', 'checked') THEN 'cancelled' ELSE state END
        WHERE file IS NOT NULL AND changed_at < ? AND state NOT IN ('checking', 'importing')
        """,
        at.atOffset(ZoneOffset.UTC),
        at.minus(FILE_KEPT).atOffset(ZoneOffset.UTC));
  }

  private boolean changed(String sql, Object... values) throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        update.setObject(i + 1, values[i]);
      }
      return update.executeUpdate() > 0;
    }
  }

  private static void bindCaller(PreparedStatement insert, Caller caller) throws SQLException {
    if (caller.staffId().isPresent()) {
      insert.setInt(1, caller.staffId().getAsInt());
    } else {
      insert.setNull(1, Types.INTEGER);
    }
    insert.setString(2, caller.actor());
  }

  private static ImportEntry entry(ResultSet row) throws SQLException {
    return new ImportEntry(
        row.getLong(1),
        whole(row, 2),
        row.getString(3),
        row.getString(4),
        row.getBoolean(5),
        Optional.ofNullable(row.getString(6)),
        ColumnMapping.parse(row.getString(7)),
        ImportState.of(row.getString(8)),
        whole(row, 9),
        row.getInt(10),
        row.getInt(11),
        row.getInt(12),
        row.getInt(13),
        row.getInt(14),
        ImportProblem.parse(row.getString(15)),
        row.getObject(16, OffsetDateTime.class).toInstant(),
        row.getObject(17, OffsetDateTime.class).toInstant());
  }

  private static OptionalInt whole(ResultSet row, int column) throws SQLException {
    int number = row.getInt(column);
    return row.wasNull() ? OptionalInt.empty() : OptionalInt.of(number);
  }
}
