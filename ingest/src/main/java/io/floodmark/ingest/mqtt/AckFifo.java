package io.floodmark.ingest.mqtt;

import io.floodmark.ingest.packet.AckType;
import io.floodmark.ingest.packet.ReasonCode;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import java.util.ArrayDeque;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

/**
 * The acknowledgements owed to one connection, in the order of its messages (§4.6). They leave from
 * the head, each only after its message is committed: many packets, one write.
 *
 * <p>Confined to the connection's event loop, but for {@link Owed#committed}, which hands over to
 * it.
 */
final class AckFifo {
  /** What is told when acknowledgements have left. */
  interface Listener {
    /**
     * One has been written.
     *
     * @param failed whether it says that the message was not taken
     */
    void acknowledged(AckType type, int packetId, boolean failed);

    /** Some have left, and there are no more for now. */
    void acknowledgedSome();

    /** The last that there will be has. */
    void acknowledgedLast();
  }

  private static final AtomicIntegerFieldUpdater<AckFifo> WOKEN =
      AtomicIntegerFieldUpdater.newUpdater(AckFifo.class, "woken");

  private static final int ACK_BYTES = 4;
  private static final int BUFFER_BYTES_MAX = 16_384;

  private final EventLoop loop;
  private final Replies replies;
  private final MqttCounters counters;
  private final Listener listener;

  // A session that sends nothing has none to remember.
  private final ArrayDeque<Owed> owed = new ArrayDeque<>(1);

  /** Whether {@link #release} is on its way, so that a batch of commits wakes the loop once. */
  @SuppressWarnings("UnusedVariable") // by WOKEN
  private volatile int woken;

  private boolean closed;

  AckFifo(EventLoop loop, Replies replies, MqttCounters counters, Listener listener) {
    this.loop = loop;
    this.replies = replies;
    this.counters = counters;
    this.listener = listener;
  }

  /**
   * Puts in an acknowledgement.
   *
   * @param type PUBACK, PUBREC or PUBCOMP
   */
  Owed owe(AckType type, int packetId) {
    Owed ack = new Owed(type, packetId);
    owed.add(ack);
    return ack;
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

  private void release() {
    woken = 0;
    if (closed || owed.isEmpty() || !owed.peek().committed) {
      return;
    }
    ByteBuf packets = replies.buffer(Math.min(ACK_BYTES * owed.size(), BUFFER_BYTES_MAX));
    boolean last = replies.send(packets, this::write);
    listener.acknowledgedSome();
    if (last) {
      listener.acknowledgedLast();
    }
  }

  /** Writes what may leave; whether the last that there will be is among it. */
  private boolean write(ByteBuf packets) {
    int written = 0;
    boolean last = false;
    while (!last && !owed.isEmpty() && owed.peek().committed) {
      Owed ack = owed.poll();
      replies.writer().acknowledgement(packets, ack.type, ack.packetId, ack.reason, ack.why);
      listener.acknowledged(ack.type, ack.packetId, ack.reason.isFailure());
      if (ack.type != AckType.PUBCOMP) {
        written++;
        counters.acknowledgeNanos().record(System.nanoTime() - ack.sinceNanos);
      }
      last = ack.last;
    }
    counters.countAcknowledged(written);
    return last;
  }

  /** An acknowledgement that is owed once it is told of the commit. */
  final class Owed implements Inlet.Receipt {
    private final AckType type;
    private final int packetId;
    private final long sinceNanos = System.nanoTime();
    private ReasonCode reason = ReasonCode.SUCCESS;
    private String why = "";
    private boolean last;

    /** Written last: whoever reads it true reads what was written before. */
    private volatile boolean committed;

    private Owed(AckType type, int packetId) {
      this.type = type;
      this.packetId = packetId;
    }

    @Override
    public void because(ReasonCode code, String reasonString) {
      reason = code;
      why = reasonString;
    }

    /** After it the connection has nothing more to expect. */
    Owed last() {
      last = true;
      return this;
    }

    /** On any thread. */
    @Override
    public void committed() {
      if (type != AckType.PUBCOMP) {
        counters.commitNanos().record(System.nanoTime() - sinceNanos);
      }
      committed = true;
      if (WOKEN.compareAndSet(AckFifo.this, 0, 1)) {
        EventLoops.execute(loop, AckFifo.this::release);
      }
    }
  }
}
