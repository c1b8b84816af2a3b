package io.floodmark.plate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlateCodeTest {
  private static final String CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  private static final PlateCode CODE = new PlateCode("7K3M9QX2V0");

  @ParameterizedTest
  @ValueSource(
      strings = {"7K3M9QX2V0", "7k3m9-qx2v0", " 7K3M9 QX2VO ", "7k3m9qx2vo", "7-K-3-M-9-QX2V0"})
  void aCodeIsReadAsPeopleWriteIt(String text) {
    assertEquals(Optional.of(CODE), PlateCode.parse(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "7K3M9QX2V", "7K3M9QX2V1", "7K3M9QX2V00", "7K3M9QX2U0", "7K3M9+QX2V0", "ệ"})
  void whatIsNoCodeIsNotRead(String text) {
    assertEquals(Optional.empty(), PlateCode.parse(text));
  }

  @Test
  void iAndLAreReadAsOneAndOAsZero() {
    PlateCode code = drawnWith("1", "0");
    String misread =
        code.value().replaceFirst("1", "l").replaceFirst("1", "I").replaceFirst("0", "o");
    assertEquals(Optional.of(code), PlateCode.parse(misread));
  }

  @Test
  void aStoredCodeIsTakenInItsOneFormOnly() {
    assertEquals("7K3M9QX2V0", CODE.toString());
    assertThrows(IllegalArgumentException.class, () -> new PlateCode("7k3m9qx2v0"));
    assertThrows(IllegalArgumentException.class, () -> new PlateCode("7K3M9-QX2V0"));
    assertThrows(IllegalArgumentException.class, () -> new PlateCode("7K3M9QX2V1"));
  }

  @Test
  void aCodeIsPrintedInTwoGroups() {
    assertEquals("7K3M9-QX2V0", CODE.printed());
  }

  @Test
  void noDrawnCodeHoldsALetterThatIsReadAsAnother() {
    Random random = new Random(7064);
    Set<Character> lastCharacters = new HashSet<>();
    for (int i = 0; i < 20_000; i++) {
      PlateCode code = PlateCode.draw(random);
      assertTrue(code.value().matches("[0-9A-HJKMNP-TV-Z]{10}"), code.value());
      lastCharacters.add(code.value().charAt(9));
    }
    assertEquals(CROCKFORD.length(), lastCharacters.size(), "check characters that occur");
  }

  @Property(seed = "7064")
  void aDrawnCodeIsReadBack(@ForAll long seed) {
    PlateCode code = PlateCode.draw(new Random(seed));
    assertEquals(Optional.of(code), PlateCode.parse(code.value()));
    assertEquals(Optional.of(code), PlateCode.parse(code.printed().toLowerCase(Locale.ROOT)));
  }

  @Property(seed = "7064")
  void everyErrorInOneCharacterIsFound(@ForAll long seed, @ForAll @IntRange(max = 9) int place) {
    String code = PlateCode.draw(new Random(seed)).value();
    for (int i = 0; i < CROCKFORD.length(); i++) {
      String misread = code.substring(0, place) + CROCKFORD.charAt(i) + code.substring(place + 1);
      assertEquals(misread.equals(code), PlateCode.parse(misread).isPresent(), misread);
    }
  }

  @Property(seed = "7064")
  void everySwapOfNeighboursIsFound(@ForAll long seed, @ForAll @IntRange(min = 1, max = 9) int at) {
    String code = PlateCode.draw(new Random(seed)).value();
    String swapped =
        code.substring(0, at - 1) + code.charAt(at) + code.charAt(at - 1) + code.substring(at + 1);
    assertEquals(swapped.equals(code), PlateCode.parse(swapped).isPresent(), swapped);
  }

  private static PlateCode drawnWith(String... parts) {
    Random random = new Random(32);
    while (true) {
      PlateCode code = PlateCode.draw(random);
      boolean hasAll = true;
      for (String part : parts) {
        hasAll &= code.value().contains(part);
      }
      if (hasAll) {
        return code;
      }
    }
  }
}
