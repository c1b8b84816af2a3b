package io.floodmark.api.assetphotos;

import io.floodmark.api.access.Caller;
import io.floodmark.api.access.Guard;
import io.floodmark.api.database.DatabaseCalls;
import io.floodmark.api.http.Problem;
import io.floodmark.api.http.ProblemException;
import io.floodmark.api.http.Representation;
import io.floodmark.api.photos.PhotoStore;
import io.floodmark.api.routes.Routes;
import io.floodmark.api.routes.Visit;
import io.floodmark.staff.Right;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * {@code /photos/:key} and {@code /photos/:key/preview}. A photo is public while something that is
 * public shows it; else it is for staff who may see what it belongs to. Whoever may not see it gets
 * the same 404 as for a photo that does not exist.
 */
public final class PhotoFileRoutes {
  private static final String KEY = "[A-Za-z0-9_-]{22}";

  /** A photo never changes, but it can be taken back: nobody is to show it for much longer. */
  private static final String WHILE_PUBLIC = "public, max-age=300, immutable";

  private static final String FOR_STAFF = "private, no-store";

  /** What shows a photo: whether to everybody, for which right, in which group. */
  private static final String SHOWN_BY =
      """
      SELECT ap.is_public AND a.merged_into IS NULL AS is_public, 'register.see' AS needed, a.group_id
      FROM photo p JOIN asset_photo ap ON ap.photo_id = p.id JOIN asset a ON a.id = ap.asset_id
      WHERE p.key = ?
      UNION ALL
      SELECT rp.is_public, 'reports.see', r.group_id
      FROM photo p JOIN report_photo rp ON rp.photo_id = p.id JOIN report r ON r.id = rp.report_id
      WHERE p.key = ?
      UNION ALL
      SELECT false, 'register.see', a.group_id
      FROM photo p JOIN care_record c ON c.photo_id = p.id JOIN asset a ON a.id = c.asset_id
      WHERE p.key = ?
      UNION ALL
      SELECT false, 'register.see', a.group_id
      FROM photo p JOIN plate_event e ON e.photo_id = p.id LEFT JOIN asset a ON a.id = e.asset_id
      WHERE p.key = ?
      """;

  private final DatabaseCalls database;
  private final PhotoStore photos;

  /** Routes that read from {@code database}. */
  public PhotoFileRoutes(DatabaseCalls database, PhotoStore photos) {
    this.database = database;
    this.photos = photos;
  }

  /** Registers them. */
  public void addTo(Routes routes) {
    routes.get("/photos/:key", Guard.EVERYBODY, visit -> send(visit, photos::findPicture));
    routes.get("/photos/:key/preview", Guard.EVERYBODY, visit -> send(visit, photos::findPreview));
  }

  /** The photo in one of its sizes. */
  @FunctionalInterface
  private interface Size {
    Optional<byte[]> find(Connection connection, String key) throws SQLException;
  }

  /** Who may see a photo. */
  private enum Reach {
    NOBODY,
    STAFF,
    EVERYBODY
  }

  /**
   * A photo on its way out.
   *
   * @param file the JPEG
   * @param cacheControl who may keep it
   */
  private record Answer(Representation file, String cacheControl) {}

  private void send(Visit visit, Size size) {
    String key = visit.context().pathParam("key");
    if (key == null || !key.matches(KEY)) {
      throw notFound();
    }
    database
        .read(
            connection -> {
              Reach reach = reach(connection, key, visit.caller());
              if (reach == Reach.NOBODY) {
                throw notFound();
              }
              byte[] jpeg = size.find(connection, key).orElseThrow(PhotoFileRoutes::notFound);
              return new Answer(
                  Representation.lasting("image/jpeg", jpeg, false),
                  reach == Reach.EVERYBODY ? WHILE_PUBLIC : FOR_STAFF);
            })
        .onSuccess(
            answer -> {
              visit.request().response().putHeader("Content-Disposition", "inline");
              answer.file().send(visit.request(), answer.cacheControl());
            })
        .onFailure(visit::fail);
  }

  private static Reach reach(Connection connection, String key, Caller caller) throws SQLException {
    Reach reach = Reach.NOBODY;
    try (PreparedStatement select = connection.prepareStatement(SHOWN_BY)) {
      for (int i = 1; i <= 4; i++) {
        select.setString(i, key);
      }
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          if (rows.getBoolean("is_public")) {
            return Reach.EVERYBODY;
          }
          int group = rows.getInt("group_id");
          OptionalInt groupId = group == 0 ? OptionalInt.empty() : OptionalInt.of(group);
          Right needed = Right.find(rows.getString("needed")).orElseThrow();
          // The route is open to everybody, so the wall of a first password stands here.
          if (!caller.mustChangePassword() && caller.may(needed) && caller.covers(groupId)) {
            reach = Reach.STAFF;
          }
        }
      }
    }
    return reach;
  }

  private static ProblemException notFound() {
    return new ProblemException(Problem.notFound("There is no photo at this address."));
  }
}
