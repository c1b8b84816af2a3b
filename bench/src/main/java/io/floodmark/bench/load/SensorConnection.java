package io.floodmark.bench.load;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.Arrays;

/**
 * A connected sensor: its packet, what it has in flight, what did not go out yet. Confined to the
 * generator's thread.
 */
final class SensorConnection {
  /** More than that in one go gains nothing. */
  private static final int OUT_BYTES_MAX = 256 * 1024;

  /** All that is answered here has two bytes of header and two of content. */
  private static final int ANSWER_BYTES = 4;

  private static final int ACCEPTED = 0;

  /** What comes of a connection, told while it is read. */
  interface Listener {
    /** The server took the sensor. */
    void signedIn();

    /** A message that was sent at that time is acknowledged. */
    void acknowledged(long sentNanos);
  }

  private final int number;
  private final ReadingPacket packet;
  private final long[] sentNanos;
  private final int[] freeIds;
  private int free;
  private boolean signedIn;
  private final ByteBuffer in = ByteBuffer.allocate(ANSWER_BYTES);
  private final ByteBuffer out;
  private SocketChannel channel;
  private SelectionKey key;

  /** Messages that are due and wait for room in the window. */
  private int due;

  SensorConnection(int number, ReadingPacket packet, int window) {
    this.number = number;
    this.packet = packet;
    this.sentNanos = new long[window + 1];
    this.freeIds = new int[window];
    empty();
    long wanted = Math.min((long) packet.size() * window, OUT_BYTES_MAX);
    this.out = ByteBuffer.allocateDirect((int) Math.max(packet.size(), wanted));
  }

  /** Begins to connect, from {@code source} to {@code server}. */
  void open(Selector selector, InetSocketAddress source, InetSocketAddress server)
      throws IOException {
    channel = SocketChannel.open();
    channel.configureBlocking(false);
    channel.socket().setTcpNoDelay(true);
    channel.bind(source);
    int interest = channel.connect(server) ? SelectionKey.OP_READ : SelectionKey.OP_CONNECT;
    key = channel.register(selector, interest, this);
    if (interest == SelectionKey.OP_READ) {
      throw new IOException("A connection stood at once, which no test of this has seen.");
    }
  }

  /** Goes on after the TCP handshake: signs in. */
  void connected(byte[] connectPacket) throws IOException {
    channel.finishConnect();
    ByteBuffer hello = ByteBuffer.wrap(connectPacket);
    channel.write(hello);
    if (hello.hasRemaining()) {
      throw new IOException("A fresh connection does not take a CONNECT.");
    }
    key.interestOps(SelectionKey.OP_READ);
  }

  /** Breaks the connection off, as a device does that loses its power. */
  void drop() {
    key.cancel();
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException("A socket does not close.", e);
    }
    in.clear();
    out.clear();
    signedIn = false;
    empty();
  }

  /** Nothing is in flight. */
  private void empty() {
    Arrays.fill(sentNanos, 0);
    free = freeIds.length;
    for (int i = 0; i < free; i++) {
      freeIds[i] = free - i;
    }
  }

  /** Whether the server took it. */
  boolean isSignedIn() {
    return signedIn;
  }

  int number() {
    return number;
  }

  ReadingPacket packet() {
    return packet;
  }

  /** One more message is due. */
  void addDue() {
    due++;
  }

  boolean isDue() {
    return due > 0;
  }

  /** Takes what has come; {@code buffer} is only lent. */
  void read(ByteBuffer buffer, Listener listener) throws IOException {
    buffer.clear();
    if (channel.read(buffer) < 0) {
      throw new EOFException("The server closed the connection of sensor " + number + ".");
    }
    buffer.flip();
    while (buffer.hasRemaining()) {
      in.put(buffer.get());
      if (!in.hasRemaining()) {
        answered(listener);
        in.clear();
      }
    }
  }

  private void answered(Listener listener) throws IOException {
    int first = in.get(0) & 0xFF;
    int length = in.get(1);
    int content = in.getShort(2) & 0xFFFF;
    if (length != 2 || (first != Packets.PUBACK && first != Packets.CONNACK)) {
      throw new IOException("Sensor " + number + " got a packet of type " + (first >>> 4) + ".");
    }
    if (first == Packets.PUBACK) {
      if (content == 0 || content >= sentNanos.length || sentNanos[content] == 0) {
        throw new IOException("Sensor " + number + " has no message " + content + " in flight.");
      }
      listener.acknowledged(sentNanos[content]);
      sentNanos[content] = 0;
      freeIds[free++] = content;
    } else if ((content & 0xFF) == ACCEPTED) {
      signedIn = true;
      listener.signedIn();
    } else {
      throw new IOException("Sensor " + number + " was refused: " + (content & 0xFF) + ".");
    }
  }

  /** Sends as many messages as are due and the window lets; each is dated {@code dueNanos}. */
  void send(long nowMillis, long dueNanos) throws IOException {
    int distanceMm = StreetWater.distanceMm(number, nowMillis);
    while (due > 0 && free > 0 && out.remaining() >= packet.size()) {
      int id = freeIds[--free];
      packet.put(out, id, nowMillis, distanceMm);
      sentNanos[id] = dueNanos;
      due--;
    }
    flush();
  }

  /** Sends without a plan: as many messages as the window lets. */
  void fill(long nowMillis, long nowNanos) throws IOException {
    due = free;
    send(nowMillis, nowNanos);
  }

  /** Messages that were put out and are not acknowledged. */
  int inFlight() {
    return freeIds.length - free;
  }

  /** Sends on what did not go out yet. */
  void flush() throws IOException {
    if (out.position() > 0) {
      out.flip();
      channel.write(out);
      out.compact();
    }
    int interest =
        out.position() > 0 ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ;
    if (key.interestOps() != interest) {
      key.interestOps(interest);
    }
  }
}
