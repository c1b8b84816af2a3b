package io.floodmark.surface;

import io.floodmark.surface.Surface.Nature;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What one sensor over a street has seen so far, and what is believed of it. Pure and immutable:
 * {@link #next} returns what it becomes.
 *
 * <p>One surface is believed at a time: the ground, water, or a thing. A reading that it can have
 * moved to belongs to it. One that it cannot is a {@link Leap}: it becomes the surface when enough
 * readings go on rising as water does, a thing when they stay as they are, and is forgotten when
 * the believed surface is seen again. How many readings are enough depends on what else speaks for
 * water, and on how much passes under the sensor just then.
 *
 * <p>The ideas are those of the filters that FloodNet NYC publishes (gradient, blip, box); their
 * limits are fitted to streets simulated with floods of published sizes, never to those that are
 * reported on.
 *
 * @param ground where the ground is
 * @param surface what the sensor looks at
 * @param entered how the water rose above the least depth that counts
 * @param leap what may become the surface
 * @param before what was that before a reading that fits neither
 * @param leapsAt when the last leaps began, at most {@link #LEAPS_MAX}, none older than ten minutes
 * @param heights the last heights
 */
public record SurfaceTrack(
    Ground ground,
    Surface surface,
    Entry entered,
    Optional<Leap> leap,
    Optional<Leap> before,
    List<Instant> leapsAt,
    Heights heights) {
  /** Before the first reading. */
  public static final SurfaceTrack NONE =
      new SurfaceTrack(
          Ground.AS_CALIBRATED,
          Surface.UNSEEN,
          Entry.NONE,
          Optional.empty(),
          Optional.empty(),
          List.of(),
          Heights.NONE);

  /** More leaps in ten minutes make no difference. */
  public static final int LEAPS_MAX = 6;

  /** Water lower than this over the ground is not told from it. */
  public static final double WATER_FROM_MM = 30;

  /** Until here the ground follows what is seen: heat comes slowly, water seldom. */
  private static final double GROUND_BELOW_MM = 20;

  private static final Duration BUSY_FOR = Duration.ofMinutes(10);
  private static final int SURE_FROM = 3;
  private static final int CALM_LEAPS = 1;
  private static final int BUSY_LEAPS = 3;
  private static final int BUSY_EXTRA = 2;
  private static final double SLOW_MM_PER_MIN = 4;

  /** After such a silence water may stand anywhere. */
  private static final Duration SILENT_FROM = Duration.ofMinutes(20);

  /** Copies the list. */
  public SurfaceTrack {
    leapsAt = List.copyOf(leapsAt);
  }

  /**
   * A track and what its newest reading was taken for.
   *
   * @param track the track after the reading
   * @param sight what it was taken for
   * @param waterMm its height over the ground as believed now, in millimetres
   * @param sure whether this reading alone is enough for a warning: readings before it have shown
   *     the same water coming, or something else speaks for it and next to nothing has passed under
   *     the sensor lately
   * @param passed whether what leapt before is gone: it was no surface, and something passed
   */
  public record Step(
      SurfaceTrack track, Sight sight, double waterMm, boolean sure, boolean passed) {

    private Step surely() {
      return new Step(track, sight, waterMm, sight == Sight.WATER, passed);
    }
  }

  /**
   * Takes in a reading that is newer than the last one.
   *
   * @param at event time
   * @param heightMm of what was seen over the ground as calibrated, mm; compensated for temperature
   *     where that is known
   * @param mountHeightMm height of the sensor over the ground
   * @param support what else speaks for water or against it
   */
  public Step next(Instant at, double heightMm, int mountHeightMm, Support support) {
    Ground.Pace pace = Ground.Pace.of(support, mountHeightMm);
    SurfaceTrack seen =
        new SurfaceTrack(
            ground,
            surface,
            entered,
            leap,
            before,
            leapsSince(at.minus(BUSY_FOR)),
            heights.with(at, heightMm));
    return seen.judge(at, heightMm, pace, support);
  }

  private List<Instant> leapsSince(Instant from) {
    if (leapsAt.isEmpty() || !leapsAt.get(0).isBefore(from)) {
      return leapsAt;
    }
    return leapsAt.stream().filter(leaptAt -> !leaptAt.isBefore(from)).toList();
  }

  private Step judge(Instant at, double heightMm, Ground.Pace pace, Support support) {
    boolean nearGround = ground.isNear(heightMm, at, pace);
    if (surface.nature() == Nature.THING && !nearGround) {
      if (surface.restsAt(heightMm, ground.heightMm())) {
        Surface stands = Surface.thing(heightMm, at, surface.restingMm(), 0);
        return believing(stands).step(Sight.PARKED, heightMm, support, leap.isPresent());
      }
      if (surface.driftsTo(heightMm, at)) {
        return moved(at, heightMm, support);
      }
    } else {
      // Before the ground is known there is nothing to leap from.
      boolean flows = !ground.isKnown() || surface.flowsTo(heightMm, at);
      if (flows || nearGround) {
        return followed(at, heightMm, flows && surface.nature() != Nature.THING, pace, support);
      }
    }
    return leapt(at, heightMm, support);
  }

  /** A thing that rises bit by bit is water after all. */
  private Step moved(Instant at, double heightMm, Support support) {
    int way = heightMm > surface.restingMm() ? 1 : -1;
    int moves = surface.moves() * way > 0 ? surface.moves() + way : way;
    if (Math.abs(moves) < Evidence.movesOfThing(support)) {
      Surface moving = Surface.thing(heightMm, at, surface.restingMm(), moves);
      return believing(moving).step(Sight.PARKED, heightMm, support, leap.isPresent());
    }
    Surface water = Surface.water(heightMm, at, Math.abs(moves));
    return believing(water)
        .entering(Entry.NONE)
        .step(Sight.WATER, heightMm, support, leap.isPresent());
  }

  private Step followed(
      Instant at, double heightMm, boolean flows, Ground.Pace pace, Support support) {
    double waterMm = heightMm - ground.heightMm();
    int run = flows ? surface.run() : 0;
    boolean mayBeThing = support != Support.FOR && ground.isKnown();
    Entry entry = entered.with(heightMm, waterMm, mayBeThing);
    Surface seen =
        waterMm >= WATER_FROM_MM
            ? Surface.water(heightMm, at, run + 1)
            : Surface.ground(heightMm, at);
    boolean drifting =
        support == Support.AGAINST && ground.isKnown() && heights.riseMmPerMin() < SLOW_MM_PER_MIN;
    Sight sight = sightOf(waterMm, entry, drifting);
    // However long it is doubted, the ground does not follow it to where no ground can be.
    boolean mayBeGround = heightMm <= pace.highestMm() + WATER_FROM_MM;
    boolean isGround = waterMm < GROUND_BELOW_MM || (drifting && mayBeGround);
    SurfaceTrack after =
        new SurfaceTrack(
            isGround ? ground.seen(heightMm, at, pace) : ground.unseen(),
            seen,
            entry,
            Optional.empty(),
            Optional.empty(),
            leapsAt,
            heights);
    return after.seen(sight, waterMm, support, leap.isPresent());
  }

  private static Sight sightOf(double waterMm, Entry entry, boolean drifting) {
    if (waterMm < WATER_FROM_MM) {
      return Sight.GROUND;
    }
    if (drifting) {
      return Sight.DRIFT;
    }
    return entry.isOfThing() ? Sight.PARKED : Sight.WATER;
  }

  private Step leapt(Instant at, double heightMm, Support support) {
    if (leap.isPresent() && leap.get().goesOnWith(heightMm, at)) {
      return grown(leap.get().with(heightMm, at, support), before, support);
    }
    if (before.isPresent() && before.get().goesOnWith(heightMm, at)) {
      return grown(before.get().with(heightMm, at, support), Optional.empty(), support);
    }
    List<Instant> leaps = new ArrayList<>(leapsAt);
    leaps.add(at);
    List<Instant> kept = leaps.subList(Math.max(0, leaps.size() - LEAPS_MAX), leaps.size());
    boolean afterSilence = heights.silenceBeforeNewest().compareTo(SILENT_FROM) > 0;
    Leap begun = Leap.from(surface.heightMm(), heightMm, at, afterSilence);
    SurfaceTrack after =
        new SurfaceTrack(ground, surface, entered, Optional.of(begun), leap, kept, heights);
    return after.step(Sight.LEAP, heightMm, support, false);
  }

  private Step grown(Leap grown, Optional<Leap> other, Support support) {
    double heightMm = grown.lastMm();
    Instant at = grown.lastAt();
    if (Evidence.isWater(grown, support, isBusy(support))) {
      Surface water = Surface.water(heightMm, at, grown.samples());
      Step step = believing(water).entering(Entry.NONE).step(Sight.WATER, heightMm, support, false);
      return grown.samples() >= SURE_FROM ? step.surely() : step;
    }
    // Nothing stands below the street: what stays there is the street.
    if (grown.flats() >= Evidence.FLATS_OF_THING && ground.isFoundAt(grown.flatMm())) {
      return believing(Surface.ground(heightMm, at))
          .on(ground.found(grown.flatMm(), at))
          .step(Sight.GROUND, heightMm, support, false);
    }
    if (Evidence.isThing(grown, support)) {
      Surface thing = Surface.thing(heightMm, at, grown.flatMm(), 0);
      return believing(thing).step(Sight.PARKED, heightMm, support, false);
    }
    SurfaceTrack after =
        new SurfaceTrack(ground, surface, entered, Optional.of(grown), other, leapsAt, heights);
    return after.step(Sight.LEAP, heightMm, support, false);
  }

  private Step step(Sight sight, double heightMm, Support support, boolean passed) {
    return seen(sight, heightMm - ground.heightMm(), support, passed);
  }

  private Step seen(Sight sight, double waterMm, Support support, boolean passed) {
    Sight judged = sight;
    if (heights.areScattered()) {
      judged = Sight.SCATTERED;
    } else if (sight == Sight.WATER && waterMm >= WATER_FROM_MM && !isConfirmed(support)) {
      judged = Sight.UNCONFIRMED;
    }
    boolean sure = support == Support.FOR && ground.isKnown() && leapsAt.size() <= CALM_LEAPS;
    return new Step(this, judged, waterMm, sure, passed);
  }

  private boolean isConfirmed(Support support) {
    int needed = ground.isKnown() ? Evidence.readingsOfWater(support) : 1;
    return surface.run() >= needed + (leapsAt.size() >= BUSY_LEAPS ? BUSY_EXTRA : 0);
  }

  private boolean isBusy(Support support) {
    return leapsAt.size() >= (support == Support.FOR ? BUSY_LEAPS : BUSY_LEAPS + 1);
  }

  private SurfaceTrack believing(Surface believed) {
    return new SurfaceTrack(
        ground, believed, entered, Optional.empty(), Optional.empty(), leapsAt, heights);
  }

  private SurfaceTrack entering(Entry entry) {
    return new SurfaceTrack(ground, surface, entry, leap, before, leapsAt, heights);
  }

  private SurfaceTrack on(Ground seen) {
    return new SurfaceTrack(seen, surface, entered, leap, before, leapsAt, heights);
  }
}
