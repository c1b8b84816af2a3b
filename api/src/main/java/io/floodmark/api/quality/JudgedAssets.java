package io.floodmark.api.quality;

import io.floodmark.api.assets.AssetField;
import io.floodmark.api.assets.AssetKind;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/**
 * The query that judges every asset of one kind: one row each, with the four verdicts and what is
 * wrong. Scores count its rows and the worklist reads them, so they cannot disagree.
 *
 * <p>Columns: id, group_id, ref, name, number, street, missing (keys of absent fields), is_twin,
 * invalid (keys of fields with an impossible value), is_right, is_alive.
 */
final class JudgedAssets {
  /** Keys and option values come from {@link AssetField}, which lets only plain words be keys. */
  private static final String JUDGED =
      """
      WITH scope AS (
        SELECT a.*, %s AS twin_key
        FROM asset a
        WHERE a.kind = ? AND a.merged_into IS NULL AND a.state <> 'removed'
      ), noted AS (
        SELECT asset_id, max(recorded_at) AS at FROM care_record GROUP BY asset_id
        UNION ALL
        SELECT asset_id, max(checked_at) FROM plate WHERE asset_id IS NOT NULL GROUP BY asset_id
      ), latest AS (
        SELECT asset_id, max(at) AS at FROM noted GROUP BY asset_id
      ), judged AS (
        SELECT s.id, s.group_id, s.ref, s.name, s.number, s.street,
               ARRAY(SELECT key FROM unnest(?::text[]) key WHERE NOT s.details ?? key)
                 || CASE WHEN s.group_id IS NULL THEN ARRAY['group'] ELSE '{}' END%s AS missing,
               s.twin_key IS NOT NULL AND count(*) OVER (PARTITION BY s.twin_key) > 1 AS is_twin,
               %s AS invalid,
               coalesce(s.verified_at > ?, false) AS is_right,
               greatest(s.updated_at, s.verified_at, l.at) > ? AS is_alive
        FROM scope s
        LEFT JOIN latest l ON l.asset_id = s.id
      )
      """;

  /** Two entries for one door. */
  private static final String SAME_ADDRESS =
      "plain_text(a.street) || '|' || plain_text(a.number) || '|' || coalesce(a.group_id, 0)";

  /** Two of the same name within about a metre. */
  private static final String SAME_PLACE =
      """
      round(a.lon::numeric, 5) || '|' || round(a.lat::numeric, 5) || '|'
        || plain_text(coalesce(a.details ->> 'species', a.name, ''))""";

  private static final String HOUSE = "house";
  private static final String HOUSE_NEEDS =
      """

                 || CASE WHEN s.number IS NULL THEN ARRAY['number'] ELSE '{}' END
                 || CASE WHEN s.street IS NULL THEN ARRAY['street'] ELSE '{}' END""";

  private final AssetKind kind;
  private final QualityRules rules;
  private final Instant now;

  JudgedAssets(AssetKind kind, QualityRules rules, Instant now) {
    this.kind = kind;
    this.rules = rules;
    this.now = now;
  }

  /**
   * Prepares {@code select} over the rows.
   *
   * @param select what to read from {@code judged}, with parameters of its own at the end
   * @param parameters their values: numbers, texts, or arrays of whole numbers
   */
  PreparedStatement prepare(Connection connection, String select, Object... parameters)
      throws SQLException {
    boolean isHouse = kind.code().equals(HOUSE);
    String sql =
        JUDGED.formatted(
                isHouse ? SAME_ADDRESS : SAME_PLACE, isHouse ? HOUSE_NEEDS : "", invalidFields())
            + select;
    PreparedStatement query = connection.prepareStatement(sql);
    List<Object> values = new ArrayList<>();
    values.add(kind.code());
    values.add(
        kind.fields().stream()
            .filter(field -> field.required() && !field.retired())
            .map(AssetField::key)
            .toArray(String[]::new));
    values.addAll(List.of(after(rules.rightFor()), after(rules.aliveFor())));
    values.addAll(List.of(parameters));
    for (int i = 0; i < values.size(); i++) {
      set(connection, query, i + 1, values.get(i));
    }
    return query;
  }

  private Object after(Duration ago) {
    return now.minus(ago).atOffset(ZoneOffset.UTC);
  }

  private static void set(Connection connection, PreparedStatement query, int index, Object value)
      throws SQLException {
    if (value instanceof String[] texts) {
      query.setArray(index, connection.createArrayOf("text", texts));
    } else if (value instanceof Integer[] numbers) {
      query.setArray(index, connection.createArrayOf("integer", numbers));
    } else {
      query.setObject(index, value);
    }
  }

  /**
   * Values that a form would refuse today: written before the kind's fields were narrowed, or by
   * another program.
   */
  private String invalidFields() {
    StringJoiner invalid = new StringJoiner("\n                 || ");
    invalid.add("'{}'::text[]");
    for (AssetField field : kind.fields()) {
      String value = "s.details ->> '" + field.key() + "'";
      String number = "(s.details -> '" + field.key() + "')";
      switch (field.type()) {
        case INTEGER, LENGTH, YEAR -> {
          long most =
              field.type() == AssetField.Type.YEAR
                  ? Math.min(field.max().orElse(Long.MAX_VALUE), year())
                  : field.max().orElse(Long.MAX_VALUE);
          invalid.add(
              when(
                  "jsonb_typeof%1$s <> 'number' OR %1$s NOT BETWEEN to_jsonb(%2$d) AND to_jsonb(%3$d)"
                      .formatted(number, field.min().orElse(Long.MIN_VALUE + 1), most),
                  field));
        }
        case CHOICE -> invalid.add(when(value + " NOT IN (" + options(field) + ")", field));
        case TEXT, DATE, YESNO -> {
          // Nothing that could have become impossible.
        }
      }
    }
    return invalid.toString();
  }

  private int year() {
    return now.atOffset(ZoneOffset.UTC).getYear();
  }

  private static String when(String condition, AssetField field) {
    return "CASE WHEN " + condition + " THEN ARRAY['" + field.key() + "'] ELSE '{}' END";
  }

  private static String options(AssetField field) {
    StringJoiner options = new StringJoiner(", ");
    for (AssetField.Option option : field.options()) {
      options.add("'" + option.value().replace("'", "''") + "'");
    }
    return options.toString();
  }
}
