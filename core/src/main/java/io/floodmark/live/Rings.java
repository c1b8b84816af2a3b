package io.floodmark.live;

import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.Set;
import org.postgresql.PGNotification;

/** What was rung since the listener was last told. Confined to the doorbell's thread. */
final class Rings {
  private final DoorbellListener.Listener listener;
  private final Set<Integer> readings = new LinkedHashSet<>();
  private final Set<Integer> sensors = new LinkedHashSet<>();
  private final Set<Long> reports = new LinkedHashSet<>();
  private boolean tokens;
  private boolean alert;

  Rings(DoorbellListener.Listener listener) {
    this.listener = listener;
  }

  /**
   * Adds what was heard; of the outbox the listener is told at once, for what is to be sent waits
   * for nothing.
   *
   * @param heard as the driver has it: null for nothing
   */
  void add(PGNotification[] heard) {
    boolean outbox = false;
    for (PGNotification ring : heard == null ? new PGNotification[0] : heard) {
      switch (ring.getName()) {
        case Doorbell.OUTBOX_CHANNEL -> outbox = true;
        case Doorbell.TOKEN_CHANNEL -> tokens = true;
        case Doorbell.REPORT_CHANNEL -> reports.add(Long.valueOf(ring.getParameter()));
        case Doorbell.SENSOR_CHANNEL -> addIds(sensors, ring);
        case Doorbell.ALERT_CHANNEL -> {
          alert = true;
          addIds(readings, ring);
        }
        default -> addIds(readings, ring);
      }
    }
    if (outbox) {
      listener.outboxFilled();
    }
  }

  private static void addIds(Set<Integer> ids, PGNotification ring) {
    for (String id : ring.getParameter().split(",", -1)) {
      ids.add(Integer.valueOf(id));
    }
  }

  /**
   * Whether somebody waits for one of them: who is warned, or who has just been given the token
   * that they sign in with.
   */
  boolean areUrgent() {
    return alert || tokens || !sensors.isEmpty();
  }

  /** Whether there is nothing to tell but of readings, and of what follows from them. */
  boolean areReadingsAlone() {
    return sensors.isEmpty() && reports.isEmpty() && !tokens;
  }

  /** Whether there is nothing to tell. */
  boolean isEmpty() {
    return readings.isEmpty() && areReadingsAlone();
  }

  /** Tells the listener of all of them. */
  void tell() throws SQLException {
    if (tokens) {
      listener.tokensChanged();
    }
    if (!sensors.isEmpty()) {
      listener.sensorsChanged(sensors);
    }
    if (!readings.isEmpty()) {
      listener.readingsChanged(readings);
    }
    if (!reports.isEmpty()) {
      listener.reportsChanged(reports);
    }
  }
}
