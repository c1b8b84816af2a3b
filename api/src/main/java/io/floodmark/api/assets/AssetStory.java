package io.floodmark.api.assets;

import io.floodmark.api.pages.Texts;
import java.util.ArrayList;
import java.util.List;

/** A history in plain words. Pure. */
public final class AssetStory {
  private AssetStory() {}

  /**
   * One entry.
   *
   * @param when in the ward's time
   * @param who their name
   * @param what as "edited"
   * @param reason theirs, or nothing
   * @param changes a sentence for each field
   * @param ofOther whether it was written about an entry that was merged into this one
   */
  public record Line(
      String when, String who, String what, String reason, List<String> changes, boolean ofOther) {}

  /** The entries of {@code view}'s asset and of those merged into it. */
  static List<Line> of(List<AssetHistory.Entry> entries, AssetView view, Texts texts) {
    List<Line> lines = new ArrayList<>();
    for (AssetHistory.Entry entry : entries) {
      List<String> changes = new ArrayList<>();
      entry.changes().forEach((key, diff) -> changes.add(sentence(key, diff, view, texts)));
      lines.add(
          new Line(
              view.time(entry.at()),
              entry.person(),
              texts.of("assets.history." + entry.action()),
              entry.reason().orElse(""),
              changes,
              entry.assetId() != view.asset().id()));
    }
    return lines;
  }

  private static String sentence(String key, AssetHistory.Diff diff, AssetView view, Texts texts) {
    String label = "assets.field." + key;
    String name = view.fieldName(key).orElseGet(() -> texts.has(label) ? texts.of(label) : key);
    return texts.of(
        "assets.history.change",
        "field",
        name,
        "before",
        diff.before().map(text -> words(key, text, view, texts)).orElse("–"),
        "after",
        diff.after().map(text -> words(key, text, view, texts)).orElse("–"));
  }

  private static String words(String key, String plain, AssetView view, Texts texts) {
    String state = "assets.state." + plain;
    return key.equals("state") && texts.has(state) ? texts.of(state) : view.inWords(key, plain);
  }
}
