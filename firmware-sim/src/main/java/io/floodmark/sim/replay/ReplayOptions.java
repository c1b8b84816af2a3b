package io.floodmark.sim.replay;

import io.floodmark.sim.uplink.BrokerAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * A recorded event to play.
 *
 * @param broker where it is sent
 * @param file CSV with a header line
 * @param columns how a row becomes a reading
 * @param shift by how much the recorded times are moved
 * @param thinning which rows are left out
 * @param tokens the token of each sensor that may appear, by code
 * @param readingsPerMessage 1 to 1,000; more than one are sent as an array
 * @param inFlightMax messages sent and not yet acknowledged at a time, for each sensor
 * @param patience how long to wait for the next acknowledgement before giving up
 */
public record ReplayOptions(
    BrokerAddress broker,
    Path file,
    ColumnMapping columns,
    Shift shift,
    Thinning thinning,
    Map<String, String> tokens,
    int readingsPerMessage,
    int inFlightMax,
    Duration patience) {

  public ReplayOptions {
    tokens = Map.copyOf(tokens);
    if (readingsPerMessage < 1 || readingsPerMessage > 1_000) {
      throw new IllegalArgumentException("Readings per message must be 1 to 1,000.");
    }
    if (inFlightMax < 1 || inFlightMax > 10_000) {
      throw new IllegalArgumentException("Messages in flight must be 1 to 10,000.");
    }
    if (patience.isNegative() || patience.isZero()) {
      throw new IllegalArgumentException("Patience must be more than zero.");
    }
  }

  /** Every row, singly, a hundred in flight, a minute of patience, times as recorded. */
  public static ReplayOptions of(
      BrokerAddress broker, Path file, ColumnMapping columns, Map<String, String> tokens) {
    return new ReplayOptions(
        broker, file, columns, Shift.NONE, Thinning.NONE, tokens, 1, 100, Duration.ofMinutes(1));
  }

  /** The same, moved in time. */
  public ReplayOptions withShift(Shift other) {
    return new ReplayOptions(
        broker, file, columns, other, thinning, tokens, readingsPerMessage, inFlightMax, patience);
  }

  /** The same with rows left out. */
  public ReplayOptions withThinning(Thinning other) {
    return new ReplayOptions(
        broker, file, columns, shift, other, tokens, readingsPerMessage, inFlightMax, patience);
  }

  /** The same in arrays of up to that many readings. */
  public ReplayOptions withReadingsPerMessage(int readings) {
    return new ReplayOptions(
        broker, file, columns, shift, thinning, tokens, readings, inFlightMax, patience);
  }

  /** The same with more or less patience. */
  public ReplayOptions withPatience(Duration other) {
    return new ReplayOptions(
        broker, file, columns, shift, thinning, tokens, readingsPerMessage, inFlightMax, other);
  }

  /** Without the tokens: this may be logged. */
  @Override
  public String toString() {
    return file + " to " + broker;
  }
}
