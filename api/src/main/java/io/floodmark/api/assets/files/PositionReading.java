package io.floodmark.api.assets.files;

import java.util.Map;
import java.util.Optional;

/**
 * What became of a text or a geometry that should be a point.
 *
 * @param position the point, where it is one
 * @param fault why it is none; both are empty where nothing was given
 * @param said what stood there, shortened for a sentence
 */
public record PositionReading(Optional<Position> position, Optional<Fault> fault, String said) {

  /** Why something is not a point. */
  public enum Fault {
    /** Neither GeoJSON nor WKT nor numbers. */
    NOT_UNDERSTOOD(ProblemKeys.POSITION_UNREADABLE),
    /** A line, an area, several points. */
    OTHER_GEOMETRY(ProblemKeys.GEOMETRY_KIND),
    /** Off the earth in either order. */
    OUT_OF_RANGE(ProblemKeys.POSITION_RANGE),
    /** A latitude over 90 that would do as a longitude. */
    SWAPPED(ProblemKeys.POSITION_SWAPPED);

    private final String key;

    Fault(String key) {
      this.key = key;
    }
  }

  static PositionReading nothing() {
    return new PositionReading(Optional.empty(), Optional.empty(), "");
  }

  static PositionReading failed(Fault fault, String said) {
    return new PositionReading(Optional.empty(), Optional.of(fault), RowProblem.shortened(said));
  }

  static PositionReading of(double lon, double lat, String said) {
    if (Position.isPossible(lon, lat)) {
      return new PositionReading(
          Optional.of(new Position(lon, lat)), Optional.empty(), RowProblem.shortened(said));
    }
    return failed(
        LikelySwapped.impossibleButSwapped(lon, lat) ? Fault.SWAPPED : Fault.OUT_OF_RANGE, said);
  }

  /** The fault as the problem of a row. */
  public Optional<RowProblem> problem(long row, Optional<String> column) {
    return fault.map(
        reason -> new RowProblem(row, column, reason.key, Map.of(RowProblem.CELL, said)));
  }
}
