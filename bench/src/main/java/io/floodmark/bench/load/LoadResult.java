package io.floodmark.bench.load;

/**
 * What a generator saw in the seconds that are counted.
 *
 * @param acknowledged readings of messages whose PUBACK came
 * @param inAll readings acknowledged from the first message to the last
 * @param unanswered messages that were still in flight half a minute after the last was sent
 * @param seconds between first and last look at the clock
 * @param p50Millis from sending a message to its acknowledgement
 * @param p99Millis the same
 * @param maxMillis the same
 * @param latenessP99Millis how much later than planned messages were sent, by the generator's own
 *     fault or because the window was full; 0 without a plan
 * @param aheadMillisMax how far the sensors' times ran ahead of the clock
 * @param processorSeconds that the generator itself took
 * @param packetBytes size of a message
 */
public record LoadResult(
    long acknowledged,
    long inAll,
    int unanswered,
    double seconds,
    double p50Millis,
    double p99Millis,
    double maxMillis,
    double latenessP99Millis,
    long aheadMillisMax,
    double processorSeconds,
    int packetBytes) {

  /** Readings acknowledged a second. */
  public double perSecond() {
    return acknowledged / seconds;
  }
}
