package io.floodmark.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:postgresql://db/f?user=lan&password=s3cret",
        "jdbc:postgresql://db/f?PASSWORD=s3cret&ssl=true",
        "jdbc:postgresql://db/f?sslpassword=s3cret",
        "jdbc:postgresql://db/f?password=a@s3cret&user=lan@ward"
      })
  void aPasswordInTheAddressIsNotShown(String url) {
    String shown = new Database(url, "", "").toString();
    assertFalse(shown.contains("s3cret"), shown);
    assertEquals(url.substring(0, url.indexOf('?')), shown.substring(0, shown.indexOf('?')));
  }

  @Test
  void anAddressWithoutPasswordIsShownAsItIs() {
    assertEquals(
        "jdbc:postgresql://db:5432/f?user=lan@ward&ssl=true as lan",
        new Database("jdbc:postgresql://db:5432/f?user=lan@ward&ssl=true", "lan", "s3cret")
            .toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "postgres://lan:s3cret@db/f",
        "postgres://db/f?password=s3cret",
        "jdbc:postgresql://lan:s3cret@db/f",
        "jdbc:postgresql://lan:a/s3cret@x@db/f",
        "jdbc:postgresql://db/f?password=s3cret&preferQueryMode=simple"
      })
  void anAddressThatIsRefusedIsToldWithoutItsPassword(String url) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> new Database(url, "", "")).getMessage();
    assertFalse(message.contains("s3cret"), message);
  }
}
