package io.floodmark.ingest.mqtt;

import io.floodmark.ingest.commit.Submission;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.mqtt.MqttMessageBuilders;
import java.util.ArrayDeque;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The acknowledgements owed to one connection, in the order of its messages (MQTT 3.1.1 §4.6). They
 * leave from the head, each only after its message is committed: many writes, then one flush.
 *
 * <p>Confined to the connection's event loop, but for {@link Submission.Settlement#committed()},
 * which hands over to it.
 */
// Netty tells exceptionCaught of writes that fail; closing cannot fail in a way that matters.
@SuppressWarnings("FutureReturnValueIgnored")
final class AckFifo {
  private final ChannelHandlerContext context;
  private final MqttCounters counters;
  private final Runnable afterSome;
  private final Runnable afterLast;
  private final ArrayDeque<Owed> owed = new ArrayDeque<>();

  /** Whether {@link #release} is on its way, so that a batch of commits wakes the loop once. */
  private final AtomicBoolean woken = new AtomicBoolean();

  private boolean closed;

  /**
   * An empty queue.
   *
   * @param afterSome run whenever some have left
   * @param afterLast run once {@linkplain #oweLast the last} acknowledgement is written
   */
  AckFifo(
      ChannelHandlerContext context,
      MqttCounters counters,
      Runnable afterSome,
      Runnable afterLast) {
    this.context = context;
    this.counters = counters;
    this.afterSome = afterSome;
    this.afterLast = afterLast;
  }

  /** Puts in an acknowledgement that is owed once what is returned is told of the commit. */
  Submission.Settlement owe(int packetId) {
    return add(new Owed(packetId, false));
  }

  /** The same; and after it the connection has nothing more to expect. */
  Submission.Settlement oweLast(int packetId) {
    return add(new Owed(packetId, true));
  }

  /** How many are owed. */
  int size() {
    return owed.size();
  }

  /** The connection is gone: nothing can be sent any more. What was sent in is committed anyway. */
  void close() {
    closed = true;
    owed.clear();
  }

  private Submission.Settlement add(Owed ack) {
    owed.add(ack);
    return ack;
  }

  private void release() {
    woken.set(false);
    int written = 0;
    boolean last = false;
    while (!closed && !last && !owed.isEmpty() && owed.peek().committed) {
      Owed ack = owed.poll();
      context.write(
          MqttMessageBuilders.pubAck().packetId(ack.packetId).build(), context.voidPromise());
      written++;
      last = ack.last;
    }
    if (written > 0) {
      counters.countAcknowledged(written);
      context.flush();
      afterSome.run();
    }
    if (last) {
      afterLast.run();
    }
  }

  private final class Owed implements Submission.Settlement {
    private final int packetId;
    private final boolean last;
    private volatile boolean committed;

    Owed(int packetId, boolean last) {
      this.packetId = packetId;
      this.last = last;
    }

    @Override
    public void committed() {
      committed = true;
      if (woken.compareAndSet(false, true)) {
        EventLoops.execute(context.channel().eventLoop(), AckFifo.this::release);
      }
    }
  }
}
