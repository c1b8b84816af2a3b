package io.floodmark.ingest.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.floodmark.ingest.broker.BrokerLimits;
import io.floodmark.ingest.broker.PaperTables;
import io.floodmark.ingest.commit.Submission;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Readings with QoS 2: MQTT 5.0 §4.3.3, MQTT 3.1.1 §4.3.3. */
@ExtendWith(NoLeaks.class)
class ExactlyOnceTest {
  private static final String READINGS = "sensors/a/readings";
  private static final String READING = "{\"depth_mm\":142}";
  private static final int QOS_2 = 4;
  private static final int DUP = 8;

  private final Street street = new Street();
  private final Wire wire = street.connect(Street.a());

  @AfterEach
  void hangUp() {
    street.hangUp();
  }

  @Test
  void pubrecLeavesOnlyAfterTheCommit() {
    wire.send(Packets.publish(READINGS, 2, 7, READING));
    List<Submission> taken = street.crank.take();
    assertEquals(1, taken.size());
    assertEquals(List.of(), wire.received());

    street.crank.commit(taken);
    assertEquals(List.of(Wire.pubrec(7)), wire.received());
    assertEquals(1, street.counters.acknowledged());
  }

  @Test
  void pubrelIsAnsweredWithPubcomp() {
    publishAndCommit(7);
    wire.send(Packets.pubrel(7));

    assertEquals(List.of(Wire.pubcomp(7)), wire.received());
    assertEquals(1, street.counters.acknowledged());
  }

  @Test
  void aPublishThatComesAgainBeforeItsPubrelIsAnsweredAndNotTaken() {
    publishAndCommit(7);
    wire.send(Packets.publish(DUP | QOS_2, READINGS, 7, READING.getBytes(StandardCharsets.UTF_8)));

    assertEquals(List.of(Wire.pubrec(7)), wire.received());
    assertEquals(List.of(), street.crank.take());
  }

  @Test
  void aPublishThatComesAgainBeforeTheCommitIsAnsweredOnlyAfterIt() {
    wire.send(Packets.publish(READINGS, 2, 7, READING));
    wire.send(Packets.publish(DUP | QOS_2, READINGS, 7, READING.getBytes(StandardCharsets.UTF_8)));
    List<Submission> taken = street.crank.take();
    assertEquals(1, taken.size());
    assertEquals(List.of(), wire.received());

    street.crank.commit(taken);
    assertTrue(wire.received().contains(Wire.pubrec(7)));
  }

  @Test
  void afterItsPubrelAPacketIdMeansAnotherMessage() {
    publishAndCommit(7);
    wire.send(Packets.pubrel(7)).received();
    wire.send(Packets.publish(READINGS, 2, 7, READING));

    assertEquals(1, street.crank.take().size());
  }

  @Test
  void aPubrelForNothingIsAnsweredAllTheSame() {
    wire.send(Packets.pubrel(9));
    assertEquals(List.of(Wire.pubcomp(9)), wire.received());

    Wire five = street.connect5(Street.b());
    five.send(Packets.pubrel(9));
    assertEquals(List.of("7003" + "0009" + "92"), five.received());
  }

  @Test
  void answersLeaveInTheOrderOfTheMessages() {
    wire.send(Packets.publish(READINGS, 2, 1, READING));
    wire.send(Packets.publish(READINGS, 1, 2, READING));
    wire.send(Packets.publish(READINGS, 2, 3, READING));
    street.crank.commit(street.crank.take());

    assertEquals(List.of(Wire.pubrec(1), Wire.puback(2), Wire.pubrec(3)), wire.received());
  }

  @Test
  void aRejectedMessageIsOverWithItsPubrecInMqtt5Alone() {
    Wire five = street.connect5(Street.b(), Packets.property8(0x17, 0));
    five.send(Packets.publish5(QOS_2, "sensors/b/readings", 7, new byte[0], "no json"));
    street.crank.commit(street.crank.take());
    assertEquals(List.of("5003" + "0007" + "99"), five.received());
    five.send(Packets.publish5(QOS_2, "sensors/b/readings", 7, new byte[0], READING));
    assertEquals(1, street.crank.take().size(), "the packet id is free (MQTT-4.3.3-9)");

    wire.send(Packets.publish(READINGS, 2, 7, "no json"));
    street.crank.commit(street.crank.take());
    assertEquals(List.of(Wire.pubrec(7)), wire.received());
    wire.send(Packets.publish(READINGS, 2, 7, READING));
    assertEquals(List.of(), street.crank.take(), "it is not: 3.1.1 goes on with PUBREL");
  }

  @Test
  void aPubrecForNothingIsReleasedAndAPubcompForNothingIgnored() {
    byte[] pubrec = Packets.packet(0x50, Packets.uint16(7));
    wire.send(pubrec, Packets.packet(0x70, Packets.uint16(7)));
    assertEquals(List.of("6202" + "0007"), wire.received());

    Wire five = street.connect5(Street.b());
    assertEquals(List.of("6203" + "0007" + "92"), five.send(pubrec).received());
  }

  @Test
  void aReadingThatComesOverAnotherConnectionIsJudgedAgainWhateverItsPacketIdMeantBefore() {
    Wire first = street.connect(Street.b().keepingItsSession());
    byte[] reading = Packets.publish("sensors/b/readings", 2, 7, READING);
    first.send(reading);
    List<Submission> taken = street.crank.take();
    first.cut();
    Wire second = resume();
    second.send(reading);
    assertEquals(1, street.crank.take().size(), "not safe when it was lost: it goes again");
    street.crank.commit(taken);
    second.cut();

    Wire third = resume();
    third.send(reading);
    street.crank.commit(street.crank.take());
    assertEquals(List.of(Wire.pubrec(7)), third.received());
    third.cut();

    Wire fourth = resume();
    fourth.send(reading);
    List<Submission> again = street.crank.take();
    assertEquals(1, again.size(), "a device that started anew has the same packet ids");
    street.crank.commit(again);
    assertEquals(List.of(Wire.pubrec(7)), fourth.received());
    assertEquals(List.of(Wire.pubcomp(7)), fourth.send(Packets.pubrel(7)).received());
    fourth.send(reading);
    assertEquals(1, street.crank.take().size(), "released, it means another message");
  }

  @Test
  void aPubrelOverAnotherConnectionIsNoErrorAndNothingOfReadingsIsWritten() {
    PaperTables[] tables = new PaperTables[1];
    Street durable =
        Street.of(
            street.directory,
            clock -> {
              tables[0] = new PaperTables(clock, BrokerLimits.DEFAULT);
              return tables[0].broker();
            });
    byte[] expiry = Packets.property32(0x11, 100);
    Wire first = durable.connect5(Street.b().keepingItsSession(), expiry);
    tables[0].commit();
    first.send(Packets.publish5(QOS_2, "sensors/b/readings", 7, new byte[0], READING));
    durable.crank.commit(durable.crank.take());
    assertEquals(List.of(Wire.pubrec(7)), first.received());
    assertTrue(tables[0].isIdle());
    first.cut();
    tables[0].commit();

    Wire second = durable.dial();
    second.send(Street.b().keepingItsSession().mqtt5(expiry).bytes()).received();
    tables[0].commit();
    assertEquals(List.of(Wire.pubcomp(7)), second.send(Packets.pubrel(7)).received());
    assertTrue(tables[0].isIdle());
    durable.hangUp();
  }

  /** Connects again to the session that there is. */
  private Wire resume() {
    Wire wire = street.dial().send(Street.b().keepingItsSession().bytes());
    assertEquals(List.of("20020100"), wire.received());
    return wire;
  }

  private void publishAndCommit(int packetId) {
    wire.send(Packets.publish(READINGS, 2, packetId, READING));
    street.crank.commit(street.crank.take());
    assertEquals(List.of(Wire.pubrec(packetId)), wire.received());
  }
}
