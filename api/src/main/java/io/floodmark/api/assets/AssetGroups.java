package io.floodmark.api.assets;

import io.floodmark.api.access.Caller;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The residential groups that assets belong to. Immutable.
 *
 * @param all by code, retired ones too
 */
public record AssetGroups(List<Group> all) {
  private static final String ALL =
      "SELECT id, code, name, retired_at IS NOT NULL FROM residential_group ORDER BY code";

  /** A residential group (tổ dân phố). */
  public record Group(int id, String code, String name, boolean retired) {}

  /** Copies the list. */
  public AssetGroups {
    all = List.copyOf(all);
  }

  /** Reads them. */
  public static AssetGroups load(Connection connection) throws SQLException {
    List<Group> groups = new ArrayList<>();
    try (PreparedStatement query = connection.prepareStatement(ALL);
        ResultSet row = query.executeQuery()) {
      while (row.next()) {
        groups.add(new Group(row.getInt(1), row.getString(2), row.getString(3), row.getBoolean(4)));
      }
    }
    return new AssetGroups(groups);
  }

  /** The group of that code, or of that name as people write it into lists. */
  public Optional<Group> find(String codeOrName) {
    String folded = PlainText.of(codeOrName);
    return all.stream()
        .filter(group -> group.code().equals(codeOrName))
        .findFirst()
        .or(
            () ->
                all.stream()
                    .filter(group -> PlainText.of(group.name()).equals(folded))
                    .findFirst());
  }

  /** The group of that id. */
  public Optional<Group> of(OptionalInt id) {
    return all.stream().filter(g -> id.isPresent() && g.id() == id.getAsInt()).findFirst();
  }

  /** Those that the caller's scope takes in and that are not retired. */
  public List<Group> within(Caller caller) {
    return all.stream()
        .filter(group -> !group.retired() && caller.covers(OptionalInt.of(group.id())))
        .toList();
  }
}
