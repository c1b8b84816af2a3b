package io.floodmark.api.assets;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads drafts of one kind into what may be written, or says what is wrong with them. Immutable,
 * safe for use by any thread. A required field may be empty: whoever registers a tree from a list
 * does not know its height yet. The scores of data quality tell what is missing.
 */
public final class AssetCheck {
  private static final int REF_MAX = 60;
  private static final int SHORT_MAX = 40;
  private static final int LONG_MAX = 200;

  private static final Pattern DEGREES = Pattern.compile("-?\\d{1,3}([.,]\\d{1,15})?");
  private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}&&[^\\n\\r\\t]]");
  private static final Pattern WHITE = Pattern.compile("[\\p{Z}\\s]+");

  private final AssetKind kind;
  private final AssetGroups groups;
  private final Set<String> known;

  /** Checks drafts of {@code kind}; groups in them are those of {@code groups}. */
  public AssetCheck(AssetKind kind, AssetGroups groups) {
    this.kind = kind;
    this.groups = groups;
    this.known = new HashSet<>(AssetKind.COMMON);
    kind.fields().forEach(field -> known.add(field.key()));
  }

  /**
   * What checking gave.
   *
   * @param content what may be written; empty if there are problems
   * @param problems in the order of the fields
   */
  public record Result(Optional<AssetContent> content, List<FieldProblem> problems) {}

  /** Reads one draft. */
  public Result check(AssetDraft draft) {
    List<FieldProblem> problems = new ArrayList<>();
    Optional<String> ref = words(draft, "ref", REF_MAX, problems);
    Optional<String> name = words(draft, "name", LONG_MAX, problems);
    double lon = degrees(draft, "lon", 180, problems);
    double lat = degrees(draft, "lat", 90, problems);
    Optional<String> number = words(draft, "number", SHORT_MAX, problems);
    Optional<String> street = words(draft, "street", LONG_MAX, problems);
    Optional<String> place = words(draft, "place", LONG_MAX, problems);
    OptionalInt group = group(draft, problems);
    AssetState state = state(draft, problems);
    Map<String, AssetValue> details = details(draft, problems);
    draft.texts().keySet().stream()
        .filter(key -> !known.contains(key))
        .sorted()
        .forEach(key -> problems.add(problem(key, "unknown", Map.of("field", key))));
    return problems.isEmpty()
        ? new Result(
            Optional.of(
                new AssetContent(
                    kind.code(),
                    ref,
                    name,
                    lon,
                    lat,
                    number,
                    street,
                    place,
                    group,
                    state,
                    details,
                    OptionalLong.empty(),
                    Optional.empty())),
            List.of())
        : new Result(Optional.empty(), List.copyOf(problems));
  }

  private static FieldProblem problem(String field, String key, Map<String, String> values) {
    return new FieldProblem(field, "assets.problem." + key, values);
  }

  private static Optional<String> words(
      AssetDraft draft, String key, int max, List<FieldProblem> problems) {
    Optional<String> written =
        draft
            .text(key)
            .map(text -> Normalizer.normalize(text, Normalizer.Form.NFC))
            .map(text -> WHITE.matcher(text).replaceAll(" ").strip())
            .filter(text -> !text.isEmpty());
    if (written.isPresent() && !isText(written.get())) {
      problems.add(problem(key, "control", Map.of()));
    } else if (written.isPresent()
        && written.get().codePointCount(0, written.get().length()) > max) {
      problems.add(problem(key, "tooLong", Map.of("max", Integer.toString(max))));
    }
    return written;
  }

  /** PostgreSQL refuses a zero byte in text; other control characters are damage, too. */
  private static boolean isText(String text) {
    return !CONTROL.matcher(text).find();
  }

  private static double degrees(
      AssetDraft draft, String key, int max, List<FieldProblem> problems) {
    Optional<String> written = draft.text(key);
    if (written.isEmpty()) {
      problems.add(problem(key, "noPosition", Map.of()));
      return 0;
    }
    if (!DEGREES.matcher(written.get()).matches()) {
      problems.add(problem(key, "notDegrees", Map.of()));
      return 0;
    }
    double degrees = Double.parseDouble(written.get().replace(',', '.'));
    if (Math.abs(degrees) > max) {
      problems.add(problem(key, "offEarth", Map.of("max", Integer.toString(max))));
      return 0;
    }
    return degrees;
  }

  private OptionalInt group(AssetDraft draft, List<FieldProblem> problems) {
    Optional<String> written = draft.text("group");
    if (written.isEmpty()) {
      return OptionalInt.empty();
    }
    Optional<AssetGroups.Group> group = groups.find(written.get());
    if (group.isEmpty()) {
      problems.add(problem("group", "noGroup", Map.of("group", written.get())));
    }
    return group.map(found -> OptionalInt.of(found.id())).orElse(OptionalInt.empty());
  }

  private static AssetState state(AssetDraft draft, List<FieldProblem> problems) {
    Optional<String> written = draft.text("state");
    Optional<AssetState> state = written.flatMap(AssetState::find);
    if (written.isPresent() && state.isEmpty()) {
      problems.add(problem("state", "notState", Map.of()));
    }
    return state.orElse(AssetState.IN_USE);
  }

  private Map<String, AssetValue> details(AssetDraft draft, List<FieldProblem> problems) {
    Map<String, AssetValue> details = new LinkedHashMap<>();
    for (AssetField field : kind.fields()) {
      Optional<String> written = draft.text(field.key());
      if (written.isEmpty()) {
        continue;
      }
      if (!isText(written.get())) {
        problems.add(problem(field.key(), "control", Map.of()));
        continue;
      }
      AssetField.Read read = field.read(written.get(), draft.lengths());
      read.value().ifPresent(value -> details.put(field.key(), value));
      read.problem().ifPresent(problems::add);
    }
    return details;
  }
}
