package io.floodmark.ingest.mqtt;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.mqtt.MqttMessageFactory;
import io.netty.util.ReferenceCountUtil;

/**
 * Sees to it that Netty's decoder makes one packet of each frame: it would wait for the next frame
 * where the lengths inside a packet promise more than the packet has, and so take a malformed
 * packet for an unfinished one. Confined to the connection's event loop.
 */
final class OnePacketPerFrame extends ChannelInboundHandlerAdapter {
  /** Follows each frame through the decoder. */
  static final Object FRAME_END = new Object();

  private int packets;

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (message != FRAME_END) {
      packets++;
      if (packets == 1) {
        ctx.fireChannelRead(message);
      } else {
        ReferenceCountUtil.release(message);
      }
      return;
    }
    if (packets != 1) {
      ctx.fireChannelRead(
          MqttMessageFactory.newInvalidMessage(
              new DecoderException("The lengths inside a packet do not fit its own.")));
    }
    packets = 0;
  }
}
