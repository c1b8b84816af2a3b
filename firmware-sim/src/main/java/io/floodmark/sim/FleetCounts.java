package io.floodmark.sim;

/**
 * What a fleet has done so far.
 *
 * @param measured readings taken
 * @param dropped readings taken that are never sent
 * @param sent readings sent at least once
 * @param repeated times that a reading was sent again because its acknowledgement never came
 * @param acknowledged readings acknowledged
 * @param storedOffline readings taken while their sensor had no connection
 * @param overwritten readings lost because a full store took newer ones instead
 * @param connected sensors connected now
 * @param reconnects connections made beyond the first of each sensor
 */
public record FleetCounts(
    long measured,
    long dropped,
    long sent,
    long repeated,
    long acknowledged,
    long storedOffline,
    long overwritten,
    long connected,
    long reconnects) {

  /** Readings that still wait to be acknowledged. */
  public long waiting() {
    return measured - dropped - acknowledged - overwritten;
  }

  @Override
  public String toString() {
    return ("%d readings taken, %d dropped, %d sent (%d again), %d acknowledged, %d waiting, %d stored offline, %d overwritten;"
            + " %d sensors connected, %d reconnects")
        .formatted(
            measured,
            dropped,
            sent,
            repeated,
            acknowledged,
            waiting(),
            storedOffline,
            overwritten,
            connected,
            reconnects);
  }
}
