package io.floodmark.api.assets;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What people type into a search, as queries of PostgreSQL. Each word is a beginning, but numbers
 * are whole unless they come last: {@code 12 nguyen van linh} is not number 120. Pure.
 */
final class AssetSearch {
  private static final int WORDS_MAX = 12;

  private AssetSearch() {}

  /**
   * A query and for which kinds it is meant.
   *
   * @param kinds codes
   * @param tsquery for {@code to_tsquery}; empty finds all of those kinds
   */
  record Part(List<String> kinds, String tsquery) {}

  /**
   * The queries for {@code text}; what any of them finds is found. Words that only name a kind, as
   * in {@code cay phuong}, are no part of the name that is looked for.
   */
  static List<Part> parts(String text, List<AssetKind> kinds) {
    List<String> words = PlainText.words(text);
    List<String> used = words.subList(0, Math.min(words.size(), WORDS_MAX));
    Map<String, List<String>> kindsByQuery = new LinkedHashMap<>();
    for (AssetKind kind : kinds) {
      int naming =
          Math.max(
              common(used, PlainText.words(kind.vi())), common(used, PlainText.words(kind.en())));
      String query = query(used.subList(naming, used.size()));
      kindsByQuery.computeIfAbsent(query, q -> new ArrayList<>()).add(kind.code());
    }
    return kindsByQuery.entrySet().stream()
        .map(entry -> new Part(List.copyOf(entry.getValue()), entry.getKey()))
        .toList();
  }

  private static int common(List<String> words, List<String> name) {
    int count = 0;
    while (count < words.size()
        && count < name.size()
        && words.get(count).equals(name.get(count))) {
      count++;
    }
    return count;
  }

  private static String query(List<String> words) {
    List<String> terms = new ArrayList<>();
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      boolean whole = Character.isDigit(word.charAt(0)) && i < words.size() - 1;
      terms.add(whole ? word : word + ":*");
    }
    return String.join(" & ", terms);
  }
}
