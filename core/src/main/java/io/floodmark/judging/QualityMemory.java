package io.floodmark.judging;

import io.floodmark.quality.AttenuationStream;
import io.floodmark.quality.FlatLineStream;
import io.floodmark.quality.GapStream;
import io.floodmark.quality.RateStream;
import io.floodmark.quality.SpikeStream;
import io.floodmark.surface.Rainfall;
import io.floodmark.surface.SurfaceTrack;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;

/**
 * What quality control remembers of a sensor's readings, backfill aside. Immutable and small: two
 * values, at most {@link io.floodmark.quality.QualitySettings.Attenuation#SAMPLES} and one samples
 * of the attenuation window, and of a flat line no more marks than its tolerance has millimetres.
 *
 * @param samples how many there were; 2 stands for more
 * @param observedAt of the newest: its identity; {@link Instant#MIN} before the first
 * @param evaluatedAt event time of the newest; {@link Instant#MIN} before the first
 * @param beforeLastMm surface over the ground, second newest; NaN where there was none to go by
 * @param lastMm the newest; NaN likewise
 * @param distanceMm raw distance of the newest
 * @param flatLine raw distances, about one an interval
 * @param flatLineAt event time of the newest of them
 * @param attenuation raw distances, spread over the period
 * @param surface what the sensor is believed to look at
 * @param leapt identities of the readings since its surface leapt, at most {@link #LEAPT_MAX}
 * @param rainfall of a rain gauge
 */
public record QualityMemory(
    int samples,
    Instant observedAt,
    Instant evaluatedAt,
    double beforeLastMm,
    double lastMm,
    OptionalInt distanceMm,
    FlatLineStream flatLine,
    Instant flatLineAt,
    AttenuationStream attenuation,
    SurfaceTrack surface,
    List<Instant> leapt,
    Rainfall rainfall) {

  /** What was a leap for longer is judged by its last readings. */
  static final int LEAPT_MAX = 8;

  /** Before the first reading. */
  public static final QualityMemory NONE =
      new QualityMemory(
          0,
          Instant.MIN,
          Instant.MIN,
          Double.NaN,
          Double.NaN,
          OptionalInt.empty(),
          FlatLineStream.NONE,
          Instant.MIN,
          AttenuationStream.NONE,
          SurfaceTrack.NONE,
          List.of(),
          Rainfall.NONE);

  /** Copies the list. */
  public QualityMemory {
    leapt = List.copyOf(leapt);
  }

  QualityMemory with(SurfaceTrack newSurface, List<Instant> newLeapt) {
    return new QualityMemory(
        samples,
        observedAt,
        evaluatedAt,
        beforeLastMm,
        lastMm,
        distanceMm,
        flatLine,
        flatLineAt,
        attenuation,
        newSurface,
        newLeapt,
        rainfall);
  }

  GapStream gap() {
    return samples == 0 ? GapStream.NONE : new GapStream(samples, evaluatedAt.toEpochMilli());
  }

  SpikeStream spike() {
    return new SpikeStream(samples, beforeLastMm, lastMm);
  }

  RateStream rate() {
    return samples == 0 ? RateStream.NONE : new RateStream(evaluatedAt.toEpochMilli(), lastMm);
  }
}
