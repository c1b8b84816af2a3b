package io.floodmark.ingest.commit;

import io.floodmark.reading.Reading;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One PUBLISH (or one will) on its way to the database, and whom to tell.
 *
 * @param sensorId the sensor that sent it, as signed in
 * @param topic its topic
 * @param repeated whether the sender marked it as sent again (DUP)
 * @param arrivedAt server time of arrival
 * @param sizeBytes what it holds in memory, counted in the queue's bound until it is settled
 * @param readings decoded readings, in order; may be empty
 * @param rejections what of it was no reading; may be empty
 * @param status what the sensor, or its will, says of the sensor
 * @param settlement whom to tell
 */
public record Submission(
    int sensorId,
    String topic,
    boolean repeated,
    Instant arrivedAt,
    int sizeBytes,
    List<Reading> readings,
    List<Rejection> rejections,
    Optional<StatusChange> status,
    Settlement settlement) {

  /**
   * A new status of a sensor.
   *
   * @param online what it says
   * @param byWill whether its will said so
   */
  public record StatusChange(boolean online, boolean byWill) {}

  /** Told once a submission is committed. */
  public interface Settlement {
    /**
     * None of its readings is stored, now or before: what was sent is acknowledged all the same,
     * but may be with a reason. Called just before {@link #committed}, on the same thread.
     *
     * @param why what was wrong with the first
     */
    default void rejected(Rejection why) {}

    /**
     * Everything the submission held is committed, or was committed before; it may be acknowledged.
     * Called on the commit thread: hand over, do not work here. Never called for a submission that
     * was not committed.
     */
    void committed();
  }

  /** Copies the lists. */
  public Submission {
    readings = List.copyOf(readings);
    rejections = List.copyOf(rejections);
  }
}
