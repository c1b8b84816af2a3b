package io.floodmark.api.assets;

import io.floodmark.api.http.Language;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What can be registered, as {@code tree}. Immutable.
 *
 * @param code as it stands in addresses and lists
 * @param vi its name
 * @param en its name in English
 * @param enabled whether new ones can be made
 * @param position in menus
 * @param fields that it has beside those of all assets, in their order on forms
 */
public record AssetKind(
    String code, String vi, String en, boolean enabled, int position, List<AssetField> fields) {
  /** Fields that assets of all kinds have, in the order of forms and lists. */
  public static final List<String> COMMON =
      List.of("ref", "name", "lon", "lat", "number", "street", "place", "group", "state");

  /** What JSON and lists call other things. */
  private static final Set<String> RESERVED =
      Set.of("id", "kind", "details", "verified", "version", "madeUp", "reason", "source", "csrf");

  private static final Pattern CODE = Pattern.compile("[a-z][a-z0-9-]{0,31}");

  /** Checks what a row could say wrongly. */
  public AssetKind {
    if (!CODE.matcher(code).matches()) {
      throw KindProblem.of(
          "code",
          "The code \"" + code + "\" must begin with a letter a-z and hold only a-z, 0-9 and -.",
          "code",
          code);
    }
    if (vi.isBlank() || en.isBlank()) {
      throw KindProblem.of("names", "The kind \"" + code + "\" needs both names.");
    }
    fields = List.copyOf(fields);
    Set<String> keys = new HashSet<>(COMMON);
    keys.addAll(RESERVED);
    for (AssetField field : fields) {
      if (!keys.add(field.key())) {
        throw KindProblem.of(
            "keyTaken",
            "The key \""
                + field.key()
                + "\" is taken: each may stand once, and not be of "
                + String.join(", ", COMMON)
                + ".",
            "field",
            field.key(),
            "common",
            String.join(", ", COMMON));
      }
    }
  }

  /** Its name. */
  public String name(Language language) {
    return language == Language.VI ? vi : en;
  }

  /** Its name in the middle of a sentence: a small first letter, but for what is all capitals. */
  public String nameInSentence(Language language) {
    String name = name(language);
    boolean isAcronym = name.length() > 1 && Character.isUpperCase(name.charAt(1));
    return isAcronym ? name : name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
  }

  /** The field of that key, if this kind has it. */
  public Optional<AssetField> field(String key) {
    return fields.stream().filter(field -> field.key().equals(key)).findFirst();
  }
}
