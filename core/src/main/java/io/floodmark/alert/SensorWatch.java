package io.floodmark.alert;

import io.floodmark.reading.RecentValues;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * What is watched at a sensor beside the level of the water, between two readings. Pure and
 * immutable.
 *
 * @param silent whether it is called silent; it becomes so by time alone, see {@link Silence}
 * @param rise whether the water rises fast
 * @param battery whether its battery is low
 * @param doubt whether most of its readings have been doubtful for hours
 */
public record SensorWatch(boolean silent, FastRise rise, LowBattery battery, DoubtfulHours doubt) {
  /** Before the first reading. */
  public static final SensorWatch NONE =
      new SensorWatch(false, FastRise.NONE, LowBattery.NONE, DoubtfulHours.NONE);

  /**
   * What staff set.
   *
   * @param fastRiseMmPerMin from which a rise is fast, millimetres a minute; empty: not watched
   * @param batteryLowMv at or below which a battery is low; empty: not watched
   */
  public record Limits(OptionalInt fastRiseMmPerMin, OptionalInt batteryLowMv) {
    /** Nothing is watched but silence and doubt. */
    public static final Limits NONE = new Limits(OptionalInt.empty(), OptionalInt.empty());
  }

  /**
   * A reading that is no backfill.
   *
   * @param evaluatedAt event time
   * @param doubtful whether it is not to be believed
   * @param batteryMv as sent
   * @param rising good depths in millimetres, this one last; empty where this is no good depth
   */
  public record Sample(
      Instant evaluatedAt, boolean doubtful, OptionalInt batteryMv, RecentValues rising) {}

  /**
   * An alert that begins or ends.
   *
   * @param kind other than a flood
   * @param on whether it begins
   * @param at event time
   */
  public record Change(AlertKind kind, boolean on, Instant at) {
    /** The same as alerts of all kinds are written: between 0 and the kind's urgency. */
    public AlertTransition transition() {
      return on
          ? AlertTransition.of(0, kind.urgency(), at)
          : AlertTransition.of(kind.urgency(), 0, at);
    }
  }

  /** What it becomes, and what began or ended on the way. */
  public record Step(SensorWatch watch, List<Change> changes) {
    /** Copies the list; next to always there is nothing in it. */
    public Step {
      changes = changes.isEmpty() ? List.of() : List.copyOf(changes);
    }
  }

  /** After a reading. It ends a silence, whatever it says. */
  public Step next(Limits limits, Sample sample) {
    FastRise risen = FastRise.NONE;
    if (limits.fastRiseMmPerMin().isPresent()) {
      risen =
          sample.rising().isEmpty()
              ? rise
              : rise.next(sample.rising(), limits.fastRiseMmPerMin().getAsInt());
    }
    SensorWatch after =
        new SensorWatch(
            false,
            risen,
            battery.next(sample.batteryMv(), limits.batteryLowMv()),
            doubt.next(sample.evaluatedAt(), sample.doubtful()));
    List<Change> changes = new ArrayList<>();
    note(changes, AlertKind.SILENT, silent, after.silent, sample);
    note(changes, AlertKind.FAST_RISE, rise.on(), after.rise.on(), sample);
    note(changes, AlertKind.BATTERY, battery.on(), after.battery.on(), sample);
    note(changes, AlertKind.QUALITY, doubt.on(), after.doubt.on(), sample);
    return new Step(after, changes);
  }

  /** The same, called silent. */
  public SensorWatch fallenSilent() {
    return new SensorWatch(true, rise, battery, doubt);
  }

  private static void note(
      List<Change> changes, AlertKind kind, boolean before, boolean after, Sample sample) {
    if (before != after) {
      changes.add(new Change(kind, after, sample.evaluatedAt()));
    }
  }
}
