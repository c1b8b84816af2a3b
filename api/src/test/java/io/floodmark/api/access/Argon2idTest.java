package io.floodmark.api.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class Argon2idTest {
  private static final Argon2id.Cost CHEAP = new Argon2id.Cost(64, 1, 1);

  private final Argon2id hasher = new Argon2id(new Counting(), CHEAP);

  /** RFC 9106 §5.3. */
  @Test
  void theVectorOfTheStandardComesOut() {
    byte[] hash =
        Argon2id.raw(
            Argon2id.parameters(new Argon2id.Cost(32, 3, 4), filled(16, 2))
                .withSecret(filled(8, 3))
                .withAdditional(filled(12, 4))
                .build(),
            filled(32, 1),
            32);
    assertEquals(
        "0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659",
        HexFormat.of().formatHex(hash));
  }

  @Test
  void onlyThePasswordItselfMatches() {
    String phc = hasher.hash("mưa to ở ngã tư Bần");
    assertTrue(phc.startsWith("$argon2id$v=19$m=64,t=1,p=1$"), phc);
    assertTrue(hasher.matches("mưa to ở ngã tư Bần", Optional.of(phc)));
    assertFalse(hasher.matches("mưa to ở ngã tư Ban", Optional.of(phc)));
    assertFalse(hasher.matches("", Optional.of("none")));
    assertFalse(hasher.matches("", Optional.empty()));
  }

  @Test
  void lettersTypedAsOneSignOrAsThreeAreTheSame() {
    assertTrue(hasher.matches("nước lên", Optional.of(hasher.hash("nước lên"))));
    assertTrue(hasher.matches("e\u0302\u0301", Optional.of(hasher.hash("\u1ebf"))));
  }

  @Test
  void theSamePasswordHasAnotherSaltEachTime() {
    assertNotEquals(hasher.hash("mưa to"), hasher.hash("mưa to"));
  }

  @Test
  void aHashOfAnotherCostIsOutdatedButStillMatches() {
    String old = new Argon2id(new Counting(), new Argon2id.Cost(32, 1, 1)).hash("mưa to");
    assertTrue(hasher.isOutdated(old));
    assertTrue(hasher.matches("mưa to", Optional.of(old)));
    assertFalse(hasher.isOutdated(hasher.hash("mưa to")));
  }

  private static byte[] filled(int length, int value) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }

  /** Always the same, and never twice the same. */
  private static final class Counting extends SecureRandom {
    private static final long serialVersionUID = 1L;
    private byte next;

    @Override
    public void nextBytes(byte[] bytes) {
      Arrays.fill(bytes, next++);
    }
  }
}
