package io.floodmark.staff;

import java.util.Arrays;
import java.util.Optional;

/**
 * One thing that somebody may do. People have rights by their {@link Role}, except for {@link
 * #SEE_HOUSEHOLDS}, which is granted to a person; API tokens have those that they were made with.
 */
public enum Right {
  /** Read houses and trees with all that staff see of them, but no household data. */
  SEE_REGISTER("register.see"),
  /** Make, change, verify, merge and remove houses and trees; write care records. */
  EDIT_REGISTER("register.edit"),
  /** Import lists. */
  IMPORT_REGISTER("register.import"),
  /** Read and change household data; every look is audited. */
  SEE_HOUSEHOLDS("households.see"),
  /** Make plates and print label sheets. */
  PRINT_PLATES("plates.print"),
  /** Mount, check, lose and revoke plates. */
  MOUNT_PLATES("plates.mount"),
  /** Read residents' reports. */
  SEE_REPORTS("reports.see"),
  /** Screen, assign, answer and close them. */
  HANDLE_REPORTS("reports.handle"),
  /** Read alerts with what staff did about them, and by whom. */
  SEE_ALERTS("alerts.see"),
  /** Acknowledge, shelve, hand over and close alerts; start maintenance; record bulletins. */
  HANDLE_ALERTS("alerts.handle"),
  /** Register, change and retire sensors; read what was rejected. */
  MANAGE_SENSORS("sensors.manage"),
  /** Set up where warnings go, try the ways, send again. */
  MANAGE_CHANNELS("channels.manage"),
  /** Accounts, sessions, API tokens, residential groups. */
  MANAGE_STAFF("staff.manage"),
  /** Read the audit log. */
  SEE_AUDIT("audit.see"),
  /** Subscribe to levels and alerts over MQTT. */
  SUBSCRIBE("mqtt.subscribe"),
  /** Read the figures of operation at {@code /metrics}. */
  SEE_METRICS("metrics.see");

  private final String key;

  Right(String key) {
    this.key = key;
  }

  /** As it stands in {@code api_token.rights} and on command lines. */
  public String key() {
    return key;
  }

  /** The right of that key. */
  public static Optional<Right> find(String key) {
    return Arrays.stream(values()).filter(right -> right.key.equals(key)).findFirst();
  }
}
