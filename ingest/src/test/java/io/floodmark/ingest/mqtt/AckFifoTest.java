package io.floodmark.ingest.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.floodmark.ingest.packet.AckType;
import io.floodmark.ingest.packet.PacketWriter;
import io.floodmark.ingest.packet.ProtocolVersion;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(NoLeaks.class)
class AckFifoTest {
  /** Fails after each acknowledgement. */
  private static final class Failing implements AckFifo.Listener {
    @Override
    public void acknowledged(AckType type, int packetId, boolean failed) {
      throw new IllegalStateException("A fault of ours.");
    }

    @Override
    public void acknowledgedSome() {}

    @Override
    public void acknowledgedLast() {}
  }

  @Test
  void aFaultOnTheWayLosesNoBuffer() {
    ChannelInboundHandlerAdapter handler = new ChannelInboundHandlerAdapter();
    EmbeddedChannel channel = new EmbeddedChannel(handler);
    Replies replies =
        new Replies(
            channel.pipeline().context(handler), PacketWriter.to(ProtocolVersion.MQTT_3_1_1));
    AckFifo acks = new AckFifo(channel.eventLoop(), replies, new MqttCounters(), new Failing());
    acks.owe(AckType.PUBACK, 1).committed();
    channel.runPendingTasks();
    assertThrows(IllegalStateException.class, channel::checkException);
    assertEquals(0, channel.outboundMessages().size());
    channel.finishAndReleaseAll();
  }
}
