package io.floodmark.alert;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What an alert is about. */
public enum AlertKind {
  /** Water at a level of 1 to 4: of a sensor, or the highest of a zone's sensors. */
  FLOOD(0),
  /** The water rises fast, whatever its level. */
  FAST_RISE(2),
  /** A sensor has said nothing for too long. That says nothing of the water. */
  SILENT(1),
  /** All sensors behind one gateway are silent. */
  GATEWAY_SILENT(2),
  /** A sensor's battery is low. */
  BATTERY(1),
  /** For hours most of a sensor's readings have been doubtful. */
  QUALITY(1);

  private final int urgency;

  AlertKind(int urgency) {
    this.urgency = urgency;
  }

  /**
   * How urgent an alert of this kind is, on the scale of the flood levels; 0 for floods, which say
   * it themselves.
   */
  public int urgency() {
    return urgency;
  }

  /**
   * Time after which an alert that nobody has acknowledged is told again: the more urgent the
   * sooner.
   *
   * @param level of the flood, or the kind's urgency; 1 to 4
   */
  public Duration remindAfter(int level) {
    return switch (this) {
      case FLOOD, FAST_RISE ->
          switch (level) {
            case 1 -> Duration.ofHours(1);
            case 2 -> Duration.ofMinutes(30);
            case 3 -> Duration.ofMinutes(15);
            default -> Duration.ofMinutes(10);
          };
      case GATEWAY_SILENT -> Duration.ofHours(2);
      case SILENT -> Duration.ofHours(12);
      case BATTERY, QUALITY -> Duration.ofHours(24);
    };
  }

  /** As it stands in the database and on the wire. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The kind of that key. */
  public static Optional<AlertKind> find(String key) {
    return Arrays.stream(values()).filter(kind -> kind.key().equals(key)).findFirst();
  }
}
