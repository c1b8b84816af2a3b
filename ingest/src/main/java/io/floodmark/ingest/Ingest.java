package io.floodmark.ingest;

import com.zaxxer.hikari.HikariDataSource;
import io.floodmark.ingest.broker.BrokerCounters;
import io.floodmark.ingest.broker.BrokerFigures;
import io.floodmark.ingest.broker.BrokerLimits;
import io.floodmark.ingest.broker.DurableBroker;
import io.floodmark.ingest.commit.CommitCounters;
import io.floodmark.ingest.commit.CommitLoop;
import io.floodmark.ingest.commit.CommitQueue;
import io.floodmark.ingest.commit.Neighbourhood;
import io.floodmark.ingest.commit.OffsetProposals;
import io.floodmark.ingest.commit.Recessions;
import io.floodmark.ingest.commit.Timers;
import io.floodmark.ingest.mqtt.MqttConfig;
import io.floodmark.ingest.mqtt.MqttCounters;
import io.floodmark.ingest.mqtt.MqttLimits;
import io.floodmark.ingest.mqtt.MqttListener;
import io.floodmark.ingest.mqtt.ReaderDirectory;
import io.floodmark.ingest.mqtt.ReaderUse;
import io.floodmark.ingest.mqtt.SensorDirectory;
import io.floodmark.ingest.upkeep.Upkeep;
import io.floodmark.live.DoorbellListener;
import io.floodmark.live.Outages;
import io.floodmark.schema.Database;
import java.time.InstantSource;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The line from a sensor's packet to committed rows and back to its acknowledgement, with its
 * threads. It runs whether or not the database is there; without it, it acknowledges nothing.
 *
 * <p>For one thread, that starts and closes it; the counters are for any.
 */
public final class Ingest implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Ingest.class);

  // The doorbell's reads, one at a time, and one to spare while a broken one is replaced.
  private static final int DOORBELL_CONNECTIONS = 2;

  private static final long FIRST_READ_WAIT_MILLIS = TimeUnit.SECONDS.toMillis(3);

  // Together less than the 30 s after which whoever stops us loses patience: an attempt to connect
  // takes up to five.
  private static final long DRAIN_MILLIS = TimeUnit.SECONDS.toMillis(8);
  private static final long SESSIONS_WRITE_MILLIS = TimeUnit.SECONDS.toMillis(1);
  private static final long THREAD_END_MILLIS = TimeUnit.SECONDS.toMillis(6);

  private final CommitQueue queue;
  private final CommitCounters commitCounters = new CommitCounters();
  private final MqttCounters mqttCounters = new MqttCounters();
  private final BrokerCounters brokerCounters = new BrokerCounters();
  private final CommitLoop loop;
  private final Timers timers;
  private final DurableBroker sessions;
  private final Thread sessionsThread;
  private final MqttListener listener;
  private final HikariDataSource pool;
  private final FirstRead firstRead;
  private final DoorbellListener doorbell;
  private final Thread commitThread;
  private final Thread timersThread;
  private final Upkeep upkeep;
  private final Thread upkeepThread;

  /** A line that only logs what it cannot go on after. */
  public Ingest(IngestConfig config, Database database, InstantSource clock) {
    this(config, database, clock, () -> {});
  }

  /**
   * Wires the line, in the order in which a reading comes along; {@link #start} sets it going.
   *
   * @param onFatal called, at most once a thread, when one of the line's threads dies of a bug or
   *     of lack of memory: from then on nothing is committed, or no alert clears, until the process
   *     is started again. It runs on the thread that dies and must not {@link #close} the line.
   */
  public Ingest(IngestConfig config, Database database, InstantSource clock, Runnable onFatal) {
    // Who may sign in, in memory, so that known sensors and readers can while the database is away.
    SensorDirectory directory = new SensorDirectory();
    ReaderDirectory readers = new ReaderDirectory();
    // Counts what is handed over and not committed yet. Full, it stops the reading of
    // sockets: nothing is dropped, and sensors keep what they cannot send.
    queue = new CommitQueue(config.queueCountMax(), config.queueBytesMax());
    MqttLimits limits =
        MqttLimits.DEFAULT.withPayloadBytesMax(config.payloadBytesMax()).withRates(config.rates());
    MqttConfig mqtt =
        new MqttConfig(
            config.mqttHost(), config.mqttPort(), config.mqtts(), limits, config.mqttOpen());
    // Who is subscribed to what, and what is on its way to them.
    sessions =
        new DurableBroker(
            BrokerLimits.DEFAULT, MqttListener.access(), clock, brokerCounters, database);
    sessionsThread = thread("broker", sessions, onFatal);
    listener =
        new MqttListener(
            mqtt,
            directory,
            readers,
            queue,
            sessions.broker(),
            sessions::isLoaded,
            clock,
            mqttCounters);
    // From the queue to the tables, and back to the sessions' acknowledgements.
    Neighbourhood neighbourhood = new Neighbourhood(clock);
    loop = new CommitLoop(queue, database, clock, commitCounters, neighbourhood);
    commitThread = thread("commit", loop, onFatal);
    // What needs no reading: levels that expire, housekeeping, what is said around sensors, which
    // tokens are in use, once a day what quiet nights say of mount heights, and how floods drained
    // that are over.
    ReaderUse readerUse = new ReaderUse(listener::readersPresent);
    OffsetProposals offsets = new OffsetProposals(config.zone());
    Recessions recessions = new Recessions();
    timers = new Timers(database, clock, both(neighbourhood, readerUse), both(offsets, recessions));
    timersThread = thread("timers", timers, onFatal);
    // What may take minutes: hours of readings, retention, indexes.
    upkeep = new Upkeep(database, clock, config.readingsKept());
    upkeepThread = thread("upkeep", upkeep, onFatal);
    // What was committed here or elsewhere, for the directory and for subscribers.
    pool = database.pool("ingest", DOORBELL_CONNECTIONS);
    firstRead = new FirstRead(listener.feed(pool));
    doorbell = new DoorbellListener("ingest-doorbell", database, firstRead);
  }

  /** One chore after the other, whatever becomes of the first. */
  private static Timers.Chore both(Timers.Chore first, Timers.Chore second) {
    return (connection, now) -> {
      try {
        first.run(connection, now);
      } finally {
        second.run(connection, now);
      }
    };
  }

  /**
   * Sets the line going. Once this returns, sensors can connect; if the database is there, all that
   * are registered.
   *
   * @throws IllegalStateException naming host and port, if it cannot listen there; the line is
   *     closed then
   */
  public void start() {
    doorbell.start();
    try {
      if (!firstRead.await(FIRST_READ_WAIT_MILLIS)) {
        log.warn("The database does not answer: until it does, no sensor can sign in.");
      } else {
        // Here, so that who was there before can come back at once.
        sessions.doWork();
      }
      sessionsThread.start();
      commitThread.start();
      timersThread.start();
      upkeepThread.start();
      listener.start();
    } catch (InterruptedException e) {
      close();
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /**
   * The port that sensors connect to without TLS.
   *
   * @throws IllegalStateException before {@link #start}, and where there is none
   */
  public int mqttPort() {
    return listener.port();
  }

  /** The port on which TLS is spoken, if there is one; none before {@link #start}. */
  public OptionalInt mqttsPort() {
    return listener.securePort();
  }

  /** Whether what comes in can still be committed: not if the commit thread died of a bug. */
  public boolean isCommitting() {
    return commitThread.isAlive();
  }

  /** Whether sensors can connect. */
  public boolean isListening() {
    return listener.isListening();
  }

  /** Connections open now. */
  public int connections() {
    return listener.connections();
  }

  /** MQTT sessions that there are, whether or not somebody is connected. */
  public int mqttSessions() {
    return sessions.broker().sessionCount();
  }

  /** Sessions, subscriptions and messages that are held for MQTT clients now. */
  public BrokerFigures brokerFigures() {
    return sessions.broker().figures();
  }

  /** When the database was away. */
  public Outages databaseOutages() {
    return doorbell.outages();
  }

  /** What waits to be committed. */
  public CommitQueue queue() {
    return queue;
  }

  /** What was committed. */
  public CommitCounters commitCounters() {
    return commitCounters;
  }

  /** What went to subscribers. */
  public BrokerCounters brokerCounters() {
    return brokerCounters;
  }

  /** What was heard. */
  public MqttCounters mqttCounters() {
    return mqttCounters;
  }

  /**
   * Drains: takes no more connections and messages, commits what is queued, acknowledges it and
   * disconnects, without wills. With the database away it gives up in under 30 seconds; what is not
   * committed stays unacknowledged, so that the sensors send it again.
   */
  @Override
  public void close() {
    listener.stopAccepting();
    try {
      if (commitThread.isAlive() && !queue.awaitEmpty(DRAIN_MILLIS)) {
        log.warn("{} messages could not be committed and stay unacknowledged.", queue.size());
      }
      awaitWritten();
      loop.stop();
      timers.stop();
      upkeep.stop();
      end(commitThread, loop::abort);
      end(timersThread, timers::abort);
      end(upkeepThread, upkeep::abort);
      // That they were left, and when, is written too.
      listener.close();
      awaitWritten();
      sessions.stop();
      end(sessionsThread, sessions::abort);
    } catch (InterruptedException e) {
      loop.abort();
      timers.abort();
      upkeep.abort();
      sessions.abort();
      Thread.currentThread().interrupt();
    }
    listener.close();
    doorbell.close();
    pool.close();
  }

  private void awaitWritten() throws InterruptedException {
    if (sessionsThread.isAlive() && !sessions.awaitWritten(SESSIONS_WRITE_MILLIS)) {
      log.warn("What MQTT clients are owed could not be written, and stays unacknowledged.");
    }
  }

  /** Waits for a thread that was told to stop, and ends what it waits for if that takes long. */
  private static void end(Thread thread, Runnable abort) throws InterruptedException {
    thread.join(TimeUnit.SECONDS.toMillis(1));
    if (thread.isAlive()) {
      abort.run();
      thread.join(THREAD_END_MILLIS);
    }
  }

  private static Thread thread(String name, Runnable task, Runnable onFatal) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.setUncaughtExceptionHandler(
        (died, cause) -> {
          try {
            log.error("Thread {} died of a bug; restart us.", died.getName(), cause);
          } finally {
            onFatal.run();
          }
        });
    return thread;
  }
}
