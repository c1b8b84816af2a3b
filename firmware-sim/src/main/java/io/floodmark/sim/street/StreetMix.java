package io.floodmark.sim.street;

/**
 * How much of what happens in a street. What is not said here is fixed in {@link StreetPlan}.
 *
 * @param days length, 1 or more
 * @param sensors how many, 1 or more
 * @param floodsPerSensor floods of each sensor in all that time
 * @param pulses samples with something passing, for each sample with water
 * @param boxes samples with something put down, likewise
 * @param blips stray echoes, likewise
 * @param others samples with anything else, likewise: shorts, sagging things, scatter and error
 *     codes, a quarter each
 * @param hotEvery every how many days the afternoon is hot
 * @param rainGauges how many rain gauges stand in the ward, 0 or more
 */
public record StreetMix(
    int days,
    int sensors,
    int floodsPerSensor,
    double pulses,
    double boxes,
    double blips,
    double others,
    int hotEvery,
    int rainGauges) {
  // Points labelled by FloodNet NYC in 11.5 million rows.
  private static final double FLOOD_POINTS = 45_808;

  /**
   * Thirty days of fifty sensors with seven floods each, and one rain gauge; the rest in the
   * proportions that FloodNet NYC has labelled its points with, about ten doubtful samples for each
   * sample of water.
   */
  public static final StreetMix REFERENCE =
      new StreetMix(
          30,
          50,
          7,
          334_074 / FLOOD_POINTS,
          43_399 / FLOOD_POINTS,
          35_806 / FLOOD_POINTS,
          32_985 / FLOOD_POINTS,
          3,
          1);

  /** The same for fewer days or sensors. */
  public StreetMix ofSize(int otherDays, int otherSensors) {
    int floods = Math.max(1, floodsPerSensor * otherDays / days);
    return new StreetMix(
        otherDays, otherSensors, floods, pulses, boxes, blips, others, hotEvery, rainGauges);
  }

  /** The same with another number of rain gauges. */
  public StreetMix withRainGauges(int gauges) {
    return new StreetMix(
        days, sensors, floodsPerSensor, pulses, boxes, blips, others, hotEvery, gauges);
  }
}
