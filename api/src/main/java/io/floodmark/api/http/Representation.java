package io.floodmark.api.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/**
 * A body with its type, its entity tag and, where that is worth it, its compressed form. Immutable,
 * safe for use by any thread; making one costs processor time and belongs on a worker.
 *
 * @param contentType media type
 * @param plain the body
 * @param gzip the body compressed, if that makes it smaller
 * @param etag entity tag of the body
 * @param gzipEtag entity tag of the compressed body
 */
public record Representation(
    String contentType, Buffer plain, Optional<Buffer> gzip, String etag, String gzipEtag) {
  /** Under this a body fits a packet or two, and compression only costs. */
  private static final int WORTH_COMPRESSING_BYTES = 1_000;

  private static final int TAG_BYTES = 12;

  /**
   * What a route computes for one request. Its tag is weak (RFC 9110 §8.8.1): plain and compressed
   * mean the same. It is taken from the body, so it cannot be wrong, and costs no query.
   *
   * @param acceptEncoding the request's header, which decides whether to compress
   */
  public static Representation computed(
      String contentType, byte[] body, Optional<String> acceptEncoding) {
    String etag = "W/\"" + hash(body) + "\"";
    Optional<Buffer> gzip =
        AcceptEncoding.takesGzip(acceptEncoding)
            ? compressed(body, Deflater.BEST_SPEED)
            : Optional.empty();
    return new Representation(contentType, Buffer.buffer(body), gzip, etag, etag);
  }

  /**
   * What is read once and served often: compressed as well as can be, with strong tags.
   *
   * @param compressible whether compression is worth trying
   */
  public static Representation lasting(String contentType, byte[] body, boolean compressible) {
    String hash = hash(body);
    return new Representation(
        contentType,
        Buffer.buffer(body),
        compressible ? compressed(body, Deflater.BEST_COMPRESSION) : Optional.empty(),
        "\"" + hash + "\"",
        "\"" + hash + "-gz\"");
  }

  /** Answers a GET or HEAD with it, or with 304 where the client has it. */
  public void send(HttpServerRequest request, String cacheControl) {
    HttpServerResponse response = request.response();
    if (response.closed()) {
      return;
    }
    boolean compress =
        gzip.isPresent()
            && AcceptEncoding.takesGzip(Optional.ofNullable(request.getHeader("Accept-Encoding")));
    response.putHeader("ETag", compress ? gzipEtag : etag).putHeader("Cache-Control", cacheControl);
    response.headers().add("Vary", "Accept-Encoding");
    if (EntityTag.isAmong(request.getHeader("If-None-Match"), etag, gzipEtag)) {
      response.setStatusCode(304).end();
      return;
    }
    Buffer body = compress ? gzip.get() : plain;
    if (compress) {
      response.putHeader("Content-Encoding", "gzip");
    }
    response
        .putHeader("Content-Type", contentType)
        .putHeader("Content-Length", Integer.toString(body.length()));
    // To a HEAD, Vert.x sends the length and no body.
    response.end(body);
  }

  /** A short name for these bytes: the start of their SHA-256, in hexadecimal. */
  public static String hash(byte[]... parts) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      for (byte[] part : parts) {
        sha.update(part);
      }
      return HexFormat.of().formatHex(Arrays.copyOf(sha.digest(), TAG_BYTES));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256.", e);
    }
  }

  private static Optional<Buffer> compressed(byte[] body, int level) {
    if (body.length < WORTH_COMPRESSING_BYTES) {
      return Optional.empty();
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(body.length / 4);
    try (GZIPOutputStream gzip = gzip(bytes, level)) {
      gzip.write(body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.size() < body.length
        ? Optional.of(Buffer.buffer(bytes.toByteArray()))
        : Optional.empty();
  }

  private static GZIPOutputStream gzip(ByteArrayOutputStream bytes, int level) throws IOException {
    return new GZIPOutputStream(bytes) {
      {
        def.setLevel(level);
      }
    };
  }
}
