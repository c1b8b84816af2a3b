package io.floodmark.e2e.durability;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.IntUnaryOperator;

/**
 * A device that numbers its readings, keeps each until it is acknowledged, and after a break sends
 * again what is not, in order, under the same packet ids and marked DUP. MQTT 3.1.1 by hand, as no
 * library lets one see every acknowledgement. Sends on a thread of its own; all else is for any
 * thread.
 */
final class ChaosSensor implements Runnable {
  private static final int WINDOW = 16;
  private static final long EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(25);
  private static final long AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final int ANSWER_WITHIN_MILLIS = 60_000;
  private static final int PACKET_IDS = 65_535;

  private static final int CONNACK = 0x20;
  private static final int PUBLISH = 0x30;
  private static final int PUBACK = 0x40;
  private static final int PUBREC = 0x50;
  private static final int PUBREL = 0x62;
  private static final int PUBCOMP = 0x70;
  private static final int DUP = 0x08;
  private static final int DATABASE_AWAY = 3;

  /**
   * How many hours a clock that somebody sets is off, in turn; then it is missing. So far apart
   * that no two readings can get the same time, which would rightly be a conflict.
   */
  private static final int[] STEPS_HOURS = {2, -5, 11, -48, -17};

  /** How many readings a clock that steps stays as it is. */
  private static final int READINGS_A_STEP = 60;

  /**
   * A reading.
   *
   * @param seq its number
   * @param tsMillis when the device says that it was; empty for one that has no time
   */
  record Sent(long seq, OptionalLong tsMillis, int distanceMm) {}

  /**
   * What kind of device it is.
   *
   * @param qos 1 or 2
   * @param keepsSession whether the server is to remember it over breaks
   * @param stepping whether its clock is set now and then, and is missing at times
   */
  record Kind(int qos, boolean keepsSession, boolean stepping) {}

  private final String code;
  private final String token;
  private final Kind kind;
  private final int port;
  private final InstantSource clock;
  private final Random random;
  private final IntUnaryOperator depthOf;
  private final Consumer<String> breach;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition change = lock.newCondition();
  private final List<Sent> sent = new ArrayList<>();
  private final Set<Long> stamps = new HashSet<>();
  private final Map<Integer, Sent> unacknowledged = new LinkedHashMap<>();
  private final Set<Integer> unreleased = new HashSet<>();
  private final Map<Long, Sent> acknowledged = new HashMap<>();
  private final List<Integer> underWay = new ArrayList<>();
  private int lastPacketId;
  private boolean broken;
  private boolean finishing;

  /**
   * A device that does nothing before {@link #run}.
   *
   * @param port where the network takes it in
   * @param depthOf depth in millimetres of its n-th reading, from 0 on
   * @param breach told in a sentence of what the server must not do
   */
  ChaosSensor(
      String code,
      String token,
      Kind kind,
      int port,
      InstantSource clock,
      Random random,
      IntUnaryOperator depthOf,
      Consumer<String> breach) {
    this.code = code;
    this.token = token;
    this.kind = kind;
    this.port = port;
    this.clock = clock;
    this.random = random;
    this.depthOf = depthOf;
    this.breach = breach;
  }

  String code() {
    return code;
  }

  Kind kind() {
    return kind;
  }

  /** Readings acknowledged so far, by number. */
  Map<Long, Sent> acknowledged() {
    return locked(() -> Map.copyOf(acknowledged));
  }

  int acknowledgements() {
    return locked(acknowledged::size);
  }

  /** All readings made so far, by number. */
  List<Sent> sent() {
    return locked(() -> List.copyOf(sent));
  }

  /** Makes no further readings; the thread ends once all are acknowledged. */
  void finish() {
    locked(
        () -> {
          finishing = true;
          change.signalAll();
          return true;
        });
  }

  @Override
  public void run() {
    try {
      while (!isDone()) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
          socket.setTcpNoDelay(true);
          socket.setSoTimeout(ANSWER_WITHIN_MILLIS);
          converse(socket);
        } catch (IOException e) {
          // The network broke, or the server did: that is what this is about. Try again.
          setBroken(false);
          waitFor(AGAIN_NANOS);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void converse(Socket socket) throws IOException, InterruptedException {
    DataInputStream in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
    DataOutputStream out = new DataOutputStream(new BufferedOutputStream(socket.getOutputStream()));
    connect(out);
    if (!isWelcome(in)) {
      throw new IOException("not let in");
    }
    setBroken(false);
    locked(
        () -> {
          underWay.clear();
          return kind.keepsSession() || unreleased.removeAll(Set.copyOf(unreleased));
        });
    Thread listener = new Thread(() -> listen(in, out), code + "-answers");
    listener.start();
    try {
      sendUntilBroken(out);
    } finally {
      socket.close();
      listener.join();
    }
  }

  private void connect(DataOutputStream out) throws IOException {
    byte[] name = code.getBytes(StandardCharsets.UTF_8);
    byte[] password = token.getBytes(StandardCharsets.UTF_8);
    synchronized (out) {
      out.writeByte(0x10);
      out.writeByte(10 + 2 * (2 + name.length) + 2 + password.length);
      out.writeUTF("MQTT");
      out.writeByte(4);
      out.writeByte(0xC0 | (kind.keepsSession() ? 0 : 2));
      out.writeShort(120);
      out.writeUTF(code); // the client id
      out.writeUTF(code);
      out.writeUTF(token);
      out.flush();
    }
  }

  private boolean isWelcome(DataInputStream in) throws IOException {
    int type = in.readUnsignedByte();
    int length = in.readUnsignedByte();
    in.readUnsignedByte();
    int answer = in.readUnsignedByte();
    if (type != CONNACK || length != 2 || (answer != 0 && answer != DATABASE_AWAY)) {
      breach.accept("%s: CONNECT was answered %x %d %d".formatted(code, type, length, answer));
    }
    return answer == 0;
  }

  private void sendUntilBroken(DataOutputStream out) throws IOException, InterruptedException {
    for (int packetId : locked(() -> List.copyOf(unreleased))) {
      answer(out, PUBREL, packetId);
    }
    for (Map.Entry<Integer, Sent> again : locked(() -> List.copyOf(unacknowledged.entrySet()))) {
      publish(out, again.getKey(), again.getValue(), DUP);
    }
    while (true) {
      int packetId;
      Sent reading;
      lock.lockInterruptibly();
      try {
        if (broken || isDone()) {
          return;
        }
        if (finishing || unacknowledged.size() >= WINDOW) {
          change.awaitNanos(AGAIN_NANOS);
          continue;
        }
        reading = next();
        packetId = nextPacketId();
        unacknowledged.put(packetId, reading);
      } finally {
        lock.unlock();
      }
      publish(out, packetId, reading, 0);
      waitFor(EVERY_NANOS);
    }
  }

  private void publish(DataOutputStream out, int packetId, Sent reading, int flags)
      throws IOException {
    byte[] topic = ("sensors/" + code + "/readings").getBytes(StandardCharsets.UTF_8);
    String ts =
        reading.tsMillis().isPresent()
            ? "\"ts\":%d,".formatted(reading.tsMillis().getAsLong())
            : "";
    byte[] payload =
        "{%s\"distance_mm\":%d,\"seq\":%d}"
            .formatted(ts, reading.distanceMm(), reading.seq())
            .getBytes(StandardCharsets.UTF_8);
    int length = 2 + topic.length + 2 + payload.length;
    locked(() -> underWay.add(packetId));
    synchronized (out) {
      out.writeByte(PUBLISH | flags | (kind.qos() << 1));
      if (length > 127) {
        out.writeByte((length % 128) | 128);
      }
      out.writeByte(length > 127 ? length / 128 : length);
      out.writeShort(topic.length);
      out.write(topic);
      out.writeShort(packetId);
      out.write(payload);
      out.flush();
    }
  }

  private void listen(DataInputStream in, DataOutputStream out) {
    try {
      while (true) {
        int type = in.readUnsignedByte();
        if (in.readUnsignedByte() != 2) {
          breach.accept(code + ": the server sent what nobody asked for, " + type);
          return;
        }
        take(out, type, in.readUnsignedShort());
      }
    } catch (IOException e) {
      setBroken(true);
    }
  }

  private void setBroken(boolean is) {
    locked(
        () -> {
          broken = is;
          change.signalAll();
          return is;
        });
  }

  private void take(DataOutputStream out, int type, int packetId) throws IOException {
    if (type == PUBCOMP) {
      locked(() -> unreleased.remove(packetId));
      return;
    }
    if (type != (kind.qos() == 1 ? PUBACK : PUBREC)) {
      breach.accept("%s: a packet of type %x".formatted(code, type));
    }
    lock.lock();
    try {
      Sent reading = unacknowledged.remove(packetId);
      if (reading == null || underWay.remove(0) != packetId) {
        breach.accept("%s: %d is acknowledged twice or out of order".formatted(code, packetId));
        return;
      }
      acknowledged.put(reading.seq(), reading);
      if (type == PUBREC) {
        unreleased.add(packetId);
      }
      change.signalAll();
    } finally {
      lock.unlock();
    }
    if (type == PUBREC) {
      answer(out, PUBREL, packetId);
    }
  }

  private static void answer(DataOutputStream out, int type, int packetId) throws IOException {
    synchronized (out) {
      out.writeByte(type);
      out.writeByte(2);
      out.writeShort(packetId);
      out.flush();
    }
  }

  /** Called with the lock held. */
  private Sent next() {
    int number = sent.size();
    OptionalLong ts = OptionalLong.empty();
    int step = number / READINGS_A_STEP % (STEPS_HOURS.length + 1);
    if (!kind.stepping() || step < STEPS_HOURS.length) {
      int hours = kind.stepping() ? STEPS_HOURS[step] : 0;
      long stamp = clock.millis() + TimeUnit.HOURS.toMillis(hours);
      while (!stamps.add(stamp)) {
        stamp++;
      }
      ts = OptionalLong.of(stamp);
    }
    Sent reading =
        new Sent(
            number + 1L,
            ts,
            LoadSensor.MOUNT_HEIGHT_MM - depthOf.applyAsInt(number) - random.nextInt(5));
    sent.add(reading);
    return reading;
  }

  /** Called with the lock held. */
  private int nextPacketId() {
    do {
      lastPacketId = lastPacketId % PACKET_IDS + 1;
    } while (unacknowledged.containsKey(lastPacketId) || unreleased.contains(lastPacketId));
    return lastPacketId;
  }

  private boolean isDone() {
    return locked(() -> finishing && unacknowledged.isEmpty());
  }

  private void waitFor(long nanos) throws InterruptedException {
    long end = System.nanoTime() + nanos;
    lock.lockInterruptibly();
    try {
      for (long left = nanos; left > 0 && !broken; left = end - System.nanoTime()) {
        change.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  private interface Step<T> {
    T run();
  }

  private <T> T locked(Step<T> step) {
    lock.lock();
    try {
      return step.run();
    } finally {
      lock.unlock();
    }
  }
}
