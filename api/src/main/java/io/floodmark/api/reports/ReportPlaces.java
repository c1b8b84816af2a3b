package io.floodmark.api.reports;

import io.floodmark.plate.PlateCode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.OptionalInt;

/** What stands where a report points to. */
public final class ReportPlaces {
  /** How far a point may be from the next known house or tree to belong to its group, degrees. */
  private static final double NEAR_DEGREES = 0.003;

  /** Farther away, a sensor says nothing of the water that somebody sees. As on plates' pages. */
  private static final int SENSOR_WITHIN_M = 1_500;

  private ReportPlaces() {}

  /**
   * What a plate hangs on.
   *
   * @param id the database's
   * @param kindVi its kind in Vietnamese
   * @param kindEn and in English
   * @param label what its own page says of it, too: a tree's name, a house's number and street
   */
  public record Tagged(
      long id,
      String kindVi,
      String kindEn,
      String label,
      double lon,
      double lat,
      OptionalInt groupId) {}

  /**
   * What a plate of that code hangs on, unless it was revoked: the thing that all those are which
   * were found to be the same, however often.
   */
  static Optional<Tagged> tagged(Connection connection, PlateCode code) throws SQLException {
    try (PreparedStatement select =
            Bound.statement(
                connection,
                """
                WITH RECURSIVE chain (id, merged_into, depth) AS (
                  SELECT a.id, a.merged_into, 1
                  FROM plate p
                  JOIN asset a ON a.id = p.asset_id
                  WHERE p.code = ? AND p.state <> 'revoked'
                  UNION ALL
                  SELECT a.id, a.merged_into, c.depth + 1
                  FROM chain c
                  JOIN asset a ON a.id = c.merged_into
                  WHERE c.depth < 100
                )
                SELECT a.id, k.name_vi, k.name_en, a.lon, a.lat, a.group_id,
                       coalesce(a.details ->> 'commonName', nullif(concat_ws(' ', a.number, a.street), ''), '') AS label
                FROM chain c
                JOIN asset a ON a.id = c.id
                JOIN asset_kind k ON k.code = a.kind
                WHERE c.merged_into IS NULL
                """,
                code.value());
        ResultSet row = select.executeQuery()) {
      return row.next()
          ? Optional.of(
              new Tagged(
                  row.getLong("id"),
                  row.getString("name_vi"),
                  row.getString("name_en"),
                  row.getString("label"),
                  row.getDouble("lon"),
                  row.getDouble("lat"),
                  Bound.integer(row, "group_id")))
          : Optional.empty();
    }
  }

  /** Whether there is a plate of that code at all, whatever became of it. */
  static boolean isPlate(Connection connection, PlateCode code) throws SQLException {
    try (PreparedStatement select =
            Bound.statement(
                connection, "SELECT EXISTS (SELECT FROM plate WHERE code = ?)", code.value());
        ResultSet row = select.executeQuery()) {
      row.next();
      return row.getBoolean(1);
    }
  }

  /** The group of the nearest house or tree that has one, within some 300 m. */
  static OptionalInt groupNear(Connection connection, double lon, double lat) throws SQLException {
    try (PreparedStatement select =
            Bound.statement(
                connection,
                """
                SELECT group_id
                FROM asset
                WHERE merged_into IS NULL AND group_id IS NOT NULL
                  AND point(lon, lat) <@ box(point(?, ?), point(?, ?))
                ORDER BY point(lon, lat) <-> point(?, ?)
                LIMIT 1
                """,
                lon - NEAR_DEGREES,
                lat - NEAR_DEGREES,
                lon + NEAR_DEGREES,
                lat + NEAR_DEGREES,
                lon,
                lat);
        ResultSet row = select.executeQuery()) {
      return row.next() ? OptionalInt.of(row.getInt(1)) : OptionalInt.empty();
    }
  }

  /**
   * The nearest sensor in service that measures water, within 1.5 km: what a report of water is
   * held against later. 111,195 metres are a degree of latitude.
   */
  static OptionalInt sensorNear(Connection connection, double lon, double lat) throws SQLException {
    try (PreparedStatement select =
            Bound.statement(
                connection,
                """
                SELECT id
                FROM (SELECT id, 111195 * sqrt((lat - ?) ^ 2 + ((lon - ?) * cos(radians(?::float8))) ^ 2) AS distance_m
                      FROM sensor
                      WHERE retired_at IS NULL AND kind <> 'rain') near
                WHERE distance_m <= ?
                ORDER BY distance_m, id
                LIMIT 1
                """,
                lat,
                lon,
                lat,
                SENSOR_WITHIN_M);
        ResultSet row = select.executeQuery()) {
      return row.next() ? OptionalInt.of(row.getInt(1)) : OptionalInt.empty();
    }
  }
}
