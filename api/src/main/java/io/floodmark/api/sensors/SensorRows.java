package io.floodmark.api.sensors;

import io.floodmark.alert.AlertKind;
import io.floodmark.alert.AlertPolicy;
import io.floodmark.api.nowcast.OutlookRows;
import io.floodmark.nowcast.Outlook;
import io.floodmark.passability.TravelLimits;
import io.floodmark.passability.TravelMode;
import io.floodmark.passability.TravelRules;
import io.floodmark.quality.QualityFlag;
import io.floodmark.schema.BelievedReading;
import io.floodmark.sensor.Calibration;
import io.floodmark.sensor.SensorKind;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * Reads sensors with all that is shown of them, in one statement; what comes next at those under
 * water in two more.
 */
public final class SensorRows {
  /** The columns that {@link #view} reads, for a query of another's that joins {@code sensor s}. */
  public static final String COLUMNS =
      """
      s.id, s.code, s.name, s.kind, s.lon, s.lat, s.low_point_delta_mm, s.report_interval_s,
      s.clear_delay_s, s.attention_mm, s.warning_mm, s.danger_mm, s.severe_mm,
      s.street, s.zone, s.made_up, s.retired_at,
      s.maintenance_since, s.maintenance_until,
      st.last_arrival_at, st.evaluated_at, st.evaluated_arrival_at, st.depth_mm,
      st.low_point_depth_mm, st.trend_mm_per_min, st.qc, st.rain_mm, st.battery_mv,
      st.rssi_dbm, st.temperature_c, st.level,
      CASE ss.status WHEN 'offline' THEN ss.since END AS offline_since,
      a.id AS alert_id, a.kind AS alert_kind, a.level AS alert_level,
      a.state AS alert_state, a.since AS alert_since,
      ARRAY(SELECT mode || ' ' || caution_mm || ' ' || no_mm FROM travel_limit) AS travel_limits,
      CASE WHEN st.qc = %d THEN coalesce(
        (SELECT r.qc_reasons & ~%d = 0 FROM whole_reading r
         WHERE r.sensor_id = s.id AND r.observed_at = st.observed_at
         LIMIT 1), false)
      ELSE true END AS believed
      """
          .formatted(QualityFlag.SUSPECT.code(), BelievedReading.HARMLESS_REASONS);

  /** What has to be joined to {@code sensor s} for {@link #COLUMNS}. */
  public static final String JOINS =
      """
      LEFT JOIN sensor_state st ON st.sensor_id = s.id
      LEFT JOIN sensor_status ss ON ss.sensor_id = s.id
      LEFT JOIN LATERAL (
        SELECT * FROM alert
        WHERE sensor_id = s.id AND state = 'active'
        ORDER BY kind = 'flood' DESC, level DESC, id DESC
        LIMIT 1
      ) a ON true
      """;

  private static final String SELECT = "SELECT " + COLUMNS + "FROM sensor s\n" + JOINS;

  private SensorRows() {}

  /** All that are in service, by code. */
  public static List<SensorView> inService(Connection connection) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            SELECT
                + """
                WHERE s.retired_at IS NULL
                ORDER BY s.code COLLATE "C"
                """)) {
      return views(select);
    }
  }

  /** All, the retired ones last, by code. */
  public static List<SensorView> all(Connection connection) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            SELECT
                + """
                ORDER BY s.retired_at IS NOT NULL, s.code COLLATE "C"
                """)) {
      return views(select);
    }
  }

  /** Those of these ids that there are, retired ones too. */
  public static List<SensorView> ofIds(Connection connection, Collection<Integer> ids)
      throws SQLException {
    return ofIds(connection, ids, OutlookRows::of);
  }

  /** The same, where somebody else says what comes next. */
  public static List<SensorView> ofIds(
      Connection connection, Collection<Integer> ids, OutlookRows.Source outlooks)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            SELECT
                + """
                WHERE s.id = ANY (?)
                ORDER BY s.code COLLATE "C"
                """)) {
      select.setArray(1, connection.createArrayOf("int4", ids.toArray()));
      return views(select, outlooks);
    }
  }

  /** The one of this code, retired or not. */
  public static Optional<SensorView> ofCode(Connection connection, String code)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            SELECT
                + """
                WHERE s.code = ?
                """)) {
      select.setString(1, code);
      return views(select).stream().findFirst();
    }
  }

  private static List<SensorView> views(PreparedStatement select) throws SQLException {
    return views(select, OutlookRows::of);
  }

  private static List<SensorView> views(PreparedStatement select, OutlookRows.Source source)
      throws SQLException {
    List<SensorView> views = new ArrayList<>();
    List<OutlookRows.Question> underWater = new ArrayList<>();
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        SensorView view = view(row);
        views.add(view);
        question(row, view).ifPresent(underWater::add);
      }
    }
    Map<Integer, Outlook> outlooks = source.of(select.getConnection(), underWater);
    views.replaceAll(view -> view.with(outlooks.getOrDefault(view.id(), view.outlook())));
    return views;
  }

  private static Optional<OutlookRows.Question> question(ResultSet row, SensorView view)
      throws SQLException {
    Optional<SensorView.Latest> latest = view.latest();
    if (latest.isEmpty()
        || latest.get().level().isEmpty()
        || latest.get().depthMm().orElse(0) < Calibration.LOW_POINT_KNOWN_FROM_MM) {
      return Optional.empty();
    }
    return Optional.of(
        new OutlookRows.Question(
            view.id(),
            latest.get().at(),
            policy(row, view.thresholdsMm()),
            view.lowPointDeltaMm(),
            view.reportInterval(),
            view.alert().filter(alert -> alert.kind().equals(AlertKind.FLOOD.key())).stream()
                .mapToInt(SensorView.OpenAlert::level)
                .findFirst()
                .orElse(0)));
  }

  private static AlertPolicy policy(ResultSet row, List<Integer> thresholdsMm) throws SQLException {
    return new AlertPolicy(thresholdsMm, Duration.ofSeconds(row.getInt("clear_delay_s")));
  }

  /** The sensor in a row that has {@link #COLUMNS}. */
  public static SensorView view(ResultSet row) throws SQLException {
    int lowPointDeltaMm = row.getInt("low_point_delta_mm");
    List<Integer> thresholdsMm =
        List.of(
            row.getInt("attention_mm"),
            row.getInt("warning_mm"),
            row.getInt("danger_mm"),
            row.getInt("severe_mm"));
    String kind = row.getString("kind");
    AlertPolicy policy = policy(row, thresholdsMm);
    OptionalInt lowestVisibleLevel =
        kind.equals(SensorKind.RAIN.code())
            ? OptionalInt.empty()
            : OptionalInt.of(
                policy.lowestVisibleLevel(
                    new Calibration(OptionalInt.empty(), 0, lowPointDeltaMm)
                        .lowPointKnownFromMm()));
    Optional<Instant> maintenanceSince = time(row, "maintenance_since");
    return new SensorView(
        row.getInt("id"),
        row.getString("code"),
        row.getString("name"),
        kind,
        row.getDouble("lon"),
        row.getDouble("lat"),
        lowPointDeltaMm,
        Duration.ofSeconds(row.getInt("report_interval_s")),
        thresholdsMm,
        lowestVisibleLevel,
        Optional.ofNullable(row.getString("street")),
        Optional.ofNullable(row.getString("zone")),
        row.getBoolean("made_up"),
        time(row, "retired_at"),
        time(row, "last_arrival_at"),
        time(row, "offline_since"),
        latest(row),
        Outlook.nothing(Outlook.Why.DRY),
        alert(row),
        time(row, "maintenance_until")
            .map(until -> new SensorView.Maintenance(maintenanceSince.orElse(until), until)),
        travelRules((String[]) row.getArray("travel_limits").getArray()));
  }

  /** What the ward has set instead of the defaults, each as {@code car 150 300}. */
  private static TravelRules travelRules(String[] limits) {
    if (limits.length == 0) {
      return TravelRules.DEFAULT;
    }
    Map<TravelMode, TravelLimits> changed = new EnumMap<>(TravelMode.class);
    for (String limit : limits) {
      String[] parts = limit.split(" ", -1);
      changed.put(
          TravelMode.find(parts[0]).orElseThrow(),
          new TravelLimits(Integer.parseInt(parts[1]), Integer.parseInt(parts[2])));
    }
    return new TravelRules(changed);
  }

  private static Optional<SensorView.Latest> latest(ResultSet row) throws SQLException {
    Optional<Instant> at = time(row, "evaluated_at");
    if (at.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new SensorView.Latest(
            at.get(),
            time(row, "evaluated_arrival_at").orElse(at.get()),
            integer(row, "depth_mm"),
            integer(row, "low_point_depth_mm"),
            decimal(row, "trend_mm_per_min"),
            row.getInt("qc"),
            row.getBoolean("believed"),
            decimal(row, "rain_mm"),
            integer(row, "battery_mv"),
            integer(row, "rssi_dbm"),
            decimal(row, "temperature_c"),
            integer(row, "level")));
  }

  private static Optional<SensorView.OpenAlert> alert(ResultSet row) throws SQLException {
    Optional<Instant> since = time(row, "alert_since");
    if (since.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new SensorView.OpenAlert(
            row.getLong("alert_id"),
            row.getString("alert_kind"),
            row.getInt("alert_level"),
            row.getString("alert_state"),
            since.get()));
  }

  private static Optional<Instant> time(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getObject(column, OffsetDateTime.class))
        .map(OffsetDateTime::toInstant);
  }

  private static OptionalInt integer(ResultSet row, String column) throws SQLException {
    int value = row.getInt(column);
    return row.wasNull() ? OptionalInt.empty() : OptionalInt.of(value);
  }

  private static OptionalDouble decimal(ResultSet row, String column) throws SQLException {
    double value = row.getDouble(column);
    return row.wasNull() ? OptionalDouble.empty() : OptionalDouble.of(value);
  }
}
