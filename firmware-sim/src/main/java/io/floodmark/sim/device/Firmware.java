package io.floodmark.sim.device;

import io.floodmark.sim.uplink.UplinkSettings;
import java.time.Duration;

/**
 * What is burnt into every device of a fleet.
 *
 * @param fastInterval time between readings while there is water or rain, if that is less than the
 *     report interval
 * @param fastAboveMm measured depth from which there is water, 1 or more: above the noise
 * @param uplink how it behaves on its line
 */
public record Firmware(Duration fastInterval, int fastAboveMm, UplinkSettings uplink) {
  /** Every ten seconds from 20 mm on. */
  public static final Firmware DEFAULT =
      new Firmware(Duration.ofSeconds(10), 20, UplinkSettings.DEFAULT);

  public Firmware {
    if (fastInterval.isNegative() || fastInterval.isZero()) {
      throw new IllegalArgumentException("fastInterval must be more than zero.");
    }
    if (fastAboveMm < 1) {
      throw new IllegalArgumentException("fastAboveMm must be 1 or more.");
    }
  }

  /** How long a device waits after a measurement. */
  Duration nextInterval(Duration reportInterval, boolean wet) {
    return wet && fastInterval.compareTo(reportInterval) < 0 ? fastInterval : reportInterval;
  }
}
