package io.floodmark.ingest.simulation;

import io.floodmark.ingest.mqtt.FrontDoor;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A connection: what a client writes comes in later and in pieces, what the listener writes waits
 * to be read. Its time stands still unless it is moved.
 */
final class Line {
  /** A QoS 1 message that was written here, and waits for its acknowledgement. */
  record Sent(int packetId, Message message) {}

  private final EmbeddedChannel channel;
  private final ByteBufAllocator allocator;
  private final ByteArrayOutputStream toServer = new ByteArrayOutputStream();
  private final ByteArrayOutputStream fromServer = new ByteArrayOutputStream();
  private final Deque<byte[]> packets = new ArrayDeque<>();
  private final Deque<Sent> unacknowledged = new ArrayDeque<>();

  Line(FrontDoor door, ByteBufAllocator allocator) {
    this.channel = door.open();
    this.allocator = allocator;
  }

  /** The client writes. */
  void write(byte[] packet) {
    toServer.writeBytes(packet);
  }

  /** The client writes a message that is to be acknowledged. */
  void write(int packetId, Message message, boolean again) {
    unacknowledged.add(new Sent(packetId, message));
    write(message.packet(packetId, again));
  }

  /** What was written and has not come in. */
  int underway() {
    return toServer.size();
  }

  /** Some of it comes in, if the listener reads. */
  void deliver(int bytesMax) {
    if (!isOpen() || !channel.config().isAutoRead() || toServer.size() == 0) {
      return;
    }
    byte[] all = toServer.toByteArray();
    int bytes = Math.min(bytesMax, all.length);
    toServer.reset();
    toServer.writeBytes(Arrays.copyOfRange(all, bytes, all.length));
    ByteBuf buffer = allocator.buffer(bytes);
    buffer.writeBytes(all, 0, bytes);
    channel.writeInbound(buffer);
  }

  /** The listener does what it was handed over. */
  void run() {
    channel.runPendingTasks();
  }

  /** Time passes here too. */
  void pass(Duration time) {
    channel.advanceTimeBy(time.toMillis(), TimeUnit.MILLISECONDS);
    channel.runScheduledPendingTasks();
  }

  /** The next packet that the listener has written. */
  Optional<byte[]> written() {
    ByteBuf sent;
    while ((sent = channel.readOutbound()) != null) {
      byte[] bytes = new byte[sent.readableBytes()];
      sent.readBytes(bytes);
      sent.release();
      fromServer.writeBytes(bytes);
    }
    if (fromServer.size() == 0) {
      return Optional.empty();
    }
    byte[] all = fromServer.toByteArray();
    int end = Packet.end(all);
    fromServer.reset();
    fromServer.writeBytes(Arrays.copyOfRange(all, end, all.length));
    return Optional.of(Arrays.copyOf(all, end));
  }

  /** A packet is on its way to the client. */
  void send(byte[] packet) {
    packets.add(packet);
  }

  /** The client reads. */
  Optional<byte[]> read() {
    return Optional.ofNullable(packets.poll());
  }

  /** The oldest message that is not acknowledged here. */
  Optional<Sent> acknowledge() {
    return Optional.ofNullable(unacknowledged.poll());
  }

  /** What is not acknowledged here. */
  Iterable<Sent> unacknowledged() {
    return unacknowledged;
  }

  boolean isOpen() {
    return channel.isOpen();
  }

  /** It breaks: what was on the way is gone. */
  void cut() {
    toServer.reset();
    channel.close().syncUninterruptibly();
    channel.runPendingTasks();
  }

  /** What a handler let through to the end of the pipeline, where nothing may come. */
  Optional<Object> strayed() {
    channel.checkException();
    return Optional.ofNullable(channel.readInbound());
  }
}
