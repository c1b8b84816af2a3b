package io.floodmark.sim.uplink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class BacklogTest {
  /** 0 measures, 1 sends, 2 acknowledges one in flight, 3 loses the connection. */
  @Property(seed = "4669")
  void whateverHappensNothingUnacknowledgedIsForgottenAndNothingAcknowledgedIsSentAgain(
      @ForAll @Size(max = 200) List<@IntRange(max = 3) Integer> events, @ForAll int pick) {
    Backlog backlog = new Backlog(1_000);
    Set<Long> unacknowledged = new TreeSet<>();
    List<Long> inFlight = new ArrayList<>();
    long measured = 0;
    for (int event : events) {
      switch (event) {
        case 0 -> {
          measured++;
          unacknowledged.add(measured);
          assertFalse(backlog.add("r" + measured, 1, Receipt.NONE).isPresent());
        }
        case 1 -> {
          Optional<Backlog.Message> next = backlog.takeOldest();
          assertEquals(unacknowledged.size() > inFlight.size(), next.isPresent());
          next.ifPresent(
              message -> {
                assertTrue(unacknowledged.contains(message.number()));
                assertEquals("r" + message.number(), message.payload());
                assertTrue(
                    inFlight.isEmpty() || inFlight.get(inFlight.size() - 1) < message.number());
                inFlight.add(message.number());
              });
        }
        case 2 -> {
          if (!inFlight.isEmpty()) {
            long number = inFlight.remove(Math.floorMod(pick, inFlight.size()));
            assertTrue(backlog.acknowledge(number).isPresent());
            assertFalse(backlog.acknowledge(number).isPresent());
            unacknowledged.remove(number);
          }
        }
        default -> {
          backlog.returnInFlight();
          inFlight.clear();
        }
      }
      assertEquals(unacknowledged.size(), backlog.size());
    }
    backlog.returnInFlight();
    List<Long> rest = new ArrayList<>();
    for (Optional<Backlog.Message> next = backlog.takeOldest();
        next.isPresent();
        next = backlog.takeOldest()) {
      rest.add(next.get().number());
    }
    assertEquals(List.copyOf(unacknowledged), rest);
  }

  @Example
  void aFullStoreGivesUpTheOldestThatIsNotOnItsWay() {
    Backlog backlog = new Backlog(3);
    backlog.add("a", 1, Receipt.NONE);
    backlog.add("b", 1, Receipt.NONE);
    backlog.add("c", 1, Receipt.NONE);
    assertEquals("a", backlog.takeOldest().orElseThrow().payload());
    assertEquals("b", backlog.add("d", 1, Receipt.NONE).orElseThrow().payload());
    assertTrue(backlog.acknowledge(1).isPresent());
    assertEquals("c", backlog.takeOldest().orElseThrow().payload());
    assertEquals("d", backlog.takeOldest().orElseThrow().payload());
  }

  @Example
  void anAcknowledgementThatComesAfterTheConnectionIsGoneStillCounts() {
    Backlog backlog = new Backlog(3);
    backlog.add("a", 1, Receipt.NONE);
    Backlog.Message message = backlog.takeOldest().orElseThrow();
    backlog.returnInFlight();
    assertTrue(backlog.acknowledge(message.number()).isPresent());
    assertTrue(backlog.isEmpty());
  }

  @Example
  void aMessageThatCouldNotBeHandedOverKeepsItsPlace() {
    Backlog backlog = new Backlog(3);
    backlog.add("a", 1, Receipt.NONE);
    backlog.add("b", 1, Receipt.NONE);
    backlog.returnToWaiting(backlog.takeOldest().orElseThrow());
    assertEquals("a", backlog.takeOldest().orElseThrow().payload());
  }
}
