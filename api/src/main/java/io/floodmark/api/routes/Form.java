package io.floodmark.api.routes;

import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A submitted form.
 *
 * @param fields values by name, in the order sent
 * @param files uploaded files by name of their field, without those left empty
 */
public record Form(Map<String, List<String>> fields, Map<String, List<Upload>> files) {
  /**
   * A file as it was sent.
   *
   * @param name as the browser says; proves nothing
   * @param content all of it
   */
  public record Upload(String name, Buffer content) {}

  /** The first value of a field without the white space around it; empty counts as not given. */
  public Optional<String> text(String name) {
    return fields.getOrDefault(name, List.of()).stream()
        .findFirst()
        .map(String::strip)
        .filter(text -> !text.isEmpty());
  }

  /** All values of a field, as of several boxes of one name. */
  public List<String> all(String name) {
    return fields.getOrDefault(name, List.of());
  }

  /** Whether a box was ticked. */
  public boolean isTicked(String name) {
    return fields.containsKey(name);
  }

  /** The files of a field. */
  public List<Upload> uploads(String name) {
    return files.getOrDefault(name, List.of());
  }
}
