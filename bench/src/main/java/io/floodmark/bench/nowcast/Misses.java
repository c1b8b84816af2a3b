package io.floodmark.bench.nowcast;

/** By how much forecasts of a depth missed. Not thread-safe. */
final class Misses {
  private long count;
  private double squares;
  private double absolute;

  void add(double forecastMm, double cameMm) {
    double error = forecastMm - cameMm;
    count++;
    squares += error * error;
    absolute += Math.abs(error);
  }

  void add(Misses other) {
    count += other.count;
    squares += other.squares;
    absolute += other.absolute;
  }

  long count() {
    return count;
  }

  double rmseMm() {
    return Math.sqrt(squares / count);
  }

  double maeMm() {
    return absolute / count;
  }

  /** 1 for no error at all, 0 as good as {@code reference}, below zero worse. */
  double skillAgainst(Misses reference) {
    return 1 - squares / count / (reference.squares / reference.count);
  }
}
