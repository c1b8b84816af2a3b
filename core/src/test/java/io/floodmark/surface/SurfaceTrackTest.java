package io.floodmark.surface;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SurfaceTrackTest {
  private static final int MOUNT_MM = 2_500;

  private SurfaceTrack track = SurfaceTrack.NONE;
  private Instant now = Instant.parse("2026-06-01T00:00:00Z");
  private Support support = Support.UNKNOWN;
  private SurfaceTrack.Step last;

  @BeforeEach
  void aDryStreetThatWasSeenForAWhile() {
    see(0, 2, -3, 1, 4, -2, 0, 3, -1, 2, 0, 1);
  }

  @Test
  void waterThatRisesAsStreetsFloodIsBelievedWithItsSecondReading() {
    assertEquals(
        List.of(Sight.GROUND, Sight.UNCONFIRMED, Sight.WATER, Sight.WATER), see(20, 40, 62, 81));
    assertEquals(81, last.waterMm(), 5);
  }

  @Test
  void aMotorbikeThatStopsAtOnceIsAThingUntilItLeaves() {
    assertEquals(
        List.of(Sight.LEAP, Sight.LEAP, Sight.PARKED, Sight.PARKED), see(400, 402, 399, 403));
    assertEquals(List.of(Sight.GROUND), see(1));
  }

  @Test
  void waterThatLeapsAndGoesOnRisingIsWater() {
    assertEquals(List.of(Sight.LEAP, Sight.LEAP, Sight.WATER), see(50, 100, 145));
    assertTrue(last.sure(), "three readings have shown it coming");
  }

  @Test
  void somethingThatPassesIsForgottenAndSaidToHavePassed() {
    assertEquals(List.of(Sight.LEAP), see(300));
    assertFalse(last.passed());
    assertEquals(List.of(Sight.GROUND), see(2));
    assertTrue(last.passed());
  }

  @Test
  void aCarOverFloodedGroundDoesNotEndTheFlood() {
    see(20, 40, 60, 80);
    assertEquals(List.of(Sight.LEAP), see(900));
    assertEquals(List.of(Sight.WATER), see(95));
  }

  @Test
  void aThingThatRisesBitByBitIsWaterAfterAll() {
    see(200, 201, 199);
    List<Sight> rising = see(220, 238, 255, 272, 290, 305);
    assertEquals(Sight.PARKED, rising.get(0));
    assertEquals(Sight.WATER, rising.get(rising.size() - 1));
  }

  @Test
  void whatStaysBelowTheBelievedGroundIsTheGround() {
    support = Support.AGAINST;
    for (int mm = 0; mm <= 100; mm += 2) {
      see(mm); // a bag that sags into the beam, taken for the ground bit by bit
    }
    assertTrue(track.ground().heightMm() > 60, "the ground followed it");

    assertEquals(List.of(Sight.LEAP, Sight.LEAP, Sight.GROUND, Sight.GROUND), see(2, 1, 3, 0));
    assertEquals(2, track.ground().heightMm(), 3);

    support = Support.FOR;
    assertEquals(List.of(Sight.UNCONFIRMED, Sight.WATER), see(20, 45, 70).subList(1, 3));
  }

  @Test
  void theGroundDoesNotFollowDoubtedWaterToWhereNoGroundCanBe() {
    support = Support.FOR;
    for (int mm = 20; mm <= 260; mm += 20) {
      see(mm);
    }
    support = Support.AGAINST;
    for (int mm = 260; mm > 190; mm--) {
      see(mm);
    }
    assertEquals(190, last.waterMm(), 10);
    assertEquals(0, track.ground().heightMm(), 5);
  }

  @Test
  void whatStaysLowerThanAStreetCanBeIsNotTheGround() {
    see(-300, -301, -299, -300);
    assertEquals(0, track.ground().heightMm(), 5);
  }

  @Test
  void withRainAShallowFloodThatCameAtOnceIsWaterAndAMotorbikeIsNot() {
    support = Support.FOR;
    assertEquals(Sight.WATER, see(110, 112, 109, 108, 107).get(4));
    see(60, 30, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    assertEquals(Sight.PARKED, see(420, 421, 419, 420).get(3));
  }

  @Test
  void withRainFewerReadingsAreEnough() {
    support = Support.FOR;
    assertEquals(List.of(Sight.LEAP, Sight.WATER), see(50, 90));
    support = Support.AGAINST;
    see(70, 55, 40, 25, 10, 0, 0, 0, 0, 0);
    assertEquals(List.of(Sight.LEAP, Sight.LEAP), see(50, 90));
  }

  @Test
  void theHeatOfAnAfternoonIsNoWaterWhereItDoesNotRain() {
    support = Support.AGAINST;
    for (int minute = 0; minute < 480; minute++) {
      double heatMm = 85 * Math.sin(Math.PI * minute / 480);
      assertEquals(List.of(Sight.GROUND), see(heatMm), "minute " + minute);
    }
  }

  @Test
  void aFloodOnAHotAfternoonIsStillAFlood() {
    support = Support.AGAINST;
    for (int minute = 0; minute < 240; minute++) {
      see(70.0 * minute / 240);
    }
    support = Support.FOR;
    assertEquals(Sight.WATER, see(90, 110, 130, 150).get(3));
    assertEquals(80, last.waterMm(), 12);
  }

  @Test
  void scatteredEchoesSayNothing() {
    SplittableRandom random = new SplittableRandom(7);
    double[] heights = random.doubles(12, -150, 150).toArray();
    List<Sight> sights = see(heights);
    assertEquals(Sight.SCATTERED, sights.get(sights.size() - 1));
  }

  @Test
  void aNewSensorThatWakesInWaterBelievesItsCalibration() {
    track = SurfaceTrack.NONE;
    assertEquals(List.of(Sight.WATER, Sight.WATER), see(300, 301));
    track = SurfaceTrack.NONE;
    support = Support.AGAINST;
    assertEquals(List.of(Sight.WATER, Sight.WATER), see(300, 301));
  }

  @Test
  void afterALongSilenceWaterMayStandAnywhere() {
    now = now.plus(Duration.ofHours(2));
    assertEquals(List.of(Sight.LEAP, Sight.WATER), see(300, 298));
    track = SurfaceTrack.NONE;
    aDryStreetThatWasSeenForAWhile();
    now = now.plus(Duration.ofHours(2));
    support = Support.AGAINST;
    assertEquals(Sight.PARKED, see(300, 298, 301).get(2));
  }

  /** A reading a minute. */
  private List<Sight> see(double... heightsMm) {
    List<Sight> sights = new ArrayList<>();
    for (double heightMm : heightsMm) {
      now = now.plus(Duration.ofMinutes(1));
      last = track.next(now, heightMm, MOUNT_MM, support);
      track = last.track();
      sights.add(last.sight());
    }
    return sights;
  }
}
