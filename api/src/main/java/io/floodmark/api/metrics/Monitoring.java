package io.floodmark.api.metrics;

import io.floodmark.api.health.HealthCheck;
import java.util.List;
import java.util.Optional;

/**
 * How others watch over this process.
 *
 * @param exposition what {@code /metrics} answers; without one it is not there
 * @param open whether it answers without a token
 * @param checks what beside the database has to be right for the process to be ready
 */
public record Monitoring(Optional<Exposition> exposition, boolean open, List<HealthCheck> checks) {
  /** Nothing to be seen but whether the database is there. */
  public static final Monitoring NONE = new Monitoring(Optional.empty(), false, List.of());

  /** Copies the list. */
  public Monitoring {
    checks = List.copyOf(checks);
  }
}
