package io.floodmark.bench.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Waits until sensors are known that were registered a moment ago. */
final class SignInProbe {
  private static final long WITHIN_NANOS = TimeUnit.SECONDS.toNanos(30);
  private static final long AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final int ANSWER_BYTES = 4;

  private SignInProbe() {}

  /**
   * Returns when a sensor is let in.
   *
   * @throws IOException if it is refused for half a minute
   */
  static void await(InetSocketAddress server, String code, String token) throws IOException {
    long start = System.nanoTime();
    while (!isAccepted(server, code, token)) {
      if (System.nanoTime() - start > WITHIN_NANOS) {
        throw new IOException("Sensor " + code + " is not let in; see the server's log.");
      }
      LockSupport.parkNanos(AGAIN_NANOS);
    }
  }

  private static boolean isAccepted(InetSocketAddress server, String code, String token)
      throws IOException {
    try (SocketChannel channel = SocketChannel.open(server)) {
      channel.write(ByteBuffer.wrap(Packets.connect(code, token, 0)));
      ByteBuffer answer = ByteBuffer.allocate(ANSWER_BYTES);
      while (answer.hasRemaining()) {
        if (channel.read(answer) < 0) {
          return false;
        }
      }
      return (answer.get(0) & 0xFF) == Packets.CONNACK && answer.get(ANSWER_BYTES - 1) == 0;
    }
  }
}
