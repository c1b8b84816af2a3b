package io.floodmark.ingest.packet;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class PacketReaderPropertyTest {
  private static final List<String> VALID =
      List.of(
          "10" + Bytes.connect5("11 0000003c 21 0010 26" + Bytes.string("k") + Bytes.string("v")),
          "32" + Bytes.string("t") + "0009" + Bytes.counted("01 01 23 0007") + "7b7d",
          "82 0007" + Bytes.counted("0b 81 01") + Bytes.string("a/#") + "2e",
          "a2 0007 00" + Bytes.string("a"),
          "62 0007 92" + Bytes.counted("1f" + Bytes.string("why")),
          "e0 04" + Bytes.counted("11 00000005"));

  /** Valid packets with some bytes changed are packets, or breaches: nothing else comes of them. */
  @Property(seed = "4669", tries = 5_000)
  void whateverIsSentIsAPacketOrABreach(
      @ForAll("packets") byte[] packet,
      @ForAll @IntRange(max = 60) int at,
      @ForAll byte value,
      @ForAll @IntRange(max = 60) int cut) {
    byte[] changed = packet.clone();
    changed[at % changed.length] = value;
    int end = Math.max(1, changed.length - cut % 7);
    ByteBuf in = Unpooled.wrappedBuffer(changed);
    try {
      PacketReaderTest.five().read(changed[0] & 0xff, in, 1, end);
    } catch (Breach breach) {
      // That it is one is all that is asked.
    }
  }

  @Provide
  Arbitrary<byte[]> packets() {
    return Arbitraries.of(VALID).map(Bytes::hex);
  }
}
