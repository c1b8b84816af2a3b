package io.floodmark.api.live;

import static io.floodmark.api.sensors.SensorViews.sensor;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.floodmark.api.alerts.AlertEventView;
import io.floodmark.api.alerts.AlertHandling;
import io.floodmark.api.alerts.AlertView;
import io.floodmark.api.sensors.SensorView;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class StreetNowTest {
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
  private static final SensorView DRY = sensor(1, "a").heard(NOON, 0, 0).view();
  private static final SensorView WET = sensor(1, "a").heard(NOON.plusSeconds(60), 142, 3).view();

  private final StreetNow street = new StreetNow(4);

  @Test
  void aChangedSensorIsTold() {
    street.replaceAll(rows(DRY), NOON);
    List<LiveEvent> events = street.change(Set.of(1), rows(WET), NOON.plusSeconds(60));
    assertEquals(1, events.size());
    assertTrue(text(events.get(0)).startsWith("event: level\ndata: {\"type\":\"Feature\""));
    assertTrue(snapshot().contains("\"depthMm\":142"));
  }

  @Test
  void aSensorThatIsAsBeforeIsNot() {
    street.replaceAll(rows(DRY), NOON);
    assertEquals(List.of(), street.change(Set.of(1), rows(DRY), NOON));
  }

  @Test
  void silenceIsToldOnceByTheClockAlone() {
    street.replaceAll(rows(DRY), NOON);
    assertEquals(List.of(), street.tick(NOON.plus(Duration.ofMinutes(5))));
    List<LiveEvent> events = street.tick(NOON.plus(Duration.ofMinutes(6)));
    assertEquals(1, events.size());
    assertTrue(text(events.get(0)).contains("\"state\":\"silent\""));
    assertTrue(text(events.get(0)).contains("\"level\":null"));
    assertEquals(List.of(), street.tick(NOON.plus(Duration.ofMinutes(7))));
  }

  @Test
  void aRetiredSensorIsToldOnceAndLeavesTheSnapshot() {
    street.replaceAll(rows(DRY), NOON);
    SensorView retired = sensor(1, "a").heard(NOON, 0, 0).retired(NOON).view();
    assertEquals(1, street.change(Set.of(1), rows(retired), NOON).size());
    assertFalse(snapshot().contains("\"code\":\"a\""));
    assertEquals(List.of(), street.change(Set.of(1), rows(retired), NOON));
  }

  @Test
  void anAlertIsToldAfterTheLevelThatRaisedIt() {
    street.replaceAll(rows(DRY), NOON);
    List<LiveEvent> events =
        street.change(Set.of(1), rows(WET, alert("active"), event(7)), NOON.plusSeconds(60));
    assertEquals(2, events.size());
    assertTrue(text(events.get(1)).startsWith("event: alert\nid: 7\ndata: {\"id\":812,"));
    assertTrue(text(events.get(1)).contains("\"event\":{\"id\":7,\"kind\":\"raised\""));
    assertTrue(snapshot().contains("\"alerts\":[{\"id\":812"));
  }

  @Test
  void anEventThatIsReadAgainIsNotToldAgain() {
    street.replaceAll(rows(DRY), NOON);
    street.change(Set.of(1), rows(WET, alert("active"), event(7)), NOON);
    assertEquals(List.of(), street.change(Set.of(1), rows(WET, alert("active"), event(7)), NOON));
  }

  @Test
  void anIdThatIsCommittedLateIsToldUnderTheHighestSoFar() {
    street.replaceAll(rows(DRY), NOON);
    street.change(Set.of(1), rows(WET, alert("active"), event(7)), NOON);
    List<LiveEvent> events = street.change(Set.of(1), rows(WET, alert("active"), event(6)), NOON);
    assertEquals(List.of(OptionalLong.of(7)), events.stream().map(LiveEvent::id).toList());
    assertTrue(text(events.get(0)).contains("\"event\":{\"id\":6"));
  }

  @Test
  void aClearedAlertLeavesTheSnapshot() {
    street.replaceAll(rows(DRY), NOON);
    street.change(Set.of(1), rows(WET, alert("active"), event(7)), NOON);
    street.change(Set.of(1), new LiveRows(List.of(DRY), List.of(), List.of(event(8))), NOON);
    assertTrue(snapshot().endsWith("\"alerts\":[]}\n\n"), snapshot());
  }

  @Test
  void whatWasBeforeTheStartIsReplayedButNotTold() {
    street.replaceAll(new LiveRows(List.of(DRY), List.of(), events(1, 3)), NOON);
    assertEquals(List.of(2L, 3L), replay(1));
    assertEquals(3, street.snapshot().lastId());
  }

  @Test
  void moreThanIsRememberedIsNotReplayed() {
    street.replaceAll(new LiveRows(List.of(DRY), List.of(), events(3, 6)), NOON);
    assertTrue(street.snapshot().eventsAfter(1).isEmpty());
    assertEquals(List.of(3L, 4L, 5L, 6L), replay(2));
    street.change(Set.of(1), rows(WET, alert("active"), event(7)), NOON);
    assertTrue(street.snapshot().eventsAfter(2).isEmpty());
    assertEquals(List.of(4L, 5L, 6L, 7L), replay(3));
  }

  @Test
  void anIdOfAnotherDatabaseIsNotReplayed() {
    street.replaceAll(new LiveRows(List.of(DRY), List.of(), events(1, 3)), NOON);
    assertEquals(List.of(), replay(3));
    assertTrue(street.snapshot().eventsAfter(4).isEmpty());
  }

  @Test
  void afterAPauseWhatWasMissedCanBeReplayed() {
    street.replaceAll(new LiveRows(List.of(DRY), List.of(), events(1, 3)), NOON);
    street.replaceAll(new LiveRows(List.of(WET), List.of(), events(2, 5)), NOON);
    assertEquals(List.of(4L, 5L), replay(3));
  }

  @Test
  void afterALongPauseItCannot() {
    street.replaceAll(new LiveRows(List.of(DRY), List.of(), events(1, 3)), NOON);
    street.replaceAll(new LiveRows(List.of(WET), List.of(), events(20, 23)), NOON);
    assertTrue(street.snapshot().eventsAfter(3).isEmpty());
    assertEquals(List.of(22L, 23L), replay(21));
  }

  private List<Long> replay(long after) {
    return street.snapshot().eventsAfter(after).orElseThrow().stream()
        .map(event -> event.id().orElseThrow())
        .toList();
  }

  private String snapshot() {
    return street.snapshot().tail().toString(StandardCharsets.UTF_8);
  }

  private static String text(LiveEvent event) {
    return event.bytes().toString(StandardCharsets.UTF_8);
  }

  private static LiveRows rows(SensorView sensor) {
    return new LiveRows(List.of(sensor), List.of(), List.of());
  }

  private static LiveRows rows(SensorView sensor, AlertView alert, AlertEventView event) {
    return new LiveRows(List.of(sensor), List.of(alert), List.of(event));
  }

  private static List<AlertEventView> events(long firstId, long lastId) {
    return LongStream.rangeClosed(firstId, lastId).mapToObj(StreetNowTest::event).toList();
  }

  private static AlertEventView event(long id) {
    return new AlertEventView(id, "raised", 0, 3, NOON, alert("active"));
  }

  private static AlertView alert(String state) {
    return new AlertView(
        812,
        1,
        "a",
        "Ngã tư Bần",
        "flood",
        state,
        3,
        3,
        NOON,
        NOON,
        Optional.empty(),
        AlertHandling.NONE);
  }
}
