package io.floodmark.plate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class Mod3736Test {
  private static final String ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

  @Test
  void theCheckCharacterIsThatOfTheStandard() {
    assertEquals('M', Mod3736.check("A12425GABC1234002"));
    assertEquals('0', Mod3736.check("7K3M9QX2V"));
  }

  @Test
  void aTextIsValidWithItsCheckCharacterOnly() {
    assertTrue(Mod3736.isValid("A12425GABC1234002M"));
    assertFalse(Mod3736.isValid("A12425GABC1234002N"));
    assertFalse(Mod3736.isValid(""));
  }

  @Test
  void aCharacterOutsideTheAlphabetIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> Mod3736.check("7k3"));
    assertThrows(IllegalArgumentException.class, () -> Mod3736.check("7-3"));
  }

  @Property(seed = "3736")
  void everyErrorInOneCharacterIsFound(
      @ForAll @CharRange(from = '0', to = '9') @CharRange(from = 'A', to = 'Z') @StringLength(9)
          String data,
      @ForAll @IntRange(max = 9) int place) {
    StringBuilder text = new StringBuilder(data + Mod3736.check(data));
    char right = text.charAt(place);
    for (int i = 0; i < ALPHABET.length(); i++) {
      char wrong = ALPHABET.charAt(i);
      text.setCharAt(place, wrong);
      assertEquals(wrong == right, Mod3736.isValid(text.toString()), text::toString);
    }
  }

  @Property(seed = "3736")
  void whatASwapLeavesValidAreNeighboursInTheAlphabet(
      @ForAll @CharRange(from = '0', to = '9') @CharRange(from = 'A', to = 'Z') @StringLength(9)
          String data,
      @ForAll @IntRange(min = 1, max = 8) int place) {
    char left = data.charAt(place - 1);
    char right = data.charAt(place);
    String swapped = data.substring(0, place - 1) + right + left + data.substring(place + 1);
    int apart = Math.abs(ALPHABET.indexOf(left) - ALPHABET.indexOf(right));
    if (apart > 1 && apart < ALPHABET.length() - 1) {
      assertFalse(Mod3736.isValid(swapped + Mod3736.check(data)));
    }
  }

  @Test
  void aPairThatCanBeSwappedUnseenIsNamed() {
    // The 9 leaves the sum at 18, where 10 and 01 lead to the same.
    String unseen = "910" + Mod3736.check("910");
    assertTrue(Mod3736.isValid("901" + unseen.charAt(3)));
    assertFalse(Mod3736.findsEverySwap(unseen));
    assertTrue(Mod3736.findsEverySwap("810" + Mod3736.check("810")));
  }
}
