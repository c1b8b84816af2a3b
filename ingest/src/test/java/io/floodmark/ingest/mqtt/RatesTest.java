package io.floodmark.ingest.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.floodmark.ingest.mqtt.MqttCounters.Closing;
import io.floodmark.ingest.mqtt.MqttCounters.Refusal;
import io.netty.channel.embedded.EmbeddedChannel;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What one address and one sensor may do, and what becomes of those who do more. */
@ExtendWith(NoLeaks.class)
class RatesTest {
  private static final MqttRates RATES = new MqttRates(4, 2, 5, MqttRates.NONE);
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private final MqttCounters counters = new MqttCounters();
  private final ConnectionLimit limit =
      new ConnectionLimit(MqttLimits.DEFAULT.withRates(RATES), counters, new SparseLog());
  private final List<EmbeddedChannel> open = new ArrayList<>();
  private final List<Street> streets = new ArrayList<>();

  @AfterEach
  void hangUp() {
    open.forEach(channel -> channel.close().syncUninterruptibly());
    streets.forEach(Street::hangUp);
  }

  @Test
  void oneAddressMayHaveSoManyConnectionsAndAnotherAsMany() {
    for (int i = 0; i < 4; i++) {
      assertTrue(dial("192.0.2.1").isActive());
    }
    assertFalse(dial("192.0.2.1").isActive());
    assertEquals(1, counters.refused(Refusal.ADDRESS_CONNECTIONS));
    assertTrue(dial("192.0.2.2").isActive());

    open.get(0).close().syncUninterruptibly();
    assertTrue(dial("192.0.2.1").isActive());
  }

  @Test
  void whoComesTooQuicklyIsReadFromAtItsTurn() {
    assertTrue(dial("192.0.2.1").config().isAutoRead());
    assertTrue(dial("192.0.2.1").config().isAutoRead());
    EmbeddedChannel third = dial("192.0.2.1");
    assertFalse(third.config().isAutoRead());
    assertEquals(1, counters.connectsDelayed());

    pass(third, 300);
    assertFalse(third.config().isAutoRead());
    pass(third, 300);
    assertTrue(third.config().isAutoRead());
    assertTrue(third.isActive());
  }

  @Test
  void whoWouldWaitForTooLongIsTurnedAway() {
    ConnectionLimit crowded =
        new ConnectionLimit(
            MqttLimits.DEFAULT.withRates(new MqttRates(100, 2, 0, 0)), counters, new SparseLog());
    for (int i = 0; i < 22; i++) {
      assertTrue(dial(crowded, "192.0.2.1").isActive());
    }
    assertFalse(dial(crowded, "192.0.2.1").isActive());
    assertEquals(1, counters.refused(Refusal.ADDRESS_CONNECTS));
    assertTrue(dial(crowded, "2001:db8::1").isActive());
  }

  @Test
  void thisMachineComesAsItLikes() {
    for (int i = 0; i < 20; i++) {
      assertTrue(dial("127.0.0.1").config().isAutoRead());
      assertTrue(dial("::1").isActive());
    }
  }

  @Test
  void aHouseholdIsOneAddressAlsoInIpv6() {
    assertEquals(origin("2001:db8:1:2::1"), origin("2001:db8:1:2:ffff::2"));
    assertNotEquals(origin("2001:db8:1:2::1"), origin("2001:db8:1:3::1"));
    assertNotEquals(origin("192.0.2.1"), origin("192.0.2.2"));
    assertFalse(origin("192.0.2.1").isNear());
    assertTrue(origin("127.1.2.3").isNear());
  }

  @Test
  void thoseHeardOfLeastLatelyAreForgotten() {
    Paces<String> paces = new Paces<>(2);
    paces.add("a", SECOND, Long.MAX_VALUE, 0);
    paces.add("b", SECOND, Long.MAX_VALUE, 0);
    assertEquals(2 * SECOND, paces.add("a", SECOND, Long.MAX_VALUE, 0));
    paces.add("c", SECOND, Long.MAX_VALUE, 0);

    assertEquals(2, paces.size());
    assertEquals(SECOND, paces.add("b", SECOND, Long.MAX_VALUE, 0), "b was forgotten");
  }

  @Test
  void aSensorThatSendsMoreThanItsRateIsReadFromLaterAndLosesNothing() {
    Street street = street(RATES);
    Wire wire = street.connect(Street.a().keepAlive(10));
    for (int id = 1; id <= 8; id++) {
      wire.send(Packets.publish("sensors/a/readings", 1, id, "{\"depth_mm\":1}"));
    }
    assertFalse(wire.isRead());
    assertEquals(6, street.queue.size(), "a second's, and the one too many");
    assertEquals(1, street.counters.throttled());
    assertTrue(street.connect(Street.b()).isRead(), "another sensor is not concerned");

    wire.pass(1);
    assertEquals(8, street.queue.size());
    wire.pass(1);
    assertTrue(wire.isRead());
    street.crank.commit(street.crank.take());
    assertEquals(8, wire.received().size());
  }

  @Test
  void bytesHaveARateOfTheirOwn() {
    Street street = street(new MqttRates(10, 10, MqttRates.NONE, 300));
    Wire wire = street.connect(Street.a());
    wire.send(Packets.publish("sensors/a/readings", 0, 0, new byte[300]));
    assertTrue(wire.isRead());
    wire.send(Packets.publish("sensors/a/readings", 0, 0, new byte[900]));
    assertFalse(wire.isRead());
    assertFalse(wire.pass(2).isRead());
    assertTrue(wire.pass(1).isRead());

    wire.send(Packets.publish("sensors/a/readings", 0, 0, new byte[30_000]));
    assertTrue(wire.pass(95).isOpen(), "nothing could be heard, so nothing was missed");
    assertTrue(wire.pass(5).isRead());
  }

  @Test
  void aSensorOfManyConnectionsHasOneRate() {
    Street street = street(RATES);
    Wire one = street.connect(Street.a());
    Wire other = street.connect(Street.a().clientId("second"));
    for (int id = 1; id <= 3; id++) {
      one.send(Packets.publish("sensors/a/readings", 1, id, "{\"depth_mm\":1}"));
      other.send(Packets.publish("sensors/a/readings", 1, id, "{\"depth_mm\":1}"));
    }
    assertFalse(other.isRead());
  }

  @Test
  void failuresAreAnsweredEverLaterAndTheRightTokenAtOnce() {
    Street street = street(RATES);
    for (int i = 0; i < FailedSignIns.FREE_PER_NAME; i++) {
      assertEquals(1, wrong(street).received().size());
    }
    Wire sixth = wrong(street);
    assertEquals(List.of(), sixth.received());
    assertEquals(1, street.counters.refusalsDelayed());
    street.connect(Street.b());
    assertEquals(List.of("20020005"), sixth.pass(1).received());
    assertFalse(sixth.isOpen());

    Wire seventh = wrong(street);
    assertEquals(List.of(), seventh.pass(1).received());
    assertEquals(List.of("20020005"), seventh.pass(1).received());

    street.connect(Street.a());
    assertEquals(1, wrong(street).received().size(), "it has signed in: that is forgotten");
  }

  @Test
  void failuresOfAnAddressCountWhateverTheName() {
    FailedSignIns failures = new FailedSignIns();
    Origin origin = origin("192.0.2.1");
    for (int i = 0; i < FailedSignIns.FREE_PER_ADDRESS; i++) {
      assertEquals(0, failures.failed(origin, Optional.of("guess-" + i), 0));
    }
    assertEquals(SECOND, failures.failed(origin, Optional.empty(), 0));
    assertEquals(2 * SECOND, failures.failed(origin, Optional.of("x".repeat(60_000)), 0));
    for (int i = 0; i < 100; i++) {
      failures.failed(origin, Optional.empty(), 0);
    }
    assertEquals(8 * SECOND, failures.failed(origin, Optional.empty(), 0));
    assertEquals(0, failures.failed(origin, Optional.empty(), 300 * SECOND), "forgotten");
    assertEquals(0, failures.failed(origin("192.0.2.2"), Optional.empty(), 0));
  }

  @Test
  void whoReadsNothingIsLetGo() {
    Street street = street(RATES);
    Wire wire = street.connect(Street.a().keepAlive(0));
    wire.clog(true);
    assertTrue(wire.pass(59).isOpen());
    wire.clog(false);
    wire.clog(true);
    assertTrue(wire.pass(59).isOpen(), "it has taken something in between");
    assertFalse(wire.pass(2).isOpen());
    assertEquals(1, street.counters.closed(Closing.WRITE_STALL));
  }

  @Test
  void aCertificatesOneCommonNameCounts() {
    assertEquals(Optional.of("bvd-03"), ClientCertificate.commonName("CN=bvd-03,O=Ngap"));
    assertEquals(Optional.empty(), ClientCertificate.commonName("CN=a,CN=b"));
    assertEquals(Optional.empty(), ClientCertificate.commonName("O=Ngap"));
  }

  @Test
  void impossibleRatesAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> new MqttRates(0, 1, 0, 0));
    assertThrows(IllegalArgumentException.class, () -> new MqttRates(1, 0, 0, 0));
    assertThrows(IllegalArgumentException.class, () -> new MqttRates(1, 1, -1, 0));
    assertThrows(IllegalArgumentException.class, () -> new MqttRates(1, 1, 0, -1));
  }

  private Street street(MqttRates rates) {
    Street street = new Street(1_000, MqttLimits.DEFAULT.withRates(rates));
    streets.add(street);
    return street;
  }

  private static Wire wrong(Street street) {
    return street.dial().send(new Packets.Connect().as("a", "wrong").bytes());
  }

  private EmbeddedChannel dial(String address) {
    return dial(limit, address);
  }

  private EmbeddedChannel dial(ConnectionLimit by, String address) {
    EmbeddedChannel channel =
        new EmbeddedChannel() {
          @Override
          protected SocketAddress remoteAddress0() {
            return new InetSocketAddress(address, 50_000);
          }
        };
    channel.freezeTime();
    channel.pipeline().addLast(by);
    // It was active before anybody was there to be told so.
    channel.pipeline().fireChannelActive();
    open.add(channel);
    return channel;
  }

  private static void pass(EmbeddedChannel channel, long millis) {
    channel.advanceTimeBy(millis, TimeUnit.MILLISECONDS);
    channel.runScheduledPendingTasks();
  }

  private static Origin origin(String address) {
    return Origin.of(new InetSocketAddress(address, 50_000));
  }
}
