package io.floodmark.quality;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class TestFlagsTest {
  @Test
  void everyTestKeepsItsFlag() {
    for (QualityTest test : QualityTest.values()) {
      for (QualityFlag flag : QualityFlag.values()) {
        assertEquals(flag, TestFlags.NONE.with(test, flag).of(test));
        assertEquals(
            QualityFlag.GOOD,
            TestFlags.NONE.with(test, flag).with(test, QualityFlag.GOOD).of(test));
      }
    }
  }

  @Test
  void whatWasNotRunSaysNothing() {
    assertEquals(QualityFlag.NOT_EVALUATED, TestFlags.NONE.of(QualityTest.SPIKE));
    assertEquals(QualityFlag.NOT_EVALUATED, TestFlags.NONE.overall());
    assertEquals(
        QualityFlag.MISSING,
        TestFlags.NONE.with(QualityTest.SYNTAX, QualityFlag.MISSING).overall());
    assertEquals(
        QualityFlag.GOOD,
        TestFlags.NONE
            .with(QualityTest.GAP, QualityFlag.NOT_EVALUATED)
            .with(QualityTest.GROSS_RANGE, QualityFlag.GOOD)
            .overall());
  }

  @Test
  void testsArePassedUnlessOneIsSuspectFailedOrMissing() {
    for (QualityTest test : QualityTest.values()) {
      for (QualityFlag flag : QualityFlag.values()) {
        TestFlags flags = TestFlags.NONE.with(QualityTest.GAP, QualityFlag.GOOD).with(test, flag);
        boolean passed = flag == QualityFlag.GOOD || flag == QualityFlag.NOT_EVALUATED;
        assertEquals(passed, flags.arePassed(), test + " " + flag);
      }
    }
  }

  @Test
  void theNumbersInTheDatabaseNeverChange() {
    assertEquals(0b001, TestFlags.NONE.with(QualityTest.GAP, QualityFlag.GOOD).bits());
    assertEquals(0b101 << 3, TestFlags.NONE.with(QualityTest.SYNTAX, QualityFlag.MISSING).bits());
    assertEquals(0b100 << 9, TestFlags.NONE.with(QualityTest.GROSS_RANGE, QualityFlag.BAD).bits());
    assertEquals(3L << 36, TestFlags.NONE.with(QualityTest.SURFACE, QualityFlag.SUSPECT).bits());
  }

  @Test
  void inTwoBitsAreFlagsUpToSuspectAndNoGraverOnes() {
    TestFlags ordinary =
        TestFlags.NONE
            .with(QualityTest.GAP, QualityFlag.NOT_EVALUATED)
            .with(QualityTest.GROSS_RANGE, QualityFlag.GOOD)
            .with(QualityTest.SURFACE, QualityFlag.SUSPECT);
    assertEquals(0, TestFlags.NONE.inTwoBits());
    assertEquals(2 | 1 << 6 | 3 << 24, ordinary.inTwoBits());
    assertEquals(-1, ordinary.with(QualityTest.SPIKE, QualityFlag.BAD).inTwoBits());
    assertEquals(-1, ordinary.with(QualityTest.SYNTAX, QualityFlag.MISSING).inTwoBits());
    assertEquals(-1, new TestFlags(1L << 39).inTwoBits());
  }
}
