package io.floodmark.ingest.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.floodmark.ingest.packet.Packet;
import io.floodmark.ingest.packet.Publish;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(NoLeaks.class)
class PacketFramesTest {
  private static final byte[] CONNECT = new Packets.Connect().bytes();

  @Test
  void aTopicMayBeLongAsLongAsThePayloadIsNot() {
    Frames frames = new Frames();
    frames.read(CONNECT);
    frames.read(Packets.publish("x".repeat(65_535), 1, 7, new byte[Frames.PAYLOAD_MAX]));
    Publish publish = assertInstanceOf(Publish.class, frames.out.get(1));
    assertEquals(65_535, publish.topic().length());
    assertEquals(Frames.PAYLOAD_MAX, publish.payload().length);

    frames.read(Packets.publish("x".repeat(65_535), 1, 7, new byte[Frames.PAYLOAD_MAX + 1]));
    assertInstanceOf(OversizePublish.class, frames.out.get(2));
    frames.close();
  }

  @Test
  void whatIsClaimedButNeverComesHoldsNoMemory() {
    Frames frames = new Frames();
    frames.read(CONNECT);
    frames.read(
        Packets.concat(
            new byte[] {0x32},
            Packets.remainingLength(200_000_000),
            Packets.string("sensors/a/readings"),
            Packets.uint16(7)));
    byte[] part = new byte[16_384];
    for (int i = 0; i < 1_000; i++) {
      frames.read(part);
      assertTrue(frames.heldBytes() < 2_048, "holds " + frames.heldBytes());
    }

    assertEquals(1, frames.out.size(), "it has not come to its end");
    frames.close();
  }

  @Test
  void theLargestPacketThereCanBeIsThrownAwayToItsEnd() {
    Frames frames = new Frames();
    frames.read(CONNECT);
    int bodyBytes = 268_435_455;
    byte[] topic = Packets.string("t");
    frames.read(Packets.concat(new byte[] {0x30}, Packets.remainingLength(bodyBytes), topic));
    byte[] part = new byte[1 << 20];
    int left = bodyBytes - topic.length;
    while (left > 0) {
      int size = Math.min(left, part.length);
      frames.read(size == part.length ? part : Arrays.copyOf(part, size));
      left -= size;
    }
    frames.read(Packets.PINGREQ);

    OversizePublish oversize = assertInstanceOf(OversizePublish.class, frames.out.get(1));
    assertEquals(bodyBytes - topic.length, oversize.rejection().sizeBytes());
    assertInstanceOf(Packet.Ping.class, frames.out.get(2));
    frames.close();
  }

  @Test
  void nothingComesAfterWhatIsMalformed() {
    Frames frames = new Frames();
    frames.read(Packets.concat(Packets.PINGREQ, CONNECT));
    frames.read(CONNECT);

    assertEquals(1, frames.out.size());
    assertInstanceOf(Packet.Unreadable.class, frames.out.get(0));
    frames.close();
  }
}
