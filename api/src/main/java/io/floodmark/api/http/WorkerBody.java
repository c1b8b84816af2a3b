package io.floodmark.api.http;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * The body of a response as a stream that one worker thread writes. At most two chunks are under
 * way: the worker waits until the socket has taken the one before, so a slow client slows the
 * worker and fills no memory. A client that takes nothing for {@code stallMax} fails the stream.
 */
public final class WorkerBody extends OutputStream {
  private static final int CHUNK_BYTES = 32 * 1024;

  private final Context context;
  private final HttpServerResponse response;
  private final Duration stallMax;
  private final byte[] chunk = new byte[CHUNK_BYTES];
  private int used;
  private CompletableFuture<Void> underWay = CompletableFuture.completedFuture(null);

  /**
   * The body of {@code response}, which is chunked and has its headers.
   *
   * @param context the response's own
   */
  public WorkerBody(Context context, HttpServerResponse response, Duration stallMax) {
    this.context = context;
    this.response = response;
    this.stallMax = stallMax;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    int from = offset;
    while (from < offset + length) {
      int taken = Math.min(offset + length - from, CHUNK_BYTES - used);
      System.arraycopy(bytes, from, chunk, used, taken);
      used += taken;
      from += taken;
      if (used == CHUNK_BYTES) {
        send();
      }
    }
  }

  /** Sends the rest and ends the response; not called, the response stays cut short. */
  @Override
  public void close() throws IOException {
    send();
    await();
    onContext(response::end);
    await();
  }

  private void send() throws IOException {
    await();
    if (used > 0) {
      Buffer buffer = Buffer.buffer(Arrays.copyOf(chunk, used));
      used = 0;
      onContext(() -> response.write(buffer));
    }
  }

  private void onContext(Supplier<Future<Void>> action) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    underWay = done;
    context.runOnContext(
        v -> {
          if (response.closed()) {
            done.completeExceptionally(new IOException("The client has gone."));
            return;
          }
          action.get().onSuccess(done::complete).onFailure(done::completeExceptionally);
        });
  }

  private void await() throws IOException {
    try {
      underWay.get(stallMax.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException();
    } catch (ExecutionException e) {
      throw new IOException("The client has gone.", e.getCause());
    } catch (TimeoutException e) {
      throw new IOException("The client took nothing for " + stallMax.toSeconds() + " s.", e);
    }
  }
}
