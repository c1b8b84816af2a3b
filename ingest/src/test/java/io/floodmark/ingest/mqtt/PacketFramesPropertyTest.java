package io.floodmark.ingest.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.floodmark.ingest.packet.Publish;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class PacketFramesPropertyTest {
  @Property(seed = "4669")
  void framesAreTheSameHoweverTheStreamIsCut(
      @ForAll @Size(max = 5) List<@IntRange(max = 3_000) Integer> payloadSizes,
      @ForAll @Size(min = 1, max = 20) List<@IntRange(min = 1, max = 2_000) Integer> cuts) {
    List<byte[]> packets = new ArrayList<>(List.of(new Packets.Connect().bytes()));
    for (int size : payloadSizes) {
      packets.add(Packets.publish("sensors/a/readings", 1, 7, new byte[size]));
    }
    byte[] stream = Packets.concat(packets.toArray(byte[][]::new));
    Frames frames = new Frames();
    int at = 0;
    for (int i = 0; at < stream.length; i++) {
      int end = Math.min(stream.length, at + cuts.get(i % cuts.size()));
      frames.read(Arrays.copyOfRange(stream, at, end));
      at = end;
    }

    assertEquals(packets.size(), frames.out.size());
    for (int i = 1; i < packets.size(); i++) {
      if (payloadSizes.get(i - 1) > Frames.PAYLOAD_MAX) {
        OversizePublish oversize = assertInstanceOf(OversizePublish.class, frames.out.get(i));
        assertEquals(payloadSizes.get(i - 1), oversize.rejection().sizeBytes());
        assertEquals("sensors/a/readings", oversize.head().topic());
        assertEquals(7, oversize.head().packetId());
      } else {
        Publish publish = assertInstanceOf(Publish.class, frames.out.get(i));
        assertEquals("sensors/a/readings", publish.topic());
        assertEquals(payloadSizes.get(i - 1), publish.payload().length);
      }
    }
    frames.close();
  }
}
