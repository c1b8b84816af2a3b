package io.floodmark.sim.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.floodmark.sim.broker.FakeBroker;
import io.floodmark.sim.uplink.BrokerAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayTest {
  private static final Path NOAA = Path.of("../../shared/data/noaa-9447130-2015-01.csv");
  private static final Instant NOW = Instant.parse("2026-11-21T13:05:00.123Z");
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder;
  private FakeBroker broker;

  @BeforeEach
  void open() {
    broker = new FakeBroker();
  }

  @AfterEach
  void close() {
    broker.close();
  }

  private ReplayOptions options(Path file, String columns) {
    return ReplayOptions.of(
        new BrokerAddress("127.0.0.1", broker.port()),
        file,
        ColumnMapping.parse(columns),
        Map.of("noaa", "secret", "a", "token-a", "b", "token-b"));
  }

  /** The recorded month where it is at hand, else one made up that has as many rows. */
  private ReplayOptions month() throws IOException {
    Path file = NOAA;
    if (!Files.exists(NOAA)) {
      StringBuilder text = new StringBuilder("time_utc,level_m,sigma,flags,quality\n");
      Instant first = Instant.parse("2015-01-01T00:00:00Z");
      for (int i = 0; i < 7_201; i++) {
        text.append(first.plus(Duration.ofMinutes(6L * i)))
            .append(',')
            .append(1.5 + Math.sin(i / 40.0))
            .append(",0.02,\"0,0,0,0\",v\n");
      }
      file = Files.writeString(folder.resolve("month.csv"), text);
    }
    return options(file, "sensor=code:noaa,time=time_utc,depth_mm=level_m*1000+800")
        .withShift(Shift.parse("end=now"));
  }

  private static ReplayResult run(ReplayOptions options) throws Exception {
    return new Replay(options, InstantSource.fixed(NOW)).run();
  }

  private Path thousandRows() throws IOException {
    StringBuilder text = new StringBuilder("t,d\n");
    IntStream.range(0, 1_000)
        .forEach(
            i -> text.append(1_420_070_400_000L + i * 60_000L).append(',').append(i).append('\n'));
    return Files.writeString(folder.resolve("rows.csv"), text);
  }

  private List<Long> times() throws IOException {
    List<Long> times = new ArrayList<>();
    for (FakeBroker.Published message : broker.takePublished()) {
      JsonNode payload = JSON.readTree(message.payload());
      assertEquals(1, message.qos());
      if (payload.isArray()) {
        payload.forEach(reading -> times.add(reading.get("ts").longValue()));
      } else {
        times.add(payload.get("ts").longValue());
      }
    }
    return times;
  }

  @Test
  void everyRowOfAMonthIsSentOnceInOrderAndAcknowledged() throws Exception {
    assertEquals(new ReplayResult(7_201, 0, 0, 7_201, 7_201), run(month()));
    List<Long> times = times();
    assertEquals(7_201, times.size());
    assertEquals(NOW.toEpochMilli(), times.get(7_200));
    assertEquals(NOW.minus(Duration.ofDays(30)).toEpochMilli(), times.get(0));
    assertEquals(times.stream().sorted().distinct().toList(), times);
  }

  @Test
  void fivePercentLessArriveWhenFivePercentAreDropped() throws Exception {
    ReplayOptions thinned = month().withThinning(new Thinning(5, 1, 42));
    assertEquals(new ReplayResult(7_201, 360, 0, 6_841, 6_841), run(thinned));
    List<Long> first = times();
    assertEquals(6_841, first.size());
    run(thinned);
    assertEquals(first, times());
  }

  @Test
  void severalReadingsShareAMessage() throws Exception {
    ReplayOptions batched =
        options(thousandRows(), "sensor=code:a,time=t,depth_mm=d").withReadingsPerMessage(300);
    assertEquals(new ReplayResult(1_000, 0, 0, 1_000, 1_000), run(batched));
    List<FakeBroker.Published> messages = broker.takePublished();
    assertEquals(4, messages.size());
    assertEquals(100, JSON.readTree(messages.get(3).payload()).size());
  }

  @Test
  void pastReadingsAnnounceNobodyAsOnline() throws Exception {
    run(options(thousandRows(), "sensor=code:a,time=t,depth_mm=d"));
    FakeBroker.Connected connect = broker.awaitConnect();
    assertEquals("a", connect.userName());
    assertEquals("token-a", connect.password());
    assertEquals("", connect.willTopic());
    assertTrue(
        broker.takePublished().stream()
            .allMatch(message -> message.topic().equals("sensors/a/readings")));
    assertEquals("a", broker.awaitGoodbye());
  }

  @Test
  void rowsGoToTheSensorThatTheyNameAndBlankOnesNowhere() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("two.csv"), "site,t,d\na,1000,5\nb,1000,6\na,2000,\nb,2000,8\n");
    assertEquals(
        new ReplayResult(4, 0, 1, 3, 3), run(options(file, "sensor=site,time=t,depth_mm=d")));
    List<String> topics =
        broker.takePublished().stream().map(FakeBroker.Published::topic).sorted().toList();
    assertEquals(List.of("sensors/a/readings", "sensors/b/readings", "sensors/b/readings"), topics);
  }

  @Test
  void withoutAcknowledgementsItFailsAfterItsPatience() throws Exception {
    broker.withholdAcknowledgements();
    // In which to connect and to send what may be in flight, too.
    ReplayResult result =
        run(
            options(thousandRows(), "sensor=code:a,time=t,depth_mm=d")
                .withPatience(Duration.ofSeconds(5)));
    assertFalse(result.isComplete());
    // As many as the window holds went out, and none counts.
    assertEquals(new ReplayResult(1_000, 0, 0, 100, 0), result);
  }

  @Test
  void aBrokerThatRefusesGetsNothingAndTheReplayFails() throws Exception {
    broker.setDoor(FakeBroker.Door.REFUSING);
    ReplayResult result =
        run(
            options(thousandRows(), "sensor=code:a,time=t,depth_mm=d")
                .withPatience(Duration.ofSeconds(1)));
    assertEquals(new ReplayResult(1_000, 0, 0, 0, 0), result);
    assertFalse(result.isComplete());
  }

  @Test
  void aSensorWithoutATokenIsNamedBeforeAnythingIsSent() throws Exception {
    Path file = Files.writeString(folder.resolve("x.csv"), "site,t,d\na,0,5\nx,0,6\n");
    ReplayOptions options = options(file, "sensor=site,time=t,depth_mm=d");
    String message = assertThrows(IllegalArgumentException.class, () -> run(options)).getMessage();
    assertTrue(message.contains("\"x\""), message);
    assertEquals(0, broker.connectsSoFar());
  }

  @Test
  void whatACutConnectionLeftUnacknowledgedIsSentAgain() throws Exception {
    broker.withholdAcknowledgements();
    ReplayOptions options = options(thousandRows(), "sensor=code:a,time=t,depth_mm=d");
    CompletableFuture<ReplayResult> result =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return run(options);
              } catch (Exception e) {
                throw new CompletionException(e);
              }
            });
    for (int i = 0; i < 100; i++) {
      broker.awaitPublished("/readings");
    }
    broker.cutConnections();
    broker.releaseAcknowledgements();
    assertEquals(new ReplayResult(1_000, 0, 0, 1_000, 1_000), result.get(30, TimeUnit.SECONDS));
    List<Long> times = times();
    assertEquals(1_000, times.size());
    assertEquals(times.stream().sorted().distinct().toList(), times);
  }

  @Test
  void aFileWithoutRowsIsDoneAtOnce() throws Exception {
    Path file = Files.writeString(folder.resolve("none.csv"), "t,d\n");
    assertTrue(run(options(file, "sensor=code:a,time=t,depth_mm=d")).isComplete());
  }
}
