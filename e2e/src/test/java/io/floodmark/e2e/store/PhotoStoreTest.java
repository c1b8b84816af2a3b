package io.floodmark.e2e.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.floodmark.api.photos.Photo;
import io.floodmark.api.photos.PhotoHint;
import io.floodmark.api.photos.PhotoIntake;
import io.floodmark.api.photos.PhotoStore;
import io.floodmark.api.photos.PhotoStore.Stored;
import io.floodmark.api.photos.Picture;
import io.floodmark.e2e.TestDatabase.Engine;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Engine.class)
final class PhotoStoreTest extends SchemaOnEachEngine {
  private static final byte[] JPEG = filled(PhotoIntake.BYTES_MAX, 7);
  private static final byte[] PREVIEW = filled(PhotoIntake.PREVIEW_BYTES_MAX, 8);
  private static final Photo PHOTO =
      new Photo(new Picture(JPEG, 1600, 1200), new Picture(PREVIEW, 320, 240), PhotoHint.NONE);

  private final PhotoStore photos = new PhotoStore(new Counting());

  @BeforeEach
  void lay() throws SQLException {
    migrate();
  }

  @Test
  void whatIsStoredIsFoundByItsKeyUntilItIsDeleted() throws SQLException {
    Stored stored = photos.insert(connection, PHOTO, OptionalInt.empty(), NOON);

    assertArrayEquals(JPEG, photos.findPicture(connection, stored.key()).orElseThrow());
    assertArrayEquals(PREVIEW, photos.findPreview(connection, stored.key()).orElseThrow());
    assertEquals("1600 x 1200, nobody", described(stored));

    assertTrue(photos.delete(connection, stored.id()));
    assertEquals(Optional.empty(), photos.findPicture(connection, stored.key()));
    assertEquals(Optional.empty(), photos.findPreview(connection, stored.key()));
    assertFalse(photos.delete(connection, stored.id()));
  }

  @Test
  void theSamePhotoTwiceHasTwoKeys() throws SQLException {
    Stored one = photos.insert(connection, PHOTO, OptionalInt.empty(), NOON);
    Stored other = photos.insert(connection, PHOTO, OptionalInt.empty(), NOON);
    assertNotEquals(one.key(), other.key());
  }

  @Test
  void aKeyThatThereIsNotFindsNothing() throws SQLException {
    assertEquals(Optional.empty(), photos.findPicture(connection, "' OR ''='"));
  }

  @Test
  void aPhotoOfStaffNamesWho() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          """
          INSERT INTO staff (login, name, role, password_hash, password_changed_at, created_at)
          VALUES ('lan', 'Lan', 'operator', 'x', now(), now())
          """);
      try (ResultSet row = statement.executeQuery("SELECT id FROM staff")) {
        row.next();
        OptionalInt lan = OptionalInt.of(row.getInt(1));
        assertEquals("1600 x 1200, lan", described(photos.insert(connection, PHOTO, lan, NOON)));
      }
    }
  }

  @Test
  void theDatabaseTakesNoLargerPhoto() {
    Photo large =
        new Photo(
            new Picture(filled(PhotoIntake.BYTES_MAX + 1, 7), 1, 1),
            PHOTO.preview(),
            PhotoHint.NONE);
    SQLException refusal =
        assertThrows(
            SQLException.class, () -> photos.insert(connection, large, OptionalInt.empty(), NOON));
    assertEquals("23514", refusal.getSQLState());
  }

  private String described(Stored stored) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                """
                SELECT width || ' x ' || height || ', ' || coalesce(login, 'nobody')
                FROM photo LEFT JOIN staff ON staff.id = staff_id
                WHERE photo.id = %d
                """
                    .formatted(stored.id()))) {
      row.next();
      return row.getString(1);
    }
  }

  private static byte[] filled(int length, int value) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }

  /** Draws 1, 2, 3. */
  private static final class Counting extends SecureRandom {
    private static final long serialVersionUID = 1L;

    private byte drawn;

    @Override
    public void nextBytes(byte[] bytes) {
      drawn++;
      Arrays.fill(bytes, drawn);
    }
  }
}
