package io.floodmark.sim.device;

import io.floodmark.sim.uplink.SimLoop;
import java.util.Iterator;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Takes something away and gives it back, spell by spell. Confined to the loop. */
public final class Recurrence {
  private final SimLoop loop;
  private final Iterator<Spells.Spell> spells;
  private final Consumer<Spells.Spell> foreseen;
  private final Runnable away;
  private final Runnable back;
  private SimLoop.Timer timer = SimLoop.Timer.NONE;

  /**
   * One that has not begun.
   *
   * @param away begins a spell
   * @param back ends it
   */
  public Recurrence(SimLoop loop, Stream<Spells.Spell> spells, Runnable away, Runnable back) {
    this(loop, spells, spell -> {}, away, back);
  }

  /**
   * @param foreseen told of the next spell while everything is still well
   */
  Recurrence(
      SimLoop loop,
      Stream<Spells.Spell> spells,
      Consumer<Spells.Spell> foreseen,
      Runnable away,
      Runnable back) {
    this.loop = loop;
    this.spells = spells.iterator();
    this.foreseen = foreseen;
    this.away = away;
    this.back = back;
  }

  /** Waits for the first spell. */
  public void start() {
    if (!spells.hasNext()) {
      return;
    }
    Spells.Spell next = spells.next();
    foreseen.accept(next);
    timer =
        loop.after(
            next.after(),
            () -> {
              timer = loop.after(next.length(), this::end);
              away.run();
            });
  }

  private void end() {
    back.run();
    start();
  }

  /** Leaves everything as it is. */
  public void stop() {
    timer.cancel();
  }
}
