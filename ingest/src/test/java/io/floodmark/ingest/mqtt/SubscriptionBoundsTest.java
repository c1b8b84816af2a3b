package io.floodmark.ingest.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.floodmark.ingest.broker.Broker;
import io.floodmark.ingest.broker.BrokerLimits;
import io.floodmark.ingest.broker.ConnectRequest;
import io.floodmark.ingest.broker.PaperTables;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** How much a client may ask for while nothing can be committed. */
@ExtendWith(NoLeaks.class)
class SubscriptionBoundsTest {
  private static final int UNWRITTEN_BYTES_MAX = 4_000;
  private static final int OWED_MAX = 8;
  private static final BrokerLimits LIMITS =
      new BrokerLimits(
          256, 16, ConnectRequest.NEVER, 100, 100_000, 16, 10, 1_000, UNWRITTEN_BYTES_MAX);

  private PaperTables tables;
  private final Street street = Street.open(this::broker);

  private Broker broker(InstantSource clock) {
    tables = new PaperTables(clock, LIMITS);
    return tables.broker();
  }

  @AfterEach
  void hangUp() {
    street.hangUp();
  }

  @Test
  void aDurableSessionIsReadNoFurtherWhileSoManyAnswersWait() {
    Wire wire = street.connect(Street.r().keepingItsSession());
    for (int i = 1; i <= OWED_MAX; i++) {
      assertTrue(wire.isRead(), i + " may be asked for");
      wire.send(i % 2 == 0 ? unsubscribe(i) : subscribe(i));
    }
    assertFalse(wire.isRead());
    assertEquals(List.of(), wire.received());
    wire.send(subscribe(OWED_MAX + 1));

    tables.commit();
    List<String> answers = wire.received();
    assertEquals(OWED_MAX + 1, answers.size(), "and what was held back meanwhile");
    assertEquals("9003" + "0009" + "00", answers.get(OWED_MAX));
    assertTrue(wire.isRead());
  }

  @Test
  void aJournalThatIsFullLetsEachAskForOneThingMore() {
    Wire one = street.connect(Street.r().keepingItsSession());
    Wire other = street.connect(Street.r().clientId("other").keepingItsSession());
    Wire brief = street.connect(Street.r().clientId("brief"));
    one.send(Packets.subscribe(1, 0, filters(100)));
    assertFalse(one.isRead());
    other.send(subscribe(1));
    assertFalse(other.isRead());
    brief.send(subscribe(1));
    assertTrue(brief.isRead(), "it waits for nothing");
    assertEquals(1, brief.received().size());
    Wire late = street.dial().send(Street.r().clientId("late").keepingItsSession().bytes());
    assertEquals(List.of("20020003"), late.received(), "nor are there more and more sessions");
    street.connect(Street.r().clientId("also brief"));

    tables.commit();
    assertTrue(one.isRead());
    assertTrue(other.isRead());
    assertEquals(1, one.received().size());
    assertEquals(1, other.received().size());
  }

  private static byte[] subscribe(int packetId) {
    return Packets.subscribe(packetId, 0, "levels/s" + packetId);
  }

  private static byte[] unsubscribe(int packetId) {
    return Packets.unsubscribe(packetId, "levels/s" + (packetId - 1));
  }

  private static String[] filters(int count) {
    String[] filters = new String[count];
    for (int i = 0; i < count; i++) {
      filters[i] = "levels/s" + i;
    }
    return filters;
  }
}
