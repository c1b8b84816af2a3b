package io.floodmark.api.assets;

import io.floodmark.api.access.Caller;
import io.floodmark.api.http.Problem;
import io.floodmark.api.http.ProblemException;
import java.sql.Connection;
import java.sql.SQLException;

/** What a caller's residential groups let them see and change. Pure, but for looking assets up. */
public final class AssetScope {
  private AssetScope() {}

  /** The ids for {@code group_id = ANY (?)}; empty if the caller sees the whole ward. */
  static Integer[] groups(Caller caller) {
    return caller.groups().stream().sorted().toArray(Integer[]::new);
  }

  /**
   * An asset that the caller may see.
   *
   * @throws ProblemException with 404 if there is none, or it belongs to a group that is not
   *     theirs: which ids exist beyond the scope is nothing to learn
   */
  public static Asset get(Connection connection, Caller caller, long id) throws SQLException {
    return new AssetStore(connection)
        .find(id)
        .filter(asset -> caller.covers(asset.groupId()))
        .orElseThrow(
            () ->
                new ProblemException(
                    Problem.notFound(
                        "There is no asset "
                            + id
                            + ", or it belongs to a group that is not"
                            + " yours.")));
  }

  /**
   * Refuses to put something where the caller could not see it again.
   *
   * @throws ProblemException with 422, naming the group
   */
  public static void requireOwn(Caller caller, AssetContent content) {
    if (!caller.covers(content.groupId())) {
      throw new ProblemException(
          Problem.invalid(
              "group", "Choose one of your own residential groups: you see no others."));
    }
  }
}
