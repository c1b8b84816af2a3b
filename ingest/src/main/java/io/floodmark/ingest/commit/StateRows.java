package io.floodmark.ingest.commit;

import io.floodmark.ingest.commit.SensorState.Latest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;

/**
 * The states of sensors as {@link StateUpdate} sends them: a column each, in the order of its
 * statement. To make them takes longer than to send them, and needs no connection.
 *
 * @param count how many sensors
 * @param columns arrays of {@link Columns#column}
 */
record StateRows(int count, List<Object[]> columns) {
  static StateRows of(Collection<Gauge> gauges) {
    return new Making(gauges)
        .add("int4", gauge -> gauge.state().sensorId())
        .add("int8", gauge -> gauge.state().version())
        .add("timestamptz", gauge -> gauge.state().lastArrivalAt())
        .add("timestamptz", gauge -> gauge.state().lastStampAt())
        .add("timestamptz", ofLatest(Latest::evaluatedAt))
        .add("timestamptz", ofLatest(Latest::arrivedAt))
        .add("timestamptz", ofLatest(Latest::observedAt))
        .add("int4", ofLatest(Latest::distanceMm))
        .add("int4", ofLatest(Latest::depthMm))
        .add("int4", ofLatest(Latest::lowPointDepthMm))
        .add("float4", ofLatest(Latest::rainMm))
        .add("int2", ofLatest(Latest::qc))
        .add("int4", ofLatest(Latest::batteryMv))
        .add("int4", ofLatest(Latest::rssiDbm))
        .add("float4", ofLatest(Latest::temperatureC))
        .add("int2", ofLatest(Latest::level))
        .add("float4", gauge -> gauge.state().trendMmPerMin())
        .add("json", StateRows::memoryOf)
        .add("int2", gauge -> gauge.state().alert().level())
        .add("timestamptz", gauge -> gauge.state().alert().dueAt(gauge.sensor().alertPolicy()))
        .add("json", gauge -> WatchMemory.toJson(gauge.watch()))
        .rows();
  }

  /** Sets all of them, as arrays, as the first parameters of {@code statement}. */
  void bind(PreparedStatement statement) throws SQLException {
    Connection connection = statement.getConnection();
    for (int i = 0; i < columns.size(); i++) {
      statement.setArray(i + 1, Columns.array(connection, columns.get(i)));
    }
  }

  /**
   * Sets one of them, from 0, as the first parameters of {@code statement}.
   *
   * @return how many parameters are set now
   */
  int bind(PreparedStatement statement, int row) throws SQLException {
    for (int i = 0; i < columns.size(); i++) {
      Columns.set(statement, i + 1, columns.get(i), row);
    }
    return columns.size();
  }

  private static final class Making {
    private final Collection<Gauge> gauges;
    private final List<Object[]> columns = new ArrayList<>();

    private Making(Collection<Gauge> gauges) {
      this.gauges = gauges;
    }

    private Making add(String type, Function<Gauge, ?> value) {
      columns.add(Columns.column(type, gauges, value));
      return this;
    }

    private StateRows rows() {
      return new StateRows(gauges.size(), columns);
    }
  }

  private static Function<Gauge, Object> ofLatest(Function<Latest, ?> field) {
    return gauge -> gauge.state().latest().map(field);
  }

  private static String memoryOf(Gauge gauge) {
    SensorState state = gauge.state();
    return SensorMemory.toJson(state.quality(), state.trend(), state.alert());
  }
}
