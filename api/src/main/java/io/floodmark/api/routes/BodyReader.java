package io.floodmark.api.routes;

import io.floodmark.api.http.Problem;
import io.floodmark.api.http.ProblemException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerFileUpload;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reads bodies into memory, within limits. Each runs on the event loop of its request. */
final class BodyReader {
  private BodyReader() {}

  /**
   * The whole body.
   *
   * @return it, or a {@link ProblemException} with 413
   */
  static Future<Buffer> bytes(HttpServerRequest request, BodyLimit limit) {
    Promise<Buffer> done = Promise.promise();
    if (isDeclaredTooLarge(request, limit)) {
      return Future.failedFuture(tooLarge(limit));
    }
    Buffer body = Buffer.buffer();
    request
        .handler(
            part -> {
              if (body.length() + part.length() > limit.bytesMax()) {
                done.tryFail(tooLarge(limit));
              } else {
                body.appendBuffer(part);
              }
            })
        .exceptionHandler(done::tryFail)
        .endHandler(end -> done.tryComplete(body));
    request.resume();
    return done.future();
  }

  /**
   * A form, urlencoded or multipart.
   *
   * @return it, or a {@link ProblemException} with 413 or 415
   */
  static Future<Form> form(HttpServerRequest request, BodyLimit limit) {
    if (isDeclaredTooLarge(request, limit)) {
      return Future.failedFuture(tooLarge(limit));
    }
    String type = request.getHeader("Content-Type");
    String media = type == null ? "" : type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    if (!media.equals("application/x-www-form-urlencoded")
        && !media.equals("multipart/form-data")) {
      return Future.failedFuture(
          new ProblemException(
              Problem.unsupportedMediaType(
                  "This address takes a form: application/x-www-form-urlencoded or"
                      + " multipart/form-data.")));
    }
    Promise<Form> done = Promise.promise();
    Uploads uploads = new Uploads(limit, done);
    request
        .setExpectMultipart(true)
        .uploadHandler(uploads::add)
        .exceptionHandler(
            e ->
                done.tryFail(
                    new ProblemException(Problem.badRequest("The form cannot be read: " + e))))
        .endHandler(
            end -> {
              Map<String, List<String>> fields = new LinkedHashMap<>();
              request
                  .formAttributes()
                  .forEach(
                      (name, value) ->
                          fields.computeIfAbsent(name, n -> new ArrayList<>()).add(value));
              done.tryComplete(new Form(fields, uploads.files()));
            });
    request.resume();
    return done.future();
  }

  /**
   * Reads a refused body to its end, up to a limit, and keeps nothing: a browser that is still
   * sending when the connection closes shows its own error and not our answer.
   */
  static Future<Void> readAway(HttpServerRequest request) {
    if (request.isEnded() || !request.method().equals(HttpMethod.POST)) {
      return Future.succeededFuture();
    }
    Promise<Void> done = Promise.promise();
    long[] left = {BodyLimit.PHOTOS.bytesMax()};
    request
        .handler(
            part -> {
              left[0] -= part.length();
              if (left[0] < 0) {
                done.tryComplete();
              }
            })
        .exceptionHandler(e -> done.tryComplete())
        .endHandler(end -> done.tryComplete());
    request.resume();
    return done.future();
  }

  private static boolean isDeclaredTooLarge(HttpServerRequest request, BodyLimit limit) {
    String length = request.getHeader("Content-Length");
    // Vert.x has refused what is no number.
    return length != null && Long.parseLong(length.strip()) > limit.bytesMax();
  }

  private static ProblemException tooLarge(BodyLimit limit) {
    return new ProblemException(
        Problem.tooLarge(
            "This is more than the "
                + limit.bytesMax() / 1024
                + " kB that this address takes at once. Send fewer or smaller files."));
  }

  /** The files of one form. */
  private static final class Uploads {
    private final BodyLimit limit;
    private final Promise<Form> done;
    private final Map<String, List<Form.Upload>> files = new LinkedHashMap<>();
    private int count;
    private long bytes;

    Uploads(BodyLimit limit, Promise<Form> done) {
      this.limit = limit;
      this.done = done;
    }

    void add(HttpServerFileUpload upload) {
      Buffer content = Buffer.buffer();
      upload
          .handler(
              part -> {
                bytes += part.length();
                if (bytes > limit.bytesMax()) {
                  done.tryFail(tooLarge(limit));
                } else {
                  content.appendBuffer(part);
                }
              })
          .exceptionHandler(done::tryFail)
          .endHandler(end -> keep(upload, content));
    }

    private void keep(HttpServerFileUpload upload, Buffer content) {
      // What a browser sends for a file field that was left empty.
      if (content.length() == 0 && upload.filename().isEmpty()) {
        return;
      }
      count++;
      if (count > limit.filesMax()) {
        done.tryFail(
            new ProblemException(
                Problem.tooLarge(
                    "At most " + limit.filesMax() + " files are taken at once. Send fewer.")));
        return;
      }
      files
          .computeIfAbsent(upload.name(), name -> new ArrayList<>())
          .add(new Form.Upload(upload.filename(), content));
    }

    Map<String, List<Form.Upload>> files() {
      return files;
    }
  }
}
