package io.floodmark.ingest.mqtt;

import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How sockets are waited for: by Linux's own epoll, which copies and locks less, where its library
 * can be loaded, else by Java's selectors. Both do the same.
 *
 * @param handlers of the event loops
 * @param server what listens
 */
record Transport(IoHandlerFactory handlers, Class<? extends ServerChannel> server) {
  private static final Logger log = LoggerFactory.getLogger(Transport.class);

  /** The better one of those that this machine has. */
  static Transport best() {
    if (Epoll.isAvailable()) {
      return new Transport(EpollIoHandler.newFactory(), EpollServerSocketChannel.class);
    }
    log.debug("No native epoll here; Java's selectors do.", Epoll.unavailabilityCause());
    return new Transport(NioIoHandler.newFactory(), NioServerSocketChannel.class);
  }
}
