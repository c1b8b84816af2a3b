package io.floodmark.api.assets;

import io.floodmark.api.http.Language;
import java.text.Normalizer;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A field that assets of one kind have beside those that all have. Immutable.
 *
 * @param key in {@code asset.details}, in JSON and as a column of lists
 * @param type what it holds
 * @param vi its name
 * @param en its name in English
 * @param required whether an asset is complete only with it; it can be written without
 * @param open whether everybody may read it
 * @param min least number, or none; for a text nothing
 * @param max greatest number, or how many characters
 * @param unit in which a length is read and shown; MM for what is no length
 * @param options of a choice, in their order; empty for all others
 * @param retired whether it is asked for no more; what assets have in it stays
 */
public record AssetField(
    String key,
    Type type,
    String vi,
    String en,
    boolean required,
    boolean open,
    OptionalLong min,
    OptionalLong max,
    Length unit,
    List<Option> options,
    boolean retired) {
  /** What a field holds. */
  public enum Type {
    /** Any text. */
    TEXT,
    /** A whole number. */
    INTEGER,
    /** Whole millimetres, shown in the field's unit. */
    LENGTH,
    /** A year. */
    YEAR,
    /** A day. */
    DATE,
    /** One of the options. */
    CHOICE,
    /** Yes or no. */
    YESNO;

    /** As it stands in {@code asset_kind.fields}. */
    public String key() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** The type of that key. */
    public static Optional<Type> find(String key) {
      return Arrays.stream(values()).filter(type -> type.key().equals(key)).findFirst();
    }
  }

  /**
   * One answer of a choice.
   *
   * @param value as it is kept
   * @param vi as it is shown
   * @param en as it is shown in English
   */
  public record Option(String value, String vi, String en) {
    /** Its name. */
    public String name(Language language) {
      return language == Language.VI ? vi : en;
    }
  }

  /** What a text may have at most where its field does not say. */
  static final long TEXT_MAX = 2_000;

  /** What a cell of a list may hold: nothing is kept that could not be exported and imported. */
  private static final long CELL_MAX = 10_000;

  private static final Pattern KEY = Pattern.compile("[a-z][A-Za-z0-9]{0,39}");
  private static final Pattern WHOLE = Pattern.compile("-?\\d{1,15}");
  private static final Set<String> YES = Set.of("yes", "true", "1", "x", "có", "co", "on");
  private static final Set<String> NO = Set.of("no", "false", "0", "không", "khong", "off");
  private static final DateTimeFormatter WARD_DATE =
      DateTimeFormatter.ofPattern("d/M/uuuu").withResolverStyle(ResolverStyle.STRICT);

  /** Checks what a row of {@code asset_kind} could say wrongly. */
  public AssetField {
    if (!KEY.matcher(key).matches()) {
      throw KindProblem.of(
          "key",
          "The key \""
              + key
              + "\" must begin with a small letter and have at most 40 letters and digits.",
          "field",
          key);
    }
    if (vi.isBlank() || en.isBlank()) {
      throw KindProblem.of(
          "fieldNames", "The field \"" + key + "\" needs the names vi and en.", "field", key);
    }
    if (type == Type.CHOICE && options.isEmpty()) {
      throw KindProblem.of("options", "The choice \"" + key + "\" needs options.", "field", key);
    }
    if (type == Type.TEXT && max.orElse(TEXT_MAX) > CELL_MAX) {
      throw KindProblem.of(
          "textMax",
          "The text \"" + key + "\" takes at most " + CELL_MAX + " characters: lower its max.",
          "field",
          key,
          "max",
          Long.toString(CELL_MAX));
    }
    if (min.isPresent() && max.isPresent() && min.getAsLong() > max.getAsLong()) {
      throw KindProblem.of("minMax", "The field \"" + key + "\" has min above max.", "field", key);
    }
    options = List.copyOf(options);
  }

  /** What reading a text gave: a value or why there is none. */
  record Read(Optional<AssetValue> value, Optional<FieldProblem> problem) {
    static Read of(AssetValue value) {
      return new Read(Optional.of(value), Optional.empty());
    }
  }

  /** Its name. */
  public String name(Language language) {
    return language == Language.VI ? vi : en;
  }

  /**
   * Reads what was written.
   *
   * @param text not empty
   * @param lengths unit of lengths without one; empty for the field's own
   */
  Read read(String text, Optional<Length> lengths) {
    String written = Normalizer.normalize(text.strip(), Normalizer.Form.NFC);
    return switch (type) {
      case TEXT -> words(written);
      case INTEGER, YEAR ->
          WHOLE.matcher(written).matches()
              ? inRange(Long.parseLong(written))
              : bad("notWhole", Map.of());
      case LENGTH -> {
        OptionalLong millimetres = lengths.orElse(unit).millimetres(written);
        yield millimetres.isPresent()
            ? inRange(millimetres.getAsLong())
            : bad("notLength", Map.of("unit", unit.sign()));
      }
      case DATE -> date(written);
      case CHOICE -> choice(written);
      case YESNO -> yesNo(written);
    };
  }

  private Read words(String written) {
    long most = max.orElse(TEXT_MAX);
    return written.codePointCount(0, written.length()) > most
        ? bad("tooLong", Map.of("max", Long.toString(most)))
        : Read.of(new AssetValue.Words(written));
  }

  private Read inRange(long number) {
    if (min.isPresent() && number < min.getAsLong()) {
      return bad("tooSmall", limit("min", min.getAsLong()));
    }
    if (max.isPresent() && number > max.getAsLong()) {
      return bad("tooLarge", limit("max", max.getAsLong()));
    }
    return Read.of(new AssetValue.Whole(number));
  }

  private Map<String, String> limit(String name, long number) {
    return Map.of(
        name,
        type == Type.LENGTH
            ? unit.number(number, Language.EN) + " " + unit.sign()
            : Long.toString(number));
  }

  private Read date(String written) {
    try {
      LocalDate date =
          written.contains("/") ? LocalDate.parse(written, WARD_DATE) : LocalDate.parse(written);
      return Read.of(new AssetValue.Words(date.toString()));
    } catch (DateTimeException e) {
      return bad("notDate", Map.of());
    }
  }

  /** By value, or by either name as people write it into lists. */
  private Read choice(String written) {
    String folded = PlainText.of(written);
    for (Option option : options) {
      if (option.value().equals(written)
          || PlainText.of(option.vi()).equals(folded)
          || PlainText.of(option.en()).equals(folded)) {
        return Read.of(new AssetValue.Words(option.value()));
      }
    }
    List<String> names = options.stream().map(Option::vi).toList();
    return bad("notChoice", Map.of("options", String.join(", ", names)));
  }

  private Read yesNo(String written) {
    String small = written.toLowerCase(Locale.ROOT);
    if (YES.contains(small)) {
      return Read.of(new AssetValue.Flag(true));
    }
    return NO.contains(small) ? Read.of(new AssetValue.Flag(false)) : bad("notYesNo", Map.of());
  }

  private Read bad(String problem, Map<String, String> values) {
    return new Read(
        Optional.empty(), Optional.of(new FieldProblem(key, "assets.problem." + problem, values)));
  }

  /** As a form shows a value to be changed; {@link #read} takes it back as the same value. */
  public String written(AssetValue value, Language language) {
    return type == Type.LENGTH && value instanceof AssetValue.Whole length
        ? unit.number(length.number(), language)
        : value.plain();
  }

  /** As people read a value: with its unit, a choice by its name. */
  public String shown(AssetValue value, Language language) {
    if (type == Type.LENGTH) {
      return written(value, language) + " " + unit.sign();
    }
    if (value instanceof AssetValue.Flag flag) {
      boolean yes = flag.isSet();
      return language == Language.VI ? (yes ? "Có" : "Không") : (yes ? "Yes" : "No");
    }
    return options.stream()
        .filter(option -> option.value().equals(value.plain()))
        .findFirst()
        .map(option -> option.name(language))
        .orElse(value.plain());
  }
}
