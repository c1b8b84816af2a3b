package io.floodmark.ingest.mqtt;

import io.floodmark.ingest.commit.CommitQueue;
import io.floodmark.sensor.SensorCode;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelId;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.DefaultChannelId;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A real listener without sockets: connections with the handlers that it gives to any, their time
 * standing still unless it is moved. For those who simulate from outside of this package.
 */
public final class FrontDoor {
  /** Password of the one reader that may sign in. */
  public static final String READER_TOKEN = "token-of-a-reader-0123456789";

  private static final int READER_ID = 1;

  private final MqttCounters counters = new MqttCounters();
  private final MqttListener listener;
  private final ByteBufAllocator allocator;

  /**
   * A listener that is ready.
   *
   * @param codes the sensors that may sign in, by their ids
   * @param allocator whose buffers its connections use
   */
  public FrontDoor(
      Map<Integer, String> codes,
      MqttLimits limits,
      CommitQueue queue,
      InstantSource clock,
      ByteBufAllocator allocator) {
    List<SensorDirectory.Entry> entries = new ArrayList<>();
    codes.forEach(
        (id, code) ->
            entries.add(new SensorDirectory.Entry(id, new SensorCode(code), hash(tokenOf(code)))));
    ReaderDirectory.Entry reader =
        new ReaderDirectory.Entry(READER_ID, "a reader", hash(READER_TOKEN), Optional.empty());
    this.allocator = allocator;
    this.listener =
        new MqttListener(
            new MqttConfig("127.0.0.1", 0, limits),
            new SensorDirectory(entries),
            new ReaderDirectory(List.of(reader)),
            queue,
            clock,
            counters);
  }

  /** The password of a sensor. */
  public static String tokenOf(String code) {
    return "token-of-" + code + "-0123456789";
  }

  /** A connection on which nothing is said yet. */
  public EmbeddedChannel open() {
    ChannelId id = DefaultChannelId.newInstance();
    EmbeddedChannel channel =
        new EmbeddedChannel(
            id,
            new ChannelInitializer<>() {
              @Override
              protected void initChannel(Channel initialised) {
                initialised.config().setAllocator(allocator);
                listener.initChannel(initialised);
              }
            });
    channel.freezeTime();
    return channel;
  }

  /** Has something new for the subscribers of a topic. */
  public void publish(String topic, String payload) {
    listener.broker().publishState(topic, payload.getBytes(StandardCharsets.UTF_8));
  }

  /** What the listener says that it did. */
  public MqttCounters counters() {
    return counters;
  }

  private static TokenHash hash(String token) {
    return TokenHash.ofToken(token.getBytes(StandardCharsets.US_ASCII));
  }
}
