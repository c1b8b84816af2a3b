package io.floodmark.ingest.simulation;

import io.floodmark.ingest.commit.CommitLoop;
import io.floodmark.ingest.commit.CommitQueue;
import io.floodmark.ingest.commit.SimulatedStore;
import io.floodmark.ingest.commit.SimulatedWriter;
import io.floodmark.ingest.mqtt.FrontDoor;
import io.floodmark.ingest.mqtt.MqttLimits;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The way in from one seed: some sensors, a reader, the real handlers, sessions, queue and commit
 * loop, a database that fails, and one thread that does one thing after the other. Nothing waits,
 * nothing asks the machine for the time, so a seed always comes to the same.
 */
final class World {
  /** Largest payload that is taken. */
  static final int PAYLOAD_BYTES_MAX = 2_000;

  private static final Map<Integer, String> SENSORS = new TreeMap<>(Map.of(1, "a", 2, "b", 3, "c"));
  private static final int PLENTY = 1_000_000;
  private static final int BYTES_AT_ONCE_MAX = 1_000;
  private static final int ROUNDS_TO_DRAIN_MAX = 3_000;
  private static final Duration MORE_THAN_A_RETRY = Duration.ofSeconds(11);

  private final Chance chance;
  private final SteppingClock clock = new SteppingClock();
  private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(false, true);
  private final SimulatedStore store;
  private final CommitQueue queue;
  private final FrontDoor door;
  private final CommitLoop loop;
  private final SimulatedWriter writer = new SimulatedWriter();
  private final Oracle oracle;

  private final Traffic.Marks marks = new Traffic.Marks();
  private final List<SensorClient> sensors = new ArrayList<>();
  private final List<Traffic> traffic = new ArrayList<>();
  private final ReaderClient reader;
  private final List<Message> said = new ArrayList<>();
  private final List<Line> lines = new ArrayList<>();
  private final List<String> journal = new ArrayList<>();

  World(long seed) {
    chance = new Chance(seed);
    store = new SimulatedStore(SENSORS, chance.fork());
    queue =
        chance.oneIn(2)
            ? new CommitQueue(chance.between(3, 30), PLENTY)
            : new CommitQueue(PLENTY, chance.between(3_000, 20_000));
    door =
        new FrontDoor(
            SENSORS,
            MqttLimits.DEFAULT.withPayloadBytesMax(PAYLOAD_BYTES_MAX),
            queue,
            clock,
            allocator);
    loop = store.loop(queue, clock, writer, chance.oneIn(2) ? PLENTY : chance.between(1, 8));
    oracle = new Oracle(store, queue, door.counters());
    SENSORS.forEach(
        (id, code) -> {
          sensors.add(new SensorClient(code, chance.between(1, 40), chance));
          traffic.add(new Traffic(id, code, chance, marks, store));
        });
    reader = new ReaderClient(chance);
  }

  /** Lets so many things happen, then heals everything and sees whether all comes to rest. */
  void run(int steps) throws InterruptedException {
    for (int i = 0; i < steps; i++) {
      step();
      look();
    }
    heal();
    for (int i = 0; !isAtRest(); i++) {
      if (i == ROUNDS_TO_DRAIN_MAX) {
        Oracle.fail("Healed, but it does not drain: " + queue.size() + " in the queue.");
      }
      drain();
      look();
    }
    oracle.lookAtTheEnd(said, marks.last());
    reader.lookAtTheEnd();
    lines.forEach(Line::cut);
    lines.forEach(Line::written);
    look();
    leave();
  }

  /** What happened, newest last. */
  List<String> journal() {
    return journal;
  }

  /** How many alerts were raised or ended. */
  int alertChanges() {
    return store.alertChanges();
  }

  /** How many batches were written while the loop went on. */
  int writtenAlongside() {
    return writer.started();
  }

  /** How many batches were committed in one exchange with the database. */
  int committedAtOnce() {
    return store.committedAtOnce();
  }

  /** Of how many of them only some sensors' share was committed. */
  int committedInPart() {
    return store.committedInPart();
  }

  private void step() throws InterruptedException {
    int i = chance.between(0, sensors.size() - 1);
    SensorClient sensor = sensors.get(i);
    switch (chance.between(0, 32)) {
      case 0, 1, 2, 3, 4 -> say(i, chance.between(1, 4));
      case 5 -> say(i, chance.between(10, 60));
      case 6, 7, 8, 9 -> sensor.send();
      case 10, 11, 12, 13 -> deliver();
      case 14, 15 -> lines.forEach(Line::run);
      case 16, 17, 18 -> receive(sensor);
      case 19, 20, 21 -> turn();
      case 22 -> connect(i);
      case 23 -> breakOff(sensor);
      case 24 -> sensor.chat();
      case 25 -> trouble();
      case 26 -> step(Duration.ofSeconds(chance.between(-40, 40)));
      case 27 -> pass(Duration.ofSeconds(chance.between(1, 90)));
      case 28 -> read();
      case 29 -> write();
      case 30, 31 -> keepUp();
      default -> busy();
    }
  }

  /** What goes on all the time where nothing is wrong. */
  private void busy() throws InterruptedException {
    note("everybody is busy");
    for (int i = 0; i < sensors.size(); i++) {
      if (sensors.get(i).line().isEmpty()) {
        connect(i);
      }
    }
    for (int round = 0; round < 4; round++) {
      for (SensorClient sensor : sensors) {
        sensor.send();
        deliver();
        receive(sensor);
      }
      pass(Duration.ofSeconds(1));
      turn();
    }
  }

  /** What each says is committed before it says more: a few readings a turn. */
  private void keepUp() throws InterruptedException {
    note("the line keeps up");
    for (int round = 0; round < 4; round++) {
      for (int i = 0; i < sensors.size(); i++) {
        say(i, traffic.get(i).fresh(clock.instant()));
        sensors.get(i).send();
        receive(sensors.get(i));
      }
      lines.forEach(line -> line.deliver(BYTES_AT_ONCE_MAX));
      pass(Duration.ofSeconds(1));
      turn();
    }
  }

  private void say(int i, int count) {
    note("sensor " + i + " has " + count + " to say");
    for (int n = 0; n < count; n++) {
      say(i, traffic.get(i).next(clock.instant()));
      clock.move(Duration.ofMillis(chance.between(0, 3_000)));
    }
  }

  private void say(int i, Message message) {
    said.add(message);
    sensors.get(i).say(message);
  }

  private void deliver() {
    if (!lines.isEmpty()) {
      Line line = chance.oneOf(lines);
      int bytes = chance.oneIn(4) ? chance.between(1, 20) : BYTES_AT_ONCE_MAX;
      note("up to " + bytes + " bytes come in on line " + lines.indexOf(line));
      line.deliver(bytes);
    }
  }

  private void receive(SensorClient sensor) {
    for (int packets = chance.between(1, 10); packets > 0; packets--) {
      sensor.receive();
    }
  }

  private void turn() throws InterruptedException {
    note("the commit loop turns: " + loop.doWork());
  }

  private void write() {
    note("what is written beside the loop ends");
    writer.await();
  }

  private void connect(int i) {
    note("sensor " + i + " connects on line " + lines.size());
    sensors.get(i).connect(dial());
  }

  private Line dial() {
    Line line = new Line(door, allocator);
    lines.add(line);
    return line;
  }

  private void breakOff(SensorClient sensor) {
    if (chance.oneIn(3)) {
      note("a sensor disconnects");
      sensor.disconnect();
    } else if (chance.oneIn(2)) {
      note("a sensor's line breaks");
      sensor.cut();
    } else if (!lines.isEmpty()) {
      Line line = chance.oneOf(lines);
      note("line " + lines.indexOf(line) + " breaks");
      line.cut();
    }
  }

  private void trouble() {
    switch (chance.between(0, 4)) {
      case 0 -> store.away(true);
      case 1 -> store.failing(0.4);
      case 2 -> store.failing(0.1);
      case 3 -> store.heal();
      default -> store.away(false);
    }
    note("the database's trouble changes");
  }

  private void step(Duration some) {
    // Most clocks are a little wrong; now and then somebody sets one by days.
    Duration by = chance.oneIn(4) ? some.multipliedBy(chance.between(1, 10_000)) : some;
    note("the clock is set by " + by);
    clock.move(by);
  }

  private void pass(Duration time) {
    clock.move(time);
    lines.forEach(line -> line.pass(time));
  }

  private void read() {
    String code = chance.oneOf(List.copyOf(SENSORS.values()));
    if (reader.line().isEmpty()) {
      reader.connect(dial());
    }
    String level = "{\"mm\":" + chance.between(0, 999) + "}";
    door.publish("levels/" + code, level);
    reader.expect("levels/" + code, level);
    reader.receive();
  }

  private void heal() {
    note("everything heals");
    store.heal();
  }

  private boolean isAtRest() {
    return queue.size() == 0
        && store.isAllRungFor()
        && sensors.stream().allMatch(SensorClient::isDone)
        && lines.stream().allMatch(line -> !line.isOpen() || line.underway() == 0)
        && reader.isUpToDate();
  }

  private void drain() throws InterruptedException {
    for (int i = 0; i < sensors.size(); i++) {
      SensorClient sensor = sensors.get(i);
      if (sensor.line().isEmpty()) {
        connect(i);
      }
      sensor.send();
      receive(sensor);
    }
    if (reader.line().isEmpty()) {
      reader.connect(dial());
    }
    reader.receive();
    lines.forEach(line -> line.deliver(BYTES_AT_ONCE_MAX));
    lines.forEach(Line::run);
    writer.await();
    if (loop.doWork() == CommitLoop.Progress.IDLE && queue.size() > 0) {
      pass(MORE_THAN_A_RETRY);
    }
  }

  /** Takes what the listener has written, and asks the oracle. */
  private void look() {
    for (Line line : lines) {
      for (Optional<byte[]> packet = line.written(); packet.isPresent(); packet = line.written()) {
        oracle.written(line, packet.get());
        line.send(packet.get());
      }
    }
    oracle.look(lines);
    lines.removeIf(line -> !line.isOpen() && !isInUse(line));
  }

  private boolean isInUse(Line line) {
    return reader.line().filter(line::equals).isPresent()
        || sensors.stream().anyMatch(sensor -> sensor.line().filter(line::equals).isPresent());
  }

  private void leave() {
    long bytes = allocator.metric().usedHeapMemory() + allocator.metric().usedDirectMemory();
    if (bytes != 0) {
      Oracle.fail(bytes + " bytes of buffers are never released.");
    }
  }

  private void note(String what) {
    journal.add(what);
  }
}
