package io.floodmark.api.assets;

import io.floodmark.api.http.Problem;
import io.floodmark.api.http.ProblemException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Assets page by page. */
public final class AssetList {
  private static final int PAGE_ROWS = 50;

  /**
   * How a list can be sorted; by {@code asset_by_name} and {@code asset_by_street}, word by word.
   */
  public enum Sort {
    /** The last changed first. */
    UPDATED("a.updated_at", "'epoch'::timestamptz + ?::bigint * interval '1 microsecond'", true),
    /** By what they are called. */
    NAME(
        "left(coalesce(a.name, a.details ->> 'commonName', a.details ->> 'species', a.ref, ''), 100)",
        "?",
        false),
    /** By street and number. */
    STREET(
        "left(coalesce(a.street, a.place, ''), 100) || ' ' || lpad(coalesce(a.number, ''), 12)",
        "?",
        false),
    /** By the ward's number. */
    REF("coalesce(a.ref, '')", "?", false);

    private final String key;
    private final String fromCursor;
    private final boolean falling;

    Sort(String key, String fromCursor, boolean falling) {
      this.key = key;
      this.fromCursor = fromCursor;
      this.falling = falling;
    }

    /** As it stands in addresses. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    static Sort find(String word) {
      for (Sort sort : values()) {
        if (sort.word().equals(word)) {
          return sort;
        }
      }
      return UPDATED;
    }
  }

  /**
   * A page of the list.
   *
   * @param assets on it
   * @param total on all pages
   * @param next cursor of the page after it
   */
  public record Page(List<Asset> assets, long total, Optional<String> next) {}

  private AssetList() {}

  /** The page after {@code cursor}, or the first. */
  public static Page page(
      Connection connection, AssetFilter filter, Sort sort, Optional<String> cursor)
      throws SQLException {
    AssetFilter.Where where = filter.where(AssetKinds.load(connection));
    List<Asset> assets = new ArrayList<>();
    List<String> keys = new ArrayList<>();
    String direction = sort.falling ? " DESC" : "";
    String sql =
        "SELECT "
            + AssetRows.COLUMNS
            + ", "
            + shown(sort)
            + " FROM asset a WHERE "
            + where.sql()
            + (cursor.isPresent()
                ? " AND ("
                    + sort.key
                    + ", a.id) "
                    + (sort.falling ? "<" : ">")
                    + " ("
                    + sort.fromCursor
                    + ", ?)"
                : "")
            + " ORDER BY "
            + sort.key
            + direction
            + ", a.id"
            + direction
            + " LIMIT ?";
    try (PreparedStatement query = connection.prepareStatement(sql)) {
      int next = where.bind(connection, query, 1);
      if (cursor.isPresent()) {
        String[] from = decoded(cursor.get(), sort);
        query.setString(next++, from[1]);
        query.setLong(next++, Long.parseLong(from[0]));
      }
      query.setInt(next, PAGE_ROWS + 1);
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          assets.add(AssetRows.asset(row));
          keys.add(row.getString(22));
        }
      }
    }
    if (assets.size() <= PAGE_ROWS) {
      return new Page(assets, count(connection, where), Optional.empty());
    }
    String next = encoded(assets.get(PAGE_ROWS - 1).id(), keys.get(PAGE_ROWS - 1));
    return new Page(assets.subList(0, PAGE_ROWS), count(connection, where), Optional.of(next));
  }

  /** What a cursor keeps: of a time all the microseconds that PostgreSQL has. */
  private static String shown(Sort sort) {
    return sort == Sort.UPDATED
        ? "(extract(epoch FROM a.updated_at) * 1000000)::bigint::text"
        : sort.key;
  }

  private static long count(Connection connection, AssetFilter.Where where) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement("SELECT count(*) FROM asset a WHERE " + where.sql())) {
      where.bind(connection, query, 1);
      try (ResultSet row = query.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  private static String encoded(long id, String key) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString((id + " " + key).getBytes(StandardCharsets.UTF_8));
  }

  private static String[] decoded(String cursor, Sort sort) {
    try {
      String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
      String[] parts = text.split(" ", 2);
      if (parts.length == 2
          && parts[0].matches("\\d{1,18}")
          && text.indexOf('\0') < 0
          && (sort != Sort.UPDATED || parts[1].matches("\\d{1,17}"))) {
        return parts;
      }
    } catch (IllegalArgumentException e) {
      // Answered below, as one that decodes to something else is.
    }
    throw new ProblemException(
        Problem.badParameter("cursor", "This cursor is none of ours. Start at the first page."));
  }
}
