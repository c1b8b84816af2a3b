package io.floodmark.ingest.mqtt;

import io.netty.channel.Channel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.nio.NioChannelOption;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.util.concurrent.TimeUnit;
import jdk.net.ExtendedSocketOptions;

/**
 * Has the system ask a silent client of a connection whether it is still there: of one that has
 * turned keep-alive off nobody would ever learn that it has vanished. Only of those, for each
 * question wakes a radio.
 */
final class TcpProbes {
  private static final int IDLE_SECONDS = (int) TimeUnit.MINUTES.toSeconds(5);
  private static final int INTERVAL_SECONDS = 60;
  private static final int COUNT = 5;

  private TcpProbes() {}

  /** Vanished without a word, it is let go after ten minutes. */
  static void start(Channel channel) {
    // Where the system does not know them, its own times count: two hours as a rule.
    if (channel instanceof EpollSocketChannel epoll) {
      epoll.config().setTcpKeepIdle(IDLE_SECONDS);
      epoll.config().setTcpKeepIntvl(INTERVAL_SECONDS);
      epoll.config().setTcpKeepCnt(COUNT);
    } else if (channel instanceof NioSocketChannel) {
      var config = channel.config();
      config.setOption(NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPIDLE), IDLE_SECONDS);
      config.setOption(
          NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPINTERVAL), INTERVAL_SECONDS);
      config.setOption(NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPCOUNT), COUNT);
    }
  }
}
