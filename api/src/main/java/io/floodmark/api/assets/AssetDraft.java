package io.floodmark.api.assets;

import java.util.Map;
import java.util.Optional;

/**
 * What somebody wants to write about an asset, as they wrote it: a form, a JSON body or a row of a
 * list. {@link AssetCheck} reads it.
 *
 * @param texts by key: {@link AssetKind#COMMON} and the keys of the kind's fields; empty counts as
 *     not given
 * @param lengths unit of lengths written without one; empty for each field's own, as forms have it
 */
public record AssetDraft(Map<String, String> texts, Optional<Length> lengths) {
  /** Copies the texts. */
  public AssetDraft {
    texts = Map.copyOf(texts);
  }

  /** The text of a key without the white space around it, if there is any. */
  public Optional<String> text(String key) {
    return Optional.ofNullable(texts.get(key)).map(String::strip).filter(t -> !t.isEmpty());
  }
}
