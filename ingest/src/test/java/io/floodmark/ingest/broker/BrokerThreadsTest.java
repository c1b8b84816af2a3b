package io.floodmark.ingest.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Many threads on one broker. */
final class BrokerThreadsTest {
  private static final int WRITERS = 4;
  private static final int MESSAGES = 2_000;

  private final ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
  private final Broker broker =
      Broker.inMemory(
          new BrokerLimits(10, 10, 10, 2 * WRITERS * MESSAGES, 1 << 20, 16, 10, 1 << 20, 1 << 20),
          Access.ALL,
          new SetClock(),
          new BrokerCounters());

  @AfterEach
  void end() {
    threads.shutdownNow();
  }

  @Test
  void whatSeveralPublishAtOnceArrivesInTheOrderOfEach() throws Exception {
    Semaphore woken = new Semaphore(0);
    BrokerConnection reader =
        broker
            .connect(
                new ConnectRequest(
                    new ClientKey("", "reader"),
                    true,
                    0,
                    100,
                    Integer.MAX_VALUE,
                    Optional.empty(),
                    new Outlet() {
                      @Override
                      public void wake() {
                        woken.release();
                      }

                      @Override
                      public void end(Ending why) {
                        throw new AssertionError(why);
                      }
                    }))
            .connection();
    reader.subscribe(List.of(Subscription.of(TopicFilter.of("#"), 1)), outcomes -> {});
    List<Future<?>> writing = new ArrayList<>();
    for (int i = 0; i < WRITERS; i++) {
      TestClient writer = new TestClient(broker, "w" + i).connect(TestClient.clean());
      String topic = "t" + i;
      writing.add(
          threads.submit(
              () ->
                  IntStream.range(0, MESSAGES)
                      .forEach(n -> writer.publish(topic, Integer.toString(n), 1))));
    }
    Map<String, List<String>> got = new HashMap<>();
    int count = 0;
    while (count < WRITERS * MESSAGES) {
      assertTrue(woken.tryAcquire(20, TimeUnit.SECONDS), "woken for each");
      for (Optional<Outgoing> next = reader.poll(); next.isPresent(); next = reader.poll()) {
        Outgoing.Publish publish = (Outgoing.Publish) next.get();
        got.computeIfAbsent(publish.message().topic(), topic -> new ArrayList<>())
            .add(TestClient.text(publish));
        reader.acknowledged(publish.packetId());
        count++;
      }
    }
    for (Future<?> writer : writing) {
      writer.get(20, TimeUnit.SECONDS);
    }
    List<String> all = IntStream.range(0, MESSAGES).mapToObj(Integer::toString).toList();
    assertEquals(Map.of("t0", all, "t1", all, "t2", all, "t3", all), got);
  }
}
