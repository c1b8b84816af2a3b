package io.floodmark.ingest.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.slf4j.LoggerFactory;

/**
 * Fails a test class that lost a buffer. Netty finds out when the buffer is collected, so one is
 * lost on purpose at the end: once that is reported, so are the others.
 */
final class NoLeaks implements BeforeAllCallback, AfterAllCallback {
  private static final AtomicInteger CANARIES = new AtomicInteger();
  private static final Logger DETECTOR =
      (Logger) LoggerFactory.getLogger(ResourceLeakDetector.class);

  private final ListAppender<ILoggingEvent> reports = new ListAppender<>();

  @Override
  public void beforeAll(ExtensionContext context) {
    ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
    reports.start();
    DETECTOR.addAppender(reports);
    DETECTOR.setAdditive(false);
  }

  @Override
  public void afterAll(ExtensionContext context) {
    String canary = "canary " + CANARIES.incrementAndGet();
    lose(canary);
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (matching(canary, true).isEmpty() && System.nanoTime() < deadline) {
      System.gc();
      ByteBufAllocator.DEFAULT.buffer().release();
    }
    DETECTOR.detachAppender(reports);
    DETECTOR.setAdditive(true);
    assertTrue(!matching(canary, true).isEmpty(), "The lost canary was not reported.");
    assertEquals(List.of(), matching(canary, false));
  }

  private static void lose(String name) {
    ByteBuf lost = ByteBufAllocator.DEFAULT.buffer();
    lost.touch(name);
  }

  private List<String> matching(String canary, boolean wanted) {
    return List.copyOf(reports.list).stream()
        .map(ILoggingEvent::getFormattedMessage)
        .filter(message -> message.contains(canary) == wanted)
        .toList();
  }
}
