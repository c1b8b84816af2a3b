package io.floodmark.api.records;

import io.floodmark.api.access.Caller;
import io.floodmark.api.assets.Asset;
import io.floodmark.api.assets.AssetKind;
import io.floodmark.api.assets.AssetKinds;
import io.floodmark.api.assets.AssetScope;
import io.floodmark.api.assets.AssetStore;
import io.floodmark.api.http.Language;
import io.floodmark.api.http.Problem;
import io.floodmark.api.http.ProblemException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.OptionalInt;

/**
 * The asset that a page is about, as far as the page's head and its walls need it.
 *
 * @param id the database's; of the one that it was merged into, if it was
 * @param kind with its fields
 * @param kindName in the reader's language
 * @param groupId its residential group, if it has one
 * @param label what people call it: "12/5A Phố Bần"
 */
public record AssetAtHand(
    long id, AssetKind kind, String kindName, OptionalInt groupId, String label) {
  /** The kind that people live in. */
  public static final String HOUSE = "house";

  /** The kind that Decree 258/2025 is about. */
  public static final String TREE = "tree";

  /**
   * The start of a query about an asset (its one parameter) and those found to be the same thing:
   * what was recorded under them stays where it is, and belongs to it.
   */
  public static final String FAMILY =
      """
      WITH RECURSIVE family (id) AS (
        SELECT ?::bigint
        UNION
        SELECT a.id FROM asset a JOIN family f ON a.merged_into = f.id)
      """;

  /**
   * What people call an asset {@code a}: a house by its address; anything else by name and number
   * first, for a street has many trees.
   */
  public static final String LABEL_SQL =
      """
      CASE WHEN a.kind = 'house'
           THEN coalesce(nullif(concat_ws(' ', a.number, a.street), ''), a.name, a.ref, a.place, '#' || a.id)
           ELSE coalesce(nullif(concat_ws(', ',
                  nullif(concat_ws(' ', coalesce(a.name, a.details ->> 'commonName', a.details ->> 'species'), a.ref), ''),
                  coalesce(nullif(concat_ws(' ', a.number, a.street), ''), a.place)), ''), '#' || a.id)
      END\
      """;

  /**
   * The asset of that id, or the one that it was merged into.
   *
   * @throws ProblemException with 404 if there is none or it lies outside of the caller's scope,
   *     which are not told apart
   */
  public static AssetAtHand get(Connection connection, Caller caller, Language language, long id)
      throws SQLException {
    AssetStore store = new AssetStore(connection);
    Asset asset = AssetScope.get(connection, caller, store.headOf(id));
    AssetKind kind =
        AssetKinds.load(connection).find(asset.kind()).orElseThrow(AssetAtHand::notFound);
    return new AssetAtHand(
        asset.id(), kind, kind.name(language), asset.groupId(), asset.title(kind, language));
  }

  /** The answer for what is not there, or not for this caller. */
  public static ProblemException notFound() {
    return new ProblemException(
        Problem.notFound("There is nothing with this number, or it is not of your groups."));
  }

  /** Whether it is of the kind of that code. */
  public boolean isOf(String kindCode) {
    return kind.code().equals(kindCode);
  }

  /** As it stands in the audit log. */
  public String subject() {
    return "asset:" + id;
  }
}
